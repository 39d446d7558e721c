"""What was said is not kept for ever."""

from datetime import datetime, timedelta
from typing import Final

from tandemwerk.messaging.enums import MessageState
from tandemwerk.messaging.models import Message

#: Long enough to answer «I never got that», short enough for people who left.
KEPT: Final = timedelta(days=180)


def forget(*, before: datetime) -> int:
    """Remove the messages written ``before`` that nobody has to decide on. Return how many."""
    settled = (MessageState.SENT, MessageState.CANCELLED)
    count, _ = Message.objects.filter(created_at__lt=before, state__in=settled).delete()
    return count
