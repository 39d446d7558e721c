"""The numbers that the ministry gets: aggregates, with small counts kept back.

What is published hangs together: tandems by carrier and year, by Land and year, by month, and
their sums; people waiting and tandems running by carrier and by Land. All of it is protected at
once, so that no page can be subtracted from another. Carriers are not crossed with Länder: such a
cell is often a single site.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tandemwerk.core.kept import keep
from tandemwerk.core.suppression import Cell, Line, protect
from tandemwerk.intake.enums import Side
from tandemwerk.places import LAENDER, land_choices
from tandemwerk.portal.queries.overview import (
    Overview,
    Row,
    carrier_names,
    month_label,
    month_numbers,
    years_of,
)
from tandemwerk.portal.queries.shown import Shown, protected
from tandemwerk.programme.models import Carrier
from tandemwerk.tandems.queries.numbers import Founded, Tally, Waiting, month_number

Key = tuple[Hashable, ...]
Cells = dict[Key, Cell]
#: Name of the sum over all carriers, Länder or years.
ALL = "all"


@dataclass(frozen=True)
class _Table:
    """Counts and the sums that are published with them."""

    counts: dict[Key, int]
    lines: list[Line[Key]]

    def add_line(self, total: Key, parts: Iterable[Key]) -> None:
        self.lines.append(Line(total, tuple(parts)))


def published_overview(year: int | None, tally: Tally, *, today: date) -> Overview:
    """Return the numbers of ``year``, or of all years, protected."""
    counted, waits = tally.founded, tally.waiting
    key = f"numbers/published/{tally.version}/{today:%Y-%m}"
    tables = keep(key, lambda: _protect_all(counted, waits, today=today))
    tandems, running, people = tables["founded"], tables["running"], tables["waiting"]
    when: Any = ALL if year is None else year

    def row(group: str, name: Any, label: str) -> Row:
        return Row(
            key=str(name),
            label=label,
            founded=_shown(tandems, (group, name, when)),
            running=_shown(running, (group, name)),
            waiting_volunteers=_shown(people, (group, name, Side.VOLUNTEER.value)),
            waiting_newcomers=_shown(people, (group, name, Side.NEWCOMER.value)),
        )

    return Overview(
        total=row(ALL, ALL, _("All")),
        this_month=_shown(tandems, ("month", month_number(today))),
        carriers=[row("carrier", pk, name) for pk, name in carrier_names().items()],
        laender=[row("land", code, name) for code, name in land_choices()],
        months=[
            (month_label(number), _shown(tandems, ("month", number)))
            for number in month_numbers(counted, year, today=today)
        ],
        years=years_of(counted, today=today),
        year=year,
        is_protected=True,
    )


def _shown(cells: Cells, key: Key) -> Shown:
    return protected(cells.get(key, Cell(0)))


def _protect_all(counted: Founded, waits: Waiting, *, today: date) -> dict[str, Cells]:
    carriers = list(Carrier.objects.order_by("pk").values_list("pk", flat=True))
    codes = sorted({*LAENDER, *counted.laender, *(code for _pk, code, _side in waits.people)})
    tandems = _founded_table(counted, carriers, codes, today=today)
    running = _running_table(counted, carriers, codes)
    cells = {
        "founded": protect(tandems.counts, tandems.lines),
        "running": protect(running.counts, running.lines),
        "waiting": {},
    }
    for side in Side:
        table = _waiting_table(waits, carriers, codes, side.value)
        cells["waiting"] |= protect(table.counts, table.lines)
    return cells


def _founded_table(
    counted: Founded, carriers: list[int], codes: list[str], *, today: date
) -> _Table:
    years = sorted(years_of(counted, today=today))
    table = _Table({}, [])
    months = range(years[0] * 12, years[-1] * 12 + 12)
    for number in months:
        table.counts["month", number] = _month(counted, number)
    for year in years:
        in_year = range(year * 12, year * 12 + 12)
        table.counts[ALL, ALL, year] = sum(table.counts["month", number] for number in in_year)
        table.add_line((ALL, ALL, year), (("month", number) for number in in_year))
    for group, names in (("carrier", carriers), ("land", codes)):
        for year in years:
            for name in names:
                table.counts[group, name, year] = _in_year(counted, group, name, year)
            table.add_line((ALL, ALL, year), ((group, name, year) for name in names))
        for name in names:
            parts = [(group, name, year) for year in years]
            table.counts[group, name, ALL] = sum(table.counts[part] for part in parts)
            table.add_line((group, name, ALL), parts)
    table.counts[ALL, ALL, ALL] = int(counted.founded.sum())
    table.add_line((ALL, ALL, ALL), ((ALL, ALL, year) for year in years))
    for group, names in (("carrier", carriers), ("land", codes)):
        table.add_line((ALL, ALL, ALL), ((group, name, ALL) for name in names))
    return table


def _month(counted: Founded, number: int) -> int:
    place = number - counted.first_month
    return int(counted.founded[:, :, place].sum()) if 0 <= place < counted.months else 0


def _in_year(counted: Founded, group: str, name: Any, year: int) -> int:
    start = max(year * 12 - counted.first_month, 0)
    end = max((year + 1) * 12 - counted.first_month, 0)
    names: Any = counted.carriers if group == "carrier" else counted.laender
    if name not in names:
        return 0
    months = counted.founded[:, :, start:end]
    place = names.index(name)
    return int((months[place] if group == "carrier" else months[:, place]).sum())


def _running_table(counted: Founded, carriers: list[int], codes: list[str]) -> _Table:
    by_carrier = dict(zip(counted.carriers, counted.running.sum(axis=1).tolist(), strict=True))
    by_land = dict(zip(counted.laender, counted.running.sum(axis=0).tolist(), strict=True))
    return _two_divisions(
        {pk: int(by_carrier.get(pk, 0)) for pk in carriers},
        {code: int(by_land.get(code, 0)) for code in codes},
    )


def _waiting_table(waits: Waiting, carriers: list[int], codes: list[str], side: str) -> _Table:
    by_carrier = dict.fromkeys(carriers, 0)
    by_land = dict.fromkeys(codes, 0)
    for (pk, code, at_side), number in waits.people.items():
        if at_side == side:
            by_carrier[pk] += number
            by_land[code] += number
    return _two_divisions(by_carrier, by_land, side)


def _two_divisions(by_carrier: dict[int, int], by_land: dict[str, int], *of: str) -> _Table:
    """Return the same people divided by carrier and by Land."""
    table = _Table({}, [])
    for group, counts in (("carrier", by_carrier), ("land", by_land)):
        table.counts.update({(group, name, *of): number for name, number in counts.items()})
    table.counts[ALL, ALL, *of] = sum(by_carrier.values())
    for group, names in (("carrier", by_carrier), ("land", by_land)):
        table.add_line((ALL, ALL, *of), ((group, name, *of) for name in names))
    return table
