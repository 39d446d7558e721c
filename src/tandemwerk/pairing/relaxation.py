"""What one hard rule alone stands in the way of, for each person without a tandem."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan
from typing import Any, Final

import numpy as np

from tandemwerk.pairing.assignment import FloatArray, IntArray
from tandemwerk.pairing.candidates import groups_in_reach, is_large, within_reach
from tandemwerk.pairing.geography import EARTH_KM, Places
from tandemwerk.pairing.hardrules import (
    HARD_RULES,
    Pairs,
    broken_bits,
    distance_allows,
)
from tandemwerk.pairing.population import Columns, Population
from tandemwerk.pairing.vocabulary import HardRule

#: About how many combinations are looked at together: few enough to stay in the processor's cache.
_CELLS: Final = 100_000
#: Cosines this close are the same place (about a metre).
_SAME: Final = 1e-14
_RULES: Final = tuple(HardRule)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """``count`` more candidates if this one rule did not hold (and every other did).

    ``km`` is set for the distance rule: how far the nearest of them lives, None if unknown.
    """

    rule: HardRule
    count: int
    km: float | None = None


def relaxations(
    population: Population, *, volunteers: IntArray, newcomers: IntArray
) -> tuple[list[tuple[Relaxation, ...]], list[tuple[Relaxation, ...]]]:
    """Return each person's relaxations, the most helpful first, equals in the order of HardRule.

    Volunteers without an open place count for nobody and have none themselves. Pairs within reach
    are searched like the candidates. Only for the distance rule everybody is compared with
    everybody on the other side, in blocks: a few nanoseconds a pair.
    """
    counts = _one_rule_away(population)
    free = np.flatnonzero(population.capacity > 0)
    everyone = np.arange(len(population.newcomers))
    results = []
    for side, who, others in ((0, volunteers, everyone), (1, newcomers, free)):
        table = counts[side][:, who]
        nearest = np.full(len(who), np.nan)
        for rows, gained, km in _too_far(population, side, who, others):
            table[0, rows], nearest[rows] = gained, km
        if side == 0:
            table[:, population.capacity[who] == 0] = 0
        results.append(_sorted(table, nearest))
    return results[0], results[1]


def _one_rule_away(population: Population) -> tuple[IntArray, IntArray]:
    """Count (rule x volunteer, rule x newcomer) the near pairs that break just that rule."""
    sizes = len(population.volunteers), len(population.newcomers)
    counts = tuple(np.zeros((len(_RULES), size), dtype=np.int64) for size in sizes)
    if is_large(population):
        # Imported here: it brings the compiler along.
        from tandemwerk.pairing import sieve  # noqa: PLC0415

        count_one_rule_away: Any = sieve.count_one_rule_away
        for arguments in groups_in_reach(population):
            count_one_rule_away(*arguments, (counts[0], counts[1]))
        return counts[0], counts[1]
    for pairs in within_reach(population):
        near = pairs[distance_allows(population, pairs)]
        bits = broken_bits(population, near)
        for row in range(1, len(_RULES)):
            alone = bits == 1 << row
            for table, people in zip(counts, (near.volunteer, near.newcomer), strict=True):
                table[row] += np.bincount(people[alone], minlength=table.shape[1])
    return counts[0], counts[1]


def _too_far(
    population: Population, side: int, who: IntArray, others: IntArray
) -> Iterator[tuple[slice, IntArray, FloatArray]]:
    """Yield (rows of ``who``, how many others are only too far, km to the nearest of them).

    Millions of pairs: each is measured by a cosine, one product of matrices, and only the nearest
    by haversine. Unknown places have the point 0 and a reach that nothing is in.
    """
    own, other = (population.volunteers, population.newcomers)[:: 1 if side == 0 else -1]
    if not len(others):
        return
    if is_large(population):
        yield from too_far_compiled(population, side, who, others)
        return
    places = population.places
    points, theirs = places.points(own.place[who]), places.points(other.place[others]).T
    reach, their_reach = _reach(places, own, who)[:, None], _reach(places, other, others)
    rules = [keeps for rule, keeps in HARD_RULES.items() if rule is not HardRule.DISTANCE]
    step = max(1, _CELLS // len(others))
    for start in range(0, len(who), step):
        rows = slice(start, start + step)
        down, over = who[rows][:, None], others[None, :]
        volunteer, newcomer = (down, over) if side == 0 else (over, down)
        cosine = points[rows] @ theirs
        far = cosine < np.maximum(reach[rows], their_reach) - _SAME
        far &= (own.place[down] != other.place[over]) | ~places.named[own.place[down]]
        for keeps in rules:
            far &= keeps(population, Pairs(volunteer, newcomer, km=cosine))
        nearest = others[np.argmax(np.where(far, cosine, -np.inf), axis=1)]
        gained = np.count_nonzero(far, axis=1)
        yield rows, gained, places.km(own.place[who[rows]], other.place[nearest])


def too_far_compiled(
    population: Population, side: int, who: IntArray, others: IntArray
) -> Iterator[tuple[slice, IntArray, FloatArray]]:
    """Yield the same from compiled loops, on all processors."""
    # Imported here: it brings the compiler along.
    from tandemwerk.pairing import distant  # noqa: PLC0415

    count_too_far: Any = distant.count_too_far
    own, other = (population.volunteers, population.newcomers)[:: 1 if side == 0 else -1]
    keys = (1, len(population.volunteers))[:: 1 if side == 0 else -1]
    sizes = population.group_size if side == 0 else population.max_group
    here = distant.where(population, own, _reach(population.places, own, who), who)
    there = distant.where(population, other, _reach(population.places, other, others), others)
    mine = distant.asking(population, side, who), here, who * keys[0]
    theirs = distant.having(population, side, others), there, others * keys[1], sizes[others]

    def work(start: int, end: int) -> tuple[slice, IntArray, FloatArray]:
        gained, nearest = count_too_far(*mine, *theirs, population.blocked, side == 0, start, end)
        km = population.places.km(own.place[who[start:end]], other.place[others[nearest]])
        return slice(start, end), gained, np.where(nearest < 0, np.nan, km)

    yield from distant.in_parts(len(who), work)


def _reach(places: Places, side: Columns, who: IntArray) -> FloatArray:
    """Return the cosine of the angle that each person would go, 2 where the place is unknown."""
    angle = np.minimum(side.max_km[who] / EARTH_KM, np.pi)
    return np.where(places.located[side.place[who]], np.cos(angle), 2.0)


def _sorted(table: IntArray, nearest: FloatArray) -> list[tuple[Relaxation, ...]]:
    """Turn each column of counts into relaxations, the greatest count first."""
    order = np.argsort(-table, axis=0, kind="stable").T.tolist()
    return [
        tuple(
            Relaxation(
                rule=_RULES[row],
                count=counts[row],
                km=None if row or isnan(km) else km,
            )
            for row in best_first
            if counts[row]
        )
        for best_first, counts, km in zip(order, table.T.tolist(), nearest.tolist(), strict=True)
    ]
