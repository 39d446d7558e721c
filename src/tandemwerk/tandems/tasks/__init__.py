"""Work in the background."""

from tandemwerk.tandems.tasks import checkins, proposals, rounds

__all__ = ["checkins", "proposals", "rounds"]
