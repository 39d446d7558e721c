"""What the pages ask of the community."""
