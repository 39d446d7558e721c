"""States and answers of a tandem's life."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TandemState(TextChoices):
    PROPOSED = "proposed", _("proposed")
    TRIAL = "trial", _("getting to know each other")
    ACTIVE = "active", _("running")
    PAUSED = "paused", _("paused")
    ENDED = "ended", _("ended")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("no answer in time")


_S = TandemState
#: Which state may follow which. A state without an entry is final.
TANDEM_MOVES: Final = {
    _S.PROPOSED: {_S.TRIAL, _S.DECLINED, _S.EXPIRED},
    _S.TRIAL: {_S.ACTIVE, _S.ENDED},
    _S.ACTIVE: {_S.PAUSED, _S.ENDED},
    _S.PAUSED: {_S.ACTIVE, _S.ENDED},
}
#: States that take a place of the volunteer and one of the newcomer.
LIVE_STATES: Final = (_S.PROPOSED, _S.TRIAL, _S.ACTIVE, _S.PAUSED)
#: States of a tandem that was founded and is accompanied.
RUNNING_STATES: Final = (_S.TRIAL, _S.ACTIVE, _S.PAUSED)
#: States of a tandem that was founded at some time: it counts for the programme.
FOUNDED_STATES: Final = (_S.TRIAL, _S.ACTIVE, _S.PAUSED, _S.ENDED)


class EndReason(TextChoices):
    GOAL_REACHED = "goal", _("the goal is reached")
    TIME_OVER = "time", _("the agreed time is over")
    MOVED = "moved", _("somebody moved away")
    NO_TIME = "no_time", _("no time any more")
    DID_NOT_FIT = "no_fit", _("it did not fit")
    LOST_TOUCH = "lost", _("contact was lost")
    FRIENDS = "friends", _("goes on as a friendship without us")
    OTHER = "other", _("another reason")


class AnswerState(TextChoices):
    """What one side said to a proposal."""

    WAITING = "waiting", _("no answer yet")
    YES = "yes", _("yes")
    NO = "no", _("no")
    CALL_ME = "call", _("please call me")


_A = AnswerState
#: Which answer may follow which: whoever asked for a call may still say yes or no.
ANSWER_MOVES: Final = {
    _A.WAITING: {_A.YES, _A.NO, _A.CALL_ME},
    _A.CALL_ME: {_A.YES, _A.NO},
}


class SuggestionState(TextChoices):
    """What the coordinator did with a pair that a run suggested."""

    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    OUTDATED = "outdated", _("no longer possible")


_U = SuggestionState
#: Which state may follow which. A state without an entry is final.
SUGGESTION_MOVES: Final = {
    _U.OPEN: {_U.ACCEPTED, _U.DECLINED, _U.OUTDATED},
}


class DeclineReason(TextChoices):
    """Why a pair is not suggested again. Kept, so that nobody has to explain it twice."""

    DISTANCE = "distance", _("the way is too long")
    TIME = "time", _("their times do not fit")
    FIT = "fit", _("they would not fit, as far as we know them")
    KNOWN = "known", _("they know each other already")
    WISH = "wish", _("one of them does not want this")
    #: Said by one of the two in answer to a proposal. Which one, stands in the answers only.
    ANSWER = "answer", _("one of them said no")
    OTHER = "other", _("another reason")


class RunState(TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("computing")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


_R = RunState
#: Which state may follow which. A state without an entry is final.
RUN_MOVES: Final = {
    _R.QUEUED: {_R.RUNNING, _R.FAILED},
    _R.RUNNING: {_R.DONE, _R.FAILED},
}


class Reach(TextChoices):
    """Between which sites pairs may be looked for, as a carrier agreed. Off at first."""

    NONE = "none", _("only inside each site")
    CARRIER = "carrier", _("between our own sites")
    AGREED = "agreed", _("also with sites of other carriers that agreed")


class RequestState(TextChoices):
    """How far two sites are with a pair across the wall between them."""

    ASKED = "asked", _("asked")
    AGREED = "agreed", _("agreed")
    DECLINED = "declined", _("declined")
    #: One of the two is now with the site of the other.
    HANDED_OVER = "handed", _("handed over")
    #: One of the two was handed over because of another pair.
    OVER = "over", _("no longer possible")


_Q = RequestState
#: Which state may follow which. A state without an entry is final.
REQUEST_MOVES: Final = {
    _Q.ASKED: {_Q.AGREED, _Q.DECLINED, _Q.OVER},
    _Q.AGREED: {_Q.HANDED_OVER, _Q.OVER},
}


class Mood(TextChoices):
    """The four answers of a check-in."""

    VERY_GOOD = "very_good", _("very good")
    ALL_RIGHT = "all_right", _("all right")
    HARD = "hard", _("hard")
    CALL_ME = "call", _("please call me")


class Health(TextChoices):
    """How a running tandem is, derived from its last signs of life. Never stored."""

    GOOD = "good", _("goes well")
    QUIET = "quiet", _("quiet for a while")
    SILENT = "silent", _("silent")
    NEEDS_CARE = "care", _("needs you")


class MeetingKind(TextChoices):
    FIRST = "first", _("first meeting at the site")
    TRIAL = "trial", _("meeting to get to know each other")
    REGULAR = "regular", _("meeting")
    SITE = "site", _("talk with the site")
