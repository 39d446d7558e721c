"""What readers keep for themselves: following, bookmarks, what they have read, drafts.

None of it stands in the audit trail: what somebody reads is their own business.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from tandemwerk.community.enums import Anonymity, Interest
from tandemwerk.community.models import (
    Bookmark,
    Draft,
    MeToo,
    Space,
    SpaceRead,
    Subscription,
    Topic,
    TopicRead,
)
from tandemwerk.core.prepared import Prepared
from tandemwerk.knowledge.models import Term
from tandemwerk.people.models import User

#: Drafts that nobody touched for so long are forgotten.
DRAFTS_KEPT: Final = timedelta(days=60)
#: Longer texts are cut in the draft; the form refuses them anyway.
MAX_DRAFT: Final = 40_000


@transaction.atomic
def follow(
    *,
    by: User,
    interest: str,
    space: Space | None = None,
    topic: Topic | None = None,
    term: Term | None = None,
) -> None:
    """Follow one thing as closely as ``interest`` says; an empty one: no longer."""
    target: dict[str, Any] = {
        name: value
        for name, value in (("space", space), ("topic", topic), ("term", term))
        if value is not None
    }
    if not interest:
        Subscription.objects.filter(user=by, **target).delete()
        return
    Subscription.objects.update_or_create(
        user=by, **target, defaults={"interest": Interest(interest)}
    )


def follow_by_writing(*, topic: Topic, by: User) -> None:
    """Let whoever writes in a topic hear of answers, unless they said they want nothing."""
    Subscription.objects.get_or_create(user=by, topic=topic, defaults={"interest": Interest.ALL})


@transaction.atomic
def bookmark(*, topic: Topic, is_on: bool, by: User, at: datetime) -> None:
    """Keep a topic at hand, or no longer. Twice is once."""
    if is_on:
        Bookmark.objects.get_or_create(user=by, topic=topic, defaults={"at": at})
    else:
        Bookmark.objects.filter(user=by, topic=topic).delete()


@transaction.atomic
def say_me_too(*, topic: Topic, is_on: bool, by: User) -> None:
    """Say that one has the same question, or no longer. Twice is once."""
    if is_on:
        MeToo.objects.get_or_create(user=by, topic=topic)
    else:
        MeToo.objects.filter(user=by, topic=topic).delete()


def mark_read(*, topic: Topic, by: User, at: datetime) -> None:
    """Keep that somebody has read a topic up to now."""
    TopicRead.objects.bulk_create(
        [TopicRead(user=by, topic=topic, read_at=at)],
        update_conflicts=True,
        unique_fields=["user", "topic"],
        update_fields=["read_at"],
    )


def mark_space_read(*, space: Space, by: User, at: datetime) -> None:
    """Keep that nothing in a space is new for somebody."""
    SpaceRead.objects.bulk_create(
        [SpaceRead(user=by, space=space, read_at=at)],
        update_conflicts=True,
        unique_fields=["user", "space"],
        update_fields=["read_at"],
    )


def save_draft(*, place: str, data: Mapping[str, Any], by: User, at: datetime) -> bool:
    """Keep what somebody is writing; return whether anything is kept.

    Of a question that nobody is to know the asker of nothing is kept, and neither is an empty form.
    """
    kept = {
        name: value[:MAX_DRAFT] if isinstance(value, str) else value for name, value in data.items()
    }
    is_empty = not any(str(kept.get(name, "")).strip() for name in ("title", "body"))
    if is_empty or kept.get("anonymity") == Anonymity.NOBODY:
        discard_draft(place=place, by=by)
        return False
    Draft.objects.update_or_create(user=by, place=place, defaults={"data": kept, "saved_at": at})
    return True


def discard_draft(*, place: str, by: User) -> None:
    """Forget a draft."""
    Draft.objects.filter(user=by, place=place).delete()


def draft_of(user: User, place: str) -> dict[str, Any]:
    """Return what somebody had begun to write at a place, or nothing."""
    return next((dict(draft.data) for draft in _draft(user.pk, place)), {})


_draft: Final = Prepared(lambda user, place: Draft.objects.filter(user=user, place=place))


def forget_drafts(*, before: datetime) -> int:
    """Remove the drafts that nobody touched since. Return how many."""
    return Draft.objects.filter(saved_at__lt=before).delete()[0]
