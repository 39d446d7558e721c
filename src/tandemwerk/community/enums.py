"""Spaces and their walls, what is said in them, and what moderation may do."""

from collections.abc import Set as AbstractSet
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SpaceKind(TextChoices):
    MEMBERS = "members", _("all members")
    CARRIERS = "carriers", _("carriers only")
    CARRIER = "carrier", _("one carrier and its sites")
    GROUP = "group", _("working group")
    MINISTRY = "ministry", _("dialogue with the ministry")
    INTERNAL = "internal", _("network office only")


class Standing(TextChoices):
    """What somebody is, as the walls of a space see it."""

    NETWORK = "network", _("network office")
    CARRIER = "carrier", _("team of a carrier")
    SITE = "site", _("team of a site")
    MINISTRY = "ministry", _("ministry")


_N, _C, _S, _M = Standing.NETWORK, Standing.CARRIER, Standing.SITE, Standing.MINISTRY
#: Who may read a space. Of one carrier's space only that carrier's people; of a working group only
#: those who take part in it, and all members where it is open.
READERS: Final[dict[SpaceKind, AbstractSet[Standing]]] = {
    SpaceKind.MEMBERS: {_N, _C, _S, _M},
    SpaceKind.CARRIERS: {_N, _C},
    SpaceKind.CARRIER: {_C, _S},
    SpaceKind.GROUP: {_N, _C, _S, _M},
    SpaceKind.MINISTRY: {_N, _C, _M},
    SpaceKind.INTERNAL: {_N},
}


class JoinPolicy(TextChoices):
    """How one gets into a working group."""

    OPEN = "open", _("open to all members")
    REQUEST = "request", _("on request")
    INVITATION = "invitation", _("by invitation")


class SpaceRole(TextChoices):
    MEMBER = "member", _("member")
    OWNER = "owner", _("owner")


class SpaceMembershipState(TextChoices):
    INVITED = "invited", _("invited")
    REQUESTED = "requested", _("has asked")
    ACTIVE = "active", _("member")


class TopicKind(TextChoices):
    QUESTION = "question", _("question")
    DISCUSSION = "discussion", _("discussion")
    ANNOUNCEMENT = "announcement", _("announcement")
    CASE = "case", _("practice case")


class Anonymity(TextChoices):
    """Who knows who asked. What is promised here is kept by what is stored."""

    NAMED = "named", _("with my name")
    #: The author is stored and shown to those who moderate the space.
    MODERATORS = "moderators", _("without my name; the moderation knows it")
    #: No author is stored at all. A link known to the asker alone leads back.
    NOBODY = "nobody", _("without my name; nobody knows it")


class TopicState(TextChoices):
    #: Waits for a look by the moderation: the first words of a new member.
    PENDING = "pending", _("waits for the moderation")
    OPEN = "open", _("open")
    LOCKED = "locked", _("closed")
    HIDDEN = "hidden", _("hidden")
    MERGED = "merged", _("merged into another")


_T = TopicState
TOPIC_MOVES: Final = {
    _T.PENDING: {_T.OPEN, _T.HIDDEN},
    _T.OPEN: {_T.LOCKED, _T.HIDDEN, _T.MERGED},
    _T.LOCKED: {_T.OPEN, _T.HIDDEN, _T.MERGED},
    _T.HIDDEN: {_T.OPEN},
}
#: Topics that readers see.
SHOWN_TOPICS: Final = (TopicState.OPEN, TopicState.LOCKED)


class PostState(TextChoices):
    PENDING = "pending", _("waits for the moderation")
    SHOWN = "shown", _("shown")
    HIDDEN = "hidden", _("hidden")
    #: Taken back by who wrote it.
    REMOVED = "removed", _("taken back")


_P = PostState
POST_MOVES: Final = {
    _P.PENDING: {_P.SHOWN, _P.HIDDEN},
    _P.SHOWN: {_P.HIDDEN, _P.REMOVED},
    _P.HIDDEN: {_P.SHOWN},
    _P.REMOVED: set(),
}


class Via(TextChoices):
    WEB = "web", _("on the page")
    MAIL = "mail", _("by mail")


class ReactionKind(TextChoices):
    THANKS = "thanks", pgettext_lazy("reaction", "thank you")
    HELPFUL = "helpful", pgettext_lazy("reaction", "that helps")
    SAME = "same", pgettext_lazy("reaction", "we do the same")
    IDEA = "idea", pgettext_lazy("reaction", "good idea")


class Interest(TextChoices):
    """How closely somebody follows a space, a topic or a tag."""

    ALL = "all", _("everything")
    TOPICS = "topics", _("new topics")
    MUTED = "muted", _("nothing")


class OfferState(TextChoices):
    """A question was offered to somebody who probably knows."""

    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("taken on")
    ANSWERED = "answered", _("answered")
    DECLINED = "declined", _("passed on")
    LAPSED = "lapsed", _("no longer needed")


_O = OfferState
OFFER_MOVES: Final = {
    _O.OFFERED: {_O.ACCEPTED, _O.ANSWERED, _O.DECLINED, _O.LAPSED},
    _O.ACCEPTED: {_O.ANSWERED, _O.DECLINED, _O.LAPSED},
}
#: Somebody has the question in their list.
OPEN_OFFERS: Final = (OfferState.OFFERED, OfferState.ACCEPTED)


class ReportReason(TextChoices):
    PERSON = "person", _("somebody can be recognised")
    RUDE = "rude", _("hurtful or discriminating")
    WRONG = "wrong", _("wrong or dangerous")
    SPAM = "spam", _("advertising")
    OTHER = "other", _("something else")


class ReportState(TextChoices):
    OPEN = "open", _("open")
    UPHELD = "upheld", _("something was done")
    DISMISSED = "dismissed", _("nothing was to be done")


REPORT_MOVES: Final = {ReportState.OPEN: {ReportState.UPHELD, ReportState.DISMISSED}}


class DecisionKind(TextChoices):
    """What moderation can decide. Each goes to the person with its reasons."""

    APPROVE = "approve", _("approved")
    HIDE = "hide", _("hidden")
    SHOW = "show", _("shown again")
    EDIT = "edit", _("edited")
    MOVE = "move", _("moved")
    SPLIT = "split", _("split off")
    MERGE = "merge", _("merged")
    LOCK = "lock", _("closed")
    UNLOCK = "unlock", _("opened again")
    PIN = "pin", _("pinned")
    UNPIN = "unpin", _("no longer pinned")
    SLOW = "slow", _("slow mode")
    WARN = "warn", _("warned")
    SUSPEND = "suspend", _("suspended")
    LIFT = "lift", _("suspension ended")


class AppealState(TextChoices):
    OPEN = "open", _("open")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")


APPEAL_MOVES: Final = {AppealState.OPEN: {AppealState.GRANTED, AppealState.REFUSED}}


class PeerKind(TextChoices):
    QUESTION = "question", _("question")
    VISIT = "visit", _("visit")
    CONSULTATION = "consultation", _("peer consultation")


class PeerState(TextChoices):
    """A visit or a peer consultation, from asking to looking back."""

    ASKED = "asked", pgettext_lazy("request", "asked")
    AGREED = "agreed", pgettext_lazy("request", "agreed")
    DECLINED = "declined", pgettext_lazy("request", "declined")
    CANCELLED = "cancelled", _("cancelled")
    DONE = "done", pgettext_lazy("request", "done")


_R = PeerState
PEER_MOVES: Final = {
    #: A question is done with its answer.
    _R.ASKED: {_R.AGREED, _R.DECLINED, _R.CANCELLED, _R.DONE},
    _R.AGREED: {_R.DONE, _R.CANCELLED},
}
