"""Answers by mail: taken in at once, worked on by the worker, each once.

Whoever hands a mail in hears «taken» when it is safe in the database. The worker reads it, and in
one transaction lets the room do what the answer does, writes down what became of it, and forgets
its words.
"""

import logging
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid
from typing import Final

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone, translation
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from tandemwerk.core import clock
from tandemwerk.core.moves import check_move
from tandemwerk.messaging import replies
from tandemwerk.messaging.enums import INBOUND_MOVES, InboundState, Refusal
from tandemwerk.messaging.incoming import Incoming, UnreadableError, fingerprint_of, read_mail
from tandemwerk.messaging.models import InboundMail, Message
from tandemwerk.messaging.services.outbox import put_in
from tandemwerk.messaging.services.sending import address_of, message_id_of
from tandemwerk.people.models import User

logger = logging.getLogger(__name__)

LARGEST: Final = 5 * 1024 * 1024
LONGEST_ANSWER: Final = 20_000
#: An answer that waits so long has lost its task.
LEFT_LYING: Final = timedelta(minutes=2)
#: The words of an answer that nobody could take over are kept no longer.
GIVEN_UP: Final = timedelta(days=14)


class TooLargeError(Exception):
    """A mail is larger than we take."""


@transaction.atomic
def accept(*, raw: bytes, at: datetime) -> bool:
    """Take a mail in, to be worked on. Return False when it was here before.

    Raises TooLargeError.
    """
    if len(raw) > LARGEST:
        raise TooLargeError
    mail, is_new = InboundMail.objects.get_or_create(
        fingerprint=fingerprint_of(raw), defaults={"raw": raw, "received_at": at}
    )
    if is_new:
        work_on_answer.enqueue(mail.pk)
    return is_new


def answer_to(message: Message, *, text: str, at: datetime) -> bytes:
    """Write the mail that the reader of ``message`` would send back, with it quoted below."""
    mail = EmailMessage()
    mail["From"] = address_of(message)
    mail["To"] = message.reply_to
    mail["Subject"] = f"Re: {message.subject}"
    mail["Message-ID"] = make_msgid()
    mail["In-Reply-To"] = message_id_of(message)
    quoted = "\n".join(f"> {line}" for line in message.text.splitlines())
    mail.set_content(f"{text}\n\nAm {at:%d.%m.%Y} schrieb Tandemwerk:\n{quoted}\n")
    return mail.as_bytes(policy=SMTP)


@task()
def work_on_answer(mail_id: int) -> str:
    """Do what an answer does, if it was not done yet."""
    return work_on(mail_id=mail_id, at=clock.now())


@transaction.atomic
def work_on(*, mail_id: int, at: datetime) -> str:
    """Work on a mail that came in. Return its state."""
    mail = InboundMail.objects.select_for_update().filter(pk=mail_id).first()
    if mail is None or mail.state != InboundState.WAITING:
        return mail.state if mail else ""
    try:
        incoming = read_mail(bytes(mail.raw))
    except UnreadableError:
        return _settle(mail, InboundState.IGNORED, reason=Refusal.BROKEN, at=at)
    if incoming.is_automatic or not incoming.sender:
        return _settle(mail, InboundState.IGNORED, at=at)
    return _take(mail, incoming, at=at)


def _take(mail: InboundMail, incoming: Incoming, *, at: datetime) -> str:
    target = _target(incoming)
    if target is None:
        return _refuse(mail, _account_of(incoming.sender), Refusal.UNKNOWN, at=at)
    user = User.objects.filter(pk=target.user_id, is_active=True).first()
    if user is None:
        return _settle(mail, InboundState.IGNORED, at=at)
    if not _is_theirs(incoming.sender, user):
        return _refuse(mail, user, Refusal.OTHER_SENDER, at=at)
    if reason := _why_not(incoming, target, at=at):
        return _refuse(mail, user, reason, at=at)
    handler = replies.handler_for(target.purpose)
    try:
        with transaction.atomic(), translation.override(user.language):
            handler(
                user=user,
                object_id=target.object_id,
                text=incoming.text,
                at=at,
                key=f"mail:{mail.fingerprint[:40]}",
            )
    except replies.ReplyError as error:
        return _refuse(mail, user, Refusal.REFUSED, at=at, words=str(error))
    if incoming.has_files:
        _write_back(mail, user, Refusal.FILES, at=at)
    return _settle(mail, InboundState.TAKEN, user=user, at=at)


def _target(incoming: Incoming) -> replies.ReplyTarget | None:
    for address in incoming.recipients:
        try:
            return replies.read_address(address)
        except replies.BadAddressError:
            continue
    return None


def _why_not(incoming: Incoming, target: replies.ReplyTarget, *, at: datetime) -> Refusal | None:
    if target.is_too_old(at):
        return Refusal.TOO_OLD
    if not incoming.text:
        return Refusal.EMPTY
    return Refusal.TOO_LONG if len(incoming.text) > LONGEST_ANSWER else None


def _is_theirs(sender: str, user: User) -> bool:
    known = EmailAddress.objects.filter(user=user, verified=True, email__iexact=sender)
    return bool(known.exists())


def _account_of(sender: str) -> User | None:
    """Return whose address it is; strangers are not written to."""
    known = EmailAddress.objects.filter(verified=True, email__iexact=sender, user__is_active=True)
    address = known.select_related("user").first()
    return address.user if address else None


def _refuse(
    mail: InboundMail, user: User | None, reason: Refusal, *, at: datetime, words: str = ""
) -> str:
    if user is None:
        return _settle(mail, InboundState.IGNORED, reason=reason, at=at)
    _write_back(mail, user, reason, at=at, words=words)
    return _settle(mail, InboundState.REFUSED, user=user, reason=reason, at=at)


def _write_back(
    mail: InboundMail, user: User, reason: Refusal, *, at: datetime, words: str = ""
) -> None:
    """Say why, to the account's own address; for the same reason once a day, so nothing loops.

    What a room says itself is about this one mail and is always said.
    """
    day = timezone.localdate(at)
    about = mail.fingerprint[:16] if reason == Refusal.REFUSED else f"{day:%Y%m%d}"
    with translation.override(user.language):
        why = " ".join(words.split()) or str(reason.label)
    put_in(
        key=f"answer:{reason}:{user.pk}:{about}",
        kind="answer_refused",
        to=user,
        context={"name": user.name, "why": why, "reason": reason.value},
        at=at,
        headers={"Precedence": "junk"},
    )


def _settle(
    mail: InboundMail,
    state: InboundState,
    *,
    at: datetime,
    user: User | None = None,
    reason: str = "",
) -> str:
    check_move(INBOUND_MOVES, current=InboundState(mail.state), target=state)
    mail.state, mail.user, mail.reason = state, user, reason
    mail.raw, mail.settled_at = b"", at
    mail.save(update_fields=["state", "user", "reason", "raw", "settled_at"])
    logger.info("answer by mail %d: %s %s", mail.pk, state, reason)
    return state


def look_after_answers(*, at: datetime) -> int:
    """Hand out again what lost its task, and give up what nobody could take over for two weeks.

    Return how many were handed out.
    """
    waiting = InboundMail.objects.filter(state=InboundState.WAITING)
    for mail in waiting.filter(received_at__lt=at - GIVEN_UP):
        _settle(mail, InboundState.REFUSED, reason=Refusal.BROKEN, at=at)
    path = work_on_answer.module_path
    unfinished = DBTaskResult.objects.ready() | DBTaskResult.objects.running()
    if unfinished.filter(task_path=path).exists():
        return 0
    failed = DBTaskResult.objects.failed().filter(task_path=path)
    given_up = {
        number
        for arguments in failed.values_list("args_kwargs", flat=True)
        for number in arguments["args"]
    }
    lost = waiting.filter(received_at__lte=at - LEFT_LYING).order_by("pk")
    numbers = [number for number in lost.values_list("pk", flat=True) if number not in given_up]
    for number in numbers:
        work_on_answer.enqueue(number)
    return len(numbers)
