"""Sending: once, whatever happens in between."""

import smtplib
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django_tasks_db.models import DBTaskResult

from tandemwerk.core.tasks import MAX_ATTEMPTS
from tandemwerk.messaging.backends import OutboxBackend
from tandemwerk.messaging.enums import MessageState
from tandemwerk.messaging.models import Message
from tandemwerk.messaging.services import put_in
from tandemwerk.messaging.services.sending import (
    CLAIM_LASTS,
    NotSentError,
    message_id_of,
    send,
    sweep,
)
from tests.factories import NOON, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings):
    """Send into the local outbox and give its folder."""
    settings.EMAIL_BACKEND = "tandemwerk.messaging.backends.OutboxBackend"
    return settings.OUTBOX_DIR


class FakeServer(BaseEmailBackend):
    """A mail server that answers as told. Unlike the local outbox it cannot be asked later."""

    trouble: Exception | None = None
    takes_it = True

    def send_messages(self, email_messages):
        if self.takes_it:
            OutboxBackend().send_messages(email_messages)
        if self.trouble is not None:
            raise self.trouble
        return len(email_messages)


@pytest.fixture
def mail_server(settings):
    """Put a mail server in the place of the local outbox."""
    settings.EMAIL_BACKEND = f"{__name__}.FakeServer"
    yield FakeServer
    FakeServer.trouble, FakeServer.takes_it = None, True


@pytest.fixture
def message():
    return put_in(
        key="greeting-1", kind="test", to=PersonFactory(), context={"link": "http://x/"}, at=NOON
    )


def delivered(outbox):
    return len(list(outbox.glob("*.eml")))


def refuse(server, error):
    server.trouble, server.takes_it = error, False


def test_a_message_is_sent_once_however_often_its_task_runs(message, outbox):
    states = [send(message_id=message.pk, at=NOON) for _ in range(3)]

    message.refresh_from_db()
    assert states == [MessageState.SENT] * 3
    assert (message.attempts, delivered(outbox)) == (1, 1)


def test_a_message_waits_until_it_is_due(message, outbox):
    state = send(message_id=message.pk, at=NOON - timedelta(seconds=1))

    assert (state, delivered(outbox)) == (MessageState.QUEUED, 0)


def test_a_cancelled_message_stays(message, outbox):
    Message.objects.update(state=MessageState.CANCELLED)

    assert send(message_id=message.pk, at=NOON) == MessageState.CANCELLED
    assert delivered(outbox) == 0


def test_a_mail_carries_both_bodies_and_the_calendar(message, outbox):
    Message.objects.update(calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")

    send(message_id=message.pk, at=NOON)

    mail = next(outbox.glob("*.eml")).read_text()
    assert [
        mail.count(kind) for kind in ("text/plain", "text/html", "image/png", "text/calendar")
    ] == [1, 1, 1, 1]


def test_a_worker_that_died_after_delivery_sends_nothing_again(message, outbox):
    send(message_id=message.pk, at=NOON)
    Message.objects.update(state=MessageState.SENDING, sent_at=None)

    state = send(message_id=message.pk, at=NOON + timedelta(seconds=30))

    assert (state, delivered(outbox)) == (MessageState.SENT, 1)


def test_a_worker_that_died_before_delivery_leaves_the_message_to_the_next(message, outbox):
    Message.objects.update(state=MessageState.SENDING, claimed_at=NOON, attempts=1)

    state = send(message_id=message.pk, at=NOON + timedelta(seconds=30))

    assert (state, delivered(outbox)) == (MessageState.SENT, 1)


def test_with_a_mail_server_nobody_knows_and_somebody_decides(message, outbox, mail_server):
    Message.objects.update(state=MessageState.SENDING, claimed_at=NOON, attempts=1)

    soon = send(message_id=message.pk, at=NOON + timedelta(seconds=30))
    later = send(message_id=message.pk, at=NOON + CLAIM_LASTS)

    assert (soon, later) == (MessageState.SENDING, MessageState.UNCERTAIN)
    assert delivered(outbox) == 0


def test_a_connection_that_breaks_with_the_mail_under_way_is_uncertain(message, mail_server):
    mail_server.trouble = smtplib.SMTPServerDisconnected("gone")

    assert send(message_id=message.pk, at=NOON) == MessageState.UNCERTAIN


def test_a_server_that_says_later_is_asked_later(message, mail_server):
    refuse(mail_server, smtplib.SMTPDataError(451, b"busy, dear person@example.org"))

    with pytest.raises(NotSentError):
        send(message_id=message.pk, at=NOON)

    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.QUEUED, "SMTPDataError 451")
    assert message.due_at == NOON + timedelta(seconds=10)


def test_a_server_that_says_never_is_not_asked_again(message, mail_server):
    refuse(mail_server, smtplib.SMTPRecipientsRefused({"person@example.org": (550, b"unknown")}))

    state = send(message_id=message.pk, at=NOON)

    message.refresh_from_db()
    assert (state, message.last_error) == (MessageState.FAILED, "SMTPRecipientsRefused 550")


def test_after_its_last_attempt_a_message_has_failed(message, mail_server):
    refuse(mail_server, smtplib.SMTPConnectError(421, b"come back later"))
    Message.objects.update(attempts=MAX_ATTEMPTS - 1)

    assert send(message_id=message.pk, at=NOON) == MessageState.FAILED


def test_the_sweep_picks_up_a_message_whose_task_got_lost(message):
    DBTaskResult.objects.all().delete()

    counts = [sweep(at=NOON), sweep(at=NOON + timedelta(minutes=1))]

    assert counts == [0, 1]
    assert DBTaskResult.objects.get().args_kwargs["args"] == [message.pk]


def test_the_sweep_adds_nothing_while_tasks_wait_for_their_turn(message):
    assert sweep(at=NOON + timedelta(hours=1)) == 0


def test_two_mails_of_the_same_message_are_one_file(outbox):
    mail = EmailMessage("Hello", "There", to=["a@example.org"], headers={"Message-ID": "<1@x>"})

    for _ in range(2):
        get_connection().send_messages([mail])

    assert delivered(outbox) == 1
    assert get_connection().was_delivered("<1@x>") is True
    assert [file for file in outbox.iterdir() if file.suffix != ".eml"] == []


def test_each_key_has_its_own_message_id(message):
    other = Message(key="greeting-2")

    assert message_id_of(message) == message_id_of(Message(key="greeting-1"))
    assert message_id_of(message) != message_id_of(other)
