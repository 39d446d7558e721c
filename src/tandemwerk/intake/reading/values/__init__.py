"""What people write into cells, one module per kind of value. Every parser returns a Reading."""
