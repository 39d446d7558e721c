"""Walls between sites: who belongs where, which pairs may be, and that the own site comes first."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tandemwerk.pairing.assignment import BoolArray, FloatArray, IntArray
from tandemwerk.pairing.hardrules import Pairs
from tandemwerk.pairing.population import Population


@dataclass(frozen=True, slots=True, kw_only=True)
class Walls:
    """The site of everybody by id, and the sites of guests.

    Guests are paired with others only: neither inside their site nor with other guests, because
    those pairs are somebody else's to make.
    """

    site_of: Mapping[str, int]
    guests: frozenset[int] = frozenset()

    def open(self, population: Population, pairs: Pairs) -> BoolArray:
        """Tell of each pair whether at least one of the two is no guest."""
        guests = np.fromiter(self.guests, dtype=np.int64)
        giver, taker = self._sites(population, pairs)
        both: BoolArray = np.isin(giver, guests) & np.isin(taker, guests)
        return ~both

    def inside(self, population: Population, pairs: Pairs) -> BoolArray:
        """Tell of each pair whether both are of one site."""
        giver, taker = self._sites(population, pairs)
        same: BoolArray = giver == taker
        return same

    def rank(self, population: Population, pairs: Pairs, scores: FloatArray) -> FloatArray:
        """Return what the assignment compares: a pair inside a site counts a whole point more.

        Halved, so that it stays in [0, 1]. Somebody is sent to another site where that makes a
        tandem more, and hardly ever for a better one.
        """
        return (scores + self.inside(population, pairs)) / 2

    def _sites(self, population: Population, pairs: Pairs) -> tuple[IntArray, IntArray]:
        givers, takers = (
            np.fromiter((self.site_of[one] for one in side.ids), dtype=np.int64, count=len(side))
            for side in (population.volunteers, population.newcomers)
        )
        return givers[pairs.volunteer], takers[pairs.newcomer]
