"""Putting a message in, and taking it back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import translation

from tandemwerk.core import audit
from tandemwerk.core.actors import Actor
from tandemwerk.core.moves import check_move
from tandemwerk.messaging.enums import MESSAGE_MOVES, MessageState
from tandemwerk.messaging.models import Message
from tandemwerk.messaging.rendering import render
from tandemwerk.messaging.services.sending import send_message, send_messages
from tandemwerk.people.models import Person, User

Reader = Person | User | str


@transaction.atomic
def put_in(
    *,
    key: str,
    kind: str,
    to: Reader,
    context: Mapping[str, Any],
    at: datetime,
    due_at: datetime | None = None,
    scope: str = "",
    calendar: str = "",
    language: str | None = None,
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
) -> Message | None:
    """Put a message to ``to`` into the outbox, once for each ``key``, and have it sent.

    ``kind`` names the template (see ``rendering``), rendered now and in the reader's language
    unless ``language`` says another. ``to`` is a person, an account, or the address of somebody
    who is neither yet. ``reply_to`` is where an answer goes, ``headers`` are further
    ones of the mail. A second call with the same key returns the first message.

    Returns None for a person who wants no mail or has no address, and for a closed account: the
    caller then shows the link to the team, to be said, printed or handed over.
    """
    existing = Message.objects.filter(key=key).first()
    if existing is not None or not _may_be_mailed(to):
        return existing
    words = render(kind=kind, context=context, language=language or _language_of(to))
    message, is_new = Message.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "person": to if isinstance(to, Person) else None,
            "user": to if isinstance(to, User) else None,
            "address": to if isinstance(to, str) else "",
            "reply_to": reply_to,
            "language": language or _language_of(to),
            "subject": words.subject,
            "text": words.text,
            "html": words.html,
            "calendar": calendar,
            "headers": dict(headers or {}),
            "scope": scope,
            "created_at": at,
            "due_at": due_at or at,
        },
    )
    if is_new:
        send_message.using(run_after=message.due_at).enqueue(message.pk)
    return message


#: So many messages are one task.
PER_TASK: Final = 50


@transaction.atomic
def put_in_many(messages: Sequence[Message]) -> int:
    """Put messages into the outbox that were written already, and have them sent.

    Each goes in once for its key, as with ``put_in``. Returns how many were new.
    """
    keys = [message.key for message in messages]
    known = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    fresh = [message for message in messages if message.key not in known]
    numbers = [message.pk for message in Message.objects.bulk_create(fresh)]
    for start in range(0, len(numbers), PER_TASK):
        send_messages.enqueue(numbers[start : start + PER_TASK])
    return len(fresh)


@transaction.atomic
def cancel(*, key: str, by: Actor, at: datetime) -> bool:
    """Take a message back that has not gone out. Return whether there was one to take back."""
    message = Message.objects.select_for_update().filter(key=key, state=MessageState.QUEUED).first()
    if message is None:
        return False
    check_move(MESSAGE_MOVES, current=MessageState(message.state), target=MessageState.CANCELLED)
    message.state = MessageState.CANCELLED
    message.save(update_fields=["state"])
    audit.record(action="messaging.cancel_message", by=by, at=at, target=message)
    return True


def _may_be_mailed(to: Reader) -> bool:
    if isinstance(to, Person):
        return to.may_be_mailed and to.erased_at is None
    return bool(to.email) and to.is_active if isinstance(to, User) else bool(to)


def _language_of(to: Reader) -> str:
    return translation.get_language() or "de" if isinstance(to, str) else to.language
