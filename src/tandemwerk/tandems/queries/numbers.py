"""The programme in numbers: counted, never stored twice, and true at every moment.

One grouped scan counts all tandems, another all who wait. The result is kept in the memory of the
process under the number of the last move and of the last entry in the audit trail: whatever changes
a number moves one of them, so that what is kept is either right or not found.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear
from numpy.typing import NDArray

from tandemwerk.core.kept import keep
from tandemwerk.core.models import AuditEntry
from tandemwerk.intake.enums import Side
from tandemwerk.intake.models import Participation
from tandemwerk.tandems.enums import RUNNING_STATES
from tandemwerk.tandems.models import Tandem, TandemMove

Counts = NDArray[np.int32]

#: What the audit trail calls the records that decide to which carrier and Land a site belongs.
_PLACES: Final = ("programme.site", "programme.carrier")


@dataclass(frozen=True, kw_only=True)
class Founded:
    """Tandems by carrier, Land and month; those that run now by carrier and Land."""

    carriers: tuple[int, ...]
    laender: tuple[str, ...]
    #: Months since year 0 of the first column; there is at least one.
    first_month: int
    #: carrier x Land x month
    founded: Counts
    #: carrier x Land
    running: Counts

    @property
    def months(self) -> int:
        return int(self.founded.shape[2])


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """People who are open for a tandem and have none: (carrier, Land, side) -> how many."""

    people: dict[tuple[int, str, str], int]


def month_number(day: date) -> int:
    """Return the months since year 0."""
    return day.year * 12 + day.month - 1


@dataclass(frozen=True, kw_only=True)
class Tally:
    """All counts of one moment, and a word that is another one when any of them may differ."""

    founded: Founded
    waiting: Waiting
    version: str


def tally() -> Tally:
    """Return the programme counted, from memory when nothing has happened."""
    moved = TandemMove.objects.aggregate(last=Max("pk"))["last"]
    placed = AuditEntry.objects.filter(target_type__in=_PLACES).aggregate(last=Max("pk"))["last"]
    happened = AuditEntry.objects.aggregate(last=Max("pk"))["last"]
    version = f"{moved}/{happened}"
    return Tally(
        founded=keep(f"numbers/founded/{moved}/{placed}", _count_founded),
        waiting=keep(f"numbers/waiting/{version}", _count_waiting),
        version=version,
    )


def _count_founded() -> Founded:
    cells = list(
        Tandem.objects.founded()
        .filter(founded_on__isnull=False)
        .order_by()
        .values_list(
            "site__carrier_id",
            "site__land",
            ExtractYear("founded_on"),
            ExtractMonth("founded_on"),
        )
        .annotate(all=Count("pk"), now=Count("pk", filter=Q(state__in=RUNNING_STATES)))
    )
    carriers = tuple(sorted({cell[0] for cell in cells}))
    laender = tuple(sorted({cell[1] for cell in cells}))
    numbers = [year * 12 + month - 1 for _carrier, _land, year, month, _all, _now in cells]
    first = min(numbers, default=0)
    months = max(numbers, default=0) - first + 1
    founded = np.zeros((len(carriers), len(laender), months), dtype=np.int32)
    running = np.zeros((len(carriers), len(laender)), dtype=np.int32)
    carrier_at = {carrier: place for place, carrier in enumerate(carriers)}
    land_at = {land: place for place, land in enumerate(laender)}
    for (carrier, land, _year, _month, count, now), number in zip(cells, numbers, strict=True):
        founded[carrier_at[carrier], land_at[land], number - first] += count
        running[carrier_at[carrier], land_at[land]] += now
    return Founded(
        carriers=carriers, laender=laender, first_month=first, founded=founded, running=running
    )


def _count_waiting() -> Waiting:
    rows: dict[tuple[int, str, str], int] = {}
    for side in Side:
        counted = (
            without_tandem(side)
            .order_by()
            .values_list("site__carrier_id", "site__land")
            .annotate(number=Count("pk"))
        )
        for carrier, land, number in counted:
            rows[carrier, land, side.value] = number
    return Waiting(people=rows)


def without_tandem(side: Side) -> QuerySet[Participation]:
    """Return those of one side who are open for a tandem and have neither one nor a proposal.

    A family that has one of two volunteers does not wait without a tandem: it has one.
    """
    live = Tandem.objects.live().filter(**{side.value: OuterRef("pk")})
    return Participation.objects.open().on_side(side).filter(~Exists(live))
