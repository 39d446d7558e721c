"""What moderation does with posts: each decision once, with its reasons, told to the person.

Every decision says which decision its maker had seen last (``seen``). Whoever comes second learns
what was decided meanwhile, instead of deciding over it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from tandemwerk.community.enums import (
    POST_MOVES,
    TOPIC_MOVES,
    DecisionKind,
    PostState,
    ReportState,
    TopicState,
)
from tandemwerk.community.errors import AlreadySettledError
from tandemwerk.community.models import Decision, Post, PostVersion, Report, Space, Topic
from tandemwerk.community.services import telling
from tandemwerk.community.services.deciding import tell_person, tell_reporters
from tandemwerk.community.services.posts import html_of
from tandemwerk.core import audit
from tandemwerk.core.moves import check_move
from tandemwerk.core.search import indexed_sources, refresh
from tandemwerk.messaging.notices import withdraw
from tandemwerk.people.models import User

_K = DecisionKind
#: Where a post goes with a decision about it.
POST_TARGETS: Final = {
    _K.APPROVE: PostState.SHOWN,
    _K.HIDE: PostState.HIDDEN,
    _K.SHOW: PostState.SHOWN,
}
_TOPIC_OF_FIRST: Final = {
    _K.APPROVE: TopicState.OPEN,
    _K.HIDE: TopicState.HIDDEN,
    _K.SHOW: TopicState.OPEN,
}


class DecidedMeanwhileError(AlreadySettledError):
    """Somebody else decided after the page was opened. ``decision``: what they decided."""

    def __init__(self, decision: Decision) -> None:
        super().__init__()
        self.decision = decision


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """Who decides what, why, and which decision they had seen last (0: none)."""

    kind: DecisionKind
    reason: str
    by: User
    at: datetime
    seen: int


def claim(topic_id: int, *, post_id: int | None, seen: int) -> Topic:
    """Lock a topic for a decision. Raises DecidedMeanwhileError."""
    topic = Topic.objects.select_for_update(of=("self",)).select_related("space").get(pk=topic_id)
    last = Decision.objects.filter(topic=topic, post=post_id).order_by("-pk").first()
    if last is not None and last.pk > seen:
        raise DecidedMeanwhileError(last)
    return topic


def last_decision_id(topic_id: int, post_id: int | None = None) -> int:
    """Return the number of the last decision about a topic, or about one post of it; 0: none."""
    found = Decision.objects.filter(topic=topic_id, post=post_id)
    return found.aggregate(last=Max("pk"))["last"] or 0


def record_decision(
    ruling: Ruling,
    *,
    space: Space,
    topic: Topic | None = None,
    post: Post | None = None,
    person: User | None = None,
    details: dict[str, Any] | None = None,
    until: datetime | None = None,
) -> Decision:
    """Keep a decision, write it into the trail and tell the person it concerns."""
    decision = Decision.objects.create(
        kind=ruling.kind,
        space=space,
        topic=topic,
        post=post,
        person=person,
        by=ruling.by,
        at=ruling.at,
        reason=ruling.reason,
        details=details or {},
        until=until,
    )
    changes = {"kind": ruling.kind.value, "decision": decision.pk, **(details or {})}
    audit.record(
        action="community.moderate",
        by=ruling.by,
        at=ruling.at,
        target=post or topic or space,
        scope=space.audit_scope,
        changes=changes,
    )
    tell_person(decision)
    return decision


@transaction.atomic
def decide_post(*, post_id: int, ruling: Ruling) -> Decision:
    """Approve, hide or show a post; with the first one of a topic the whole topic.

    The caller has checked ``community.moderate``. Raises IllegalMoveError, DecidedMeanwhileError.
    """
    post, topic = _locked(post_id, ruling)
    target = POST_TARGETS[ruling.kind]
    check_move(POST_MOVES, current=PostState(post.state), target=target)
    post.state = target
    post.save(update_fields=["state"])
    if is_first(post):
        _move_topic(topic, _TOPIC_OF_FIRST[ruling.kind])
    _unmark(topic, post)
    mend(topic)
    decision = record_decision(
        ruling, space=topic.space, topic=topic, post=post, person=post.author
    )
    if ruling.kind == _K.HIDE:
        withdraw(keys=telling.keys_of(post))
        settle_reports(post, to=ReportState.UPHELD, at=ruling.at)
    if ruling.kind == _K.APPROVE:
        post.topic = topic
        tell = telling.tell_new_topic if is_first(post) else None
        if tell is not None:
            tell(topic, post, at=ruling.at)
        else:
            telling.tell_new_post(post, at=ruling.at)
    return decision


@transaction.atomic
def edit_post(*, post_id: int, body: str, ruling: Ruling) -> Decision:
    """Change the words of a post. How it stood stays readable for the moderation and its author."""
    post, topic = _locked(post_id, ruling)
    PostVersion.objects.create(
        post=post, body=post.body, at=ruling.at, by=ruling.by, reason=ruling.reason[:300]
    )
    post.body, post.html, post.edited_at = body, html_of(body, topic), ruling.at
    post.save(update_fields=["body", "html", "edited_at"])
    mend(topic)
    settle_reports(post, to=ReportState.UPHELD, at=ruling.at)
    return record_decision(ruling, space=topic.space, topic=topic, post=post, person=post.author)


@transaction.atomic
def warn(*, post_id: int, ruling: Ruling) -> Decision:
    """Tell somebody that a post of theirs was not right, and leave it."""
    post, topic = _locked(post_id, ruling)
    settle_reports(post, to=ReportState.UPHELD, at=ruling.at)
    return record_decision(ruling, space=topic.space, topic=topic, post=post, person=post.author)


@transaction.atomic
def dismiss_reports(*, post_id: int, by: User, at: datetime, seen: int) -> int:
    """Say that nothing is to be done about a post. Return how many reports there were."""
    post = Post.objects.select_related("topic__space").get(pk=post_id)
    claim(post.topic_id, post_id=post.pk, seen=seen)
    count = settle_reports(post, to=ReportState.DISMISSED, at=at)
    if not count:
        raise AlreadySettledError
    audit.record(action="community.dismiss_reports", by=by, at=at, target=post)
    return count


def settle_reports(post: Post, *, to: ReportState, at: datetime) -> int:
    """Close the open reports of a post and tell who made them. Return how many there were."""
    rows = Report.objects.select_for_update(of=("self",)).filter(post=post, state=ReportState.OPEN)
    reports = list(rows)
    Report.objects.filter(pk__in=[each.pk for each in reports]).update(state=to, settled_at=at)
    tell_reporters(reports, to=to, at=at)
    return len(reports)


def is_first(post: Post) -> bool:
    """Answers whether a topic began with this post."""
    earlier = Post.objects.filter(topic=post.topic_id, created_at__lt=post.created_at)
    same = Post.objects.filter(topic=post.topic_id, created_at=post.created_at, pk__lt=post.pk)
    return not earlier.exists() and not same.exists()


def mend(topic: Topic) -> None:
    """Bring right what follows from a topic's posts: when it was last spoken in, and the search."""
    shown = Post.objects.filter(topic=topic).shown()
    last = shown.aggregate(last=Max("created_at"))["last"]
    Topic.objects.filter(pk=topic.pk).update(last_post_at=last or topic.created_at)
    refresh_search([topic.pk])


def refresh_search(topic_ids: list[int]) -> None:
    """Bring the index up to date with these topics."""
    if any(each.name == "topics" for each in indexed_sources()):
        refresh("topics", topic_ids)


def _locked(post_id: int, ruling: Ruling) -> tuple[Post, Topic]:
    post = Post.objects.select_related("author", "site", "carrier").get(pk=post_id)
    topic = claim(post.topic_id, post_id=post.pk, seen=ruling.seen)
    post.refresh_from_db(fields=["state", "body"])
    post.topic = topic
    return post, topic


def _move_topic(topic: Topic, target: TopicState) -> None:
    current = TopicState(topic.state)
    if current != target and target in TOPIC_MOVES.get(current, ()):
        topic.state = target
        topic.save(update_fields=["state"])


def _unmark(topic: Topic, post: Post) -> None:
    """An answer that is hidden is neither the accepted nor the official one."""
    if post.state == PostState.SHOWN:
        return
    Topic.objects.filter(pk=topic.pk, accepted_post=post).update(accepted_post=None)
    Topic.objects.filter(pk=topic.pk, official_post=post).update(official_post=None)
