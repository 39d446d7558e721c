"""What needs somebody today. A room's ``worklist.py`` registers a source; the portal collects."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import QuerySet

Urgency = Literal["now", "soon", "later"]
URGENCIES: tuple[Urgency, ...] = ("now", "soon", "later")


@dataclass(frozen=True, kw_only=True)
class WorkItem:
    """One thing to do, with its reason and one button."""

    key: str
    title: Any
    reason: Any
    url: str
    button: Any
    urgency: Urgency
    since: date | datetime
    icon: str = "circle"
    #: Branch of the programme it belongs to, as in the audit trail: «all» narrows down by it.
    scope: str = ""


@dataclass(frozen=True, kw_only=True)
class Work:
    """What a source has for somebody: the first items and how many there are in all."""

    items: list[WorkItem]
    count: int


#: user, moment, at most so many items -> the work
Source = Callable[[Any, datetime, int], Work]

_sources: list[Source] = []


def source(function: Source) -> Source:
    """Register a source of work. Use as decorator."""
    _sources.append(function)
    return function


def work_of(rows: QuerySet[Any], limit: int, item: Callable[[Any], WorkItem]) -> Work:
    """Return the first rows as items; they are counted only where there are more."""
    found = list(rows[:limit])
    count = len(found) if len(found) < limit else rows.order_by().count()
    return Work(items=[item(row) for row in found], count=count)


def work_for(user: Any, *, at: datetime, limit: int) -> Work:
    """Return the most urgent items of all sources, longest waiting first, and their number."""
    parts = [part(user, at, limit) for part in _sources]
    items = sorted(_chain(part.items for part in parts), key=rank)
    return Work(items=items[:limit], count=sum(part.count for part in parts))


def _chain(lists: Iterable[list[WorkItem]]) -> list[WorkItem]:
    return [item for items in lists for item in items]


def rank(item: WorkItem) -> tuple[int, str, str]:
    """Return by what items are sorted: the most urgent first, then the longest waiting."""
    return URGENCIES.index(item.urgency), item.since.isoformat(), item.key
