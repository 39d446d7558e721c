"""Work in the background."""

from tandemwerk.tandems.tasks import checkins, nights, proposals

__all__ = ["checkins", "nights", "proposals"]
