"""Periodic tasks and what is left of the finished ones."""

from datetime import timedelta

import pytest
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tandemwerk.core import tasks
from tandemwerk.core.models import PeriodicRun
from tests.core import work
from tests.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def hourly(monkeypatch):
    """Make one hourly task the only periodic one."""
    monkeypatch.setattr(tasks, "_periodic", {})
    return tasks.every(timedelta(hours=1))(work.write)


def test_a_periodic_task_is_handed_out_once_in_each_slot(hourly):
    moments = [NOON, NOON + timedelta(minutes=59), NOON + timedelta(minutes=60)]

    counts = [tasks.hand_out_periodic(at=moment) for moment in moments]

    assert counts == [1, 0, 1]
    assert DBTaskResult.objects.count() == 2


def test_two_workers_that_look_at_the_same_moment_hand_it_out_once(hourly):
    periodic = next(iter(tasks._periodic.values()))
    PeriodicRun.objects.create(name=periodic.name, slot_at=periodic.slot(NOON))

    assert tasks._hand_out(periodic, periodic.slot(NOON)) is False
    assert DBTaskResult.objects.count() == 0


def test_waiting_grows_fourfold():
    assert [tasks.back_off(n).total_seconds() for n in (1, 2, 3)] == [10, 40, 160]


def test_old_finished_tasks_go_and_failed_ones_stay_longer(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    long_ago = NOON - timedelta(days=9000)
    ended = {TaskResultStatus.SUCCESSFUL: long_ago, TaskResultStatus.FAILED: None}
    for status, finished_at in ended.items():
        result = work.write.enqueue("x")
        DBTaskResult.objects.filter(pk=result.id).update(status=status, finished_at=finished_at)

    tasks.clean_up.call()

    assert [result.status for result in DBTaskResult.objects.all()] == [TaskResultStatus.FAILED]
