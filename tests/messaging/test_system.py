"""The system page."""

from uuid import UUID

import pytest
from django.urls import reverse
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tandemwerk.core.models import AuditEntry
from tandemwerk.messaging.models import Message
from tandemwerk.messaging.queries import reason_of, troubled_tasks, without_tokens
from tests.core import work
from tests.factories import NOON

TRACEBACK = """Traceback (most recent call last):
  File "/srv/lib/site-packages/django_tasks/base.py", line 300, in call
  File "/srv/tandemwerk/intake/services/imports.py", line 41, in take
  File "/srv/lib/site-packages/django/db/models.py", line 9, in save
django.db.utils.IntegrityError: Key (mail)=(sahar@example.org) already exists.
"""


@pytest.fixture
def failed(db):
    """Make a task that failed for good."""
    result = work.write.enqueue("x")
    DBTaskResult.objects.filter(pk=result.id).update(
        status=TaskResultStatus.FAILED,
        exception_class_path="django.db.utils.IntegrityError",
        traceback=TRACEBACK,
        worker_ids=["a"] * 6,
        finished_at=NOON,
    )
    return DBTaskResult.objects.get(pk=result.id)


def test_a_failed_task_stands_there_with_its_reason_and_no_personal_data(world, sign_in, failed):
    page = sign_in(world.users["administrator"]).get(reverse("messaging:system"))

    shown = page.content.decode()
    assert "IntegrityError (tandemwerk/intake/services/imports.py, 41)" in shown
    assert "sahar@example.org" not in shown


def test_our_own_errors_may_speak():
    trace = "Traceback ...\ntandemwerk.messaging.services.sending.NotSentError: SMTPDataError 451"

    reason = reason_of("tandemwerk.messaging.services.sending.NotSentError", trace)

    assert reason == "NotSentError: SMTPDataError 451"


def test_a_failed_task_runs_again_when_somebody_says_so(world, sign_in, failed):
    client = sign_in(world.users["administrator"])

    client.post(reverse("messaging:task_again", args=[failed.pk]))
    client.post(reverse("messaging:task_again", args=[failed.pk]))

    failed.refresh_from_db()
    assert (failed.status, failed.worker_ids) == (TaskResultStatus.READY, [])
    assert AuditEntry.objects.get(action="core.run_task_again").changes == {
        "task": "tests.core.work.write"
    }


def test_a_task_that_is_gone_is_no_error(world, sign_in):
    response = sign_in(world.users["administrator"]).post(
        reverse("messaging:task_again", args=[UUID(int=7)])
    )

    assert response.status_code == 302


def test_a_task_that_waits_after_a_failure_shows_when_it_is_tried_next(failed):
    DBTaskResult.objects.update(status=TaskResultStatus.READY, run_after=NOON)

    [line] = troubled_tasks(10)

    assert (line.has_failed, line.next_at, line.attempts) == (False, NOON, 6)


def test_a_task_that_never_failed_is_no_trouble(db):
    work.write.enqueue("x")

    assert troubled_tasks(10) == []


def test_a_test_message_goes_to_oneself_once_a_minute(world, sign_in):
    client = sign_in(world.users["administrator"])

    for _ in range(2):
        client.post(reverse("messaging:test_mail"))

    assert [message.user for message in Message.objects.all()] == [world.users["administrator"]]


def test_links_lose_what_lets_their_bearer_in():
    text = "Hello\nhttps://example.org/de/answer/1f-abcdefgh.ijklmnopqrstuvwxyz0123456789/\n"

    assert without_tokens(text) == "Hello\nhttps://example.org/de/answer/…/\n"
