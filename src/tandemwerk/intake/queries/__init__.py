"""What pages and other rooms read about those who come."""
