"""Chart and map of the overview: the sentence first, the picture for the eye, the table behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tandemwerk.places import draw_germany, land_name
from tandemwerk.portal.queries.overview import Overview, Row
from tandemwerk.portal.queries.shown import Shown
from tandemwerk.ui.charts import BarChart, LineChart, Series
from tandemwerk.ui.figures import grouped
from tandemwerk.ui.parts import Figure

#: A line needs at least so many points to say anything.
FEWEST_POINTS: Final = 3
MOST_BARS: Final = 12
MAP_WIDTH: Final = 340
#: Shades of the map, from none to most.
SHADES: Final = 4


def overview_figures(overview: Overview) -> list[Figure]:
    """Return the numbers over all, for the top of a page."""
    total = overview.total
    founded_in = _("in %(year)s") % {"year": overview.year} if overview.year else _("so far")
    return [
        Figure(label=_("Tandems founded"), value=str(total.founded), note=founded_in),
        Figure(label=_("Running"), value=str(total.running)),
        Figure(label=_("New this month"), value=str(overview.this_month)),
        Figure(label=_("Newcomers waiting"), value=str(total.waiting_newcomers)),
        Figure(label=_("Volunteers waiting"), value=str(total.waiting_volunteers)),
    ]


def months_chart(overview: Overview) -> LineChart | None:
    """Draw what was founded by month; nothing where a number is kept back or too few are there."""
    values = [number.value for _label, number in overview.months]
    if len(values) < FEWEST_POINTS or None in values:
        return None
    known = [value or 0 for value in values]
    count = sum(known)
    words = ngettext(
        "%(count)s tandem was founded in %(months)s months",
        "%(count)s tandems were founded in %(months)s months",
        count,
    )
    return LineChart(
        title=words % {"count": grouped(count), "months": len(known)},
        categories=[label for label, _number in overview.months],
        series=[Series(_("founded"), known)],
        heading=_("Month"),
    )


def rows_chart(rows: Sequence[Row], *, is_protected: bool) -> BarChart | None:
    """Compare carriers or Länder by what they founded, those with most first."""
    known = [(row.label, row.founded.value) for row in rows if row.founded.value]
    known.sort(key=lambda pair: -pair[1])
    if len(known) < 2:  # noqa: PLR2004  one bar compares nothing
        return None
    title = (
        _("Tandems founded by carrier")
        if is_protected
        else _("%(name)s has founded most tandems") % {"name": known[0][0]}
    )
    return BarChart(
        title=title,
        categories=[label for label, _value in known[:MOST_BARS]],
        values=[value for _label, value in known[:MOST_BARS]],
        heading=_("Carrier"),
        value_heading=_("founded"),
        highlight=None if is_protected else 0,
    )


@dataclass(frozen=True, kw_only=True)
class LandShape:
    """A Land on the map."""

    code: str
    label: str
    path: str
    number: Shown
    #: 0 is none or unknown, then from few to many.
    shade: int


@dataclass(frozen=True, kw_only=True)
class LandMap:
    """Germany with its Länder, shaded by a number."""

    view_box: str
    shapes: list[LandShape]


def overview_map(overview: Overview) -> LandMap:
    """Shade each Land by the tandems founded there."""
    drawing = draw_germany(MAP_WIDTH)
    numbers = {row.key: row.founded for row in overview.laender}
    steps = shade_steps([number.value or 0 for number in numbers.values()])
    shapes = []
    for code, path in drawing.laender.items():
        number = numbers.get(code, Shown(0))
        shade = sum((number.value or 0) >= step for step in steps)
        shapes.append(
            LandShape(code=code, label=land_name(code), path=path, number=number, shade=shade)
        )
    return LandMap(view_box=drawing.view_box, shapes=shapes)


def shade_steps(values: Sequence[int]) -> list[int]:
    """Return from which number on each shade begins, so that shades are about equally full.

    >>> shade_steps([0, 1, 2, 3, 4, 5, 6, 7, 8])
    [1, 3, 5, 7]
    """
    filled = sorted(value for value in values if value)
    return [filled[place * len(filled) // SHADES] for place in range(SHADES)] if filled else []
