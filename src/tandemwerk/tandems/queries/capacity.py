"""Free places: what a list shows, and what a proposal may still take."""

from datetime import date
from typing import Any, Final

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

#: The field of a tandem that says which of somebody's places it takes.
PLACES: Final = {Side.VOLUNTEER: "place", Side.NEWCOMER: "newcomer_place"}


def with_free_places(participations: QuerySet[Participation], *, on: date) -> QuerySet[Any]:
    """Add ``free_places`` to each row: how many tandems may still begin.

    A newcomer has as many places as volunteers are wanted: one, or more for a family. A volunteer
    has as many as the participation says, and no more than the carrier agreed with the funder for
    that year, if it did.
    """
    places = Case(
        When(side=Side.VOLUNTEER, then=_place_limit(on)),
        default=F("volunteers_wanted"),
        output_field=IntegerField(),
    )
    taken = Case(
        When(side=Side.VOLUNTEER, then=count_live(Side.VOLUNTEER)),
        default=count_live(Side.NEWCOMER),
        output_field=IntegerField(),
    )
    return participations.annotate(free_places=Greatest(places - taken, Value(0)))


def free_places(participations: QuerySet[Participation], *, on: date) -> dict[int, int]:
    """Return participation's key -> free places."""
    rows = with_free_places(participations, on=on).order_by()
    return dict(rows.values_list("pk", "free_places"))


def volunteers_found(newcomer: Any) -> int:
    """Return how many of the volunteers wanted are found or asked.

    Of a row with ``free_places`` (``with_free_places``); none of any other.
    """
    wanted: int = newcomer.volunteers_wanted
    return wanted - int(getattr(newcomer, "free_places", wanted))


def place_limit(one: Participation, *, on: date) -> int:
    """Return how many tandems at once this volunteer or newcomer may have."""
    if not one.is_volunteer:
        return one.volunteers_wanted
    agreed = FundingPeriod.objects.filter(carrier__sites=one.site_id, year=on.year)
    limits = agreed.values_list("max_tandems_per_volunteer", flat=True)
    return min([one.capacity, *limits])


def lowest_free_place(one: Participation, *, on: date) -> int | None:
    """Return the lowest place of somebody that no live tandem takes, or None when all are taken.

    Right only while the caller holds that row.
    """
    limit = place_limit(one, on=on)
    live = Tandem.objects.live().filter(**{one.side: one})
    taken = set(live.values_list(PLACES[Side(one.side)], flat=True))
    if len(taken) >= limit:  # counts those beyond the limit too, from before it was lowered
        return None
    return min(set(range(1, limit + 1)) - taken)


def _place_limit(on: date) -> Combinable:
    agreed = FundingPeriod.objects.filter(carrier=OuterRef("site__carrier"), year=on.year)
    return Least(
        F("capacity"),
        Coalesce(Subquery(agreed.values("max_tandems_per_volunteer")), F("capacity")),
    )


def count_live(side: Side, *, of: str = "pk") -> Combinable:
    """Return the number of live tandems of the participation whose key stands in ``of``."""
    live = Tandem.objects.live().filter(**{side.value: OuterRef(of)}).order_by()
    counted = live.values(side.value).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
