"""Sending: each message once, whatever dies in between.

A message is claimed in a transaction of its own before any mail server hears of it. Whoever finds
a claim that nobody works on any more asks the backend whether the message was delivered. The
local outbox knows; a mail server does not, and then somebody decides (``UNCERTAIN``).
"""

import hashlib
import smtplib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.mime.image import MIMEImage
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Q
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from tandemwerk.core import clock
from tandemwerk.core.tasks import MAX_ATTEMPTS, back_off
from tandemwerk.messaging.enums import MessageState
from tandemwerk.messaging.models import Message

#: A claim so old is nobody's: far above the longest that a mail server is given to answer.
CLAIM_LASTS: Final = timedelta(minutes=10)
#: A message that should have been sent so long ago has lost its task.
LEFT_LYING: Final = timedelta(minutes=1)
SWEEP_AT_MOST: Final = 500
#: Mails to thousands wait while somebody waits for a code to sign in with.
BEHIND_THE_REST: Final = -10
#: They are written before they are sent, so that all of them stand in the outbox soon.
WRITTEN_FIRST: Final = -5
#: A task that has much to do ends after so long and goes on as another one: what is more urgent
#: comes in between, and a worker that has to stop never cuts it short.
STINT_SECONDS: Final = 2.5
#: A mail server's answers from here on will not change by asking again.
PERMANENT: Final = 500
MARK: Final = Path(__file__).resolve().parent.parent / "assets" / "mark.png"


class NotSentError(Exception):
    """The message did not go out; another attempt may succeed. Says why without naming anybody."""


@task()
def send_message(message_id: int) -> str:
    """Send one message if it is still to be sent. Raises NotSentError to be tried again."""
    return send(message_id=message_id, at=clock.now())


@task(priority=BEHIND_THE_REST)
def send_messages(message_ids: list[int]) -> int:
    """Send many messages over one connection, for some seconds; the rest is a further task.

    Raises NotSentError when the mail server does not answer: none was tried then.
    """
    end = time.monotonic() + STINT_SECONDS
    done, goes_on = 0, True
    with _connected() as connection:
        for number in message_ids:
            goes_on = _send_one_of_many(number, connection) and time.monotonic() < end
            done += 1
            if not goes_on:
                break
    if message_ids[done:]:
        send_messages.enqueue(message_ids[done:])
    return done


def _send_one_of_many(number: int, connection: Any) -> bool:
    """Send a message; return whether the connection is fit for another one."""
    try:
        state = send(message_id=number, at=clock.now(), connection=connection)
    except NotSentError:
        due_at = Message.objects.values_list("due_at", flat=True).get(pk=number)
        send_message.using(run_after=due_at).enqueue(number)
        return False
    return state != MessageState.UNCERTAIN


@contextmanager
def _connected() -> Iterator[Any]:
    """Give an open connection to the mail server. Raises NotSentError."""
    connection = get_connection()
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        raise NotSentError(_reason(error)) from None
    try:
        yield connection
    finally:
        _close(connection)


def send(*, message_id: int, at: datetime, connection: Any = None) -> str:
    """Claim the message, hand it over, and write down what came of it. Return its state.

    ``connection`` is one that further messages go through as well.
    """
    message = _claim(message_id=message_id, at=at)
    if message is None:
        return str(Message.objects.values_list("state", flat=True).filter(pk=message_id).first())
    try:
        _hand_over(message, shared=connection)
    except _UncertainError as error:
        return _settle(message, MessageState.UNCERTAIN, last_error=str(error))
    except _RefusedError as error:
        return _refused(message, error, at=at)
    return _settle(message, MessageState.SENT, sent_at=clock.now(), last_error="")


@transaction.atomic
def _claim(*, message_id: int, at: datetime) -> Message | None:
    """Return the message, claimed for this attempt; None when there is nothing to send."""
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None or message.due_at > at:
        return None
    if message.state == MessageState.SENDING:
        resolve(message, at=at)
    if message.state != MessageState.QUEUED:
        return None
    message.state = MessageState.SENDING
    message.claimed_at = at
    message.attempts += 1
    message.save(update_fields=["state", "claimed_at", "attempts"])
    return message


def resolve(message: Message, *, at: datetime) -> None:
    """Find out what became of a message whose worker is gone. The caller holds its lock."""
    backend: Any = get_connection()
    if hasattr(backend, "was_delivered"):
        # A second delivery of the same message is none: no need to wait for a slow worker.
        delivered = backend.was_delivered(message_id_of(message))
        message.state = MessageState.SENT if delivered else MessageState.QUEUED
        message.sent_at = at if delivered else None
    elif message.claimed_at is None or message.claimed_at <= at - CLAIM_LASTS:
        message.state = MessageState.UNCERTAIN
        message.last_error = "the worker stopped while the mail server had it"
    message.save(update_fields=["state", "sent_at", "last_error"])


class _RefusedError(Exception):
    """The message is certainly not on its way."""

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.is_final = is_final


class _UncertainError(Exception):
    """The connection broke while the mail server had the message."""


def _hand_over(message: Message, *, shared: Any = None) -> None:
    connection = shared or get_connection()
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        raise _RefusedError(_reason(error)) from None
    try:
        connection.send_messages([as_mail(message)])
    except smtplib.SMTPServerDisconnected as error:
        raise _UncertainError(_reason(error)) from None
    except smtplib.SMTPException as error:
        raise _RefusedError(_reason(error), is_final=_code(error) >= PERMANENT) from None
    except OSError as error:
        raise _UncertainError(_reason(error)) from None
    finally:
        if shared is None:
            _close(connection)


def _close(connection: Any) -> None:
    """Say goodbye; what happens to the farewell does not change what became of the message."""
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        return


def _code(error: smtplib.SMTPException) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return min((code for code, _ in error.recipients.values()), default=0)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def _reason(error: Exception) -> str:
    """Name what happened without the addresses that servers like to repeat."""
    code = _code(error) if isinstance(error, smtplib.SMTPException) else 0
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _refused(message: Message, error: _RefusedError, *, at: datetime) -> str:
    if error.is_final or message.attempts >= MAX_ATTEMPTS:
        return _settle(message, MessageState.FAILED, last_error=str(error))
    due_at = at + back_off(message.attempts)
    _settle(message, MessageState.QUEUED, last_error=str(error), due_at=due_at)
    raise NotSentError(str(error))


def _settle(message: Message, state: MessageState, **fields: Any) -> str:
    """Write what came of this attempt, unless somebody has decided otherwise meanwhile."""
    Message.objects.filter(
        pk=message.pk,
        attempts=message.attempts,
        state__in=(MessageState.SENDING, MessageState.UNCERTAIN),
    ).update(state=state, **fields)
    return state


def sweep(*, at: datetime) -> int:
    """Hand out again what is due and has no task any more. Return how many messages.

    While send tasks wait for their turn the backlog is being worked on, and nothing is added.
    """
    waiting = Q(task_path=send_message.module_path, run_after__lte=at)
    waiting |= Q(task_path=send_messages.module_path)
    if DBTaskResult.objects.ready().filter(waiting).exists():
        return 0
    lost = Message.objects.filter(
        Q(state=MessageState.QUEUED, due_at__lte=at - LEFT_LYING)
        | Q(state=MessageState.SENDING, claimed_at__lte=at - LEFT_LYING)
    )
    numbers = list(lost.order_by("due_at", "pk").values_list("pk", flat=True)[:SWEEP_AT_MOST])
    for number in numbers:
        send_message.enqueue(number)
    return len(numbers)


def message_id_of(message: Message) -> str:
    """Return the mail's Message-ID, the same for every attempt."""
    digest = hashlib.sha256(message.key.encode()).hexdigest()[:40]
    return f"<{digest}@{urlsplit(settings.BASE_URL).hostname}>"


def as_mail(message: Message) -> EmailMultiAlternatives:
    """Return the message as a mail with both bodies, the mark and the calendar file."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[address_of(message)],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={
            "Message-ID": message_id_of(message),
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            **message.headers,
        },
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
        mail.attach(_mark())
    if message.calendar:
        mail.attach("termin.ics", message.calendar, "text/calendar")
    return mail


def _mark() -> MIMEImage:
    image = MIMEImage(_mark_bytes(), "png")
    image.add_header("Content-ID", "<mark>")
    image.add_header("Content-Disposition", "inline", filename="tandemwerk.png")
    return image


@cache
def _mark_bytes() -> bytes:
    return MARK.read_bytes()


def address_of(message: Message) -> str:
    """Return where the message goes: what is known of its reader now."""
    if message.person is not None:
        return message.person.mail
    return message.user.email if message.user is not None else message.address
