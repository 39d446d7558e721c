"""The worker: django-tasks' own, with a heartbeat, periodic tasks and second attempts."""

import logging
import threading
import time
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import close_old_connections, connections, transaction
from django.db.utils import DatabaseError
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker
from django_tasks_db.models import DBTaskResult

from tandemwerk.core import clock
from tandemwerk.core.models import Heartbeat
from tandemwerk.core.tasks import MAX_ATTEMPTS, back_off, hand_out_periodic

logger = logging.getLogger(__name__)

BEAT_SECONDS: Final = 5
#: A worker that was silent for so long is dead and its tasks are taken from it.
DEAD_AFTER: Final = timedelta(seconds=25)


class Worker(DatabaseWorker):
    """Runs tasks until told to stop; takes over from workers that died."""

    def run(self) -> None:
        beat = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
        beat.start()
        super().run()

    def run_task(self, db_task_result: DBTaskResult[..., Any]) -> None:
        super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED:
            try_again(db_task_result, at=clock.now())

    def _beat(self) -> None:
        while self.running:
            try:
                at = clock.now()
                Heartbeat.objects.update_or_create(worker=self.worker_id, defaults={"at": at})
                take_over_from_the_dead(at=at)
                hand_out_periodic(at=at)
            except DatabaseError:
                logger.warning("heartbeat failed, trying again", exc_info=True)
                connections.close_all()
            close_old_connections()
            time.sleep(BEAT_SECONDS)


def try_again(result: Any, *, at: datetime) -> bool:
    """Put a failed task back with a growing delay, unless it had all of its attempts."""
    attempts = len(result.worker_ids)
    if attempts >= MAX_ATTEMPTS:
        return False
    result.status = TaskResultStatus.READY
    result.run_after = at + back_off(attempts)
    result.save(update_fields=["status", "run_after"])
    return True


@transaction.atomic
def take_over_from_the_dead(*, at: datetime) -> int:
    """Make the running tasks of silent workers ready again. Return how many."""
    running = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=at - DEAD_AFTER
    )
    if not running.exists():
        return 0
    alive = set(Heartbeat.objects.filter(at__gte=at - DEAD_AFTER).values_list("worker", flat=True))
    count = 0
    for result in running.select_for_update(skip_locked=True):
        if result.worker_ids and result.worker_ids[-1] in alive:
            continue
        count += try_again(result, at=at)
    return count
