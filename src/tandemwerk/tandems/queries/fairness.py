"""Who is paired and who waits, by group: of one run, or added up over the last run of each site."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Max, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tandemwerk.core.suppression import SMALL, Cell, Line, protect
from tandemwerk.intake.enums import Side
from tandemwerk.people.enums import Gender
from tandemwerk.programme.models import Site
from tandemwerk.tandems.enums import RunState
from tandemwerk.tandems.models import PairingRun
from tandemwerk.tandems.reasons import language_name
from tandemwerk.tandems.words import days_in_words
from tandemwerk.ui.charts import BarChart, LineChart, Series

#: More groups of one kind than this are put together as «others».
MOST: Final = 10
MONTHS: Final = 12
_KEPT_BACK: Final = "·"
OTHERS: Final = "*"
TRAITS: Final[Mapping[str, Promise]] = {
    "language": gettext_lazy("by language"),
    "gender": gettext_lazy("by gender"),
    "age": gettext_lazy("by age"),
    "district": gettext_lazy("by postcode area"),
}


@dataclass
class Group:
    """Counts of a group, which add up."""

    people: int = 0
    paired: int = 0
    #: Days of waiting times people, of those whose wait is known.
    days: float = 0.0
    days_people: int = 0


@dataclass(frozen=True, kw_only=True)
class GroupLine:
    """A group as a page shows it. Below five people there is no share and no waiting time."""

    label: str
    people: str
    paired: str
    share: str
    interval: str
    wait: str
    #: For a chart; None where nothing may be said.
    percent: int | None


@dataclass(frozen=True, kw_only=True)
class GroupTable:
    """One side by one trait."""

    title: str
    lines: list[GroupLine]
    chart: BarChart | None


Groups = dict[tuple[str, str], dict[str, Group]]


def last_runs(sites: QuerySet[Site]) -> QuerySet[PairingRun]:
    """Return the last finished run of each of these sites."""
    done = PairingRun.objects.filter(site__in=sites.values("pk"), state=RunState.DONE)
    return PairingRun.objects.filter(
        pk__in=done.order_by().values("site").annotate(last=Max("pk")).values("last")
    )


def add_up(reports: Iterable[Sequence[Mapping[str, Any]]]) -> Groups:
    """Add the reports of runs up: (side, trait) -> value -> counts."""
    groups: Groups = {}
    for report in reports:
        for row in report:
            values = groups.setdefault((row["side"], row["trait"]), {})
            group = values.setdefault(str(row["value"]), Group())
            group.people += row["people"]
            group.paired += row["paired"]
            if row["mean_days"] is not None:
                group.days += row["mean_days"] * row["people"]
                group.days_people += row["people"]
    return {key: _fewer(values) for key, values in groups.items()}


def _fewer(values: dict[str, Group]) -> dict[str, Group]:
    """Keep the largest groups and put the rest together."""
    largest = sorted(values, key=lambda value: (-values[value].people, value))
    kept = {value: values[value] for value in largest[:MOST]}
    rest = largest[MOST:]
    if rest:
        others = kept.setdefault(OTHERS, Group())
        for value in rest:
            group = values[value]
            others.people += group.people
            others.paired += group.paired
            others.days += group.days
            others.days_people += group.days_people
    return kept


def tables_of(groups: Groups, *, is_protected: bool) -> list[GroupTable]:
    """Return the tables of a report. ``is_protected``: small counts are kept back, for a funder."""
    return [
        table
        for side in (Side.NEWCOMER, Side.VOLUNTEER)
        for trait in TRAITS
        if (table := _table(groups, side, trait, is_protected=is_protected))
    ]


def _table(groups: Groups, side: Side, trait: str, *, is_protected: bool) -> GroupTable | None:
    everybody = groups.get((side, "everybody"), {}).get("")
    values = groups.get((side, trait), {})
    if everybody is None or not values:
        return None
    # Somebody with two first languages counts twice: these groups do not add up to everybody.
    adds_up = sum(each.people for each in values.values()) == everybody.people
    cells = _protected(values, everybody, adds_up=adds_up) if is_protected else {}
    lines = [_line(label_of(trait, value), group, cells, value) for value, group in values.items()]
    title = _title(side, trait)
    return GroupTable(title=title, lines=lines, chart=_chart(title, lines))


def _title(side: Side, trait: str) -> str:
    who = _("Newcomers") if side == Side.NEWCOMER else _("Volunteers")
    return _("%(who)s %(trait)s") % {"who": who, "trait": TRAITS[trait]}


_Key = tuple[str, str]


def _protected(values: Mapping[str, Group], everybody: Group, *, adds_up: bool) -> dict[_Key, Cell]:
    counts: dict[_Key, int] = {}
    lines: list[Line[_Key]] = []
    for value, group in [("all", everybody), *(("=" + key, each) for key, each in values.items())]:
        counts[value, "people"] = group.people
        counts[value, "paired"] = group.paired
        counts[value, "waiting"] = group.people - group.paired
        lines.append(Line((value, "people"), ((value, "paired"), (value, "waiting"))))
    if adds_up:
        lines += [
            Line(("all", what), tuple(("=" + key, what) for key in values))
            for what in ("people", "paired", "waiting")
            if counts["all", what] == sum(counts["=" + key, what] for key in values)
        ]
    return protect(counts, lines)


def _line(label: str, group: Group, cells: Mapping[_Key, Cell], value: str) -> GroupLine:
    # Loaded here: pages without a report need no engine.
    from tandemwerk.pairing.fairness import wilson  # noqa: PLC0415

    people = cells.get(("=" + value, "people"), Cell(group.people))
    paired = cells.get(("=" + value, "paired"), Cell(group.paired))
    may_say = group.people >= SMALL and None not in {people.value, paired.value}
    low, high = wilson(group.paired, group.people) if may_say else (0.0, 0.0)
    is_known = may_say and group.days_people >= SMALL
    return GroupLine(
        label=label,
        people=_shown(people),
        paired=_shown(paired),
        share=percent_in_words(group.paired / group.people) if may_say else "–",
        interval=f"{percent_in_words(low)} – {percent_in_words(high)}" if may_say else "–",
        wait=days_in_words(round(group.days / group.days_people)) if is_known else "–",
        percent=round(100 * group.paired / group.people) if may_say else None,
    )


def _shown(cell: Cell) -> str:
    if cell.value is not None:
        return str(number_format(cell.value, use_l10n=True))
    return _("fewer than %(number)s") % {"number": SMALL} if cell.is_small else _KEPT_BACK


def percent_in_words(share: float) -> str:
    """Return a share of one: «40 %»."""
    return _("%(percent)s %%") % {"percent": round(100 * share)}


def _chart(title: str, lines: Sequence[GroupLine]) -> BarChart | None:
    known = [(line.label, line.percent) for line in lines if line.percent is not None]
    if not known:
        return None
    return BarChart(
        title=_("%(who)s: how many of 100 have a suggestion") % {"who": title},
        categories=[label for label, _percent_of in known],
        values=[percent for _label_of, percent in known],
        heading=_("Group"),
        value_heading=_("of 100"),
    )


def label_of(trait: str, value: str) -> str:
    """Return a group's name; no value is «not known»."""
    if value == OTHERS:
        return _("others")
    if not value:
        return _("not known")
    if trait == "language":
        return language_name(value)
    if trait == "gender":
        return str(Gender(value).label)
    if trait == "age":
        return _("%(ages)s years") % {"ages": value.replace("-", "–")}
    return f"{value}…"


# ---------------------------------------------------------------- over time


def over_time(sites: QuerySet[Site], *, on: date) -> LineChart | None:
    """Return how many of 100 had a suggestion, month by month: the last run of each site in it."""
    first = date(on.year - 1, on.month, 1)
    done = PairingRun.objects.filter(
        site__in=sites.values("pk"), state=RunState.DONE, created_at__date__gte=first
    ).annotate(month=TruncMonth("created_at"))
    last = done.order_by().values("site", "month").annotate(last=Max("pk")).values("last")
    months: dict[date, list[int]] = {}
    for at, summary in done.filter(pk__in=last).values_list("month", "summary"):
        counts, month = summary.get("counts", {}), at.date()
        sums = months.setdefault(month, [0, 0, 0, 0])
        for place, (all_, left) in enumerate(
            (("newcomers", "left_newcomers"), ("volunteers", "left_volunteers"))
        ):
            sums[2 * place] += counts.get(all_, 0)
            sums[2 * place + 1] += counts.get(left, 0)
    shown = {month: months[month] for month in sorted(months) if min(months[month][::2]) >= SMALL}
    if len(shown) < 2:  # noqa: PLR2004  a line has two ends
        return None
    return LineChart(
        title=_("How many of 100 had a suggestion"),
        categories=[date_format(month, "M Y") for month in shown],
        series=[
            Series(_("Newcomers"), [_of_100(sums[0], sums[1]) for sums in shown.values()]),
            Series(_("Volunteers"), [_of_100(sums[2], sums[3]) for sums in shown.values()]),
        ],
    )


def _of_100(people: int, left: int) -> int:
    return round(100 * (people - left) / people)
