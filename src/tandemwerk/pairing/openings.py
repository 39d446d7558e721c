"""What one person could change, and how many that would open: «12 within 15 km if Saturday were».

``relaxation`` counts for everybody left what one hard rule stands in the way of. Here it is one
person, and each single change that this person (or the site) could make: a day, a slot, a language
at A2, another kind, a longer way, no wish for a gender, clearance for minors, a larger group. All
others stay as they are, so every count is a promise that the rules keep.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from tandemwerk.pairing.assignment import BoolArray, IntArray
from tandemwerk.pairing.hardrules import Pairs, broken_bits
from tandemwerk.pairing.population import Population
from tandemwerk.pairing.vocabulary import (
    DAYS,
    GENDERS,
    KINDS,
    MINIMUM_LEVEL,
    PARTS,
    SLOTS,
    HardRule,
)

#: The distances that are tried, in km, as far as they are longer than the person's own.
REACHES: Final = (5, 10, 15, 20, 25, 30, 40, 50, 75, 100)
_RULES: Final = tuple(HardRule)
_EVERY_GENDER: Final = (1 << len(GENDERS)) - 1

Side = Literal["volunteer", "newcomer"]


@dataclass(frozen=True, slots=True)
class Opening:
    """A change that one person could make, and what it would open.

    ``change`` has one entry: ``day`` or ``slot`` (more free time), ``language`` (that code at A2),
    ``kind``, ``km`` (a longer way), ``wish`` ("any"), ``minors_ok`` (1), ``max_group`` (people).
    ``count`` people of the other side would then fit and do not today; ``ready`` of them could be
    paired with this person without anybody losing a tandem (None where nobody has looked).
    ``within_km`` is how far the farthest of them lives.
    """

    rule: HardRule
    change: Mapping[str, str | int]
    count: int
    ready: int | None
    within_km: float


def openings(
    population: Population, side: Side, position: int, *, ready: BoolArray | None = None
) -> tuple[Opening, ...]:
    """Return the changes that would open anything, the one that opens most first.

    ``position`` is the person's on the own side. ``ready`` tells, for each person of the other
    side, whether one more could be paired with them for nothing: for a newcomer
    ``Ledger.can_take_more``, for a volunteer those without a tandem. Of two changes that open the
    same the smaller comes first (a slot before its day). Linear in the other side: milliseconds
    for tens of thousands.
    """
    person = _Person(population, side, position)
    found = [
        Opening(
            rule=rule,
            change=MappingProxyType({name: value}),
            count=int(fits.sum()),
            ready=None if ready is None else int((fits & ready[person.others]).sum()),
            within_km=round(float(person.pairs.km[fits].max()), 1),
        )
        for rule, name, value, fits in person.changes()
        if fits.any()
    ]
    return tuple(sorted(found, key=lambda one: (-(one.ready or 0), -one.count)))


class _Person:
    """One person beside everybody of the other side who is not in the way alone by one rule."""

    def __init__(self, population: Population, side: Side, position: int) -> None:
        self.population, self.position, self.side = population, position, side
        self.own, self.other = population.volunteers, population.newcomers
        if side == "newcomer":
            self.own, self.other = self.other, self.own
            self.others: IntArray = np.flatnonzero(population.capacity > 0)
        else:
            everyone = np.arange(len(population.newcomers))
            self.others = everyone if population.capacity[position] else everyone[:0]
        here = np.full(len(self.others), position)
        both = (here, self.others) if side == "volunteer" else (self.others, here)
        self.pairs = Pairs.of(population, *both)
        self._broken = broken_bits(population, self.pairs)

    def changes(self) -> Iterator[tuple[HardRule, str, str | int, BoolArray]]:
        """Yield every change with those whom it would open, none of whom fits today."""
        yield from self._times()
        yield from self._kinds()
        yield from self._languages()
        yield from self._ways()
        yield from self._wishes()
        if self.side == "volunteer":
            yield HardRule.MINORS, "minors_ok", 1, self._only(HardRule.MINORS)
            yield from self._groups()

    def _only(self, rule: HardRule) -> BoolArray:
        alone: BoolArray = self._broken == 1 << _RULES.index(rule)
        return alone

    def _times(self) -> Iterator[tuple[HardRule, str, str | int, BoolArray]]:
        rule, theirs = HardRule.AVAILABILITY, self.other.availability[self.others]
        alone = self._only(rule)
        for bit, slot in enumerate(SLOTS):
            yield rule, "slot", slot, alone & (theirs >> bit & 1).astype(bool)
        for number, day in enumerate(DAYS):
            whole = ((1 << len(PARTS)) - 1) << number * len(PARTS)
            yield rule, "day", day, alone & (theirs & whole).astype(bool)

    def _kinds(self) -> Iterator[tuple[HardRule, str, str | int, BoolArray]]:
        alone, theirs = self._only(HardRule.KIND), self.other.kinds[self.others]
        for bit, kind in enumerate(KINDS):
            yield HardRule.KIND, "kind", kind, alone & (theirs >> bit & 1).astype(bool)

    def _languages(self) -> Iterator[tuple[HardRule, str, str | int, BoolArray]]:
        alone = self._only(HardRule.LANGUAGE)
        levels = self.other.levels[self.others]
        for column, code in enumerate(self.population.languages):
            fits = alone & (levels[:, column] >= MINIMUM_LEVEL)
            yield HardRule.LANGUAGE, "language", code, fits

    def _ways(self) -> Iterator[tuple[HardRule, str, str | int, BoolArray]]:
        alone, km = self._only(HardRule.DISTANCE), self.pairs.km
        theirs = self.other.max_km[self.others]
        before = 0
        for reach in REACHES:
            fits = alone & (km <= np.minimum(theirs, reach))
            if reach > self.own.max_km[self.position] and fits.sum() > before:
                before = int(fits.sum())  # a longer way that opens nothing more is no offer
                yield HardRule.DISTANCE, "km", reach, fits

    def _wishes(self) -> Iterator[tuple[HardRule, str, str | int, BoolArray]]:
        if self.own.accepts[self.position] == _EVERY_GENDER:
            return
        mine = self.own.gender[self.position]
        they_accept = (self.other.accepts[self.others] >> mine & 1).astype(bool)
        yield HardRule.GENDER, "wish", "any", self._only(HardRule.GENDER) & they_accept

    def _groups(self) -> Iterator[tuple[HardRule, str, str | int, BoolArray]]:
        alone = self._only(HardRule.GROUP_SIZE)
        sizes = self.population.group_size[self.others]
        for size in np.unique(sizes[alone]).tolist():
            yield HardRule.GROUP_SIZE, "max_group", size, alone & (sizes <= size)
