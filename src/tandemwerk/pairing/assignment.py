"""The exact assignment: as many newcomers as possible, and among those the greatest total."""

from dataclasses import dataclass
from math import fsum
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from tandemwerk.pairing.errors import PairingError, PairingInputError
from tandemwerk.pairing.market import Market, bid, exchange, fill, open_market

IntArray = npt.NDArray[np.int64]
Int32Array = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]

#: Totals are compared in millionths: two scores closer than that count as equal.
SCALE: Final = 1_000_000
#: So many bids before somebody without a place is given one by the shortest path.
PATIENCE: Final = 64
#: Where a flow is faster than shortest paths: beyond so many bidders looked at for each there is,
#: or with such a part of them without a place; never among so few.
LOOKS: Final = 30
WITHOUT_AT_MOST: Final = 0.1
FEW: Final = 2_000


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

    ``weight`` holds the scores in millionths, the integers on which every comparison is made.
    """

    volunteer: IntArray
    newcomer: IntArray
    score: FloatArray
    weight: IntArray
    capacity: IntArray
    newcomers: int

    @classmethod
    def checked(
        cls,
        volunteer: npt.ArrayLike,
        newcomer: npt.ArrayLike,
        score: npt.ArrayLike,
        *,
        capacity: npt.ArrayLike,
        newcomers: int,
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
        return cls(volunteers, positions, scores, weight, places, newcomers)

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
) -> Assignment:
    """Pair as many newcomers as any assignment could, and among those with the greatest total.

    ``volunteer`` and ``newcomer`` hold one candidate pair per position, ``score`` its worth in
    [0, 1]. No newcomer gets more than one volunteer, no volunteer more than ``capacity[v]``
    newcomers.

    >>> found = assign([0, 0, 1], [0, 1, 0], [0.9, 0.2, 0.4], capacity=[1, 1], newcomers=2)
    >>> found.pairs.tolist(), found.count, round(found.total, 6)
    ([1, 2], 2, 0.6)

    The best single pair (0.9) is given up there because two tandems come before one.

    Exact: as many as possible first, then two problems in which one side can be paired whole are
    solved by exact bidding and shortest paths over the scores in millionths (``market``).
    Ties: among assignments of equal count and total the solver decides, always in the same way,
    because it sees the candidates sorted by newcomer and volunteer. So the order in which
    candidates are listed never matters; the numbering of people does, and only between equals.
    Time: a second for 5 million candidates (``benchmarks/pairing.py``); memory: about 40 bytes a
    candidate. :func:`~tandemwerk.pairing.verification.check_assignment` verifies the result.
    """
    instance = Instance.checked(volunteer, newcomer, score, capacity=capacity, newcomers=newcomers)
    pairs = by_bidding(instance)
    return instance.result(by_flow(instance) if pairs is None else pairs)


# ------------------------------------------------------------------ exact bidding


def by_bidding(instance: Instance, *, patience: int = PATIENCE) -> IntArray | None:
    """Return the chosen candidates, or None where bidding does not get there fast enough.

    Where there are too few volunteers, every place there is taken in any assignment of greatest
    count (Dulmage and Mendelsohn), so the places bid for newcomers; everywhere else every newcomer
    gets one, and newcomers bid for places. No candidate that leads from one part to the other can
    be chosen, so the parts are solved on their own.
    """
    order = _in_order(instance)
    edges = _Edges(
        instance.newcomer[order],
        instance.volunteer[order].astype(np.int32),
        instance.weight[order],
        np.minimum(instance.capacity, instance.newcomers),
    )
    market = edges.market(instance.newcomers)
    short_of, tried = fill(market)
    if not tried.any():
        chosen = _bidding(market, patience)
        return None if chosen is None else order[chosen]
    among, apart = tried[edges.newcomer], ~tried[edges.newcomer] & ~short_of[edges.volunteer]
    enough = _newcomers_bid(edges, np.flatnonzero(apart), patience)
    scarce = _places_bid(edges, np.flatnonzero(among), patience)
    return None if enough is None or scarce is None else order[np.concatenate([enough, scarce])]


class _Edges(NamedTuple):
    """Candidates in order, with the places of each volunteer."""

    newcomer: IntArray
    volunteer: Int32Array
    weight: IntArray
    places: IntArray

    def market(self, newcomers: int) -> Market:
        """Return the market in which newcomers want places."""
        begin, end = _ranges(self.newcomer, newcomers)
        return open_market(begin, end, self.volunteer, self.weight, self.places)


def _in_order(instance: Instance) -> IntArray:
    """Return the positions of the candidates that count, by newcomer and volunteer."""
    usable = np.flatnonzero(instance.capacity[instance.volunteer] > 0)
    volunteer, newcomer = instance.volunteer[usable], instance.newcomer[usable]
    key = newcomer * max(1, len(instance.capacity)) + volunteer
    if (np.diff(key) >= 0).all():
        return usable
    return usable[np.argsort(key, kind="stable")]


def _ranges(owner: IntArray, owners: int) -> tuple[IntArray, IntArray]:
    """Return where the candidates of each owner begin and end; ``owner`` ascends."""
    bounds = np.searchsorted(owner, np.arange(owners + 1)).astype(np.int64)
    return bounds[:-1], bounds[1:]


def _newcomers_bid(edges: _Edges, part: IntArray, patience: int) -> IntArray | None:
    """Solve the part with enough volunteers; all of its newcomers can be paired."""
    bidders, owner = np.unique(edges.newcomer[part], return_inverse=True)
    begin, end = _ranges(owner, len(bidders))
    market = open_market(begin, end, edges.volunteer[part], edges.weight[part], edges.places)
    chosen = _bidding(market, patience)
    return None if chosen is None else part[chosen]


def _places_bid(edges: _Edges, part: IntArray, patience: int) -> IntArray | None:
    """Solve the part with too few volunteers; all of its places can be filled."""
    part = part[np.argsort(edges.volunteer[part], kind="stable")]
    givers, owner = np.unique(edges.volunteer[part], return_inverse=True)
    wanted, target = np.unique(edges.newcomer[part], return_inverse=True)
    begin, end = (bounds.repeat(edges.places[givers]) for bounds in _ranges(owner, len(givers)))
    single = np.ones(len(wanted), dtype=np.int64)
    market = open_market(begin, end, target.astype(np.int32), edges.weight[part], single)
    chosen = _bidding(market, patience)
    return None if chosen is None else part[chosen]


def _bidding(market: Market, patience: int) -> IntArray | None:
    """Give every bidder a place at the greatest total, in a market that has room for them.

    Returns None where so many stay without a place that shortest paths would take longer than a
    flow does: where there is hardly one place more than there are bidders.
    """
    market = open_market(market.begin, market.end, market.target, market.weight, market.capacity)
    without = bid(market, patience)
    bidders = len(market.mate)
    if bidders > FEW and len(without) > WITHOUT_AT_MOST * bidders:
        return None
    is_done = exchange(market, without, FEW + LOOKS * bidders)
    return market.mate if is_done else None


# ------------------------------------------------------------------ the reference


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


def _integers(name: str, values: npt.ArrayLike) -> IntArray:
    array = np.asarray(values)
    if array.ndim != 1 or not (np.issubdtype(array.dtype, np.integer) or not len(array)):
        raise PairingInputError(f"{name} is not a list of whole numbers")
    return array.astype(np.int64)


def _check_range(name: str, positions: IntArray, size: int) -> None:
    if len(positions) and not 0 <= positions.min() <= positions.max() < size:
        raise PairingInputError(f"{name} names a position outside 0 to {size - 1}")
