"""Mails at once: some hundred readers at a time, each step whole or not at all.

A step writes its mails first and then, in one transaction, puts them into the outbox and notes
that their readers have them. A worker that dies in a step has done nothing; the next one goes on
with whoever still waits.
"""

import time
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from tandemwerk.core import clock
from tandemwerk.messaging.enums import Rhythm
from tandemwerk.messaging.models import Notice, NoticeCopy
from tandemwerk.messaging.services.outbox import put_in_many
from tandemwerk.messaging.services.sending import STINT_SECONDS, WRITTEN_FIRST
from tandemwerk.messaging.writing import mail_of_its_own

STEP: Final = 200
#: Up to so many readers go before the mails to thousands.
FEW: Final = 20
#: Readers who waited so long have lost their task.
LEFT_WAITING: Final = timedelta(minutes=2)


@task()
def mail_notice(notice_id: int) -> int:
    """Write the mails of a notice for some seconds; the rest is a further task."""
    end, count = time.monotonic() + STINT_SECONDS, 0
    while done := mail_step(notice_id=notice_id, at=clock.now()):
        count += done
        if time.monotonic() > end:
            mail_notice.using(priority=WRITTEN_FIRST).enqueue(notice_id)
            break
    return count


def mail_soon(notice: Notice, *, readers: int) -> None:
    """Have the mails of a notice written."""
    priority = 0 if readers <= FEW else WRITTEN_FIRST
    mail_notice.using(priority=priority).enqueue(notice.pk)


def mail_step(*, notice_id: int, at: datetime) -> int:
    """Write to the next readers of a notice who wait for a mail. Return how many they were."""
    waiting = NoticeCopy.objects.filter(notice_id=notice_id, waits_for=Rhythm.AT_ONCE)
    copies = list(waiting.select_related("notice", "user").order_by("pk")[:STEP])
    written = {
        copy.pk: mail_of_its_own(copy, at=at)
        for copy in copies
        if copy.user.is_active and copy.user.email
    }
    with transaction.atomic():
        numbers = [copy.pk for copy in copies]
        still = waiting.select_for_update().filter(pk__in=numbers)
        taken = list(still.order_by("pk").values_list("pk", flat=True))
        put_in_many([written[number] for number in taken if number in written])
        NoticeCopy.objects.filter(pk__in=taken).update(waits_for="")
    return len(copies)


def mail_left_waiting(*, at: datetime) -> int:
    """Hand out again what waits for a mail and has no task any more. Return how many notices."""
    path = mail_notice.module_path
    unfinished = DBTaskResult.objects.ready() | DBTaskResult.objects.running()
    if unfinished.filter(task_path=path).exists():
        return 0
    lost = Notice.objects.filter(
        copies__waits_for=Rhythm.AT_ONCE, created_at__lte=at - LEFT_WAITING
    )
    numbers = list(lost.order_by("pk").values_list("pk", flat=True).distinct()[:STEP])
    for number in numbers:
        mail_notice.using(priority=WRITTEN_FIRST).enqueue(number)
    return len(numbers)
