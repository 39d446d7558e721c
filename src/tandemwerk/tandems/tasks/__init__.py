"""Work in the background."""

from tandemwerk.tandems.tasks import checkins

__all__ = ["checkins"]
