"""The worker as a process: it works, stops in time, and others take over when it dies."""

import json
import signal
import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tandemwerk.core.alive import DEAD_AFTER, is_alive, marked_alive
from tandemwerk.core.models import Heartbeat
from tandemwerk.core.tasks import MAX_ATTEMPTS
from tandemwerk.core.worker import take_over_from_the_dead
from tests.core import work
from tests.factories import NOON
from tests.installation import Installation, wait_until

#: Long enough for a worker to start on a busy machine, far below the minute of a silent one.
SOON = 20
#: What is promised to whoever stops it, in seconds.
STOPS_WITHIN = 10


TASKS = "django_tasks_database_dbtaskresult"


def enqueue(installation: Installation, *names: str) -> None:
    """Put tasks of ``tests.core.work`` in, without the seconds that a process of ours takes."""
    for number, name in enumerate(names):
        row = {
            "id": uuid4().hex,
            "status": "READY",
            "task_path": f"tests.core.work.{name}",
            "args_kwargs": json.dumps({"args": [f"{name}-{number}"], "kwargs": {}}),
            "worker_ids": "[]",
            "queue_name": "default",
            "backend_name": "default",
            "enqueued_at": "2026-01-01 00:00:00+00",
            "run_after": "2026-01-01 00:00:00+00",
            "exception_class_path": "",
            "traceback": "",
        }
        values = ", ".join(f"'{value}'" for value in row.values())
        installation.sql(f"INSERT INTO {TASKS} (priority, {', '.join(row)}) VALUES (0, {values})")


def notes(installation: Installation) -> list[str]:
    path = installation.folder / "notes"
    return sorted(path.read_text().split()) if path.exists() else []


def states(installation: Installation) -> list[str]:
    rows = installation.sql(f"SELECT status FROM {TASKS} WHERE task_path LIKE 'tests.%'")
    return [status for (status,) in rows]


def stop(process) -> float:
    """Ask a process to stop and return how many seconds it took."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=30)
    return time.monotonic() - began


def test_three_workers_do_each_task_once(installation: Installation):
    enqueue(installation, *["write"] * 60)

    workers = [installation.start("worker", "--interval", "0.05") for _ in range(3)]
    wait_until(lambda: set(states(installation)) == {"SUCCESSFUL"})

    assert notes(installation) == sorted(f"write-{n}" for n in range(60))
    assert [worker.poll() for worker in workers] == [None, None, None]


def test_a_failed_task_waits_longer_each_time(installation: Installation):
    enqueue(installation, "fail")

    installation.run("worker", "--batch")

    [(status, wait, error)] = installation.sql(
        f"SELECT status, run_after, exception_class_path FROM {TASKS} "
        "WHERE task_path LIKE 'tests.%'"
    )
    after = wait if isinstance(wait, datetime) else datetime.fromisoformat(wait).replace(tzinfo=UTC)
    assert (status, error) == ("READY", "builtins.ValueError")
    assert timedelta(0) < after - datetime.now(UTC) <= timedelta(seconds=10)


def test_an_idle_worker_stops_at_once(installation: Installation):
    worker = installation.start("worker")
    wait_until(lambda: installation.sql("SELECT worker FROM core_heartbeat"))

    assert stop(worker) < 2
    assert worker.returncode == 0


def test_a_worker_in_the_middle_of_a_task_stops_in_time_and_puts_it_back(
    installation: Installation,
):
    enqueue(installation, "take_long")
    worker = installation.start("worker")
    wait_until(lambda: notes(installation))

    seconds = stop(worker)

    assert seconds < STOPS_WITHIN
    assert states(installation) == ["READY"]


def test_a_worker_that_was_killed_is_followed_at_once(installation: Installation):
    enqueue(installation, "take_long", "write")
    worker = installation.start("worker")
    wait_until(lambda: notes(installation))
    worker.kill()

    installation.start("worker")

    wait_until(lambda: notes(installation).count("take_long-0") == 2, seconds=SOON)


def running(worker_ids: list[str]) -> DBTaskResult:
    """Return a task that the last of these workers was running."""
    result = work.write.enqueue("hello")
    DBTaskResult.objects.filter(pk=result.id).update(
        status=TaskResultStatus.RUNNING, started_at=NOON, worker_ids=worker_ids
    )
    return DBTaskResult.objects.get(pk=result.id)


@pytest.mark.django_db
def test_a_task_that_kills_its_worker_each_time_has_failed_in_the_end():
    result = running([f"dead-{n}" for n in range(MAX_ATTEMPTS)])

    taken_over = take_over_from_the_dead(at=NOON)

    result.refresh_from_db()
    assert (taken_over, result.status) == (0, TaskResultStatus.FAILED)


@pytest.mark.django_db
def test_a_worker_of_another_machine_is_dead_when_it_was_silent_for_long():
    result = running(["elsewhere"])
    Heartbeat.objects.create(worker="elsewhere", at=NOON)

    early = take_over_from_the_dead(at=NOON + DEAD_AFTER)
    late = take_over_from_the_dead(at=NOON + DEAD_AFTER + timedelta(seconds=1))

    result.refresh_from_db()
    assert (early, late, result.status) == (0, 1, TaskResultStatus.READY)


@pytest.mark.django_db
def test_a_worker_of_this_machine_is_alive_as_long_as_its_process_is(settings, tmp_path):
    settings.DATA_DIR = tmp_path

    with marked_alive("here"):
        during = is_alive("here", at=NOON)
    after = is_alive("here", at=NOON)

    assert (during, after) == (True, False)
