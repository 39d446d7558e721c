"""What takes too long for a page: reading and taking long lists; and the daily tidying."""

from datetime import timedelta

from django_tasks import task

from tandemwerk.core import clock
from tandemwerk.core.tasks import every
from tandemwerk.intake.services import lists, taking, undoing


@task()
def read_list(import_id: int) -> None:
    """Read an uploaded list."""
    lists.read_list(import_id=import_id, at=clock.now())


@task()
def take_rows(import_id: int) -> None:
    """Take the clean rows of a list."""
    taking.take_rows(import_id=import_id, at=clock.now())


@every(timedelta(days=1))
@task()
def forget_old_lists() -> int:
    """Remove what is kept of lists no longer than needed."""
    return undoing.forget_old_lists(at=clock.now())
