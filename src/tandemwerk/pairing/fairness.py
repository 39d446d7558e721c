"""Who is paired and who waits, by group: counts that are honest where they are small.

A share of three people says nothing and points at somebody, so below ``FEWEST`` people no share and
no waiting time is given. Above, each share has the interval in which it may as well lie by chance
(Wilson, Journal of the American Statistical Association 22, 1927; with 95 %): two groups whose
intervals overlap widely are no proof of unequal treatment, and the report should not suggest it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal

import numpy as np

from tandemwerk.pairing.assignment import BoolArray, IntArray
from tandemwerk.pairing.population import Columns, Population
from tandemwerk.pairing.vocabulary import GENDERS, Level

Side = Literal["volunteer", "newcomer"]
Trait = Literal["everybody", "language", "gender", "age", "district"]

#: Groups of fewer people get no share and no waiting time.
FEWEST: Final = 5
#: Ages at which a group begins; the last one has no end.
AGES: Final = (0, 18, 27, 40, 60)
#: The quantile of the normal distribution for 95 %.
_Z: Final = 1.959963984540054
_DISTRICT: Final = 3


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group of one side in one run.

    ``value`` is a language's code, a gender's letter, the ages ("18-26", "60+", "" unknown) or the
    first three digits of the postcode. ``share`` of the people are paired, and lies between ``low``
    and ``high`` with 95 %; ``days`` of waiting are those of everybody in the group. All of them are
    None where the group is smaller than FEWEST.
    """

    side: Side
    trait: Trait
    value: str
    people: int
    paired: int
    share: float | None
    low: float | None
    high: float | None
    mean_days: float | None
    median_days: float | None


def fairness_report(
    population: Population, *, volunteers: BoolArray, newcomers: BoolArray, year: int
) -> tuple[GroupRow, ...]:
    """Return every group: volunteers first, then by trait, the largest group first.

    ``volunteers`` and ``newcomers`` tell who is paired (of volunteers: with at least one), ``year``
    is the one of the run, for ages. A person with two first languages counts in both groups; who
    named none counts by the best. Volunteers without a place are left out. Rows are plain values:
    stored with each run, they show the course over time.
    """
    has_place = population.capacity > 0
    sides: tuple[tuple[Side, Columns, BoolArray, BoolArray], ...] = (
        ("volunteer", population.volunteers, volunteers, has_place),
        ("newcomer", population.newcomers, newcomers, np.ones(len(newcomers), dtype=bool)),
    )
    return tuple(
        row
        for side, people, paired, counted in sides
        for trait, groups in _traits(population, people, year)
        for row in sorted(
            (
                _row(side, trait, value, people, np.flatnonzero(members & counted), paired=paired)
                for value, members in groups
                if (members & counted).any()
            ),
            key=lambda row: (-row.people, row.value),
        )
    )


def wilson(paired: int, people: int) -> tuple[float, float]:
    """Return the interval of a share with 95 %.

    >>> [round(bound, 3) for bound in wilson(8, 10)]
    [0.49, 0.943]
    """
    share, square = paired / people, _Z * _Z / people
    middle = (share + square / 2) / (1 + square)
    half = _Z / (1 + square) * sqrt(share * (1 - share) / people + square / (4 * people))
    return max(0.0, middle - half), min(1.0, middle + half)


def first_languages(people: Columns) -> BoolArray:
    """Return (person x language) what counts as a person's own: first languages, else the best."""
    best = people.levels.max(axis=1, initial=0)[:, None]
    own: BoolArray = (people.levels == best) & (best > 0)
    first = people.levels == Level.L1
    return np.where(first.any(axis=1)[:, None], first, own)


_Groups = Iterator[tuple[str, BoolArray]]


def _traits(population: Population, people: Columns, year: int) -> Iterator[tuple[Trait, _Groups]]:
    yield "everybody", iter([("", np.ones(len(people), dtype=bool))])
    own = first_languages(people)
    yield "language", zip(population.languages, own.T, strict=True)
    yield "gender", ((name, people.gender == at) for at, name in enumerate(GENDERS))
    yield "age", _ages(people.birth_year, year)
    districts = np.array([code[:_DISTRICT] for code in population.places.postcodes] or [""])
    names, of_place = np.unique(districts, return_inverse=True)
    of_person = of_place[people.place]
    yield "district", ((str(name), of_person == at) for at, name in enumerate(names.tolist()))


def _ages(born: IntArray, year: int) -> _Groups:
    yield "", born == 0
    ages = year - born
    for first, end in zip(AGES, (*AGES[1:], None), strict=True):
        name = f"{first}+" if end is None else f"{first}-{end - 1}"
        fits = (born > 0) & (ages >= first)
        yield name, fits if end is None else fits & (ages < end)


def _row(
    side: Side, trait: Trait, value: str, people: Columns, who: IntArray, *, paired: BoolArray
) -> GroupRow:
    size, found = len(who), int(paired[who].sum())
    if size < FEWEST:
        return GroupRow(side, trait, value, size, found, None, None, None, None, None)
    low, high = wilson(found, size)
    days = people.waiting[who]
    return GroupRow(
        side=side,
        trait=trait,
        value=value,
        people=size,
        paired=found,
        share=found / size,
        low=low,
        high=high,
        mean_days=round(float(days.mean()), 1),
        median_days=float(np.median(days)),
    )
