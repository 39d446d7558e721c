"""How it went on, group by group: who came in each quarter, who found a tandem, how soon.

Everybody counts in the quarter in which they came, and stays there: whoever still waits, has left
or was erased counts as somebody who came and, so far, found nobody. So the groups can be compared
and nobody drops out of the comparison by giving up. For the same reason «half of them after» is the
median over all who came, not over the lucky ones: while fewer than half have a tandem there is
none.

Somebody came on the day from which they wait, or on the day they were written down if that is
earlier (whoever leaves and comes back waits anew, and is not new again). They found a tandem on the
day on which their first one was founded.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

import numpy as np
from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import ExtractQuarter, ExtractYear, Substr, TruncDate
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray

from tandemwerk.core.kept import keep
from tandemwerk.core.models import AuditEntry
from tandemwerk.core.suppression import SMALL
from tandemwerk.intake.enums import Side
from tandemwerk.intake.models import Participation
from tandemwerk.people.enums import Level
from tandemwerk.people.models import Person, PersonLanguage
from tandemwerk.programme.models import Carrier, Site
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.queries.fairness import MOST, OTHERS, label_of, percent_in_words
from tandemwerk.tandems.words import days_in_words
from tandemwerk.ui.charts import Column, Series, StackedBarChart
from tandemwerk.ui.figures import grouped

QUARTERS: Final = 8
#: Two years of many sites do not look different after so long.
KEPT_SECONDS: Final = 600
NONE: Final = "–"
SIDE: Final = "side"
#: By what people can be compared -> its name.
DIVISIONS: Final[Mapping[str, Promise]] = {
    SIDE: gettext_lazy("volunteers and newcomers"),
    "language": gettext_lazy("first language"),
    "gender": gettext_lazy("gender"),
    "age": gettext_lazy("age"),
    "district": gettext_lazy("postcode area"),
}
#: These have an order of their own; all others begin with the largest group.
_ORDERED: Final = frozenset({SIDE, "age"})
_AGES: Final = (18, 27, 40, 60)
_DISTRICT: Final = 3
#: More days than anybody waits: there is no tandem so far.
_NEVER: Final = np.iinfo(np.int64).max
SIDES: Final[Mapping[Side, Promise]] = {
    Side.NEWCOMER: gettext_lazy("Newcomers"),
    Side.VOLUNTEER: gettext_lazy("Volunteers"),
}
_PERSON: Final = Person.objects.filter(pk=OuterRef("person"))
_GROUPS: Final[Mapping[str, Combinable]] = {
    SIDE: F("side"),
    # Looked up one by one: joined, PostgreSQL reads everybody of the country beside a few sites.
    "gender": Subquery(_PERSON.values("gender")),
    "district": Substr(Subquery(_PERSON.values("postcode")), 1, _DISTRICT),
}

Counts = NDArray[np.int64]
#: Number of the quarter, group, days until a tandem (None: none so far), how many people.
Row = tuple[int, str, int | None, int]


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group, quarter by quarter. The last element is the sum of all quarters."""

    value: str
    came: Counts
    found: Counts
    #: After how many days half of those who came had a tandem; None where it is not half, or few.
    half_after: tuple[int | None, ...]


@dataclass(frozen=True, kw_only=True)
class Course:
    """The groups of one division over the last quarters."""

    division: str
    quarters: tuple[date, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, kw_only=True)
class CourseLine:
    """A group over all quarters, as a page shows it. Few people have no share and no median."""

    label: str
    came: str
    found: str
    share: str
    interval: str
    half_after: str


# ---------------------------------------------------------------- counting


def course_of(place: Site | Carrier, *, division: str, side: str, on: date) -> Course:
    """Count the people of a site, or of all sites of a carrier, by group and quarter.

    ``side`` is one of Side, or "" for both. What was counted of a site is kept in the memory of the
    process until something happens there; of a carrier, where something always does, for some
    minutes.
    """
    quarters = quarters_until(on)
    version = _happened_at(place) if isinstance(place, Site) else "now"
    key = f"tandems/course/{place.audit_scope}/{division}/{side}/{quarters[0]}/{version}"
    rows = keep(
        key,
        lambda: _count(place, division=division, side=side, since=quarters[0]),
        seconds=KEPT_SECONDS,
    )
    return Course(division=division, quarters=quarters, groups=tuple(_groups(rows, division)))


def _happened_at(site: Site) -> str:
    """Return a word that is another one after every change at a site."""
    entries = AuditEntry.objects.filter(scope=site.audit_scope)
    return str(entries.order_by().aggregate(last=Max("pk"))["last"])


def quarters_until(day: date) -> tuple[date, ...]:
    """Return the first days of the last quarters, the one of ``day`` included.

    >>> quarters_until(date(2026, 9, 15))[-1]
    datetime.date(2026, 7, 1)
    """
    last = day.year * 4 + (day.month - 1) // 3
    return tuple(
        date(number // 4, number % 4 * 3 + 1, 1) for number in range(last - QUARTERS + 1, last + 1)
    )


def _count(place: Site | Carrier, *, division: str, side: str, since: date) -> list[Row]:
    # The earlier of two days is at least ``since`` where both are: said this way, an index answers.
    people = Participation.objects.filter(
        site__in=_sites(place), waiting_since__gte=since, created_at__gte=_midnight(since)
    )
    if side:
        people = people.filter(side=side)
    # A moment's day in our time zone takes long to find, and few need it: only who was written down
    # before the day from which they wait (or in its first hours, where both days are the same).
    came = Case(
        When(created_at__lt=F("waiting_since"), then=TruncDate("created_at")),
        default=F("waiting_since"),
        output_field=DateField(),
    )
    rows = (
        _with_group(people.annotate(came=came), division)
        .annotate(
            quarter=4 * ExtractYear("came") + ExtractQuarter("came"),
            wait=_Days(_first_tandem(), F("came")),
        )
        .order_by()
        .values_list("quarter", "group", "wait")
        .annotate(number=Count("pk"))
    )
    first = 4 * since.year + (since.month + 2) // 3
    named: Any = _age_group if division == "age" else str
    return [
        (quarter - first, named(group) if group is not None else "", wait, number)
        for quarter, group, wait, number in rows
    ]


class _Days(Func):
    """The days between two dates, as a number: of very many rows an interval each takes long."""

    output_field = IntegerField()
    template = "(%(expressions)s)"
    arg_joiner = " - "

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the same where dates are texts."""
        days = "CAST(JULIANDAY(%(expressions)s) AS INTEGER)"
        joiner = ") - JULIANDAY("
        return self.as_sql(compiler, connection, template=days, arg_joiner=joiner, **context)


def _sites(place: Site | Carrier) -> list[int]:
    """Return the keys of the sites: as a list, which the database looks up in its index."""
    if isinstance(place, Site):
        return [place.pk]
    return [*Site.objects.filter(carrier=place).order_by("pk").values_list("pk", flat=True)]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _first_tandem() -> Case:
    """Return the day on which somebody's first tandem was founded."""

    def first(side: Side) -> Subquery:
        mine = Tandem.objects.founded().filter(**{side.value: OuterRef("pk")}).order_by()
        return Subquery(mine.values(side.value).annotate(day=Min("founded_on")).values("day"))

    return Case(
        When(side=Side.VOLUNTEER, then=first(Side.VOLUNTEER)),
        default=first(Side.NEWCOMER),
        output_field=DateField(),
    )


def _with_group(people: QuerySet[Participation], division: str) -> QuerySet[Participation]:
    """Give each row its group; somebody with two first languages has two rows."""
    if division == "language":
        return _with_language(people)
    if division == "age":
        born = Subquery(_PERSON.values("birth_year"))
        return people.annotate(group=ExtractYear("came") - born)
    return people.annotate(group=_GROUPS[division])


def _with_language(people: QuerySet[Participation]) -> QuerySet[Participation]:
    """Give each row a first language, or else one of the best: the first one is the top level."""
    spoken = people.annotate(
        group=F("person__languages__code"), level=F("person__languages__level")
    )
    better = PersonLanguage.objects.filter(person=OuterRef("person"), level__gt=OuterRef("level"))
    return spoken.filter(Q(level=None) | Q(level=Level.L1) | ~Exists(better))


def _age_group(age: int) -> str:
    """Return somebody's group as the report of a run writes it.

    >>> _age_group(26), _age_group(60)
    ('18-26', '60+')
    """
    at = bisect(_AGES, age)
    return f"{_AGES[-1]}+" if at == len(_AGES) else f"{(0, *_AGES)[at]}-{_AGES[at] - 1}"


# ---------------------------------------------------------------- adding up


def _groups(rows: Sequence[Row], division: str) -> Iterator[Group]:
    """Yield the groups in their order; of very many the smallest are put together."""
    sizes: Counter[str] = Counter()
    for _quarter, value, _wait, number in rows:
        sizes[value] += number
    largest = sorted(sizes, key=lambda value: (-sizes[value], value))
    kept = largest[:MOST] if len(largest) > MOST + 1 else largest
    parts: dict[str, list[tuple[int, int, int]]] = {value: [] for value in (*kept, OTHERS)}
    for quarter, value, wait, number in rows:
        part = quarter, _NEVER if wait is None else max(wait, 0), number
        parts[value if value in parts else OTHERS].append(part)
    if division in _ORDERED:
        kept = sorted(kept, key=lambda value: (not value, value))
    for value in (*kept, OTHERS):
        if parts[value]:
            yield _group(value, np.array(parts[value], dtype=np.int64))


def _group(value: str, parts: Counts) -> Group:
    """Add a group up; ``parts`` has lines of quarter, days and people."""
    parts = parts[np.argsort(parts[:, 1], kind="stable")]
    quarter, wait, number = parts.T
    found_one = wait < _NEVER
    came = np.bincount(quarter, number, QUARTERS).astype(np.int64)
    found = np.bincount(quarter[found_one], number[found_one], QUARTERS).astype(np.int64)
    medians = [_half_after(wait[quarter == at], number[quarter == at]) for at in range(QUARTERS)]
    return Group(
        value=value,
        came=np.append(came, came.sum()),
        found=np.append(found, found.sum()),
        half_after=(*medians, _half_after(wait, number)),
    )


def _half_after(wait: Counts, number: Counts) -> int | None:
    """Return after how many days half of these people had a tandem; ``wait`` goes upwards."""
    until = number.cumsum()
    if not len(until) or until[-1] < SMALL:
        return None
    days = int(wait[np.searchsorted(until, (until[-1] + 1) // 2)])
    return None if days == _NEVER else days


# ---------------------------------------------------------------- in words


def quarter_in_words(first: date) -> str:
    """Return a quarter as a chart's axis has room for it."""
    words = _("Q%(number)s %(year)s") % {"number": (first.month + 2) // 3, "year": first.year}
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def lines_of(course: Course) -> list[CourseLine]:
    """Return the groups over all quarters together."""
    return [_line(course.division, group) for group in course.groups]


def charts_of(course: Course) -> list[StackedBarChart]:
    """Draw the groups that are large enough to say something, quarter by quarter."""
    quarters = [quarter_in_words(first) for first in course.quarters]
    return [
        _chart(group_name(course.division, group.value), group, quarters)
        for group in course.groups
        if group.came[-1] >= SMALL
    ]


def rows_of(course: Course) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a spreadsheet: group, quarter, who came, who found, half of them after."""
    for group in course.groups:
        name = group_name(course.division, group.value)
        for at, first in enumerate(course.quarters):
            yield (
                name,
                quarter_in_words(first),
                int(group.came[at]),
                int(group.found[at]),
                group.half_after[at],
            )


def group_name(division: str, value: str) -> str:
    """Return a group's name."""
    if division == SIDE:
        return str(SIDES[Side(value)])
    return label_of(division, value)


def _line(division: str, group: Group) -> CourseLine:
    # Loaded here: pages without a report need no engine.
    from tandemwerk.pairing.fairness import wilson  # noqa: PLC0415

    came, found = int(group.came[-1]), int(group.found[-1])
    may_say = came >= SMALL
    low, high = wilson(found, came) if may_say else (0.0, 0.0)
    half = group.half_after[-1]
    return CourseLine(
        label=group_name(division, group.value),
        came=grouped(came),
        found=grouped(found),
        share=percent_in_words(found / came) if may_say else NONE,
        interval=f"{percent_in_words(low)} – {percent_in_words(high)}" if may_say else NONE,
        half_after=NONE if half is None else days_in_words(half),
    )


def _chart(name: str, group: Group, quarters: Sequence[str]) -> StackedBarChart:
    came, found = group.came[:-1].tolist(), group.found[:-1].tolist()
    said = {
        "group": name,
        "found": grouped(int(group.found[-1])),
        "came": grouped(int(group.came[-1])),
    }
    return StackedBarChart(
        title=_("%(group)s: %(found)s of %(came)s with a tandem") % said,
        categories=quarters,
        series=[
            Series(_("with a tandem"), found),
            Series(_("none so far"), [one - other for one, other in zip(came, found, strict=True)]),
        ],
        columns=[
            Column(_("came"), [grouped(number) for number in came]),
            Column(_("with a tandem"), [grouped(number) for number in found]),
            Column(
                _("half of them after (days)"),
                [NONE if days is None else grouped(days) for days in group.half_after[:-1]],
            ),
        ],
        heading=_("Quarter"),
    )
