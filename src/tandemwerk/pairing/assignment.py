"""The exact assignment: as many newcomers as possible, and among those the greatest total."""

from dataclasses import dataclass
from math import fsum
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from tandemwerk.pairing.errors import PairingError, PairingInputError

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

#: Totals are compared in millionths: two scores closer than that count as equal.
SCALE: Final = 1_000_000
#: Up to so many candidates a flow takes milliseconds, less than loading what is compiled.
SMALL: Final = 30_000
#: Up to so many a short list of them takes less memory than what is compiled, and hardly more time
#: than loading that, if newcomers have so many each on average.
MIDDLE: Final = 1_000_000
MANY_EACH: Final = 24


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """Which candidate pairs were chosen.

    ``pairs`` are ascending positions into the candidate arrays, ``count`` is their number and
    ``total`` the sum of their scores.
    """

    pairs: IntArray
    count: int
    total: float


class Ordered(NamedTuple):
    """The candidates of a problem that count, by newcomer and volunteer.

    ``position`` is where each stands in the problem; None where all count and are in order.
    """

    newcomer: IntArray
    volunteer: IntArray
    weight: IntArray
    position: IntArray | None

    def only(self, some: IntArray) -> "Ordered":
        """Return the candidates at these (ascending) places, as if there were no others."""
        return Ordered(self.newcomer[some], self.volunteer[some], self.weight[some], some)

    def positions(self, chosen: IntArray) -> IntArray:
        """Return where these stand in the problem."""
        return chosen if self.position is None else self.position[chosen]


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """One assignment problem, checked: arrays of one length, positions in range, scores in [0, 1].

    ``weight`` holds the integers on which every comparison is made: the scores in millionths, and
    ``lead`` more for newcomers who go ``first``, which is more than any total of scores. Arrays
    that were given as they are needed are not copied.
    """

    volunteer: IntArray
    newcomer: IntArray
    score: FloatArray
    weight: IntArray
    capacity: IntArray
    newcomers: int
    first: BoolArray
    lead: int

    @classmethod
    def checked(
        cls,
        volunteer: npt.ArrayLike,
        newcomer: npt.ArrayLike,
        score: npt.ArrayLike,
        *,
        capacity: npt.ArrayLike,
        newcomers: int,
        first: npt.ArrayLike | None = None,
    ) -> "Instance":
        """Take the arguments of :func:`assign`; raises PairingInputError naming what is wrong."""
        volunteers, positions = _integers("volunteer", volunteer), _integers("newcomer", newcomer)
        places = _integers("capacity", capacity)
        scores = np.asarray(score, dtype=np.float64)
        if scores.ndim != 1 or not len(volunteers) == len(positions) == len(scores):
            raise PairingInputError("volunteer, newcomer and score differ in length")
        if newcomers < 0 or (places < 0).any():
            raise PairingInputError("capacity and newcomers cannot be below 0")
        _check_range("volunteer", volunteers, len(places))
        _check_range("newcomer", positions, newcomers)
        if len(scores) and not 0 <= scores.min() <= scores.max() <= 1:  # nan fails too
            raise PairingInputError("score is outside 0 to 1")
        millionths = scores * SCALE
        weight = np.rint(millionths, out=millionths).astype(np.int64)
        del millionths
        ahead, lead = _first(first, newcomers), SCALE * newcomers + 1
        if ahead.any():
            weight[ahead[positions]] += lead
        return cls(volunteers, positions, scores, weight, places, newcomers, ahead, lead)

    def in_order(self) -> Ordered:
        """Return the candidates whose volunteer has a place, by newcomer and volunteer."""
        usable = (self.capacity > 0)[self.volunteer]
        if usable.all() and _ascend(self.newcomer, self.volunteer):
            return Ordered(self.newcomer, self.volunteer, self.weight, None)
        position = np.flatnonzero(usable)
        newcomer, volunteer = self.newcomer[position], self.volunteer[position]
        if not _ascend(newcomer, volunteer):
            key = newcomer * max(1, len(self.capacity)) + volunteer
            order = np.argsort(key, kind="stable")
            newcomer, volunteer, position = newcomer[order], volunteer[order], position[order]
        return Ordered(newcomer, volunteer, self.weight[position], position)

    def result(self, pairs: IntArray) -> Assignment:
        """Return the assignment that consists of these candidates.

        ``total`` is summed without rounding on the way, so no order of the input changes it.
        """
        pairs = np.sort(pairs)
        return Assignment(pairs=pairs, count=len(pairs), total=fsum(self.score[pairs].tolist()))


def assign(
    volunteer: npt.ArrayLike,
    newcomer: npt.ArrayLike,
    score: npt.ArrayLike,
    *,
    capacity: npt.ArrayLike,
    newcomers: int,
    first: npt.ArrayLike | None = None,
) -> Assignment:
    """Pair as many newcomers as any assignment could, and among those with the greatest total.

    ``volunteer`` and ``newcomer`` hold one candidate pair per position, ``score`` its worth in
    [0, 1]. No newcomer gets more than one volunteer, no volunteer more than ``capacity[v]``
    newcomers. Where ``first`` is given (true or false per newcomer), as many of those as possible
    are among the paired: the number of pairs comes first, then how many of these newcomers have
    one, then the total.

    >>> found = assign([0, 0, 1], [0, 1, 0], [0.9, 0.2, 0.4], capacity=[1, 1], newcomers=2)
    >>> found.pairs.tolist(), found.count, round(found.total, 6)
    ([1, 2], 2, 0.6)

    The best single pair (0.9) is given up there because two tandems come before one.

    >>> assign([0, 0], [0, 1], [0.9, 0.2], capacity=[1], newcomers=2, first=[False, True]).pairs
    array([1])

    Exact, in one of three ways, by size. A few candidates: a maximum flow of minimum cost. More,
    and many a newcomer: the same for a short list of them, and prices that prove that nothing else
    is worth more (``shortlist``). All others: as many as possible first, then two problems in which
    one side can be paired whole, by exact bidding and shortest paths over the scores in millionths
    (``market``). Where one of the latter two would take long (there is hardly a place to spare, or
    many want the same few), a flow again.
    Ties: among assignments of equal count and total the solver decides, always in the same way,
    because it sees the candidates sorted by newcomer and volunteer. So the order in which
    candidates are listed never matters; the numbering of people does, and only between equals.
    Time: a second for 5 million candidates (``benchmarks/pairing.py``); memory: about 40 bytes a
    candidate beside what is given, in order.
    :func:`~tandemwerk.pairing.verification.check_assignment` verifies the result.
    """
    instance = Instance.checked(
        volunteer, newcomer, score, capacity=capacity, newcomers=newcomers, first=first
    )
    return instance.result(_solve(instance))


def by_flow(instance: Instance) -> IntArray:
    """Return the chosen candidates: a maximum flow of minimum cost (OR-Tools, cost scaling).

    The reference that everything is measured by, and the way out where another takes too long.
    """
    ordered = instance.in_order()
    return ordered.positions(greatest_flow(ordered, instance.capacity, instance.newcomers))


def greatest_flow(candidates: Ordered, capacity: IntArray, newcomers: int) -> IntArray:
    """Return which of ``candidates`` carry a maximum flow of minimum cost, ascending.

    Raises PairingError if the solver gives up, which would be an error in it.
    """
    if not len(candidates.weight):
        return np.empty(0, dtype=np.int64)
    # Imported here, as are the other ways: whoever does not need it does not pay for it.
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415

    givers, tails = _ranked(candidates.volunteer, len(capacity))
    takers, heads = _ranked(candidates.newcomer, newcomers)
    heads += np.int32(len(givers))
    places = np.minimum(capacity[givers], len(takers))

    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        tails, heads, np.ones(len(tails), dtype=np.int64), -candidates.weight
    )
    nodes = np.arange(len(givers) + len(takers), dtype=np.int32)
    flow.set_nodes_supplies(nodes, np.concatenate([places, np.full(len(takers), -1)]))
    status = flow.solve_max_flow_with_min_cost()
    if status != flow.OPTIMAL:
        raise PairingError(f"the solver gave up: {status}")
    return np.flatnonzero(np.asarray(flow.flows(arcs)) > 0)


def _solve(instance: Instance) -> IntArray:
    """Choose the way by size alone, so that equals are decided alike everywhere."""
    candidates = len(instance.score)
    if candidates <= SMALL:
        return by_flow(instance)
    if MANY_EACH * instance.newcomers <= candidates <= MIDDLE:
        from tandemwerk.pairing.shortlist import by_shortlist  # noqa: PLC0415

        pairs = by_shortlist(instance)
    else:
        # It brings the compiler along.
        from tandemwerk.pairing.bidding import by_bidding  # noqa: PLC0415

        pairs = by_bidding(instance)
    return by_flow(instance) if pairs is None else pairs


def _ranked(positions: IntArray, size: int) -> tuple[IntArray, npt.NDArray[np.int32]]:
    """Return who occurs, ascending, and which of them each position is.

    >>> _ranked(np.array([7, 2, 7]), 9)
    (array([2, 7]), array([1, 0, 1], dtype=int32))
    """
    occurs = np.zeros(size, dtype=bool)
    occurs[positions] = True
    rank = np.cumsum(occurs, dtype=np.int32) - np.int32(1)
    return np.flatnonzero(occurs), rank[positions]


def _ascend(newcomer: IntArray, volunteer: IntArray) -> bool:
    """Return whether the candidates are in order of newcomer and volunteer."""
    same = newcomer[1:] == newcomer[:-1]
    in_turn = volunteer[1:] >= volunteer[:-1]
    return bool(np.where(same, in_turn, newcomer[1:] > newcomer[:-1]).all())


def _first(first: npt.ArrayLike | None, newcomers: int) -> BoolArray:
    if first is None:
        return np.zeros(newcomers, dtype=bool)
    ahead = np.asarray(first)
    if ahead.shape != (newcomers,) or not (ahead.dtype == bool or not newcomers):
        raise PairingInputError("first is not true or false for each newcomer")
    return ahead.astype(bool)


def _integers(name: str, values: npt.ArrayLike) -> IntArray:
    array = np.asarray(values)
    if array.ndim != 1 or not (np.issubdtype(array.dtype, np.integer) or not len(array)):
        raise PairingInputError(f"{name} is not a list of whole numbers")
    return array.astype(np.int64, copy=False)


def _check_range(name: str, positions: IntArray, size: int) -> None:
    if len(positions) and not 0 <= positions.min() <= positions.max() < size:
        raise PairingInputError(f"{name} names a position outside 0 to {size - 1}")
