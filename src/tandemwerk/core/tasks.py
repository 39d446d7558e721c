"""Background work: what runs every so often, and how often a failed task is tried again.

A task is a function decorated with ``django_tasks.task`` that takes numbers and words only, does
its work in one transaction and can run twice without doing it twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django_tasks import task
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tandemwerk.core import audit, clock
from tandemwerk.core.alive import forget_the_dead
from tandemwerk.core.models import PeriodicRun
from tandemwerk.core.search import recount

MAX_ATTEMPTS: Final = 6
KEEP_FINISHED: Final = timedelta(days=3)
KEEP_FAILED: Final = timedelta(days=60)


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

    def register(wanted: Any) -> Any:
        name = wanted.module_path
        _periodic[name] = Periodic(name=name, every=interval, task=wanted)
        return wanted

    return register


def hand_out_periodic(*, at: datetime) -> int:
    """Enqueue each periodic task whose slot nobody has taken yet. Return how many."""
    slots = {periodic.name: periodic.slot(at) for periodic in _periodic.values()}
    taken = set(
        PeriodicRun.objects.filter(slot_at__in=set(slots.values())).values_list("name", "slot_at")
    )
    open_slots = [
        (name, slot_at) for name, slot_at in slots.items() if (name, slot_at) not in taken
    ]
    return sum(_hand_out(_periodic[name], slot_at) for name, slot_at in open_slots)


def _hand_out(periodic: Periodic, slot_at: datetime) -> bool:
    try:
        with transaction.atomic():
            PeriodicRun.objects.create(name=periodic.name, slot_at=slot_at)
            periodic.task.enqueue()
    except IntegrityError:
        return False  # another worker was faster
    return True


@transaction.atomic
def run_again(*, task_id: str, by: Any, at: datetime) -> bool:
    """Give a failed task all of its attempts again. Return whether there was one.

    ``by`` is the account of whoever pressed the button; the entry stands with it, since a task
    is no record.
    """
    result = DBTaskResult.objects.select_for_update().failed().filter(pk=task_id).first()
    if result is None:
        return False
    result.status, result.worker_ids, result.run_after = TaskResultStatus.READY, [], at
    result.save(update_fields=["status", "worker_ids", "run_after"])
    changes = {"task": result.task_path}
    audit.record(action="core.run_task_again", by=by, at=at, target=by, changes=changes)
    return True


def back_off(attempts: int) -> timedelta:
    """Return how long to wait after so many failed attempts: 10 s, 40 s, 160 s, ..."""
    return timedelta(seconds=10 * 4 ** (attempts - 1))


@every(timedelta(hours=6))
@task()
def clean_up() -> None:
    """Remove what the background work and old sessions leave behind."""
    at = clock.now()
    finished = DBTaskResult.objects
    finished.successful().filter(finished_at__lt=at - KEEP_FINISHED).delete()
    finished.failed().filter(finished_at__lt=at - KEEP_FAILED).delete()
    PeriodicRun.objects.filter(slot_at__lt=at - KEEP_FAILED).delete()
    Session.objects.filter(expire_date__lt=at).delete()
    forget_the_dead(before=at - KEEP_FINISHED)


@every(timedelta(days=1))
@task()
def count_words() -> None:
    """Count how frequent the words of the search are, which decides what counts in it."""
    recount()
