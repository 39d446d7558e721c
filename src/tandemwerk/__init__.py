"""The open platform for programmes that bring people together in tandems."""

from typing import Final

__version__: Final = "0.1.0"
