"""The outbox, and the state of the installation."""
