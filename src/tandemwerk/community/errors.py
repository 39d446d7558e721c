"""What can go wrong in the community. Views say it in words beside the form."""


class CommunityError(Exception):
    """Something in the community is not possible as it was asked for."""


class MayNotPostError(CommunityError):
    """Nothing is posted now. What was written stays in the form."""


class TooFastError(MayNotPostError):
    """Too much in too short a time. ``seconds``: how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class DuplicateError(MayNotPostError):
    """The same words were posted a short while ago."""


class LooksLikeSpamError(MayNotPostError):
    """Somebody new posts many links."""


class SuspendedError(MayNotPostError):
    """Somebody may read and not write, for a time."""


class ClosedError(CommunityError):
    """The topic was closed or the space archived meanwhile."""


class ChangedMeanwhileError(CommunityError):
    """Somebody else saved the text after the form was opened. ``current``: what stands there."""

    def __init__(self, current: str) -> None:
        super().__init__()
        self.current = current


class AlreadySettledError(CommunityError):
    """It was decided meanwhile: an answer was accepted, a request answered, a poll closed."""


class LastOwnerError(CommunityError):
    """A working group keeps at least one owner."""
