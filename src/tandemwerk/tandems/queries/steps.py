"""What a tandem needs next: decided once, for its page and for the worklist."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from typing import Any, Final

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from tandemwerk.intake.enums import Side
from tandemwerk.tandems.enums import AnswerState, Health, MeetingKind, TandemState
from tandemwerk.tandems.models import Answer, CheckIn, Meeting, Note, Tandem, TandemMove
from tandemwerk.tandems.queries.health import began_at, health_of, newest

#: A trial is complete after three meetings; a fourth is usual, more are nobody's rule.
TRIAL_MEETINGS: Final = 3
#: A question that nobody answered is worth a call for so long; then the silence itself is.
MISSED_FOR: Final = timedelta(weeks=6)
#: A question that cannot be sent waits for so long to be asked by the team.
ASK_WITHIN: Final = timedelta(days=14)
_NO_MEETINGS: Final = (None, None, 0, None)
_NO_QUESTIONS: Final = (None, None, None)


class Step(Enum):
    """The one thing to do, most pressing first."""

    TAKE_UP = auto()
    ARRANGE_FIRST = auto()
    WAIT_FOR_ANSWERS = auto()
    MAKE_ACTIVE = auto()
    AFTER_FIRST = auto()
    CALL_SILENT = auto()
    CALL_BOTH = auto()
    ASK_IN_PERSON = auto()
    WAIT_FOR_MEETING = auto()
    NOTE_MEETING = auto()
    RESUME = auto()
    NOTHING = auto()


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a tandem that decides about its next step."""

    state: TandemState
    health: str
    is_wanted_by_both: bool
    #: The oldest answer that asked for somebody and that nobody has taken up.
    care_id: int | None
    #: The next meeting to come.
    coming_at: datetime | None
    #: How often the two have met.
    met_count: int
    first_met_at: datetime | None
    last_sign_at: datetime | None
    #: The last time that somebody of the team did something.
    last_touch_at: datetime | None
    #: The day of the last question that both have left unanswered.
    missed_on: date | None
    #: A question is due and somebody cannot be written to.
    ask_side: str
    ask_on: date | None


def facts_of(tandems: Collection[Tandem], *, at: datetime) -> dict[int, Facts]:
    """Return the number of each tandem -> what is known of it. Seven short queries for all."""
    numbers = [tandem.pk for tandem in tandems]
    proposed = [tandem.pk for tandem in tandems if tandem.state == TandemState.PROPOSED]
    meetings = _meetings(numbers, at=at)
    questions = _questions(numbers, at=at)
    care = _first_of_each(
        CheckIn.objects.needing_care().order_by("answered_at", "pk"), numbers, "pk"
    )
    ask = _first_of_each(
        _to_ask_in_person(at=at).order_by("due_on", "pk"), numbers, "side", "due_on"
    )
    moved = _latest(TandemMove.objects.all(), "at", numbers)
    noted = _latest(Note.objects.all(), "written_at", numbers)
    lacking = set(
        Answer.objects.filter(tandem__in=proposed)
        .exclude(state=AnswerState.YES)
        .values_list("tandem", flat=True)
    )

    def facts(tandem: Tandem) -> Facts:
        number = tandem.pk
        coming_at, last_met_at, met_count, first_met_at = meetings.get(number, _NO_MEETINGS)
        answered_at, *missed = questions.get(number, _NO_QUESTIONS)
        moved_at = moved.get(number)
        [care_id] = care.get(number, (None,))
        ask_side, ask_on = ask.get(number, ("", None))
        heard_at = newest(last_met_at, answered_at, moved_at)
        return Facts(
            state=TandemState(tandem.state),
            health=health_of(tandem, needs_care=care_id is not None, heard_at=heard_at, at=at),
            is_wanted_by_both=number not in lacking,
            care_id=care_id,
            coming_at=coming_at,
            met_count=met_count,
            first_met_at=first_met_at,
            last_sign_at=newest(last_met_at, answered_at, began_at(tandem)),
            last_touch_at=newest(moved_at, noted.get(number), answered_at),
            missed_on=min(missed) if all(missed) else None,
            ask_side=ask_side,
            ask_on=ask_on,
        )

    return {tandem.pk: facts(tandem) for tandem in tandems}


def _meetings(numbers: list[int], *, at: datetime) -> dict[int, Any]:
    """Return tandem -> (next to come, last, how many together, first together)."""
    past = Q(starts_at__lte=at)
    together = past & ~Q(kind=MeetingKind.SITE)
    rows = Meeting.objects.kept().filter(tandem__in=numbers).order_by().values_list("tandem")
    counted = rows.annotate(
        coming=Min("starts_at", filter=Q(starts_at__gt=at)),
        last=Max("starts_at", filter=past),
        count=Count("pk", filter=together),
        first=Min("starts_at", filter=together),
    )
    return {number: facts for number, *facts in counted}


def _questions(numbers: list[int], *, at: datetime) -> dict[int, Any]:
    """Return tandem -> (last answer, last missed by the volunteer, by the newcomer)."""
    since = timezone.localdate(at - MISSED_FOR)
    missed = Q(mood="", asked_at__isnull=False, expires_at__lte=at, due_on__gt=since)
    rows = CheckIn.objects.filter(tandem__in=numbers).order_by().values_list("tandem")
    counted = rows.annotate(
        last=Max("answered_at"),
        missed_by_volunteer=Max("due_on", filter=missed & Q(side=Side.VOLUNTEER)),
        missed_by_newcomer=Max("due_on", filter=missed & Q(side=Side.NEWCOMER)),
    )
    return {number: facts for number, *facts in counted}


def _first_of_each(rows: "QuerySet[Any]", numbers: list[int], *fields: str) -> dict[int, Any]:
    first: dict[int, Any] = {}
    for number, *values in rows.filter(tandem__in=numbers).values_list("tandem", *fields):
        first.setdefault(number, values)
    return first


def _latest(rows: "QuerySet[Any]", field: str, numbers: list[int]) -> dict[int, datetime]:
    mine = rows.filter(tandem__in=numbers).order_by().values_list("tandem")
    return dict(mine.annotate(last=Max(field)))


def _to_ask_in_person(*, at: datetime) -> "QuerySet[CheckIn]":
    today = timezone.localdate(at)
    return CheckIn.objects.filter(
        mood="", asked_at=None, due_on__lte=today, due_on__gt=today - ASK_WITHIN
    )


def next_step(facts: Facts) -> Step:
    """Return the one thing to do next with a tandem."""
    if facts.care_id is not None:
        return Step.TAKE_UP
    match facts.state:
        case TandemState.PROPOSED:
            return Step.ARRANGE_FIRST if facts.is_wanted_by_both else Step.WAIT_FOR_ANSWERS
        case TandemState.TRIAL:
            return _step_of_a_trial(facts)
        case TandemState.ACTIVE:
            return _step_of_a_running_one(facts)
        case TandemState.PAUSED:
            return Step.RESUME
        case _:
            return Step.NOTHING


def _step_of_a_trial(facts: Facts) -> Step:
    if facts.met_count >= TRIAL_MEETINGS:
        return Step.MAKE_ACTIVE
    if facts.met_count == 0:
        return Step.WAIT_FOR_MEETING if facts.coming_at else Step.ARRANGE_FIRST
    if facts.met_count == 1 and facts.coming_at is None and _nobody_asked_since(facts):
        return Step.AFTER_FIRST
    return _step_of_a_running_one(facts)


def _nobody_asked_since(facts: Facts) -> bool:
    if facts.first_met_at is None or facts.last_touch_at is None:
        return True
    return facts.last_touch_at < facts.first_met_at


def _step_of_a_running_one(facts: Facts) -> Step:
    if facts.health == Health.SILENT:
        return Step.CALL_SILENT
    if facts.missed_on is not None and _silent_since(facts.missed_on, facts):
        return Step.CALL_BOTH
    if facts.ask_side:
        return Step.ASK_IN_PERSON
    return Step.WAIT_FOR_MEETING if facts.coming_at else Step.NOTE_MEETING


def _silent_since(day: date, facts: Facts) -> bool:
    sign_at = facts.last_sign_at
    return sign_at is None or timezone.localdate(sign_at) <= day
