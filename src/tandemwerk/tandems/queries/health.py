"""How a running tandem is, from its signs of life, in one query. Nothing of it is stored.

A sign of life is a meeting, an answer to a check-in, or a move (it was founded, it goes on after
a pause). Somebody asked for help and nobody has taken it up: the tandem needs care, whatever
else was heard. Otherwise it is good for four weeks after the last sign, quiet for two more, and
silent from then on. The thresholds follow the practice of the sites: tandems meet every one or two
weeks, so that four weeks without a word are unusual and six are worth a call.

A paused tandem is left in peace: it has no health unless it needs care.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from tandemwerk.tandems.enums import RUNNING_STATES, Health, TandemState
from tandemwerk.tandems.models import CheckIn, Meeting, Tandem, TandemMove

QUIET_AFTER: Final = timedelta(weeks=4)
SILENT_AFTER: Final = timedelta(weeks=6)
HEALTHY_STATES: Final = (TandemState.TRIAL, TandemState.ACTIVE)


def with_health(tandems: "QuerySet[Tandem]", *, at: datetime) -> "QuerySet[Tandem]":
    """Add ``health`` (a value of Health, or empty) to each tandem."""
    running, lively = Q(state__in=RUNNING_STATES), Q(state__in=HEALTHY_STATES)
    health = Case(
        When(running & _needs_care(), then=Value(Health.NEEDS_CARE)),
        When(lively & _heard_since(at - QUIET_AFTER, at), then=Value(Health.GOOD)),
        When(lively & _heard_since(at - SILENT_AFTER, at), then=Value(Health.QUIET)),
        When(lively, then=Value(Health.SILENT)),
        default=Value(""),
        output_field=CharField(),
    )
    return tandems.annotate(health=health)


def with_last_sign(tandems: "QuerySet[Tandem]", *, at: datetime) -> "QuerySet[Tandem]":
    """Add ``last_met_at`` and ``last_answer_at``, each a moment or nothing."""
    met = Meeting.objects.kept().filter(tandem=OuterRef("pk"), starts_at__lte=at)
    answered = CheckIn.objects.filter(tandem=OuterRef("pk"))
    return tandems.annotate(
        last_met_at=_latest(met, "starts_at"), last_answer_at=_latest(answered, "answered_at")
    )


def last_sign(tandem: Tandem) -> datetime | None:
    """Return the last sign of life of a tandem that ``with_last_sign`` fetched."""
    met_at = getattr(tandem, "last_met_at", None)
    return newest(met_at, getattr(tandem, "last_answer_at", None), began_at(tandem))


def began_at(tandem: Tandem) -> datetime | None:
    """Return the first moment of the day on which a tandem was founded."""
    if tandem.founded_on is None:
        return None
    return timezone.make_aware(datetime.combine(tandem.founded_on, datetime.min.time()))


def newest(*moments: datetime | None) -> datetime | None:
    """Return the latest of those that there are."""
    return max((moment for moment in moments if moment is not None), default=None)


def health_of(tandem: Tandem, *, needs_care: bool, heard_at: datetime | None, at: datetime) -> str:
    """Return what ``with_health`` says of a tandem, from what is known of it already.

    ``heard_at`` is the last meeting, answer or move.
    """
    if tandem.state in RUNNING_STATES and needs_care:
        return Health.NEEDS_CARE
    if tandem.state not in HEALTHY_STATES:
        return ""
    for since, health in ((at - QUIET_AFTER, Health.GOOD), (at - SILENT_AFTER, Health.QUIET)):
        is_young = tandem.founded_on is not None and tandem.founded_on > timezone.localdate(since)
        if is_young or (heard_at is not None and heard_at > since):
            return health
    return Health.SILENT


def _needs_care() -> Exists:
    return Exists(CheckIn.objects.needing_care().filter(tandem=OuterRef("pk")))


def _heard_since(since: datetime, at: datetime) -> Q:
    mine = {"tandem": OuterRef("pk")}
    met = Meeting.objects.kept().filter(**mine, starts_at__gt=since, starts_at__lte=at)
    return (
        Q(founded_on__gt=timezone.localdate(since))
        | Q(Exists(met))
        | Q(Exists(CheckIn.objects.filter(**mine, answered_at__gt=since)))
        | Q(Exists(TandemMove.objects.filter(**mine, at__gt=since)))
    )


def _latest(rows: "QuerySet[Meeting] | QuerySet[CheckIn]", field: str) -> Subquery:
    grouped = rows.order_by().values("tandem").annotate(newest=Max(field)).values("newest")
    return Subquery(grouped, output_field=DateTimeField())
