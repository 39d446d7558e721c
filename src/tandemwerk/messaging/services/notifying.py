"""Telling people: one notice, one copy for each reader, in few queries for thousands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar

from django.db import transaction
from django.db.models import Count, FilteredRelation, Q
from django.utils import timezone

from tandemwerk.core.actors import Actor
from tandemwerk.messaging.enums import MAILED, Rhythm
from tandemwerk.messaging.kinds import group_named, kind_named
from tandemwerk.messaging.models import Notice, NoticeCopy
from tandemwerk.messaging.services.mailing import mail_soon
from tandemwerk.people.models import User

#: SQLite takes 999 values in one query.
CHUNK: Final = 900
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a notice has come: for whoever sent one to many."""

    readers: int
    #: Readers whose own mail is still to be written; those of a digest are not waited for.
    waiting: int
    read: int

    @property
    def is_done(self) -> bool:
        return self.waiting == 0


@transaction.atomic
def notify(
    *,
    key: str,
    kind: str,
    to: Iterable[int],
    url: str,
    context: Mapping[str, Any],
    at: datetime,
    by: Actor | None = None,
    reply_purpose: str = "",
    reply_object: int | None = None,
    scope: str = "",
) -> int:
    """Tell accounts that something happened, each of them once for ``key``. See ``notices``.

    Returns how many were told now. Raises UnknownKindError.
    """
    group = kind_named(kind).group
    notice, _ = Notice.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "url": url,
            "context": dict(context),
            "by_id": _account(by),
            "reply_purpose": reply_purpose,
            "reply_object": reply_object,
            "scope": scope,
            "created_at": at,
        },
    )
    told, at_once = 0, 0
    for numbers in _chunks(sorted(set(to) - {_account(by)})):
        known = NoticeCopy.objects.filter(notice=notice, user__in=numbers)
        fresh = set(numbers) - set(known.values_list("user_id", flat=True))
        copies = list(_copies(notice, sorted(fresh), group=group, today=timezone.localdate(at)))
        NoticeCopy.objects.bulk_create(copies, ignore_conflicts=True)
        told += len(copies)
        at_once += sum(copy.waits_for == Rhythm.AT_ONCE for copy in copies)
    if at_once:
        mail_soon(notice, readers=at_once)
    return told


def _account(by: Actor | None) -> int | None:
    return by.actor_id if by is not None and by.actor_kind == "user" else None


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def _copies(
    notice: Notice, numbers: Sequence[int], *, group: str, today: date
) -> Iterator[NoticeCopy]:
    """Yield a copy for each open account that wants to hear of the group."""
    known = group_named(group)
    default = known.default if known else Rhythm.IN_APP
    accounts = User.objects.filter(pk__in=numbers, is_active=True).annotate(
        choice=FilteredRelation("notice_choices", condition=Q(notice_choices__group=group))
    )
    wishes = accounts.values_list("pk", "choice__rhythm", "mail_pause__until")
    for number, chosen, until in wishes.order_by("pk"):
        rhythm = Rhythm(chosen) if chosen else default
        if rhythm == Rhythm.AT_ONCE and until is not None and until > today:
            rhythm = Rhythm.DAILY  # kept for the first digest after the pause
        if rhythm != Rhythm.OFF:
            yield NoticeCopy(
                notice=notice, user_id=number, waits_for=rhythm if rhythm in MAILED else ""
            )


def withdraw(*, keys: Iterable[str]) -> int:
    """Take notices back, for example of a post that was removed. Return how many there were.

    They vanish from all lists and from digests to come; mails that went out stay where they are.
    """
    count = 0
    for wanted in _chunks(sorted(set(keys))):
        _, by_table = Notice.objects.filter(key__in=wanted).delete()
        count += by_table.get("messaging.Notice", 0)
    return count


def progress(*, key: str) -> Progress:
    """Return how far the notice with that key has come; all zero when there is none."""
    counted = NoticeCopy.objects.filter(notice__key=key).aggregate(
        readers=Count("pk"),
        waiting=Count("pk", filter=Q(waits_for=Rhythm.AT_ONCE)),
        read=Count("pk", filter=Q(read_at__isnull=False)),
    )
    return Progress(**counted)
