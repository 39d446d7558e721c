"""How much somebody may post, and what a machine would post. Asked by every way of posting."""

import math
import re
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from tandemwerk.community.enums import PostState
from tandemwerk.community.errors import (
    DuplicateError,
    LooksLikeSpamError,
    SuspendedError,
    TooFastError,
)
from tandemwerk.community.models import Post, Space, Suspension
from tandemwerk.community.rules import may_moderate
from tandemwerk.people.models import User

#: So many posts within so long: nobody who reads answers writes faster.
BURST: Final = (6, timedelta(minutes=2))
HOURLY: Final = (30, timedelta(hours=1))
#: Whoever has fewer shown posts than this is new.
NEW_UNTIL: Final = 1
#: New members post few links; a template with sources comes later.
LINKS_OF_NEW_MEMBERS: Final = 2
LINKS_AT_ALL: Final = 20
SAME_WORDS: Final = timedelta(hours=24)
#: «Danke!» may be said twice a day.
SHORT: Final = 40

_LINK: Final = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


def check_may_post(*, user: User, space: Space, body: str, at: datetime) -> None:
    """Raise what keeps ``user`` from posting ``body`` in ``space`` now.

    SuspendedError, TooFastError with the seconds to wait, DuplicateError, LooksLikeSpamError. Those
    who moderate the space are not slowed down. Three queries. What nobody knows the author of is
    not counted here: whoever asks without a name is limited by the form's own measure.
    """
    if is_suspended(user, space, at=at):
        raise SuspendedError
    if not may_moderate(user, space):
        _check_pace(user, space, at=at)
    _check_words(user, body, at=at)


def is_suspended(user: User, space: Space, *, at: datetime) -> bool:
    """Answers whether ``user`` may not write in ``space`` now."""
    return running_suspensions(at=at).filter(Q(space=None) | Q(space=space), user=user).exists()


def running_suspensions(*, at: datetime) -> QuerySet[Suspension]:
    """Return the suspensions that hold now."""
    return Suspension.objects.filter(lifted_at=None, starts_at__lte=at, ends_at__gt=at)


def _check_pace(user: User, space: Space, *, at: datetime) -> None:
    longest = max(HOURLY[1], timedelta(seconds=space.slow_mode_seconds))
    recent = Post.objects.filter(author=user, created_at__gt=at - longest, created_at__lte=at)
    rows = list(
        recent.order_by("-created_at").values_list("created_at", "topic__space_id")[: HOURLY[0]]
    )
    waits = [0.0]
    for count, span in (BURST, HOURLY):
        if len(rows) >= count:
            waits.append((rows[count - 1][0] + span - at).total_seconds())
    if space.slow_mode_seconds:
        here = next((moment for moment, number in rows if number == space.pk), None)
        if here is not None:
            waits.append(space.slow_mode_seconds - (at - here).total_seconds())
    if (seconds := math.ceil(max(waits))) > 0:
        raise TooFastError(seconds)


def _check_words(user: User, body: str, *, at: datetime) -> None:
    words = body.strip()
    if len(words) > SHORT:
        same = Post.objects.filter(author=user, body=words, created_at__gt=at - SAME_WORDS)
        if same.exclude(state=PostState.REMOVED).exists():
            raise DuplicateError
    links = len(_LINK.findall(words))
    if links > LINKS_AT_ALL or (links > LINKS_OF_NEW_MEMBERS and is_new(user)):
        raise LooksLikeSpamError


def is_new(user: User) -> bool:
    """Answers whether nothing that ``user`` wrote has been shown yet."""
    shown = Post.objects.filter(author=user, state=PostState.SHOWN)
    return len(shown.values_list("pk", flat=True)[:NEW_UNTIL]) < NEW_UNTIL


def needs_review(user: User, space: Space) -> bool:
    """Answers whether what ``user`` posts in ``space`` waits for a look by the moderation."""
    return space.reviews_first_posts and not may_moderate(user, space) and is_new(user)
