"""The ground: clock, moves between states, audit, tasks, registries. Knows no domain."""
