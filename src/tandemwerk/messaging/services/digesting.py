"""The digests of a morning: everybody at most one, whatever dies in the middle.

A run goes through the accounts by number. A step looks up what some hundred of them wait for and
writes their mails; then one transaction puts the mails into the outbox, notes what they tell, and
moves the run on. A worker that dies in a step leaves the run where it was. Two workers at once
write the same step twice, and the lock on the run lets one of them through.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from tandemwerk.core import clock
from tandemwerk.messaging.enums import Rhythm
from tandemwerk.messaging.kinds import DigestSection, Line, group_named, sections
from tandemwerk.messaging.models import DigestRun, Message, NoticeChoice, NoticeCopy
from tandemwerk.messaging.services.notifying import CHUNK
from tandemwerk.messaging.services.outbox import put_in_many
from tandemwerk.messaging.services.sending import STINT_SECONDS, WRITTEN_FIRST
from tandemwerk.messaging.slots import daily_slot, days_before, weekly_slot
from tandemwerk.messaging.writing import digest
from tandemwerk.people.models import User

STEP: Final = 200

Found = list[tuple[DigestSection, Sequence[Line]]]


def due_run(*, at: datetime) -> DigestRun | None:
    """Return the run to work on, begun now if its morning has come; None when all is done."""
    unfinished = DigestRun.objects.filter(finished_at=None).order_by("slot_at").first()
    if unfinished is not None:
        return unfinished
    slot = daily_slot(at)
    before = DigestRun.objects.order_by("-slot_at").first()
    if before is not None and before.slot_at >= slot:
        return None
    return _begin(slot, before, at=at)


def _begin(slot: datetime, before: DigestRun | None, *, at: datetime) -> DigestRun | None:
    monday = weekly_slot(at)
    weeks = DigestRun.objects.exclude(weekly_since=None).order_by("-slot_at")
    last_week = weeks.values_list("slot_at", flat=True).first()
    has_weekly = last_week is None or last_week < monday
    try:
        with transaction.atomic():
            return DigestRun.objects.create(
                slot_at=slot,
                since=before.slot_at if before else days_before(slot, 1),
                weekly_since=(last_week or days_before(slot, 7)) if has_weekly else None,
                started_at=at,
            )
    except IntegrityError:
        return None  # another worker was faster


@task(priority=WRITTEN_FIRST)
def make_digests() -> int:
    """Work on the digests for some seconds; the rest is a further task. Return the mails."""
    end, mails = time.monotonic() + STINT_SECONDS, 0
    while (run := due_run(at=clock.now())) is not None:
        mails += digest_step(run=run, at=clock.now())
        if time.monotonic() > end:
            make_digests.enqueue()
            break
    return mails


def hand_out_digests(*, at: datetime) -> bool:
    """Have the digests made if it is time and nobody is at it. Return whether that was so."""
    unfinished = DBTaskResult.objects.ready() | DBTaskResult.objects.running()
    if unfinished.filter(task_path=make_digests.module_path).exists():
        return False
    if due_run(at=at) is None:
        return False
    make_digests.enqueue()
    return True


def digest_step(*, run: DigestRun, at: datetime) -> int:
    """Make the digests of the next accounts of ``run``. Return how many mails there were."""
    users = list(_accounts(run)[:STEP])
    copies = _copies_for(run, users)
    found = _lines_for(run, users)
    sentences: dict[tuple[int, str], str] = {}
    mails: list[Message] = []
    for user in users:
        mail = digest(
            user,
            copies=copies[user.pk],
            sections=found[user.pk],
            slot_at=run.slot_at,
            at=at,
            sentences=sentences,
        )
        if mail is not None:
            mails.append(mail)
    told = [copy.pk for rows in copies.values() for copy in rows]
    return _write_down(run, users=users, mails=mails, told=told, at=at)


def _accounts(run: DigestRun) -> QuerySet[User]:
    """Return the accounts that the run has not come to, by number, without those that pause."""
    today = timezone.localdate(run.slot_at)
    waiting = NoticeCopy.objects.filter(_waits_in(run), user=OuterRef("pk"))
    wanted = User.objects.filter(pk__gt=run.last_user, is_active=True).exclude(email="")
    wanted = wanted.exclude(mail_pause__until__gt=today)
    return (wanted if sections() else wanted.filter(Exists(waiting))).order_by("pk")


def _waits_in(run: DigestRun) -> Q:
    rhythms = [Rhythm.DAILY] if run.weekly_since is None else [Rhythm.DAILY, Rhythm.WEEKLY]
    return Q(waits_for__in=rhythms, notice__created_at__lt=run.slot_at)


def _copies_for(run: DigestRun, users: Sequence[User]) -> Mapping[int, list[NoticeCopy]]:
    found: defaultdict[int, list[NoticeCopy]] = defaultdict(list)
    numbers = [user.pk for user in users]
    rows = NoticeCopy.objects.filter(_waits_in(run), user__in=numbers)
    for copy in rows.select_related("notice").order_by("pk"):
        found[copy.user_id].append(copy)
    return found


def _lines_for(run: DigestRun, users: Sequence[User]) -> Mapping[int, Found]:
    """Ask each section once for all who want it today, and once for all who want it this week."""
    found: defaultdict[int, Found] = defaultdict(list)
    wanted = sections() if users else []
    if not wanted:
        return found
    chosen = {
        (number, group): Rhythm(rhythm)
        for number, group, rhythm in NoticeChoice.objects.filter(
            user__in=[user.pk for user in users], group__in={each.group for each in wanted}
        ).values_list("user_id", "group", "rhythm")
    }
    for section in wanted:
        group = group_named(section.group)
        default = group.default if group else Rhythm.IN_APP
        for rhythm, since in _spans(run):
            numbers = [
                user.pk for user in users if chosen.get((user.pk, section.group), default) == rhythm
            ]
            lines = section.lines(numbers, since, run.slot_at) if numbers else {}
            for number in numbers:
                if lines.get(number):
                    found[number].append((section, lines[number]))
    return found


def _spans(run: DigestRun) -> Iterator[tuple[Rhythm, datetime]]:
    yield Rhythm.DAILY, run.since
    if run.weekly_since is not None:
        yield Rhythm.WEEKLY, run.weekly_since


@dataclass(frozen=True, kw_only=True)
class RunState:
    """How far a morning's digests have come."""

    slot_at: datetime
    readers: int
    mails: int
    finished_at: datetime | None


def last_run() -> RunState | None:
    """Return how far the newest digests have come."""
    run = DigestRun.objects.order_by("-slot_at").first()
    if run is None:
        return None
    return RunState(
        slot_at=run.slot_at, readers=run.readers, mails=run.mails, finished_at=run.finished_at
    )


@transaction.atomic
def _write_down(
    run: DigestRun,
    *,
    users: Sequence[User],
    mails: Sequence[Message],
    told: Sequence[int],
    at: datetime,
) -> int:
    """Put the mails of a step into the outbox, unless another worker did it meanwhile."""
    kept = DigestRun.objects.select_for_update().get(pk=run.pk)
    if kept.last_user != run.last_user or kept.finished_at is not None:
        return 0
    count = put_in_many(mails)
    for start in range(0, len(told), CHUNK):
        NoticeCopy.objects.filter(pk__in=told[start : start + CHUNK]).update(waits_for="")
    if users:
        kept.last_user = users[-1].pk
        kept.readers += len(users)
        kept.mails += count
    else:
        kept.finished_at = at
    kept.save(update_fields=["last_user", "readers", "mails", "finished_at"])
    return count
