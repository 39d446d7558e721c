"""The open platform for programmes that bring people together in tandems."""
