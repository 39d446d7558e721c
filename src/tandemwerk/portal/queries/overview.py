"""The programme in numbers, as the network office and the carriers see them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from django.utils.dates import MONTHS_3
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from tandemwerk.intake.enums import Side
from tandemwerk.people.models import User
from tandemwerk.places import land_name
from tandemwerk.portal.queries.shown import Shown
from tandemwerk.programme.models import Carrier
from tandemwerk.programme.rules import is_administrator, is_network
from tandemwerk.tandems.queries.numbers import Founded, Tally, month_number

#: Without a year the last so many months are drawn.
RECENT_MONTHS: Final = 24


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How the overview is narrowed down. ``carriers``: those somebody may see, None is all."""

    year: int | None = None
    carrier: int | None = None
    land: str = ""
    carriers: frozenset[int] | None = None

    def allows(self, carrier: int) -> bool:
        return (self.carrier in {None, carrier}) and (
            self.carriers is None or carrier in self.carriers
        )


@dataclass(frozen=True, kw_only=True)
class Row:
    """The numbers of one carrier, Land, or of all."""

    key: str
    label: str
    founded: Shown
    running: Shown
    waiting_volunteers: Shown
    waiting_newcomers: Shown

    @property
    def cells(self) -> tuple[Shown, Shown, Shown, Shown]:
        return self.founded, self.running, self.waiting_volunteers, self.waiting_newcomers


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Everything the page shows."""

    total: Row
    this_month: Shown
    carriers: list[Row]
    laender: list[Row]
    #: Months in order, with what was founded in each.
    months: list[tuple[str, Shown]]
    years: list[int]
    is_protected: bool = False
    year: int | None = None


def own_carriers(user: User) -> frozenset[int] | None:
    """Return the carriers whose numbers ``user`` may see; None for all of them."""
    if is_network(user) or is_administrator(user):
        return None
    return frozenset(Carrier.objects.of_team(user).values_list("pk", flat=True))


def carrier_names(wanted: Wanted | None = None) -> dict[int, str]:
    """Return the carriers by name; only those that ``wanted`` allows."""
    rows = Carrier.objects.order_by("name", "pk").values_list("pk", "name")
    return {pk: name for pk, name in rows if wanted is None or wanted.allows(pk)}


def whole_overview(wanted: Wanted, tally: Tally, *, today: date) -> Overview:
    """Return the numbers as they are."""
    counted, waits = tally.founded, tally.waiting.people
    names = carrier_names(wanted)
    cube = _Cube(counted, wanted)

    people = _people(waits, wanted)

    def row(key: str, label: str, *, carrier: int | None = None, land: str = "") -> Row:
        return Row(
            key=key,
            label=label,
            founded=Shown(cube.founded(carrier=carrier, land=land)),
            running=Shown(cube.running(carrier=carrier, land=land)),
            waiting_volunteers=Shown(people[carrier or land, Side.VOLUNTEER]),
            waiting_newcomers=Shown(people[carrier or land, Side.NEWCOMER]),
        )

    codes = sorted({*counted.laender, *(code for _pk, code, _side in waits)})
    laender = [row(code, land_name(code), land=code) for code in codes if wanted.land in {"", code}]
    laender.sort(key=lambda each: each.label)
    numbers = month_numbers(counted, wanted.year, today=today)
    return Overview(
        total=row("", _("All")),
        this_month=Shown(cube.month(month_number(today))),
        carriers=[row(str(pk), name, carrier=pk) for pk, name in names.items()],
        laender=[each for each in laender if any(cell.value for cell in each.cells)],
        months=[(month_label(number), Shown(cube.month(number))) for number in numbers],
        years=years_of(counted, today=today),
        year=wanted.year,
    )


def _people(waits: Mapping[tuple[int, str, str], int], wanted: Wanted) -> Counter[Any]:
    """Return (carrier, Land or "" for all; side) -> who wait, of those that are wanted."""
    sums: Counter[Any] = Counter()
    for (carrier, land, side), number in waits.items():
        if wanted.allows(carrier) and wanted.land in {"", land}:
            for group in {carrier, land, ""}:
                sums[group, side] += number
    return sums


class _Cube:
    """The counted tandems, cut to what is wanted."""

    def __init__(self, counted: Founded, wanted: Wanted) -> None:
        carriers = np.array([wanted.allows(pk) for pk in counted.carriers], dtype=bool)
        laender = np.array([wanted.land in {"", code} for code in counted.laender], dtype=bool)
        months = np.ones(counted.months, dtype=bool)
        if wanted.year is not None:
            numbers = counted.first_month + np.arange(counted.months)
            months = numbers // 12 == wanted.year
        here = carriers[:, None] & laender
        self._counted = counted
        self._by_month = (counted.founded * here[:, :, None]).sum(axis=(0, 1))
        self._founded = (counted.founded * months).sum(axis=2) * here
        self._running = counted.running * here

    def founded(self, *, carrier: int | None, land: str) -> int:
        return self._part(self._founded, carrier, land)

    def running(self, *, carrier: int | None, land: str) -> int:
        return self._part(self._running, carrier, land)

    def month(self, number: int) -> int:
        place = number - self._counted.first_month
        return int(self._by_month[place]) if 0 <= place < self._counted.months else 0

    def _part(self, table: Any, carrier: int | None, land: str) -> int:
        if carrier is not None:
            table = table[_chosen(self._counted.carriers, carrier)]
        if land:
            table = table[..., _chosen(self._counted.laender, land)]
        return int(table.sum())


def _chosen(names: Sequence[Any], name: Any) -> list[int]:
    return [names.index(name)] if name in names else []


def years_of(counted: Founded, *, today: date) -> list[int]:
    """Return the years in which something was founded, the latest first."""
    first = counted.first_month // 12 if counted.carriers else today.year
    last = max(today.year, (counted.first_month + counted.months - 1) // 12)
    return list(range(last, first - 1, -1))


def month_numbers(counted: Founded, year: int | None, *, today: date) -> list[int]:
    """Return the months that are drawn: those of ``year`` so far, or the last two years."""
    now = month_number(today)
    if year is not None:
        return list(range(year * 12, min(year * 12 + 11, max(now, year * 12)) + 1))
    first = max(counted.first_month, now - RECENT_MONTHS + 1) if counted.carriers else now
    return list(range(min(first, now), now + 1))


def month_label(number: int) -> str:
    """Return a month as a chart's axis has room for it.

    >>> month_label(2026 * 12 + 8)
    'Sep 2026'
    """
    year, month = divmod(number, 12)
    if get_language_bidi():  # where months have no short names
        return f"{month + 1:02d}/{year}"
    return f"{str(MONTHS_3[month + 1]).capitalize()} {year}"


def export_rows(overview: Overview) -> Iterable[tuple[Any, ...]]:
    """Return the numbers as rows of a spreadsheet, each with the group it belongs to."""

    def rows(group: str, parts: Iterable[Row]) -> Iterable[tuple[Any, ...]]:
        return [(group, part.label, *(cell.cell for cell in part.cells)) for part in parts]

    yield from rows(_("All"), [overview.total])
    yield from rows(_("Carrier"), overview.carriers)
    yield from rows(_("Land"), overview.laender)
    for label, number in overview.months:
        yield (_("Month"), label, number.cell, "", "", "")
