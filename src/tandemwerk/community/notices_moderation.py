"""What moderation, the directory and the offers tell people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tandemwerk.community.enums import AppealState, DecisionKind, PeerKind, ReportReason
from tandemwerk.community.models import PeerRequest
from tandemwerk.community.services import peers
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.messaging import replies
from tandemwerk.messaging.notices import NoticeGroup, NoticeKind, Rhythm, register
from tandemwerk.people.models import User

Context = Mapping[str, Any]


def _decision(context: Context) -> str:
    kind = DecisionKind(context["kind"])
    if kind == DecisionKind.APPROVE:
        return gettext("Your post in «%(about)s» is now shown.") % context
    return gettext("The moderation has decided something about you: %(kind)s («%(about)s»).") % {
        "kind": kind.label,
        "about": context["about"],
    }


def _reported(context: Context) -> str:
    return gettext("Somebody reported a post in «%(topic)s»: %(reason)s.") % {
        "topic": context["topic"],
        "reason": ReportReason(context["reason"]).label,
    }


def _settled(context: Context) -> str:
    if context["state"] == "upheld":
        return (
            gettext("Thank you. Something was done about what you reported in «%(topic)s».")
            % context
        )
    return (
        gettext("Thank you. We looked at what you reported in «%(topic)s» and left it as it is.")
        % context
    )


def _appeal_answered(context: Context) -> str:
    if context["state"] == AppealState.GRANTED:
        return gettext("Your appeal about «%(about)s» was granted.") % context
    return gettext("Your appeal about «%(about)s» was refused. You can read why.") % context


def _peer(context: Context) -> str:
    kind = PeerKind(context["kind"])
    if kind == PeerKind.QUESTION:
        return gettext("%(who)s has a question for you: «%(subject)s».") % context
    if kind == PeerKind.VISIT:
        return gettext("%(who)s would like to visit you: «%(subject)s».") % context
    return gettext("%(who)s asks you for a peer consultation: «%(subject)s».") % context


register(
    NoticeGroup(
        name="community.decisions",
        label=_("Decisions about me"),
        description=_("What the moderation decides about your posts. You get a mail in any case."),
        default=Rhythm.IN_APP,
        order=34,
    ),
    NoticeGroup(
        name="community.moderating",
        label=_("Spaces I moderate"),
        description=_("Reports and appeals that wait for a look."),
        default=Rhythm.DAILY,
        order=35,
    ),
    NoticeGroup(
        name="community.peers",
        label=_("Questions and visits"),
        description=_("Somebody asks you, would like to visit you, or answers you."),
        default=Rhythm.AT_ONCE,
        order=32,
    ),
    NoticeGroup(
        name="community.offers",
        label=_("Questions you may know the answer to"),
        description=_("A question that nobody has answered yet and that fits what you know."),
        default=Rhythm.DAILY,
        order=33,
    ),
    NoticeKind(
        name="community.decision",
        group="community.decisions",
        label=_("A decision of the moderation"),
        sentence=_decision,
        action=_("Read the reasons"),
        icon="shield-check",
    ),
    NoticeKind(
        name="community.report_settled",
        group="community.decisions",
        label=_("We looked at your report"),
        sentence=_settled,
        icon="flag",
    ),
    NoticeKind(
        name="community.appeal_answered",
        group="community.decisions",
        label=_("Your appeal is decided"),
        sentence=_appeal_answered,
        action=_("Read the answer"),
        icon="shield-check",
    ),
    NoticeKind(
        name="community.reported",
        group="community.moderating",
        label=_("A post was reported"),
        sentence=_reported,
        icon="flag",
    ),
    NoticeKind(
        name="community.appealed",
        group="community.moderating",
        label=_("An appeal waits for an answer"),
        sentence=_("Somebody asks for another look at a decision about «%(about)s»."),
        icon="shield-exclamation",
    ),
    NoticeKind(
        name="community.peer_asked",
        group="community.peers",
        label=_("Somebody asks you"),
        sentence=_peer,
        body="text",
        action=pgettext_lazy("button", "Answer"),
        icon="chat-heart",
    ),
    NoticeKind(
        name="community.peer_answered",
        group="community.peers",
        label=_("There is an answer for you"),
        sentence=_("%(who)s answered you: «%(subject)s»."),
        body="text",
        action=_("Read the answer"),
        icon="chat-heart",
    ),
    NoticeKind(
        name="community.peer_cancelled",
        group="community.peers",
        label=_("A request was called off"),
        sentence=_("%(who)s called it off: «%(subject)s»."),
        icon="x-circle",
    ),
    NoticeKind(
        name="community.peer_over",
        group="community.peers",
        label=_("How was it?"),
        sentence=_("«%(subject)s» with %(who)s is over. What do you take with you?"),
        action=_("Write it down"),
        icon="journal-text",
    ),
    NoticeKind(
        name="community.offer",
        group="community.offers",
        label=_("Do you know the answer?"),
        sentence=_("Nobody has answered yet: «%(topic)s». You may know something about it."),
        action=_("Look at the question"),
        icon="lightbulb",
    ),
)


@replies.register(peers.REPLY)
def answer_by_mail(*, user: User, object_id: int, text: str, at: datetime, key: str) -> None:  # noqa: ARG001 a request is answered once whatever the mail is called
    """Answer a question by mail. Days and places are agreed on the page."""
    found = PeerRequest.objects.filter(pk=object_id, host=user).first()
    if found is None:
        raise replies.ReplyError(gettext("This request does not exist any more."))
    if found.kind != PeerKind.QUESTION:
        raise replies.ReplyError(
            gettext("Please agree on day and place on the page of the request.")
        )
    try:
        peers.answer_question(request_id=found.pk, answer=text[:1000], by=user, at=at)
    except IllegalMoveError as error:
        raise replies.ReplyError(
            gettext("This request was answered or called off already.")
        ) from error
