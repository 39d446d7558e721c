"""What somebody decides about a message that failed or is uncertain."""

from datetime import datetime
from typing import Final

from django.db import transaction

from tandemwerk.core import audit
from tandemwerk.core.actors import Actor
from tandemwerk.core.moves import IllegalMoveError, check_move
from tandemwerk.messaging.enums import MESSAGE_MOVES, MessageState
from tandemwerk.messaging.models import Message
from tandemwerk.messaging.services.sending import send_message

#: States in which a message waits for somebody's decision.
UNSETTLED: Final = frozenset({MessageState.FAILED, MessageState.UNCERTAIN})


@transaction.atomic
def send_again(*, message_id: int, by: Actor, at: datetime) -> Message:
    """Send a message that failed, or that did not arrive as somebody found out.

    Raises IllegalMoveError.
    """
    message = _move(message_id, MessageState.QUEUED, by=by, at=at)
    message.due_at, message.attempts, message.last_error = at, 0, ""
    message.save(update_fields=["due_at", "attempts", "last_error"])
    send_message.enqueue(message.pk)
    return message


@transaction.atomic
def take_as_sent(*, message_id: int, by: Actor, at: datetime) -> Message:
    """Note that an uncertain message arrived. Raises IllegalMoveError."""
    message = _move(message_id, MessageState.SENT, by=by, at=at)
    message.sent_at, message.last_error = at, ""
    message.save(update_fields=["sent_at", "last_error"])
    return message


def _move(message_id: int, to: MessageState, *, by: Actor, at: datetime) -> Message:
    message = Message.objects.select_for_update().get(pk=message_id)
    before = MessageState(message.state)
    if before not in UNSETTLED:  # one that is being sent is its worker's, however long it takes
        raise IllegalMoveError(before, to)
    check_move(MESSAGE_MOVES, current=before, target=to)
    message.state = to
    message.save(update_fields=["state"])
    audit.record(
        action="messaging.settle_message",
        by=by,
        at=at,
        target=message,
        changes={"from": before, "to": to},
    )
    return message
