"""Background work: what runs every so often, and how often a failed task is tried again.

A task is a function decorated with ``django_tasks.task`` that takes numbers and words only, does
its work in one transaction and can run twice without doing it twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction

from tandemwerk.core.models import PeriodicRun

MAX_ATTEMPTS: Final = 6
KEEP_RUNS: Final = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Periodic:
    """A task that is handed out once in every slot of ``every``, counted from the epoch."""

    name: str
    every: timedelta
    task: Any

    def slot(self, at: datetime) -> datetime:
        """Return the beginning of the slot that ``at`` lies in."""
        seconds = self.every.total_seconds()
        return datetime.fromtimestamp(at.timestamp() // seconds * seconds, tz=UTC)


_periodic: dict[str, Periodic] = {}


def every(interval: timedelta) -> Callable[[Any], Any]:
    """Register a task to run once per ``interval``. Stands above ``@task()``."""

    def register(task: Any) -> Any:
        name = f"{task.func.__module__}.{task.func.__qualname__}"
        _periodic[name] = Periodic(name=name, every=interval, task=task)
        return task

    return register


def hand_out_periodic(*, at: datetime) -> int:
    """Enqueue each periodic task whose slot nobody has taken yet. Return how many."""
    handed_out = 0
    for periodic in _periodic.values():
        slot_at = periodic.slot(at)
        if PeriodicRun.objects.filter(name=periodic.name, slot_at=slot_at).exists():
            continue
        try:
            with transaction.atomic():
                PeriodicRun.objects.create(name=periodic.name, slot_at=slot_at)
                periodic.task.enqueue()
        except IntegrityError:
            continue  # another worker was faster
        PeriodicRun.objects.filter(name=periodic.name, slot_at__lt=at - KEEP_RUNS).delete()
        handed_out += 1
    return handed_out


def back_off(attempts: int) -> timedelta:
    """Return how long to wait after so many failed attempts: 10 s, 40 s, 160 s, ..."""
    return timedelta(seconds=10 * 4 ** (attempts - 1))
