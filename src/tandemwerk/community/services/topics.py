"""Beginning a topic, and what readers say to it as a whole."""

import math
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.core.cache import caches
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from tandemwerk.community.enums import Anonymity, PostState, TopicKind, TopicState
from tandemwerk.community.errors import ClosedError, TooFastError
from tandemwerk.community.limits import check_may_post, needs_review
from tandemwerk.community.models import Acknowledgement, Post, Space, Topic
from tandemwerk.community.services import telling
from tandemwerk.community.services.attachments import attach
from tandemwerk.community.services.following import discard_draft, follow_by_writing, mark_read
from tandemwerk.community.services.polls import PollDraft, add_poll
from tandemwerk.community.services.posts import TOPICS, actor_for, html_of, new_key
from tandemwerk.community.speakers import Organisation, land_for_unnamed, organisation_of
from tandemwerk.core import audit, search
from tandemwerk.knowledge.models import Term
from tandemwerk.people.models import User

#: Questions without any name that a group of accounts begins within a day, and its usual size.
MOST_UNKNOWN: Final = 6
COUNTED_TOGETHER: Final = 10


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A new topic. ``secret`` is shown once to the asker whom nobody knows, and kept nowhere."""

    topic: Topic
    post: Post
    secret: str = ""


def secret_for(key: str) -> str:
    """Return the secret for the asker whose form carried ``key``.

    Made from the key that only their browser knows and that is not kept, so that a form sent twice
    shows the same link.
    """
    digest = salted_hmac("tandemwerk.asker", key, algorithm="sha256").digest()
    return urlsafe_b64encode(digest[:24]).decode()


def check_unknown_pace(user: User, *, at: datetime) -> None:
    """Raise TooFastError after some questions without a name within a day.

    All workers count together, so the count is in the database for the rest of the day. It must
    not say who asked: about ten accounts share one, who they are changes every day, and that it
    ends at midnight says nothing of when a question came.
    """
    now = timezone.localtime(at)
    midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    groups = max(1, User.objects.filter(is_active=True).count() // COUNTED_TOGETHER)
    mark = salted_hmac("tandemwerk.unknown", f"{now.date()}/{user.pk}", algorithm="sha256")
    key = f"community_unknown_{now.date()}_{int(mark.hexdigest(), 16) % groups}"
    left = math.ceil((midnight - now).total_seconds())
    counts = caches["default"]
    count = counts.get(key, 0) + 1
    if count > MOST_UNKNOWN:
        raise TooFastError(left)
    counts.set(key, count, timeout=left)


def hash_of_secret(secret: str) -> str:
    """Return what is kept of an asker's secret."""
    return sha256(secret.encode()).hexdigest()


def opens(topic: Topic, secret: str) -> bool:
    """Return whether ``secret`` is the one that the unknown asker of ``topic`` was given."""
    return bool(topic.asker_key_hash) and constant_time_compare(
        hash_of_secret(secret), topic.asker_key_hash
    )


@transaction.atomic
def begin_topic(
    *,
    space_id: int,
    kind: str,
    title: str,
    body: str,
    by: User,
    at: datetime,
    key: str = "",
    language: str = "de",
    anonymity: str = Anonymity.NAMED,
    terms: Iterable[Term] = (),
    attachment_ids: Iterable[int] = (),
    wants_acknowledgement: bool = False,
    poll: PollDraft | None = None,
) -> Begun:
    """Begin a topic with its first post. The same ``key`` again begins it once.

    The caller has checked ``community.write_topic`` and, for an announcement,
    ``community.announce``. Where nobody is to know who asks, nothing of ``by`` is kept anywhere.
    Raises ClosedError and the errors of ``limits``.
    """
    space = Space.objects.select_for_update(of=("self",)).get(pk=space_id)
    key = new_key(key)
    who = Anonymity(anonymity) if kind == TopicKind.QUESTION else Anonymity.NAMED
    is_unknown = who == Anonymity.NOBODY
    secret = secret_for(key) if is_unknown else ""
    kept_key = hash_of_secret(key) if is_unknown else key
    known = Post.objects.filter(key=kept_key).select_related("topic__space").first()
    if known is not None:
        if known.topic.space_id != space.pk:
            raise ClosedError
        return Begun(topic=known.topic, post=known, secret=secret)
    if space.archived_at is not None:
        raise ClosedError
    check_may_post(user=by, space=space, body=body, at=at)
    if is_unknown:
        check_unknown_pace(by, at=at)
    mine = organisation_of(by, space)
    shown = Organisation() if is_unknown else mine
    waits = needs_review(by, space)
    topic = Topic.objects.create(
        space=space,
        kind=TopicKind(kind),
        title=title,
        state=TopicState.PENDING if waits else TopicState.OPEN,
        language=language,
        author=None if is_unknown else by,
        site=shown.site,
        carrier=shown.carrier,
        anonymity=who,
        asked_from="" if who == Anonymity.NAMED else land_for_unnamed(mine, space),
        asker_key_hash=hash_of_secret(secret) if secret else "",
        wants_acknowledgement=wants_acknowledgement and kind == TopicKind.ANNOUNCEMENT,
        created_at=at,
        last_post_at=at,
    )
    topic.terms.set(terms)
    is_asker = who != Anonymity.NAMED
    post = Post.objects.create(
        topic=topic,
        author=topic.author,
        site=shown.site,
        carrier=shown.carrier,
        is_asker=is_asker,
        body=body.strip(),
        html=html_of(body, topic),
        state=PostState.SHOWN,
        key=kept_key,
        created_at=at,
    )
    if poll is not None:
        add_poll(topic, poll)
    if not is_unknown:
        attach(post=post, attachment_ids=attachment_ids, by=by)
        follow_by_writing(topic=topic, by=by)
        mark_read(topic=topic, by=by, at=at)
    discard_draft(place=f"space/{space.pk}", by=by)
    audit.record(
        action="community.write_topic",
        by=actor_for(topic, by, is_asker=is_asker),
        at=at,
        target=topic,
        changes={"kind": str(topic.kind), "state": str(topic.state), "anonymity": who.value},
    )
    if not waits:
        show_topic(topic, post, at=at)
    return Begun(topic=topic, post=post, secret=secret)


def show_topic(topic: Topic, post: Post, *, at: datetime) -> None:
    """Let readers find and hear of a topic that they may see now: at once, or once approved.

    Belongs into the transaction that shows it.
    """
    search.refresh(TOPICS, [topic.pk])
    telling.tell_new_topic(topic, post, at=at)


@transaction.atomic
def acknowledge(*, topic: Topic, by: User, at: datetime) -> None:
    """Say «read and understood». Twice is once, and the first time counts."""
    _mine, is_new = Acknowledgement.objects.get_or_create(user=by, topic=topic, defaults={"at": at})
    if is_new:
        audit.record(action="community.acknowledge", by=by, at=at, target=topic)
