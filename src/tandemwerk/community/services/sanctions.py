"""Reports, suspensions, appeals, and the look at who asked without a name."""

from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.urls import reverse

from tandemwerk.community.enums import (
    APPEAL_MOVES,
    POST_MOVES,
    TOPIC_MOVES,
    AppealState,
    DecisionKind,
    PostState,
    ReportReason,
    ReportState,
    TopicState,
)
from tandemwerk.community.errors import AlreadySettledError, CommunityError
from tandemwerk.community.models import (
    Appeal,
    Decision,
    Post,
    Report,
    Suspension,
    Topic,
)
from tandemwerk.community.queries.spaces import moderators_of
from tandemwerk.community.services.moderation import (
    Ruling,
    claim,
    mend,
    record_decision,
    settle_reports,
)
from tandemwerk.community.services.posts import html_of
from tandemwerk.core import audit
from tandemwerk.core.moves import check_move
from tandemwerk.messaging.notices import notify
from tandemwerk.people.models import User

_K = DecisionKind
#: Against what somebody may ask for another look, and how long.
APPEALABLE: Final = (
    *(_K.HIDE, _K.EDIT, _K.MOVE, _K.SPLIT, _K.MERGE, _K.LOCK),
    *(_K.WARN, _K.SUSPEND),
)
APPEAL_WITHIN: Final = timedelta(days=180)
LONGEST_SUSPENSION: Final = timedelta(days=366)


class OwnDecisionError(CommunityError):
    """Whoever decided does not decide about the appeal."""


class NotSuspendableError(CommunityError):
    """Nobody is known behind the post, or it is somebody who moderates the space."""


@transaction.atomic
def report_post(*, post: Post, reason: ReportReason, text: str, by: User, at: datetime) -> Report:
    """Say that a post is not right. The moderation of its space is told.

    Raises AlreadySettledError while an earlier report of the same person is open.
    """
    try:
        with transaction.atomic():
            report = Report.objects.create(post=post, reporter=by, reason=reason, text=text, at=at)
    except IntegrityError as error:
        raise AlreadySettledError from error
    space = post.topic.space
    notify(
        key=f"community.reported:{post.pk}:{report.pk}",
        kind="community.reported",
        to=moderators_of(space).values_list("pk", flat=True),
        url=reverse("community:moderate_post", args=[post.pk]),
        context={"topic": post.topic.title, "reason": reason.value},
        by=by,
        at=at,
    )
    audit.record(action="community.report_post", by=by, at=at, target=post)
    return report


@transaction.atomic
def suspend(*, post_id: int, everywhere: bool, until: datetime, ruling: Ruling) -> Suspension:
    """Let whoever wrote a post read and not write until a moment, in its space or everywhere.

    Raises NotSuspendableError, DecidedMeanwhileError.
    """
    post = Post.objects.select_related("author").get(pk=post_id)
    topic = claim(post.topic_id, post_id=post.pk, seen=ruling.seen)
    person = post.author
    if person is None or moderators_of(topic.space).filter(pk=person.pk).exists():
        raise NotSuspendableError
    settle_reports(post, to=ReportState.UPHELD, at=ruling.at)
    decision = record_decision(
        ruling,
        space=topic.space,
        topic=topic,
        post=post,
        person=person,
        details={"everywhere": everywhere},
        until=until,
    )
    return Suspension.objects.create(
        user=person,
        space=None if everywhere else topic.space,
        decision=decision,
        starts_at=ruling.at,
        ends_at=until,
    )


@transaction.atomic
def lift_suspension(*, suspension_id: int, ruling: Ruling) -> Decision:
    """End a suspension before its time. Raises AlreadySettledError."""
    rows = Suspension.objects.select_for_update(of=("self",))
    suspension = rows.select_related("user", "decision__space", "decision__topic").get(
        pk=suspension_id
    )
    if suspension.lifted_at is not None or suspension.ends_at <= ruling.at:
        raise AlreadySettledError
    suspension.lifted_at = ruling.at
    suspension.save(update_fields=["lifted_at"])
    decided = suspension.decision
    return record_decision(ruling, space=decided.space, topic=decided.topic, person=suspension.user)


@transaction.atomic
def reveal_asker(*, topic: Topic, reason: str, by: User, at: datetime) -> User | None:
    """Return who asked without a name, to somebody who moderates; the look stands in the trail."""
    audit.record(action="community.reveal_asker", by=by, at=at, target=topic, reason=reason[:500])
    return topic.author


@transaction.atomic
def appeal(*, decision: Decision, text: str, by: User, at: datetime) -> Appeal:
    """Ask for another look by somebody else. Raises AlreadySettledError."""
    if decision.kind not in APPEALABLE or at - decision.at > APPEAL_WITHIN:
        raise AlreadySettledError
    try:
        with transaction.atomic():
            made = Appeal.objects.create(decision=decision, text=text, at=at)
    except IntegrityError as error:
        raise AlreadySettledError from error
    others = moderators_of(decision.space).exclude(pk=decision.by_id or 0)
    notify(
        key=f"community.appealed:{made.pk}",
        kind="community.appealed",
        to=others.values_list("pk", flat=True),
        url=reverse("community:appeal_answer", args=[made.pk]),
        context={"about": str(decision.topic or decision.space)},
        by=by,
        at=at,
    )
    audit.record(action="community.appeal", by=by, at=at, target=decision)
    return made


@transaction.atomic
def answer_appeal(
    *, appeal_id: int, to: AppealState, answer: str, by: User, at: datetime
) -> Appeal:
    """Decide an appeal; where it is granted, what was done is taken back as far as that goes.

    Raises OwnDecisionError, and AlreadySettledError where somebody else answered meanwhile.
    """
    rows = Appeal.objects.select_for_update(of=("self",))
    made = rows.select_related(
        "decision__space", "decision__person", "decision__topic", "decision__post"
    ).get(pk=appeal_id)
    decision = made.decision
    if by.pk in {decision.by_id, decision.person_id}:
        raise OwnDecisionError
    if made.state != AppealState.OPEN:
        raise AlreadySettledError
    check_move(APPEAL_MOVES, current=AppealState(made.state), target=to)
    made.state, made.answer, made.answered_by, made.answered_at = to, answer, by, at
    made.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    if to == AppealState.GRANTED:
        _take_back(decision, by=by, at=at)
    if decision.person_id is not None:
        notify(
            key=f"community.appeal_answered:{made.pk}",
            kind="community.appeal_answered",
            to=[decision.person_id],
            url=reverse("community:decision", args=[decision.pk]),
            context={"state": to.value, "about": str(decision.topic or decision.space)},
            by=by,
            at=at,
        )
    audit.record(
        action="community.answer_appeal", by=by, at=at, target=decision, changes={"to": to.value}
    )
    return made


def _take_back(decision: Decision, *, by: User, at: datetime) -> None:
    """Undo a decision: show what was hidden, give back the words, end the suspension."""
    kind, post, topic = DecisionKind(decision.kind), decision.post, decision.topic
    if kind == _K.SUSPEND:
        Suspension.objects.filter(decision=decision, lifted_at=None).update(lifted_at=at)
    if topic is not None and kind == _K.LOCK:
        _to_state(topic, TopicState.OPEN)
    if post is not None and topic is not None and kind == _K.HIDE:
        if PostState.SHOWN in POST_MOVES[PostState(post.state)]:
            post.state = PostState.SHOWN
            post.save(update_fields=["state"])
        if topic.state == TopicState.HIDDEN:
            _to_state(topic, TopicState.OPEN)
    if post is not None and kind == _K.EDIT:
        before = post.versions.filter(at=decision.at).order_by("-pk").first()
        if before is not None:
            post.versions.create(body=post.body, at=at, by=by)
            post.body, post.html, post.edited_at = before.body, html_of(before.body, post.topic), at
            post.save(update_fields=["body", "html", "edited_at"])
    if topic is not None:
        mend(topic)


def _to_state(topic: Topic, target: TopicState) -> None:
    if target in TOPIC_MOVES.get(TopicState(topic.state), ()):
        topic.state = target
        topic.save(update_fields=["state"])
