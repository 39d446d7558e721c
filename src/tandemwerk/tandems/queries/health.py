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
    founded_at = None
    if tandem.founded_on is not None:
        midnight = datetime.combine(tandem.founded_on, datetime.min.time())
        founded_at = timezone.make_aware(midnight)
    signs = (
        getattr(tandem, "last_met_at", None),
        getattr(tandem, "last_answer_at", None),
        founded_at,
    )
    return max((sign for sign in signs if sign is not None), default=None)


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
    newest = rows.order_by().values("tandem").annotate(newest=Max(field)).values("newest")
    return Subquery(newest, output_field=DateTimeField())
