"""What a tandem needs next: decided once, for its page and for the worklist."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from typing import Any, Final

from django.db.models import (
    Count,
    DateField,
    DateTimeField,
    Exists,
    IntegerField,
    Max,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from tandemwerk.intake.enums import Side
from tandemwerk.tandems.enums import AnswerState, Health, MeetingKind, TandemState
from tandemwerk.tandems.models import Answer, CheckIn, Meeting, Note, Tandem, TandemMove
from tandemwerk.tandems.queries.health import last_sign, with_health, with_last_sign

#: A trial is complete after three meetings; a fourth is usual, more are nobody's rule.
TRIAL_MEETINGS: Final = 3
#: A question that nobody answered is worth a call for so long; then the silence itself is.
MISSED_FOR: Final = timedelta(weeks=6)
#: A question that cannot be sent waits for so long to be asked by the team.
ASK_WITHIN: Final = timedelta(days=14)


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


def with_facts(tandems: "QuerySet[Tandem]", *, at: datetime) -> "QuerySet[Tandem]":
    """Add to each tandem what ``facts_of`` reads, in the same query."""
    mine: dict[str, Any] = {"tandem": OuterRef("pk")}
    kept = Meeting.objects.kept().filter(**mine)
    together = kept.filter(starts_at__lte=at).exclude(kind=MeetingKind.SITE)
    questions = CheckIn.objects.filter(**mine)
    care = questions.needing_care().order_by("answered_at", "pk")
    ask = _to_ask_in_person(questions, at=at).order_by("due_on", "pk")
    lacking = Answer.objects.filter(**mine).exclude(state=AnswerState.YES)
    return with_last_sign(with_health(tandems, at=at), at=at).annotate(
        lacks_a_yes=Exists(lacking),
        care_id=Subquery(care.values("pk")[:1]),
        coming_at=_aggregate(kept.filter(starts_at__gt=at), Min("starts_at"), DateTimeField()),
        met_count=Coalesce(_aggregate(together, Count("pk"), IntegerField()), 0),
        first_met_at=_aggregate(together, Min("starts_at"), DateTimeField()),
        last_move_at=_aggregate(TandemMove.objects.filter(**mine), Max("at"), DateTimeField()),
        last_note_at=_aggregate(Note.objects.filter(**mine), Max("written_at"), DateTimeField()),
        missed_by_volunteer=_missed(questions, Side.VOLUNTEER, at=at),
        missed_by_newcomer=_missed(questions, Side.NEWCOMER, at=at),
        ask_side=Subquery(ask.values("side")[:1]),
        ask_on=Subquery(ask.values("due_on")[:1]),
    )


def _aggregate(rows: Any, of: Any, field: Any) -> Subquery:
    grouped = rows.order_by().values("tandem").annotate(found=of).values("found")
    return Subquery(grouped, output_field=field)


def _missed(questions: "QuerySet[CheckIn]", side: Side, *, at: datetime) -> Subquery:
    since = timezone.localdate(at - MISSED_FOR)
    missed = questions.filter(
        side=side, mood="", asked_at__isnull=False, expires_at__lte=at, due_on__gt=since
    )
    return _aggregate(missed, Max("due_on"), DateField())


def _to_ask_in_person(questions: "QuerySet[CheckIn]", *, at: datetime) -> "QuerySet[CheckIn]":
    today = timezone.localdate(at)
    return questions.filter(
        mood="", asked_at=None, due_on__lte=today, due_on__gt=today - ASK_WITHIN
    )


def facts_of(tandem: Any) -> Facts:
    """Return the facts of a tandem that ``with_facts`` fetched."""
    missed = (tandem.missed_by_volunteer, tandem.missed_by_newcomer)
    touches = (tandem.last_move_at, tandem.last_note_at, tandem.last_answer_at)
    return Facts(
        state=TandemState(tandem.state),
        health=tandem.health,
        is_wanted_by_both=not tandem.lacks_a_yes,
        care_id=tandem.care_id,
        coming_at=tandem.coming_at,
        met_count=tandem.met_count,
        first_met_at=tandem.first_met_at,
        last_sign_at=last_sign(tandem),
        last_touch_at=max((touch for touch in touches if touch), default=None),
        missed_on=min(day for day in missed if day) if all(missed) else None,
        ask_side=tandem.ask_side or "",
        ask_on=tandem.ask_on,
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
