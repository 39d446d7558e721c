"""What was said is not kept for ever."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from tandemwerk.messaging.enums import MessageState
from tandemwerk.messaging.models import DigestRun, InboundMail, Message, Notice, NoticeCopy

#: Long enough to answer «I never got that», short enough for people who left.
KEPT: Final = timedelta(days=180)
#: What somebody has read, or has not looked at for four times as long.
NOTICES_KEPT: Final = timedelta(days=90)
UNREAD_FACTOR: Final = 4
STEP: Final = 500


def forget(*, before: datetime) -> int:
    """Remove the messages written ``before`` that nobody has to decide on. Return how many."""
    settled = (MessageState.SENT, MessageState.CANCELLED)
    count, _ = Message.objects.filter(created_at__lt=before, state__in=settled).delete()
    return count


def forget_notices(*, before: datetime) -> int:
    """Remove what was read ``before``, and what has lain unread for long. Return how many copies.

    What still waits for a mail is kept.
    """
    long_ago = before - NOTICES_KEPT * (UNREAD_FACTOR - 1)
    old = Q(read_at__lt=before) | Q(read_at=None, notice__created_at__lt=long_ago)
    count = 0
    while numbers := list(
        NoticeCopy.objects.filter(old, waits_for="").values_list("pk", flat=True)[:STEP]
    ):
        count += NoticeCopy.objects.filter(pk__in=numbers).delete()[0]
    Notice.objects.filter(created_at__lt=before, copies=None).delete()
    DigestRun.objects.filter(slot_at__lt=before).exclude(finished_at=None).delete()
    return count


def forget_inbound(*, before: datetime) -> int:
    """Remove the traces of mails that came in ``before``. Return how many."""
    count, _ = InboundMail.objects.filter(received_at__lt=before).delete()
    return count
