"""The hard rules: what a pair must fulfil before anybody asks how good it is.

Each rule is one predicate over arrays, written once: the search for candidates filters with it,
the explanations count what it forbids, and a coordinator who pairs by hand is warned by it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from tandemwerk.pairing.assignment import FloatArray, IntArray
from tandemwerk.pairing.population import BitRows, BoolArray, Population
from tandemwerk.pairing.vocabulary import HardRule


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs to look at: positions on both sides and the km between them.

    The arrays are of one length (a list of pairs), or broadcast against each other: a column of
    newcomers against a row of volunteers is every combination, without building the list.
    """

    volunteer: IntArray
    newcomer: IntArray
    km: FloatArray

    def __len__(self) -> int:
        return len(self.km)

    def __getitem__(self, chosen: slice | IntArray | BoolArray) -> "Pairs":
        return Pairs(self.volunteer[chosen], self.newcomer[chosen], self.km[chosen])

    @classmethod
    def of(cls, population: Population, volunteer: IntArray, newcomer: IntArray) -> "Pairs":
        """Measure the pairs' distances. The arrays may broadcast."""
        here, there = population.newcomers.place[newcomer], population.volunteers.place[volunteer]
        return cls(volunteer, newcomer, population.places.km(here, there))


def share_a_bit(
    volunteers: BitRows, newcomers: BitRows, volunteer: IntArray, newcomer: IntArray
) -> BoolArray:
    """Tell which pairs have a word in common."""
    shared = np.zeros(np.broadcast_shapes(volunteer.shape, newcomer.shape), dtype=bool)
    for ours, theirs in zip(volunteers, newcomers, strict=True):
        shared |= (ours[volunteer] & theirs[newcomer]) != 0
    return shared


def distance_allows(population: Population, pairs: Pairs) -> BoolArray:
    """The places are no further apart than both would go. Unknown places are (see Places)."""
    ours = population.volunteers.max_km[pairs.volunteer]
    near: BoolArray = pairs.km <= np.minimum(ours, population.newcomers.max_km[pairs.newcomer])
    return near


def availability_allows(population: Population, pairs: Pairs) -> BoolArray:
    """Both have time in at least one slot of the week."""
    ours = population.volunteers.availability[pairs.volunteer]
    shared = ours & population.newcomers.availability[pairs.newcomer]
    return shared.astype(bool)


def kind_allows(population: Population, pairs: Pairs) -> BoolArray:
    """Both want at least one kind of tandem."""
    ours = population.volunteers.kinds[pairs.volunteer]
    shared = ours & population.newcomers.kinds[pairs.newcomer]
    return shared.astype(bool)


def language_allows(population: Population, pairs: Pairs) -> BoolArray:
    """Both speak one language at A2 or better."""
    return share_a_bit(
        population.volunteers.languages,
        population.newcomers.languages,
        pairs.volunteer,
        pairs.newcomer,
    )


def gender_allows(population: Population, pairs: Pairs) -> BoolArray:
    """Each one's wish is met by the other; who said nothing of gender meets only no wish."""
    volunteers, newcomers = population.volunteers, population.newcomers
    meets_theirs = newcomers.accepts[pairs.newcomer] >> volunteers.gender[pairs.volunteer]
    meets_ours = volunteers.accepts[pairs.volunteer] >> newcomers.gender[pairs.newcomer]
    both_met = meets_theirs & meets_ours & 1
    return both_met.astype(bool)


def minors_allow(population: Population, pairs: Pairs) -> BoolArray:
    """A minor is paired only with somebody cleared for minors."""
    return population.minors_ok[pairs.volunteer] | ~population.is_minor[pairs.newcomer]


def not_blocked(population: Population, pairs: Pairs) -> BoolArray:
    """Nobody has ruled this pair out."""
    keys = pairs.newcomer * len(population.volunteers) + pairs.volunteer
    blocked = population.blocked
    if not len(blocked):
        return np.ones(keys.shape, dtype=bool)
    at = np.minimum(np.searchsorted(blocked, keys), len(blocked) - 1)
    free: BoolArray = blocked[at] != keys
    return free


def size_allows(population: Population, pairs: Pairs) -> BoolArray:
    """The newcomer's group is no larger than the volunteer would take."""
    fits: BoolArray = population.group_size[pairs.newcomer] <= population.max_group[pairs.volunteer]
    return fits


#: Every hard rule's predicate, in the order of HardRule: true where the rule is kept.
HARD_RULES: Final[Mapping[HardRule, Callable[[Population, Pairs], BoolArray]]] = MappingProxyType(
    {
        HardRule.DISTANCE: distance_allows,
        HardRule.AVAILABILITY: availability_allows,
        HardRule.KIND: kind_allows,
        HardRule.LANGUAGE: language_allows,
        HardRule.GENDER: gender_allows,
        HardRule.MINORS: minors_allow,
        HardRule.BLOCKED: not_blocked,
        HardRule.GROUP_SIZE: size_allows,
    }
)


def allowed(population: Population, pairs: Pairs) -> Pairs:
    """Return those of a list of pairs that keep every hard rule."""
    for keeps in HARD_RULES.values():
        pairs = pairs[keeps(population, pairs)]
    return pairs


def broken_bits(population: Population, pairs: Pairs) -> npt.NDArray[np.uint8]:
    """Return a mask over HardRule of the rules that each pair breaks; 0 is a candidate."""
    bits = np.zeros(np.broadcast_shapes(pairs.volunteer.shape, pairs.newcomer.shape), np.uint8)
    for bit, keeps in enumerate(HARD_RULES.values()):
        bits |= (~keeps(population, pairs)).astype(np.uint8) << np.uint8(bit)
    return bits


def rules_of(bits: int) -> tuple[HardRule, ...]:
    """Return the rules of a mask."""
    return tuple(rule for bit, rule in enumerate(HardRule) if bits >> bit & 1) if bits else ()
