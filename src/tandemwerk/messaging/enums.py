"""The states of a message, and how often somebody wants mail."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MessageState(TextChoices):
    QUEUED = "queued", pgettext_lazy("message", "waiting")
    SENDING = "sending", pgettext_lazy("message", "being sent")
    SENT = "sent", pgettext_lazy("message", "sent")
    FAILED = "failed", pgettext_lazy("message", "failed")
    #: The worker died while the mail server had it: nobody knows, so somebody decides.
    UNCERTAIN = "uncertain", pgettext_lazy("message", "uncertain")
    CANCELLED = "cancelled", pgettext_lazy("message", "cancelled")


_S = MessageState
#: Which state may follow which. A state without an entry is final.
MESSAGE_MOVES: Final = {
    _S.QUEUED: {_S.SENDING, _S.CANCELLED},
    _S.SENDING: {_S.SENT, _S.QUEUED, _S.FAILED, _S.UNCERTAIN},
    _S.UNCERTAIN: {_S.QUEUED, _S.SENT},
    _S.FAILED: {_S.QUEUED},
}


class Rhythm(TextChoices):
    """How often somebody wants to hear of a group of notices."""

    AT_ONCE = "at_once", _("At once by mail")
    DAILY = "daily", _("Once a day by mail")
    WEEKLY = "weekly", _("Once a week by mail")
    IN_APP = "in_app", _("Only here, no mail")
    OFF = "off", _("Not at all")


#: Rhythms that end in a mail.
MAILED: Final = frozenset({Rhythm.AT_ONCE, Rhythm.DAILY, Rhythm.WEEKLY})
#: Rhythms that are collected into one mail.
COLLECTED: Final = frozenset({Rhythm.DAILY, Rhythm.WEEKLY})


class InboundState(TextChoices):
    """What became of a mail that came in."""

    WAITING = "waiting", pgettext_lazy("inbound mail", "waiting")
    TAKEN = "taken", pgettext_lazy("inbound mail", "taken over")
    REFUSED = "refused", pgettext_lazy("inbound mail", "refused")
    #: An automatic answer, or from nobody we know: nothing happens and nobody is written to.
    IGNORED = "ignored", pgettext_lazy("inbound mail", "ignored")


_I = InboundState
#: Which state may follow which. A state without an entry is final.
INBOUND_MOVES: Final = {_I.WAITING: {_I.TAKEN, _I.REFUSED, _I.IGNORED}}


class Refusal(TextChoices):
    """Why an answer by mail was not taken over; the words are in a kind mail back."""

    TOO_OLD = "too_old", _("The mail you answered is too old.")
    UNKNOWN = "unknown", _("We could not find out what your answer belongs to.")
    OTHER_SENDER = "other_sender", _("Your answer came from an address that we do not know.")
    EMPTY = "empty", _("We found no text in your answer.")
    TOO_LONG = "too_long", _("Your answer is too long.")
    #: The room's own words are in the mail.
    REFUSED = "refused", _("Your answer could not be taken over.")
    FILES = "files", _("The files in your mail were not taken over.")
    BROKEN = "broken", _("Your answer could not be read.")
