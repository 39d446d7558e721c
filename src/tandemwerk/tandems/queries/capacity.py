"""Free places: what a list shows, and what a proposal may still take."""

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest, Least

from tandemwerk.intake.enums import Side
from tandemwerk.intake.models import Participation
from tandemwerk.programme.models import FundingPeriod
from tandemwerk.tandems.models import Tandem


def with_free_places(participations: QuerySet[Participation], *, on: date) -> QuerySet[Any]:
    """Add ``free_places`` to each row: how many tandems may still begin.

    A newcomer has one place. A volunteer has as many as the participation says, and no more than
    the carrier agreed with the funder for that year, if it did.
    """
    places = Case(
        When(side=Side.VOLUNTEER, then=_place_limit(on)),
        default=Value(1),
        output_field=IntegerField(),
    )
    taken = Case(
        When(side=Side.VOLUNTEER, then=_live_tandems("volunteer")),
        default=_live_tandems("newcomer"),
        output_field=IntegerField(),
    )
    return participations.annotate(free_places=Greatest(places - taken, Value(0)))


def free_places(participations: QuerySet[Participation], *, on: date) -> dict[int, int]:
    """Return participation's key -> free places."""
    rows = with_free_places(participations, on=on).order_by()
    return dict(rows.values_list("pk", "free_places"))


def place_limit(volunteer: Participation, *, on: date) -> int:
    """Return how many tandems at once this volunteer may have."""
    agreed = FundingPeriod.objects.filter(carrier__sites=volunteer.site_id, year=on.year)
    limits = agreed.values_list("max_tandems_per_volunteer", flat=True)
    return min([volunteer.capacity, *limits])


def lowest_free_place(volunteer: Participation, *, on: date) -> int | None:
    """Return the lowest place that no live tandem takes, or None when all are taken.

    Right only while the caller holds the volunteer's row.
    """
    limit = place_limit(volunteer, on=on)
    live = Tandem.objects.live().filter(volunteer=volunteer)
    taken = set(live.values_list("place", flat=True))
    if len(taken) >= limit:  # counts those beyond the limit too, from before it was lowered
        return None
    return min(set(range(1, limit + 1)) - taken)


def _place_limit(on: date) -> Combinable:
    agreed = FundingPeriod.objects.filter(carrier=OuterRef("site__carrier"), year=on.year)
    return Least(
        F("capacity"),
        Coalesce(Subquery(agreed.values("max_tandems_per_volunteer")), F("capacity")),
    )


def _live_tandems(side: str) -> Combinable:
    live = Tandem.objects.live().filter(**{side: OuterRef("pk")}).order_by()
    counted = live.values(side).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
