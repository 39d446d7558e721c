"""The candidates: every pair that no hard rule forbids, found without looking at every pair.

A KD-tree over postcodes proposes places within reach of each other, people are filled in place by
place in blocks of bounded size, and each block is sieved by the hard rules. Memory follows the
number of candidates, never volunteers x newcomers.
"""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from tandemwerk.pairing.assignment import FloatArray, IntArray
from tandemwerk.pairing.hardrules import Pairs, allowed
from tandemwerk.pairing.population import Columns, Population

#: About how many pairs are looked at together.
BLOCK: Final = 1_000_000
#: From so many combinations of people on, compiled loops take less than loading them does.
LARGE: Final = 25_000_000


def find_candidates(population: Population, *, block: int = BLOCK) -> Pairs:
    """Return every allowed pair, sorted by newcomer, then volunteer.

    Volunteers without an open place are left out. Time: a few nanoseconds for each pair within
    reach of each other (a few dozen in small populations, which the compiler is not loaded for);
    memory: 24 bytes a candidate and a block.
    """
    if is_large(population):
        found = list(_sifted(population, block))
    else:
        found = [allowed(population, pairs) for pairs in within_reach(population, block)]
    volunteer = np.concatenate([np.empty(0, np.int64), *(pairs.volunteer for pairs in found)])
    newcomer = np.concatenate([np.empty(0, np.int64), *(pairs.newcomer for pairs in found)])
    km = np.concatenate([np.empty(0), *(pairs.km for pairs in found)])
    order = np.argsort(newcomer * len(population.volunteers) + volunteer)
    return Pairs(volunteer, newcomer, km)[order]


def is_large(population: Population) -> bool:
    """Tell whether compiled loops are worth loading. The result does not depend on it."""
    return len(population.volunteers) * len(population.newcomers) > LARGE


def _sifted(population: Population, block: int) -> Iterator[Pairs]:
    """Yield the allowed pairs in blocks, from the compiled sieve."""
    # Imported here: it brings the compiler along.
    from tandemwerk.pairing import sieve  # noqa: PLC0415

    sift: Any = sieve.sift
    room = Pairs(*_room(block))
    for groups, *people in groups_in_reach(population, block):
        size = sift(groups, *people, (room.volunteer, room.newcomer, room.km))
        if size > len(room):
            room = Pairs(*_room(2 * size))
            sift(groups, *people, (room.volunteer, room.newcomer, room.km))
        yield Pairs(
            room.volunteer[:size].copy(), room.newcomer[:size].copy(), room.km[:size].copy()
        )


def _room(size: int) -> tuple[IntArray, IntArray, FloatArray]:
    return np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size)


def groups_in_reach(population: Population, block: int = BLOCK) -> Iterator[tuple[Any, ...]]:
    """Yield what the compiled loops take: pairs of places in reach of each other, and the people.

    Groups, volunteers and newcomers by place, their codes, the blocked pairs, and how many
    volunteers there are.
    """
    from tandemwerk.pairing.sieve import Groups, newcomer_codes, volunteer_codes  # noqa: PLC0415

    free = np.flatnonzero(population.capacity > 0)
    givers = _ByPlace(population.volunteers, free)
    takers = _ByPlace(population.newcomers, np.arange(len(population.newcomers)))
    people = (
        givers.people,
        takers.people,
        volunteer_codes(population, givers.people),
        newcomer_codes(population, takers.people),
        population.blocked,
        len(population.volunteers),
    )
    for here, there, km in _place_pairs(population, givers, takers, block):
        groups = Groups(
            takers.start[here], takers.size[here], givers.start[there], givers.size[there], km
        )
        yield groups, *people


def within_reach(population: Population, block: int = BLOCK) -> Iterator[Pairs]:
    """Yield, in blocks, the pairs of newcomers and volunteers with a place who may be near enough.

    May be: the greatest reach of everybody at a place decides, each person's own comes after.
    """
    free = np.flatnonzero(population.capacity > 0)
    givers = _ByPlace(population.volunteers, free)
    takers = _ByPlace(population.newcomers, np.arange(len(population.newcomers)))
    for here, there, km in _place_pairs(population, givers, takers, block):
        # Each newcomer at ``here`` visits ``there``; one visit is never divided between blocks.
        visit, newcomer = _expand(takers.start[here], takers.size[here])
        newcomer, group, km_of = takers.people[newcomer], there[visit], km[visit]
        portion = np.cumsum(givers.size[group]) // block
        for rows in np.split(np.arange(len(group)), np.flatnonzero(np.diff(portion)) + 1):
            row, volunteer = _expand(givers.start[group[rows]], givers.size[group[rows]])
            yield Pairs(givers.people[volunteer], newcomer[rows][row], km_of[rows][row])


class _ByPlace:
    """One side grouped by place: ``people[start[i]:start[i] + size[i]]`` live at ``place[i]``."""

    def __init__(self, columns: Columns, members: IntArray) -> None:
        order = np.argsort(columns.place[members], kind="stable")
        self.people: IntArray = members[order]
        self.place, self.start, self.size = (
            array.astype(np.int64)
            for array in np.unique(
                columns.place[self.people], return_index=True, return_counts=True
            )
        )
        self.reach: FloatArray = (
            np.maximum.reduceat(columns.max_km[self.people], self.start)
            if len(members)
            else np.empty(0)
        )


def _place_pairs(
    population: Population, givers: _ByPlace, takers: _ByPlace, block: int
) -> Iterator[tuple[IntArray, IntArray, FloatArray]]:
    """Yield (i, j, km): group ``i`` of newcomers and ``j`` of volunteers may be in reach."""
    located = population.places.located
    here, there = (np.flatnonzero(located[side.place]) for side in (takers, givers))
    if len(here) and len(there):
        radius = np.minimum(takers.reach[here], givers.reach[there].max())
        for i, j, km in population.places.neighbours(
            takers.place[here],
            radius,
            givers.place[there],
            most=block,
            times=takers.size[here],
        ):
            near = km <= givers.reach[there[j]]
            yield here[i[near]], there[j[near]], km[near]
    # Where no coordinates are known, the same postcode is still the same postcode.
    _, i, j = np.intersect1d(takers.place, givers.place, assume_unique=True, return_indices=True)
    unlocated = ~located[takers.place[i]]
    i, j = i[unlocated].astype(np.int64), j[unlocated].astype(np.int64)
    km = population.places.km(takers.place[i], givers.place[j])
    yield i[km == 0], j[km == 0], km[km == 0]


def _expand(start: IntArray, size: IntArray) -> tuple[IntArray, IntArray]:
    """Return, for ranges ``start .. start + size``, each element's range and the element.

    >>> row, element = _expand(np.array([5, 0]), np.array([2, 1]))
    >>> row.tolist(), element.tolist()
    ([0, 0, 1], [5, 6, 0])
    """
    row = np.repeat(np.arange(len(start)), size)
    first = np.cumsum(size) - size
    return row, np.arange(len(row)) - (first - start)[row]
