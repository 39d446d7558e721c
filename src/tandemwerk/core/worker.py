"""The worker: runs tasks one after the other, tries again, takes over from workers that died.

Running a single task is django-tasks' own. The loop around it is ours: it looks before it locks
(SQLite has one writer), waits in a way that ends at once, and survives a database that is away.
"""

import logging
import os
import signal
import socket
import threading
from datetime import datetime
from types import FrameType
from typing import Any, Final

from django.db import close_old_connections, connections, transaction
from django.db.utils import DatabaseError
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker
from django_tasks_db.models import DBTaskResult

from tandemwerk.core import clock
from tandemwerk.core.alive import is_alive, marked_alive
from tandemwerk.core.models import Heartbeat
from tandemwerk.core.tasks import MAX_ATTEMPTS, back_off, hand_out_periodic

logger = logging.getLogger(__name__)

BEAT_SECONDS: Final = 5
#: After the signal to stop a task may run so long, then it is interrupted and put back.
GRACE_SECONDS: Final = 4
#: A task that cannot be interrupted (compiled code, a lock) ends with the process after so long.
STOP_SECONDS: Final = 7
#: Wait between two looks at a database that does not answer.
PATIENCE_SECONDS: Final = 2


class StoppedError(BaseException):
    """Raised inside a task whose worker has to go. No ordinary handler swallows it."""


class Worker(DatabaseWorker):
    """Runs tasks until told to stop."""

    def __init__(self, *, worker_id: str, batch: bool = False, interval: float = 0.5) -> None:
        super().__init__(
            queue_names=["*"],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )
        self._stop = threading.Event()
        self._ended = threading.Event()
        #: A task whose end could not be written because the database was away.
        self._unsettled: Any = None

    # Stopping

    def configure_signals(self) -> None:
        """Stop on SIGTERM and SIGINT, within ``STOP_SECONDS`` whatever is going on."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.shutdown)
        signal.signal(signal.SIGALRM, self._interrupt)
        # Python's handlers wait for compiled code to return; this pipe hears of a signal at once.
        ours, pythons = socket.socketpair()
        pythons.setblocking(False)
        signal.set_wakeup_fd(pythons.fileno(), warn_on_full_buffer=False)
        self._wakeup = pythons
        threading.Thread(target=self._watch, args=(ours,), name="watchdog", daemon=True).start()

    def shutdown(self, _signum: int, _frame: FrameType | None) -> None:
        """Take no further task. The present one gets ``GRACE_SECONDS``."""
        if self.running:
            self.running = False
            self._stop.set()
            signal.alarm(GRACE_SECONDS)

    def _interrupt(self, _signum: int, _frame: FrameType | None) -> None:
        if self.running_task:
            raise StoppedError

    def _watch(self, wakeup: socket.socket) -> None:
        while wakeup.recv(1)[0] not in {signal.SIGTERM, signal.SIGINT}:
            pass
        if not self._ended.wait(STOP_SECONDS):
            # The lock of ``marked_alive`` falls with the process, so the task is taken over.
            os._exit(1)

    # Working

    def run(self) -> None:
        """Work until told to stop; with ``batch`` until nothing is ready any more."""
        with marked_alive(self.worker_id):
            self._beat()
            pulse = threading.Thread(target=self._keep_beating, name="heartbeat", daemon=True)
            pulse.start()
            try:
                self._work()
            finally:
                self.running = False
                self._stop.set()
                pulse.join(timeout=1)
                self._ended.set()

    def _work(self) -> None:
        while self.running:
            try:
                close_old_connections()
                self._settle()
                result = self._claim()
                if result is not None:
                    self._unsettled = result
                    self.run_task(result)
                    self._unsettled = None
                elif self.batch:
                    return
                else:
                    self._stop.wait(self.interval)
            except DatabaseError as error:
                logger.warning("no answer from the database (%s)", type(error).__name__)
                connections.close_all()
                self._stop.wait(PATIENCE_SECONDS)

    def _settle(self) -> None:
        if self._unsettled is not None:
            try_again(self._unsettled, at=clock.now())
            self._unsettled = None

    def _claim(self) -> Any:
        """Return the next ready task, claimed for this worker, or None."""
        ready = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        if not ready.exists():
            return None
        with transaction.atomic():
            result = ready.get_locked()
            if result is not None:
                result.claim(self.worker_id)
            return result

    def run_task(self, db_task_result: Any) -> None:
        """Run a task; put it back when it failed and has attempts left."""
        super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED:
            if db_task_result.exception_class_path.endswith(StoppedError.__qualname__):
                put_back(db_task_result, at=clock.now())
            else:
                try_again(db_task_result, at=clock.now())

    # The pulse

    def _keep_beating(self) -> None:
        while not self._stop.wait(BEAT_SECONDS):
            self._beat()
            close_old_connections()
        connections.close_all()

    def _beat(self) -> None:
        try:
            beat(worker=self.worker_id, at=clock.now())
        except DatabaseError as error:
            logger.warning("heartbeat failed (%s), trying again", type(error).__name__)
            connections.close_all()


def beat(*, worker: str, at: datetime) -> None:
    """Say that the worker lives, and look after what nobody else looks after."""
    Heartbeat.objects.update_or_create(worker=worker, defaults={"at": at})
    take_over_from_the_dead(at=at)
    hand_out_periodic(at=at)


def try_again(result: Any, *, at: datetime) -> bool:
    """Put a failed task back with a growing delay, unless it had all of its attempts."""
    attempts = len(result.worker_ids)
    if attempts >= MAX_ATTEMPTS:
        return False
    result.status = TaskResultStatus.READY
    result.run_after = at + back_off(attempts)
    result.save(update_fields=["status", "run_after"])
    return True


def put_back(result: Any, *, at: datetime) -> None:
    """Make a task ready as if this attempt had not been: nothing was wrong with it."""
    result.status = TaskResultStatus.READY
    result.run_after = at
    result.worker_ids = result.worker_ids[:-1]
    result.save(update_fields=["status", "run_after", "worker_ids"])


def take_over_from_the_dead(*, at: datetime) -> int:
    """Make the running tasks of dead workers ready again. Return how many.

    A task that takes its worker down with it runs out of attempts like one that fails.
    """
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    orphans = [result.pk for result in running if not is_alive(result.worker_ids[-1], at=at)]
    if not orphans:
        return 0
    with transaction.atomic():
        return sum(
            _take_over(result, at=at)
            for result in running.filter(pk__in=orphans).select_for_update(skip_locked=True)
        )


def _take_over(result: Any, *, at: datetime) -> bool:
    if len(result.worker_ids) < MAX_ATTEMPTS:
        result.status, result.run_after = TaskResultStatus.READY, at
        result.save(update_fields=["status", "run_after"])
        return True
    result.set_failed(RuntimeError("the worker died each time it ran this task"))
    return False
