"""What people fill in: about somebody who takes part, about lists, and filters."""
