"""Whom a topic or a post is told to. Called when readers may see it: at once or once approved.

Nothing here names somebody who asked without a name. Whom nobody may know is told like every
other reader, so that not even a missing notice points to them.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from tandemwerk.community.enums import Anonymity, Interest, TopicKind
from tandemwerk.community.mentions import find_mentions
from tandemwerk.community.models import Post, Space, Subscription, Topic
from tandemwerk.community.queries.spaces import readers_of
from tandemwerk.community.speakers import speaker_of
from tandemwerk.core.markdown import to_text
from tandemwerk.messaging.notices import notify
from tandemwerk.people.models import User

REPLY: Final = "community.topic"
EXCERPT: Final = 600


def tell_new_topic(topic: Topic, post: Post, *, at: datetime) -> None:
    """Tell those who follow the space or a tag, those mentioned, and of an announcement all."""
    mentioned = _mentioned(post)
    context = {
        "who": speaker_of(post).name,
        "topic": topic.title,
        "space": topic.space.name,
        "excerpt": excerpt_of(post),
    }
    quiet = _told_already(post)
    if topic.kind == TopicKind.ANNOUNCEMENT:
        readers = readers_of(topic.space).values_list("pk", flat=True)
        kind = "community.to_confirm" if topic.wants_acknowledgement else "community.announcement"
        _notify(f"{kind}:{topic.pk}", kind, set(readers) - quiet, topic, context, at)
        return
    _tell_mentioned(post, mentioned - quiet, context, at)
    followers = _following(topic) - mentioned - quiet
    _notify(f"community.new_topic:{topic.pk}", "community.new_topic", followers, topic, context, at)


def tell_new_post(post: Post, *, at: datetime) -> None:
    """Tell those who follow the topic, and those mentioned."""
    topic = post.topic
    mentioned, quiet = _mentioned(post), _told_already(post)
    context = {
        "who": speaker_of(post).name,
        "topic": topic.title,
        "space": topic.space.name,
        "excerpt": excerpt_of(post),
    }
    _tell_mentioned(post, mentioned - quiet, context, at)
    everything = Subscription.objects.filter(
        Q(topic=topic, interest=Interest.ALL) | Q(space=topic.space, interest=Interest.ALL)
    )
    muted = Subscription.objects.filter(topic=topic, interest=Interest.MUTED)
    wanted = set(everything.values_list("user_id", flat=True))
    wanted -= set(muted.values_list("user_id", flat=True))
    wanted -= mentioned | quiet
    _notify(
        f"community.reply:{post.pk}",
        "community.reply",
        _only_readers(topic.space, wanted),
        topic,
        context,
        at,
    )


def tell_accepted(topic: Topic, post: Post, *, by_id: int | None, at: datetime) -> None:
    """Tell whoever gave the answer that it helped."""
    if post.author_id is None or post.author_id == by_id:
        return
    _notify(
        f"community.accepted:{topic.pk}:{post.pk}",
        "community.accepted",
        _only_readers(topic.space, {post.author_id}),
        topic,
        {"topic": topic.title},
        at,
    )


def excerpt_of(post: Post) -> str:
    """Return the first words of a post without marks."""
    return to_text(post.body)[:EXCERPT]


def keys_of(post: Post) -> list[str]:
    """Return the keys of the notices about a post: for taking them back."""
    return [f"community.reply:{post.pk}", f"community.mention:{post.pk}"]


def _told_already(post: Post) -> set[int]:
    """Return whoever wrote it and is known to have: they know."""
    is_known = post.topic.anonymity != Anonymity.NOBODY or not post.is_asker
    return {post.author_id} if is_known and post.author_id is not None else set()


def _mentioned(post: Post) -> set[int]:
    return set(find_mentions(post.body, post.topic.space).user_ids)


def _tell_mentioned(
    post: Post, users: Iterable[int], context: dict[str, str], at: datetime
) -> None:
    _notify(
        f"community.mention:{post.pk}",
        "community.mention",
        set(users),
        post.topic,
        context,
        at,
    )


def _following(topic: Topic) -> set[int]:
    terms = topic.terms.values("pk")
    wanted: QuerySet[Subscription] = Subscription.objects.filter(
        Q(space=topic.space) | Q(term__in=terms), interest__in=(Interest.ALL, Interest.TOPICS)
    )
    muted = Subscription.objects.filter(space=topic.space, interest=Interest.MUTED)
    numbers = set(wanted.values_list("user_id", flat=True))
    numbers -= set(muted.values_list("user_id", flat=True))
    return _only_readers(topic.space, numbers)


def _only_readers(space: Space, numbers: set[int]) -> set[int]:
    if not numbers:
        return set()
    readers: QuerySet[User] = readers_of(space)
    return set(readers.filter(pk__in=numbers).values_list("pk", flat=True))


def _notify(  # noqa: PLR0917  the same few things every time
    key: str, kind: str, to: set[int], topic: Topic, context: dict[str, str], at: datetime
) -> None:
    if to:
        notify(
            key=key,
            kind=kind,
            to=to,
            url=topic.get_absolute_url(),
            context=context,
            at=at,
            reply_purpose=REPLY,
            reply_object=topic.pk,
        )
