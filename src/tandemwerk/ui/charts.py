"""Charts drawn on the server: same in page and print, no script, dark and right to left.

A chart is data and a sentence. ``drawing()`` turns it into coordinates for the template:
horizontal ones in per cent of the width, so that text keeps its size on every screen,
vertical ones in pixels. In languages written from right to left the picture is mirrored.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log10
from typing import Any, Final

from django.utils.translation import get_language_bidi

from tandemwerk.ui.figures import grouped

#: The longest bar leaves room for the number behind it.
LONGEST: Final = 84.0
PLOT_TOP: Final = 28.0
PLOT_HEIGHT: Final = 208.0
LABEL_DISTANCE: Final = 19.0
NAME_ABOVE: Final = 12.0
NAME_BELOW: Final = 24.0
MAX_X_LABELS: Final = 4
#: The name at a line's end covers about this share of the line.
NAME_WIDTH: Final = 0.3
#: A segment narrower than this (per cent) has no room for its number.
ROOM_FOR_NUMBER: Final = 9.0


@dataclass(frozen=True)
class Series:
    """Values under one name, one for each category."""

    label: Any
    values: Sequence[float]


@dataclass(frozen=True)
class Column:
    """What stands in the table only, as text, one for each category."""

    label: Any
    values: Sequence[str]


@dataclass(frozen=True)
class Table:
    """The chart's numbers as text."""

    head: list[Any]
    rows: list[tuple[Any, list[str]]]


@dataclass(frozen=True)
class Bar:
    """A bar or a segment: ``x`` and ``width`` in per cent."""

    x: float
    width: float
    tone: int
    text: str = ""
    text_x: float = 0.0


@dataclass(frozen=True)
class Row:
    """One category: its name above, its bars below."""

    label: Any
    bars: list[Bar]
    text: str
    text_x: float


@dataclass(frozen=True)
class BarsDrawing:
    """Rows of bars."""

    rows: list[Row]
    edge: float
    step: int


@dataclass(frozen=True)
class Line:
    """A line: its path in a field of 100 by 100, its end and its name there."""

    path: str
    tone: int
    end_x: float
    end_y: float
    label: str
    label_y: float


@dataclass(frozen=True)
class Tick:
    """A mark on an axis with its text."""

    at: float
    text: Any
    anchor: str = "start"


@dataclass(frozen=True)
class LinesDrawing:
    """Lines over an axis."""

    height: float
    lines: list[Line]
    x_ticks: list[Tick]
    y_ticks: list[Tick]
    edge: float
    plot_top: float = PLOT_TOP
    plot_height: float = PLOT_HEIGHT
    base: float = PLOT_TOP + PLOT_HEIGHT


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def nice_ceiling(value: float) -> float:
    """Return the next number of which the half reads well, too.

    >>> nice_ceiling(137)
    160.0
    """
    if value <= 0:
        return 1.0
    power = 10.0 ** floor(log10(value))
    return next(
        step * power for step in (1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10) if step * power >= value
    )


@dataclass(frozen=True, kw_only=True)
class _Chart:
    title: Any
    categories: Sequence[Any]
    heading: Any = ""
    source: Any = ""
    kind: str = ""

    def _check(self, series: Sequence[Series | Column]) -> None:
        for one in series:
            if len(one.values) != len(self.categories):
                raise ValueError(f"{one.label}: one value for each category")

    def _table(self, series: Sequence[Series | Column]) -> Table:
        return Table(
            head=[self.heading, *(one.label for one in series)],
            rows=[
                (category, [grouped(one.values[place]) for one in series])
                for place, category in enumerate(self.categories)
            ],
        )


@dataclass(frozen=True, kw_only=True)
class BarChart(_Chart):
    """Compares categories. ``highlight`` is the place of the one the title speaks of."""

    values: Sequence[float]
    value_heading: Any = ""
    highlight: int | None = None
    kind: str = "bars"

    def __post_init__(self) -> None:
        self._check([Series(self.title, self.values)])

    @property
    def table(self) -> Table:
        """The numbers behind the bars."""
        return self._table([Series(self.value_heading, self.values)])

    def drawing(self) -> BarsDrawing:
        """Return the bars, the longest at 84 per cent of the width."""
        is_rtl = get_language_bidi()
        most = max(self.values, default=0)
        rows = []
        for place, (category, value) in enumerate(zip(self.categories, self.values, strict=True)):
            width = round(_percent(value, most) * LONGEST / 100, 2)
            quiet = self.highlight is not None and place != self.highlight
            bar = Bar(x=100 - width if is_rtl else 0, width=width, tone=4 if quiet else 1)
            rows.append(
                Row(
                    label=category,
                    bars=[bar],
                    text=grouped(value),
                    text_x=100 - width if is_rtl else width,
                )
            )
        return _bars_drawing(rows, is_rtl=is_rtl)


@dataclass(frozen=True, kw_only=True)
class StackedBarChart(_Chart):
    """Compares categories and what they consist of. At most five series.

    With ``is_share`` every bar is as long as the others and shows shares of its whole. The table
    has ``columns`` instead of the series where more is to be told than can be drawn.
    """

    series: Sequence[Series]
    columns: Sequence[Column] = ()
    is_share: bool = False
    kind: str = "bars"

    def __post_init__(self) -> None:
        self._check([*self.series, *self.columns])

    @property
    def table(self) -> Table:
        """The numbers behind the segments."""
        return self._table(self.columns or self.series)

    @property
    def key(self) -> list[tuple[int, Any]]:
        """Which colour is which series."""
        return [(tone, one.label) for tone, one in enumerate(self.series, start=1)]

    def drawing(self) -> BarsDrawing:
        """Return the segments in the order of the series."""
        is_rtl = get_language_bidi()
        totals = [sum(one.values[place] for one in self.series) for place in self._places]
        most = max(totals, default=0)
        rows = []
        for place, category in enumerate(self.categories):
            whole = totals[place] if self.is_share else most
            room = 100.0 if self.is_share else LONGEST
            bars = self._segments(place, whole=whole, room=room, is_rtl=is_rtl)
            end = sum(bar.width for bar in bars)
            rows.append(
                Row(
                    label=category,
                    bars=bars,
                    text="" if self.is_share else grouped(totals[place]),
                    text_x=100 - end if is_rtl else end,
                )
            )
        return _bars_drawing(rows, is_rtl=is_rtl)

    @property
    def _places(self) -> range:
        return range(len(self.categories))

    def _segments(self, place: int, *, whole: float, room: float, is_rtl: bool) -> list[Bar]:
        bars = []
        start = 0.0
        for tone, one in enumerate(self.series, start=1):
            width = round(_percent(one.values[place], whole) * room / 100, 2)
            x = 100 - start - width if is_rtl else start
            text = grouped(one.values[place]) if width >= ROOM_FOR_NUMBER else ""
            bars.append(
                Bar(
                    x=round(x, 2), width=width, tone=tone, text=text, text_x=round(x + width / 2, 2)
                )
            )
            start += width
        return [bar for bar in bars if bar.width > 0]


def _bars_drawing(rows: list[Row], *, is_rtl: bool) -> BarsDrawing:
    return BarsDrawing(
        rows=rows,
        edge=100.0 if is_rtl else 0.0,
        step=-8 if is_rtl else 8,
    )


@dataclass(frozen=True, kw_only=True)
class LineChart(_Chart):
    """Shows how something went on: up to three lines from zero."""

    series: Sequence[Series]
    kind: str = "lines"
    ticks: int = 2

    def __post_init__(self) -> None:
        self._check(self.series)

    @property
    def table(self) -> Table:
        """The numbers behind the lines."""
        return self._table(self.series)

    def drawing(self) -> LinesDrawing:
        """Return the lines with their names at the end."""
        is_rtl = get_language_bidi()
        most = nice_ceiling(max((max(one.values, default=0) for one in self.series), default=0))
        xs = _spread(len(self.categories), is_rtl=is_rtl)
        lines = [
            self._line(tone, one, xs=xs, most=most)
            for tone, one in enumerate(self.series, start=1)
            if one.values
        ]
        return LinesDrawing(
            height=PLOT_TOP + PLOT_HEIGHT + 30,
            lines=_apart(lines),
            x_ticks=self._x_ticks(xs),
            y_ticks=[
                Tick(
                    at=PLOT_TOP + PLOT_HEIGHT * (1 - step / self.ticks),
                    text=grouped(_plain(most * step / self.ticks)),
                )
                for step in range(1, self.ticks + 1)
            ],
            edge=100.0 if is_rtl else 0.0,
        )

    def _line(self, tone: int, one: Series, *, xs: list[float], most: float) -> Line:
        ys = [100 - _percent(value, most) for value in one.values]
        path = "M" + "L".join(f"{x:g} {y:g}" for x, y in zip(xs, ys, strict=True))
        end_y = round(PLOT_TOP + PLOT_HEIGHT * ys[-1] / 100, 1)
        # The name stands above or below all of the line that it is as long as: whatever is nearer.
        near = [PLOT_TOP + PLOT_HEIGHT * y / 100 for y in ys[-ceil(len(ys) * NAME_WIDTH) :]]
        above, below = min(near) - NAME_ABOVE, max(near) + NAME_BELOW
        has_room = below < PLOT_TOP + PLOT_HEIGHT
        is_below = has_room and below - end_y < end_y - above
        return Line(
            path=path,
            tone=tone,
            end_x=xs[-1],
            end_y=end_y,
            label=f"{one.label} {grouped(one.values[-1])}",
            label_y=round(below if is_below else above, 1),
        )

    def _x_ticks(self, xs: list[float]) -> list[Tick]:
        last = len(xs) - 1
        steps = min(last, MAX_X_LABELS - 1)
        places = [round(last * step / max(steps, 1)) for step in range(steps + 1)]
        ticks = []
        for place in places:
            anchor = "start" if place == 0 else "end" if place == last else "middle"
            ticks.append(Tick(at=xs[place], text=self.categories[place], anchor=anchor))
        return ticks


def _plain(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def _spread(count: int, *, is_rtl: bool) -> list[float]:
    """Return ``count`` places from 1 to 99 per cent, in reading direction."""
    if count == 1:
        return [50.0]
    places = [round(1 + 98 * place / (count - 1), 2) for place in range(count)]
    return [round(100 - place, 2) for place in places] if is_rtl else places


def _apart(lines: list[Line]) -> list[Line]:
    """Move names that would cover each other: upwards, and down again below the upper edge."""
    below_first = sorted(lines, key=lambda line: -line.label_y)
    ys: list[float] = []
    for line in below_first:
        ys.append(min(line.label_y, ys[-1] - LABEL_DISTANCE) if ys else line.label_y)
    lowest = 12.0
    for place in reversed(range(len(ys))):
        ys[place] = max(ys[place], lowest)
        lowest = ys[place] + LABEL_DISTANCE
    moved = [replace(line, label_y=round(y, 1)) for line, y in zip(below_first, ys, strict=True)]
    return sorted(moved, key=lambda line: line.tone)


def spark_path(values: Sequence[float]) -> tuple[str, tuple[float, float] | None]:
    """Return the path of a line in a field of 96 by 28, and where it ends."""
    if not values:
        return "", None
    low, high = min(values), max(values)
    span = (high - low) or 1
    step = 88 / max(len(values) - 1, 1)
    points = [
        (round(4 + place * step, 1), round(24 - 20 * (value - low) / span, 1))
        for place, value in enumerate(values)
    ]
    if get_language_bidi():
        points = [(round(96 - x, 1), y) for x, y in points]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points), points[-1]
