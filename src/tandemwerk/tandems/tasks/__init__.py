"""Work in the background."""

from tandemwerk.tandems.tasks import checkins, proposals

__all__ = ["checkins", "proposals"]
