"""The verifier: whether an assignment keeps its promise, and the proof that none is better.

It shares no code with the solver. Feasibility is counted; optimality is proved by prices.

*The proof.* Let every pair be worth its score in millionths plus ``base``, where ``base`` is more
than the whole assignment's total: then one pair more always beats any better choice of pairs, and
"count first, total second" is one sum. Newcomers who go first are worth ``lead`` more, which is
more than the total too. (That they never cost a pair needs no room in ``base``: whoever can be
paired at all can be in an assignment of greatest count, since exchanging along a path leaves
nobody without.) Suppose there are a price ``p >= 0`` for a place with each
volunteer and a gain ``g >= 0`` for each newcomer with ``p[v] + g[n] >= worth`` for every
candidate. Then no assignment at all is worth more than ``sum(g) + sum(capacity * p)`` (add the
inequality over its pairs). If the given assignment is worth exactly that, it is optimal. This is
linear programming duality (Egervary 1931; Schrijver, Combinatorial Optimization, ch. 17 and 21),
in integers, so the proof has no rounding.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tandemwerk.pairing.assignment import SCALE, Assignment, Instance, IntArray
from tandemwerk.pairing.errors import InvalidAssignmentError

#: ``total`` may differ from the sum of the scores by the rounding of a long addition, no more.
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """Prices that prove an assignment optimal, in millionths of score (see the module)."""

    base: int
    price: IntArray
    gain: IntArray


def check_assignment(
    volunteer: npt.ArrayLike,
    newcomer: npt.ArrayLike,
    score: npt.ArrayLike,
    *,
    capacity: npt.ArrayLike,
    newcomers: int,
    result: Assignment,
    optimal: bool = True,
    first: npt.ArrayLike | None = None,
) -> None:
    """Raise InvalidAssignmentError, naming what is broken, unless the result keeps its promise.

    Checks positions, capacities, one volunteer per newcomer, ``count`` and ``total``, and proves
    that no assignment has more pairs, nor as many with more who go first, nor as many of both with
    a greater total; ``optimal=False`` leaves
    the proof out. Takes the arguments of :func:`~tandemwerk.pairing.assignment.assign` and
    changes nothing.
    Time: linear; with the proof some passes over the candidates, few when the result is optimal.
    """
    instance = Instance.checked(
        volunteer, newcomer, score, capacity=capacity, newcomers=newcomers, first=first
    )
    _check_feasible(instance, result)
    if optimal:
        check_certificate(instance, result, certify(instance, result))


def _check_feasible(instance: Instance, result: Assignment) -> None:
    pairs = np.asarray(result.pairs)
    if pairs.ndim != 1 or (len(pairs) and not np.issubdtype(pairs.dtype, np.integer)):
        raise InvalidAssignmentError("pairs is not a list of positions")
    pairs = pairs.astype(np.int64)
    if len(pairs) and not 0 <= pairs.min() <= pairs.max() < len(instance.score):
        raise InvalidAssignmentError(f"a pair is outside 0 to {len(instance.score) - 1}")
    taken = np.bincount(instance.newcomer[pairs], minlength=instance.newcomers)
    if (taken > 1).any():
        raise InvalidAssignmentError(f"newcomer {taken.argmax()} is paired {taken.max()} times")
    given = np.bincount(instance.volunteer[pairs], minlength=len(instance.capacity))
    above = np.flatnonzero(given > instance.capacity)
    if len(above):
        one = above[0]
        raise InvalidAssignmentError(
            f"volunteer {one} is paired {given[one]} times, capacity is {instance.capacity[one]}"
        )
    if result.count != len(pairs):
        raise InvalidAssignmentError(f"count is {result.count}, there are {len(pairs)} pairs")
    total = instance.result(pairs).total
    if not abs(result.total - total) <= _TOLERANCE:
        raise InvalidAssignmentError(f"total is {result.total}, the scores add up to {total}")


def certify(instance: Instance, result: Assignment) -> Certificate:
    """Return prices that prove the (feasible) result optimal, or raise InvalidAssignmentError.

    Rounds of bidding: a newcomer's gain is what the present pair leaves above the price of its
    place, nothing for who has no pair; a price rises to what the best other bidder would lose
    without it. Optimal is the result whose prices come to rest with no price on a free place and
    no gain below zero. Least prices are found, so the certificate is unique. (Bellman-Ford on the
    residual graph, only over what changed in the round before.)
    """
    base = SCALE * result.count + 1
    worth = instance.weight + base
    mate = np.full(instance.newcomers, -1, dtype=np.int64)
    mate[instance.newcomer[result.pairs]] = result.pairs
    paired = np.flatnonzero(mate >= 0)
    own, holder = worth[mate[paired]], instance.volunteer[mate[paired]]
    given = np.bincount(holder, minlength=len(instance.capacity))
    # A place that is left free costs nothing, one that is taken at most what its pair is worth.
    limit = np.zeros(len(instance.capacity), dtype=np.int64)
    full = given >= instance.capacity
    limit[full] = np.iinfo(np.int64).max
    np.minimum.at(limit, holder, own)

    order = np.argsort(instance.newcomer, kind="stable")
    start = np.searchsorted(instance.newcomer[order], np.arange(instance.newcomers + 1))
    price = np.zeros(len(instance.capacity), dtype=np.int64)
    gain = np.zeros(instance.newcomers, dtype=np.int64)
    gain[paired] = own
    bidding = np.arange(instance.newcomers)
    for _ in range(len(instance.capacity) + 2):
        bids = order[_ranges(start[bidding], start[bidding + 1])]
        before = price.copy()
        np.maximum.at(price, instance.volunteer[bids], worth[bids] - gain[instance.newcomer[bids]])
        if (price > limit).any():
            break
        moved = price[holder] > before[holder]
        bidding = paired[moved]
        gain[bidding] = own[moved] - price[holder[moved]]
        if not len(bidding):
            return Certificate(base=base, price=price, gain=gain)
    raise InvalidAssignmentError(
        "not optimal: another assignment has more pairs or a greater total"
    )


def check_certificate(instance: Instance, result: Assignment, proof: Certificate) -> None:
    """Raise InvalidAssignmentError unless the prices prove the result optimal. Linear."""
    worth = instance.weight + proof.base
    ahead = int(instance.first[instance.newcomer[result.pairs]].sum())
    total = int(instance.weight[result.pairs].sum()) - ahead * instance.lead
    if min(proof.base, instance.lead) <= total:
        raise InvalidAssignmentError("certificate: base or lead does not exceed the total")
    if (proof.price < 0).any() or (proof.gain < 0).any():
        raise InvalidAssignmentError("certificate: a price or gain is below zero")
    if (proof.price[instance.volunteer] + proof.gain[instance.newcomer] < worth).any():
        raise InvalidAssignmentError("certificate: a candidate is worth more than its prices")
    bound = int(proof.gain.sum()) + int((instance.capacity * proof.price).sum())
    if bound != int(worth[result.pairs].sum()):
        raise InvalidAssignmentError("certificate: the bound is not reached")


def _ranges(starts: IntArray, ends: IntArray) -> IntArray:
    """Return the concatenation of ``arange(start, end)``.

    >>> _ranges(np.array([0, 5]), np.array([2, 8])).tolist()
    [0, 1, 5, 6, 7]
    """
    lengths = ends - starts
    offsets = np.cumsum(lengths) - lengths
    return np.repeat(starts - offsets, lengths) + np.arange(int(lengths.sum()))
