"""Compiles the kernels once; the result lies beside the code, or with the user, for the next."""

from datetime import date
from typing import Any

import numpy as np

from tandemwerk.pairing import sieve
from tandemwerk.pairing.assignment import Instance
from tandemwerk.pairing.bidding import by_bidding
from tandemwerk.pairing.candidates import groups_in_reach
from tandemwerk.pairing.model import Newcomer, Volunteer
from tandemwerk.pairing.population import Population
from tandemwerk.pairing.relaxation import too_far_compiled
from tandemwerk.pairing.vocabulary import SLOTS, HardRule, Level


def compile_kernels() -> None:
    """Solve a small problem with a part where volunteers are scarce, a tie and an exchange."""
    rng = np.random.default_rng(1)
    size = 60
    pairs = rng.integers(0, size, (2, 300))
    score = rng.integers(0, 3, 300) / 3
    instance = Instance.checked(
        pairs[0], pairs[1], score, capacity=rng.integers(0, 2, size), newcomers=size
    )
    by_bidding(instance, patience=1)
    _compile_sieve()


def _compile_sieve() -> None:
    """Sift a handful of people, once with a compiled kernel each."""
    week, place = (1 << len(SLOTS)) - 1, (48.4, 10.9)
    common: dict[str, Any] = {"postcode": "1", "languages": {"de": Level.B1}, "max_km": 5.0}
    common |= {"availability": week, "kinds": 1}
    population = Population.of(
        [Volunteer(id="V", **common)],
        [Newcomer(id="N", **common)],
        locate=lambda _: place,
        today=date(2016, 1, 1),
    )
    sift: Any = sieve.sift
    count_one_rule_away: Any = sieve.count_one_rule_away
    nothing = np.empty(0, dtype=np.int64)
    counts = np.zeros((len(HardRule), 1), np.int64), np.zeros((len(HardRule), 1), np.int64)
    for arguments in groups_in_reach(population):
        sift(*arguments, (nothing, nothing, np.empty(0)))
        count_one_rule_away(*arguments, counts)
    one = np.zeros(1, dtype=np.int64)
    for side in (0, 1):
        list(too_far_compiled(population, side, one, one))
