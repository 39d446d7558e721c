"""The exact assignment: as many newcomers as possible, and among those the greatest total."""

from dataclasses import dataclass
from math import fsum
from typing import Final

import numpy as np
import numpy.typing as npt
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from tandemwerk.pairing.errors import PairingError, PairingInputError

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

#: Totals are compared in millionths: two scores closer than that count as equal.
SCALE: Final = 1_000_000
#: Up to so many candidates a flow takes milliseconds, less than loading what is compiled.
SMALL: Final = 30_000


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """Which candidate pairs were chosen.

    ``pairs`` are ascending positions into the candidate arrays, ``count`` is their number and
    ``total`` the sum of their scores.
    """

    pairs: IntArray
    count: int
    total: float


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """One assignment problem, checked: arrays of one length, positions in range, scores in [0, 1].

    ``weight`` holds the integers on which every comparison is made: the scores in millionths, and
    ``lead`` more for newcomers who go ``first``, which is more than any total of scores.
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
        if not ((scores >= 0) & (scores <= 1)).all():  # written so that nan fails too
            raise PairingInputError("score is outside 0 to 1")
        weight = np.rint(scores * SCALE).astype(np.int64)
        ahead, lead = _first(first, newcomers), SCALE * newcomers + 1
        if ahead.any():
            weight[ahead[positions]] += lead
        return cls(volunteers, positions, scores, weight, places, newcomers, ahead, lead)

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

    Exact: as many as possible first, then two problems in which one side can be paired whole are
    solved by exact bidding and shortest paths over the scores in millionths (``market``); a few
    candidates, and problems with hardly a place to spare, by a maximum flow of minimum cost.
    Ties: among assignments of equal count and total the solver decides, always in the same way,
    because it sees the candidates sorted by newcomer and volunteer. So the order in which
    candidates are listed never matters; the numbering of people does, and only between equals.
    Time: a second for 5 million candidates (``benchmarks/pairing.py``); memory: about 40 bytes a
    candidate. :func:`~tandemwerk.pairing.verification.check_assignment` verifies the result.
    """
    instance = Instance.checked(
        volunteer, newcomer, score, capacity=capacity, newcomers=newcomers, first=first
    )
    if len(instance.score) <= SMALL:
        return instance.result(by_flow(instance))
    # Imported here: it brings the compiler along.
    from tandemwerk.pairing.bidding import by_bidding  # noqa: PLC0415

    pairs = by_bidding(instance)
    return instance.result(by_flow(instance) if pairs is None else pairs)


def by_flow(instance: Instance) -> IntArray:
    """Return the chosen candidates: a maximum flow of minimum cost (OR-Tools, cost scaling).

    The reference that everything is measured by, and the way out where bidding takes too long.
    """
    usable = np.flatnonzero(instance.capacity[instance.volunteer] > 0)
    if not len(usable):
        return usable.astype(np.int64)
    order = usable[np.lexsort((instance.volunteer[usable], instance.newcomer[usable]))]
    givers, tails = np.unique(instance.volunteer[order], return_inverse=True)
    takers, heads = np.unique(instance.newcomer[order], return_inverse=True)
    places = np.minimum(instance.capacity[givers], len(takers))

    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32),
        (heads + len(givers)).astype(np.int32),
        np.ones(len(order), dtype=np.int64),
        -instance.weight[order],
    )
    nodes = np.arange(len(givers) + len(takers), dtype=np.int32)
    flow.set_nodes_supplies(nodes, np.concatenate([places, np.full(len(takers), -1)]))
    status = flow.solve_max_flow_with_min_cost()
    if status != flow.OPTIMAL:
        raise PairingError(f"the solver gave up: {status}")
    carries: IntArray = order[np.asarray(flow.flows(arcs)) > 0]
    return carries


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
    return array.astype(np.int64)


def _check_range(name: str, positions: IntArray, size: int) -> None:
    if len(positions) and not 0 <= positions.min() <= positions.max() < size:
        raise PairingInputError(f"{name} names a position outside 0 to {size - 1}")
