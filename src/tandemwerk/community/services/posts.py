"""Saying something in a topic, changing it, taking it back, reacting to it."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import uuid4

from django.db import transaction

from tandemwerk.community.enums import (
    POST_MOVES,
    SHOWN_TOPICS,
    Anonymity,
    PostState,
    ReactionKind,
    TopicKind,
    TopicState,
    Via,
)
from tandemwerk.community.errors import AlreadySettledError, ChangedMeanwhileError, ClosedError
from tandemwerk.community.limits import check_may_post, needs_review
from tandemwerk.community.mentions import find_mentions, render
from tandemwerk.community.models import Post, PostVersion, Reaction, Topic
from tandemwerk.community.services import telling
from tandemwerk.community.services.attachments import attach
from tandemwerk.community.services.following import discard_draft, follow_by_writing, mark_read
from tandemwerk.community.speakers import organisation_of
from tandemwerk.core import audit, search
from tandemwerk.core.actors import SYSTEM, Actor
from tandemwerk.core.moves import check_move
from tandemwerk.knowledge.models import Term
from tandemwerk.messaging.notices import withdraw
from tandemwerk.people.models import User

TOPICS: Final = "topics"
#: A shorter key could be guessed.
MIN_KEY: Final = 32


def lock_topic(topic_id: int) -> Topic:
    """Return a topic that nobody else changes until the transaction ends."""
    return (
        Topic.objects.select_for_update(of=("self",))
        .select_related("space__carrier")
        .get(pk=topic_id)
    )


def version_of(post: Post) -> str:
    """Return a mark of the words as they stand now, for the form that changes them."""
    return sha256(f"{post.topic.title}\n{post.body}".encode()).hexdigest()[:16]


def html_of(body: str, topic: Topic) -> str:
    """Return the HTML of a post."""
    return render(body, find_mentions(body, topic.space))


def new_key(key: str) -> str:
    """Return a key for a post that stands once however often it is sent."""
    return key if len(key) >= MIN_KEY else uuid4().hex


def actor_for(topic: Topic, by: User, *, is_asker: bool) -> Actor:
    """Return who goes into the trail: nobody for whoever asks without a name."""
    return SYSTEM if is_asker and topic.anonymity != Anonymity.NAMED else by


@transaction.atomic
def create_post(
    *,
    topic_id: int,
    body: str,
    by: User,
    at: datetime,
    key: str = "",
    reply_to_id: int | None = None,
    attachment_ids: Iterable[int] = (),
    via: str = Via.WEB,
    as_unknown_asker: bool = False,
) -> Post:
    """Say something in a topic. The same ``key`` again says it once.

    ``as_unknown_asker``: the asker whom nobody knows speaks; nothing of ``by`` is kept. The caller
    has checked ``community.write_post`` and, for the unknown asker, their secret. Raises
    ClosedError and the errors of ``limits``.
    """
    topic = lock_topic(topic_id)
    known = Post.objects.filter(key=key).first() if key else None
    if known is not None and known.topic_id == topic.pk:
        return known
    if topic.state != TopicState.OPEN or topic.space.archived_at is not None:
        raise ClosedError
    check_may_post(user=by, space=topic.space, body=body, at=at)
    is_asker = as_unknown_asker or (
        topic.anonymity == Anonymity.MODERATORS and topic.author_id == by.pk
    )
    organisation = organisation_of(by, topic.space)
    waits = needs_review(by, topic.space)
    reply_to = topic.posts.shown().filter(pk=reply_to_id or 0).first()
    post = Post.objects.create(
        topic=topic,
        author=None if as_unknown_asker else by,
        site=None if as_unknown_asker else organisation.site,
        carrier=None if as_unknown_asker else organisation.carrier,
        is_asker=is_asker,
        body=body.strip(),
        html=html_of(body, topic),
        state=PostState.PENDING if waits else PostState.SHOWN,
        reply_to=reply_to,
        via=via,
        key=new_key("" if known else key),
        created_at=at,
    )
    if not as_unknown_asker:
        attach(post=post, attachment_ids=attachment_ids, by=by)
        follow_by_writing(topic=topic, by=by)
        mark_read(topic=topic, by=by, at=at)
    discard_draft(place=f"topic/{topic.pk}", by=by)
    audit.record(
        action="community.write_post",
        by=actor_for(topic, by, is_asker=is_asker),
        at=at,
        target=post,
        scope=topic.audit_scope,
        changes={"state": post.state, "via": str(via)},
    )
    if not waits:
        show_post(post, at=at)
    return post


def show_post(post: Post, *, at: datetime) -> None:
    """Let readers hear of a post that they may see now: at once, or once it was approved.

    Belongs into the transaction that shows it.
    """
    topic = post.topic
    if topic.last_post_at < post.created_at:
        topic.last_post_at = post.created_at
        topic.save(update_fields=["last_post_at"])
    search.refresh(TOPICS, [topic.pk])
    if topic.state in SHOWN_TOPICS:
        telling.tell_new_post(post, at=at)


@transaction.atomic
def edit_post(
    *,
    post_id: int,
    body: str,
    version: str,
    by: User,
    at: datetime,
    reason: str = "",
    title: str = "",
    terms: Iterable[Term] | None = None,
) -> Post:
    """Change the words of a post, and of a first post the title and tags of its topic.

    What stood there before is kept and can be read. The caller has checked
    ``community.change_post``. Raises ChangedMeanwhileError when ``version`` is not what stands
    there now.
    """
    topic = lock_topic(Post.objects.values_list("topic_id", flat=True).get(pk=post_id))
    post = Post.objects.select_for_update(of=("self",)).get(pk=post_id)
    post.topic = topic
    if version != version_of(post):
        raise ChangedMeanwhileError(post.body)
    changed = []
    is_unnamed = post.is_asker and topic.anonymity != Anonymity.NAMED
    is_own = post.author_id == by.pk
    if body.strip() != post.body:
        editor = None if is_unnamed and is_own else by
        PostVersion.objects.create(post=post, body=post.body, at=at, by=editor, reason=reason)
        post.body, post.html = body.strip(), html_of(body, topic)
        post.edited_at = at
        post.save(update_fields=["body", "html", "edited_at"])
        changed.append("body")
    if title and title != topic.title:
        topic.title = title
        topic.save(update_fields=["title"])
        changed.append("title")
    if terms is not None:
        topic.terms.set(terms)
    search.refresh(TOPICS, [topic.pk])
    audit.record(
        action="community.change_post",
        by=actor_for(topic, by, is_asker=post.is_asker and is_own),
        at=at,
        target=post,
        changes={"fields": changed},
    )
    return post


@transaction.atomic
def remove_post(*, post_id: int, by: User, at: datetime) -> Post:
    """Take back what one wrote: its words and files are gone, its place stays.

    The caller has checked that ``by`` wrote it. Raises IllegalMoveError.
    """
    topic = lock_topic(Post.objects.values_list("topic_id", flat=True).get(pk=post_id))
    post = Post.objects.select_for_update(of=("self",)).get(pk=post_id)
    post.topic = topic
    check_move(POST_MOVES, current=PostState(post.state), target=PostState.REMOVED)
    post.state, post.body, post.html = PostState.REMOVED, "", ""
    post.edited_at = at
    post.save(update_fields=["state", "body", "html", "edited_at"])
    post.versions.all().delete()
    for each in post.attachments.all():
        each.file.delete(save=False)
        each.delete()
    gone = {
        name: None
        for name in ("accepted_post", "official_post")
        if getattr(topic, f"{name}_id") == post.pk
    }
    for name in gone:
        setattr(topic, name, None)
    if gone:
        topic.save(update_fields=list(gone))
    withdraw(keys=telling.keys_of(post))
    search.refresh(TOPICS, [topic.pk])
    audit.record(
        action="community.remove_post",
        by=actor_for(topic, by, is_asker=post.is_asker),
        at=at,
        target=post,
    )
    return post


@transaction.atomic
def react(*, post_id: int, kind: str, is_on: bool, by: User) -> None:
    """React to a post, or no longer. Twice is once; it is no entry of the trail."""
    if is_on:
        Reaction.objects.get_or_create(post_id=post_id, user=by, kind=ReactionKind(kind))
    else:
        Reaction.objects.filter(post_id=post_id, user=by, kind=kind).delete()


@transaction.atomic
def mark_official(
    *, post_id: int, is_official: bool, instead_of: int | None, by: User, at: datetime
) -> Topic:
    """Say that an answer stands for the ministry or the network office, or no longer.

    ``instead_of`` is what the page showed. The caller has checked ``community.mark_official``.
    Raises AlreadySettledError.
    """
    return _mark(
        "official_post",
        post_id=post_id,
        is_on=is_official,
        instead_of=instead_of,
        action="community.mark_official",
        by=by,
        at=at,
    )


def _mark(
    name: str,
    *,
    post_id: int,
    is_on: bool,
    instead_of: int | None,
    action: str,
    by: Actor,
    at: datetime,
) -> Topic:
    post = Post.objects.get(pk=post_id)
    topic = lock_topic(post.topic_id)
    before = getattr(topic, f"{name}_id")
    wanted = post.pk if is_on else None
    if before == wanted:
        return topic
    if before != instead_of or post.state != PostState.SHOWN:
        raise AlreadySettledError
    setattr(topic, f"{name}_id", wanted)
    topic.save(update_fields=[name])
    search.refresh(TOPICS, [topic.pk])
    audit.record(action=action, by=by, at=at, target=topic, changes={"post": wanted})
    return topic


@transaction.atomic
def accept_answer(
    *,
    post_id: int,
    is_accepted: bool,
    instead_of: int | None,
    by: User,
    at: datetime,
    as_unknown_asker: bool = False,
) -> Topic:
    """Say that an answer settled the question, or no longer.

    ``instead_of`` is the answer that the page showed as accepted. The caller has checked
    ``community.accept_answer`` or the asker's secret. Raises AlreadySettledError.
    """
    post = Post.objects.select_related("topic").get(pk=post_id)
    topic = post.topic
    if topic.kind != TopicKind.QUESTION or post.pk == first_post_id(topic):
        raise AlreadySettledError
    is_asker = as_unknown_asker or topic.author_id == by.pk
    actor = actor_for(topic, by, is_asker=is_asker)
    topic = _mark(
        "accepted_post",
        post_id=post_id,
        is_on=is_accepted,
        instead_of=instead_of,
        action="community.accept_answer",
        by=actor,
        at=at,
    )
    if is_accepted and topic.accepted_post_id == post.pk:
        telling.tell_accepted(topic, post, by_id=None if as_unknown_asker else by.pk, at=at)
    return topic


def first_post_id(topic: Topic) -> int | None:
    """Return the post with which a topic begins."""
    return topic.posts.order_by("created_at", "pk").values_list("pk", flat=True).first()
