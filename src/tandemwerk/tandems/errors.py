"""What can stand in the way of a proposal or an answer. Each says it in words for people."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class TandemError(Exception):
    """Base: something that a person asked for cannot be done. ``text`` says why."""

    text: Promise | str = _("That is not possible.")

    def __str__(self) -> str:
        return str(self.text)


class NoPlaceLeftError(TandemError):
    text = _("This person has no free place any more.")


class AlreadyInTandemError(TandemError):
    text = _("This person is in a tandem or has been asked already.")


class AlreadyTogetherError(AlreadyInTandemError):
    """A family may have several volunteers, but no volunteer twice."""

    text = _("These two are in a tandem or have been asked already.")


class NotOpenError(TandemError):
    text = _("One of the two is taking a break or no longer takes part.")


class NotAPairError(TandemError):
    """These two can never be a tandem: one person twice, other sites, two of one side."""

    text = _("These two cannot become a tandem.")


class MinorsError(TandemError):
    """The law asks for the certificate first: no confirmation gets around it."""

    text = _(
        "The other person is a minor. First note at the volunteer that the certificate of good "
        "conduct was seen."
    )


class UnconfirmedError(TandemError):
    """Rules of pairing are broken and nobody said that this is meant."""

    text = _("Please confirm that you want to propose these two all the same.")


class SuggestionDecidedError(TandemError):
    text = _("This suggestion has been decided already, or there is a newer one.")


class NotInReachError(TandemError):
    """The carrier did not agree, or the candidate is not offered any more."""

    text = _("This pair is no longer possible.")


class NotAgreedError(TandemError):
    """Two sites have not both said yes, or somebody was handed over already."""

    text = _("Nobody can be handed over here: it has been done, or a site has not said yes.")


class NotHereError(TandemError):
    text = _("This person no longer takes part at your site.")


class InTandemError(TandemError):
    text = _("This person is in a tandem or has been asked. First that has to end.")


class AlreadyThereError(TandemError):
    text = _("This person takes part at the other site already. Please speak with that site.")


class AnswerGivenError(TandemError):
    text = _("The answer is with us already.")


class AnswerExpiredError(TandemError):
    text = _("The time to answer is over.")


class NotBothAgreedError(TandemError):
    text = _("A tandem begins when both have said yes.")


class NotRunningError(TandemError):
    text = _("This tandem has not begun yet or has ended.")


class WrongMomentError(TandemError):
    """A meeting is arranged for later and noted for earlier, never the other way round."""

    text = _("This moment does not fit: please check day and time.")


class MeetingIsOffError(TandemError):
    text = _("This meeting was called off.")


_CLOSED: Final = {
    "answered": _("This question has already been answered."),
    "expired": _("The time to answer is over."),
    "over": _("This tandem has ended."),
}


class CheckInClosedError(TandemError):
    """The question cannot be answered (any more): ``answered``, ``expired`` or ``over``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
        self.text = _CLOSED[why]
