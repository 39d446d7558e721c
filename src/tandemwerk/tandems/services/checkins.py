"""«How is it going?»: planned, asked, answered with one tap, taken up by the site."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hmac import compare_digest
from typing import Final

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, QuerySet
from django.utils import timezone

from tandemwerk.core import audit
from tandemwerk.core.actors import Actor
from tandemwerk.intake.enums import Side
from tandemwerk.messaging.services import put_in
from tandemwerk.people.models import User
from tandemwerk.programme.models import Carrier
from tandemwerk.tandems.enums import RUNNING_STATES, Mood, TandemState
from tandemwerk.tandems.errors import CheckInClosedError, NotRunningError
from tandemwerk.tandems.links import checkin_link, new_nonce
from tandemwerk.tandems.models import CheckIn, Note, Tandem
from tandemwerk.tandems.queries.reach import gets_mail

LINK_LASTS: Final = timedelta(days=14)
#: A question that fell due while no worker ran is still asked for so many days.
CATCH_UP_DAYS: Final = 7
#: Tandems that are asked: a pause is left in peace.
ASKED_STATES: Final = (TandemState.TRIAL, TandemState.ACTIVE)
#: Nobody is woken by a question.
FIRST_HOUR, LAST_HOUR = 9, 19
BATCH: Final = 500
ASK_BATCH: Final = 100


def plan_checkins(*, at: datetime) -> int:
    """Create the questions that have fallen due. Return how many. Twice changes nothing.

    A tandem is asked ``checkin_days`` of its carrier after it was founded and then every
    ``checkin_every_days``; days before the last week are not made up for.
    """
    today = timezone.localdate(at)
    oldest = Tandem.objects.filter(state__in=ASKED_STATES).aggregate(Min("founded_on"))
    if oldest["founded_on__min"] is None:
        return 0
    longest = (today - oldest["founded_on__min"]).days
    count = 0
    for (first_days, every), carriers in _rhythms().items():
        offsets = list(_offsets(first_days, every, longest))
        for back in range(CATCH_UP_DAYS):
            due_on = today - timedelta(days=back)
            founded = [due_on - timedelta(days=offset) for offset in offsets]
            count += _create(_lacking(carriers, founded, due_on), due_on)
    return count


def _rhythms() -> dict[tuple[tuple[int, ...], int], list[int]]:
    """Return (first days, then every so many) -> carriers that ask in this rhythm."""
    rhythms: dict[tuple[tuple[int, ...], int], list[int]] = {}
    for pk, days, every in Carrier.objects.values_list("pk", "checkin_days", "checkin_every_days"):
        rhythms.setdefault((tuple(sorted(days)), every), []).append(pk)
    return rhythms


def _offsets(first_days: tuple[int, ...], every: int, longest: int) -> Iterator[int]:
    yield from (day for day in first_days if day <= longest)
    last = first_days[-1] if first_days else 0
    if every:
        yield from range(last + every, longest + 1, every)


def _lacking(carriers: list[int], founded: list[date], due_on: date) -> "QuerySet[Tandem, int]":
    asked = CheckIn.objects.filter(tandem=OuterRef("pk"), due_on=due_on)
    return Tandem.objects.filter(
        ~Exists(asked),
        site__carrier_id__in=carriers,
        state__in=ASKED_STATES,
        founded_on__in=founded,
    ).values_list("pk", flat=True)


def _create(tandems: "QuerySet[Tandem, int]", due_on: date) -> int:
    numbers = list(tandems)
    for start in range(0, len(numbers), BATCH):
        rows = [
            CheckIn(tandem_id=number, side=side, due_on=due_on, nonce=new_nonce())
            for number in numbers[start : start + BATCH]
            for side in Side
        ]
        # Whoever plans at the same moment loses on the constraint, silently.
        CheckIn.objects.bulk_create(rows, ignore_conflicts=True)
    return len(numbers) * len(Side)


def ask_checkins(*, at: datetime) -> int:
    """Write to those who can be written to and whose question is due. Return how many.

    Works in small transactions: what is asked is asked, whatever happens after.
    """
    last, count = 0, 0
    while True:
        asked, last = _ask_some(after=last, at=at)
        count += asked
        if not last:
            return count


@transaction.atomic
def _ask_some(*, after: int, at: datetime) -> tuple[int, int]:
    """Ask the next few; return how many were asked and the last number, 0 at the end."""
    people = ("tandem__site", "tandem__volunteer__person", "tandem__newcomer__person")
    checkins = list(
        to_ask(at=at)
        .filter(gets_mail(), pk__gt=after)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related(*people)
        .order_by("pk")[:ASK_BATCH]
    )
    asked = [checkin for checkin in checkins if _ask(checkin, at=at)]
    CheckIn.objects.bulk_update(asked, ["asked_at", "expires_at"])
    return len(asked), checkins[-1].pk if len(checkins) == ASK_BATCH else 0


def to_ask(*, at: datetime) -> "QuerySet[CheckIn]":
    """Return the questions that are due, of tandems that are asked, and that nobody has asked."""
    today = timezone.localdate(at)
    return CheckIn.objects.filter(
        asked_at=None,
        mood="",
        due_on__gt=today - timedelta(days=CATCH_UP_DAYS),
        due_on__lte=today,
        tandem__state__in=ASKED_STATES,
    )


def _ask(checkin: CheckIn, *, at: datetime) -> bool:
    person = checkin.participation.person
    due_at = friendly_time(at)
    checkin.asked_at, checkin.expires_at = due_at, due_at + LINK_LASTS
    message = put_in(
        key=f"tandems.checkin/{checkin.pk}",
        kind="checkin",
        to=person,
        context={
            "name": person.given_name or person.full_name,
            "site": checkin.site,
            "choices": [
                (mood.label, f"{checkin_link(checkin)}?answer={mood.value}") for mood in Mood
            ],
            "until": checkin.expires_at,
        },
        at=at,
        due_at=due_at,
        scope=checkin.audit_scope,
    )
    return message is not None


def friendly_time(at: datetime) -> datetime:
    """Return ``at``, or the next morning when that is in the night.

    >>> from datetime import UTC
    >>> friendly_time(datetime(2026, 9, 15, 2, 0, tzinfo=UTC)).isoformat()
    '2026-09-15T09:00:00+02:00'
    """
    local = timezone.localtime(at)
    if FIRST_HOUR <= local.hour < LAST_HOUR:
        return at
    day = local if local.hour < FIRST_HOUR else local + timedelta(days=1)
    return day.replace(hour=FIRST_HOUR, minute=0, second=0, microsecond=0)


@transaction.atomic
def open_link(*, checkin_id: int, by: Actor, at: datetime) -> CheckIn:
    """Make the link work from now on, to be printed or handed over. Raises CheckInClosedError."""
    checkin = _locked(checkin_id)
    _check_open(checkin)
    checkin.asked_at = checkin.asked_at or at
    checkin.expires_at = at + LINK_LASTS
    checkin.save(update_fields=["asked_at", "expires_at"])
    audit.record(action="tandems.open_checkin_link", by=by, at=at, target=checkin)
    return checkin


@transaction.atomic
def answer_checkin(*, checkin_id: int, nonce: str, mood: Mood, line: str, at: datetime) -> CheckIn:
    """Take the answer that came through a link, once. Raises CheckInClosedError."""
    checkin = _locked(checkin_id)
    check_link(checkin, nonce=nonce, at=at)
    _write_answer(checkin, mood=mood, line=line, at=at)
    _record_answer(checkin, by=checkin.participation.person, at=at)
    return checkin


def check_link(checkin: CheckIn, *, nonce: str, at: datetime) -> None:
    """Raise CheckInClosedError unless the link still opens an answer."""
    if not compare_digest(checkin.nonce, nonce):
        raise CheckInClosedError("expired")
    _check_open(checkin)
    if checkin.expires_at is None or checkin.expires_at <= at:
        raise CheckInClosedError("expired")


def _check_open(checkin: CheckIn) -> None:
    if checkin.answered_at is not None:
        raise CheckInClosedError("answered")
    if checkin.tandem.state not in RUNNING_STATES:
        raise CheckInClosedError("over")


@transaction.atomic
def record_checkin(
    *, tandem_id: int, side: Side, mood: Mood, line: str, by: Actor, at: datetime
) -> CheckIn:
    """Write down what somebody said by phone or at the site.

    It answers the open question of that side when there is one, otherwise today's. Raises
    NotRunningError, CheckInClosedError when that side has already answered today.
    """
    tandem = Tandem.objects.select_for_update(of=("self",)).select_related("site").get(pk=tandem_id)
    if tandem.state not in RUNNING_STATES:
        raise NotRunningError
    today = timezone.localdate(at)
    checkin = _open_question(tandem, side, since=today - LINK_LASTS) or CheckIn(
        tandem=tandem, side=side, due_on=today, nonce=new_nonce(), asked_at=at
    )
    if CheckIn.objects.filter(tandem=tandem, side=side, due_on=today, answered_at__isnull=False):
        raise CheckInClosedError("answered")
    checkin.tandem = tandem
    _write_answer(checkin, mood=mood, line=line, at=at)
    _record_answer(checkin, by=by, at=at)
    return checkin


def _open_question(tandem: Tandem, side: Side, *, since: date) -> CheckIn | None:
    unanswered = CheckIn.objects.filter(tandem=tandem, side=side, mood="", due_on__gte=since)
    return unanswered.select_for_update().order_by("-due_on", "-pk").first()


def _write_answer(checkin: CheckIn, *, mood: Mood, line: str, at: datetime) -> None:
    checkin.mood, checkin.line, checkin.answered_at = mood, line, at
    checkin.save()


def _record_answer(checkin: CheckIn, *, by: Actor, at: datetime) -> None:
    audit.record(
        action="tandems.answer_checkin",
        by=by,
        at=at,
        target=checkin,
        changes={"tandem": checkin.tandem_id, "side": str(checkin.side)},
    )


@transaction.atomic
def handle_checkin(*, checkin_id: int, by: Actor, at: datetime, note: str = "") -> CheckIn:
    """Take up an answer that asked for somebody; ``note`` says what came of it.

    Taking it up twice changes nothing but adds the second note.
    """
    checkin = _locked(checkin_id)
    if checkin.handled_at is None:
        checkin.handled_at = at
        checkin.handled_by = by if isinstance(by, User) else None
        checkin.save(update_fields=["handled_at", "handled_by"])
        audit.record(
            action="tandems.handle_checkin",
            by=by,
            at=at,
            target=checkin,
            changes={"tandem": checkin.tandem_id},
        )
    if note:
        Note.objects.create(
            tandem=checkin.tandem,
            text=note,
            written_by=by if isinstance(by, User) else None,
            written_at=at,
        )
    return checkin


def _locked(checkin_id: int) -> CheckIn:
    people = ("tandem__site", "tandem__volunteer__person", "tandem__newcomer__person")
    checkins = CheckIn.objects.select_for_update(of=("self",)).select_related(*people)
    return checkins.get(pk=checkin_id)
