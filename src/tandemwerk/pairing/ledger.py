"""The books of a run: what every other pair, place or person would cost or bring.

The prices that prove an assignment optimal say what each exchange costs. Volunteers, newcomers and
one node for "outside" make a network: a newcomer leads to each other volunteer whom the rules
allow, a volunteer to each newcomer who would have to go, outside to everybody who waits and from
every free place. In the lengths that the prices leave, none is negative, so the cheapest chain of
exchanges that follows from a change is a shortest path (Dijkstra): exact, and without solving
anything again. A pair that is forced costs its own length and the way back to its newcomer; one
place more brings its price less the way to it (Ahuja, Magnanti and Orlin, Network Flows, ch. 9).

Built once for a run, in a second for a million candidates; each question is one Dijkstra.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from tandemwerk.pairing.assignment import (
    SCALE,
    Assignment,
    BoolArray,
    FloatArray,
    Instance,
    IntArray,
    assign,
)
from tandemwerk.pairing.candidates import find_candidates
from tandemwerk.pairing.errors import PairingInputError
from tandemwerk.pairing.hardrules import Pairs
from tandemwerk.pairing.population import Population
from tandemwerk.pairing.scoring import score_pairs, who_goes_first
from tandemwerk.pairing.verification import certify, check_certificate
from tandemwerk.pairing.weights import Weights

_NOTHING: Final = -1


@dataclass(frozen=True, slots=True)
class Move:
    """A newcomer who gets another volunteer, gets one at last, or loses one (None)."""

    newcomer_id: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """The best that can be made of a change, compared with the run.

    ``tandems`` and ``overdue`` (of those past the maximum wait) are differences in number,
    ``total`` is the difference of the total score; all are below 0 where the change costs. The
    ``moves`` are the chain that follows from it, the one asked for first.
    """

    volunteer_id: str
    newcomer_id: str
    tandems: int
    overdue: int
    total: float
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Ledger:
    """An optimal assignment with its proof, ready for questions.

    ``mate`` is each newcomer's candidate, -1 without. Further volunteers of groups are not in the
    books: they have what is left, and give way to anybody. So no pair of a group that has a
    volunteer already is in them either.
    """

    volunteer_ids: tuple[str, ...]
    newcomer_ids: tuple[str, ...]
    instance: Instance
    mate: IntArray
    price: IntArray
    gain: IntArray
    base: int

    @classmethod
    def of(
        cls,
        population: Population,
        weights: Weights,
        *,
        candidates: Pairs | None = None,
        scores: FloatArray | None = None,
    ) -> "Ledger":
        """Open the books for these people: the same assignment that ``pair_people`` finds.

        ``candidates`` and ``scores`` can be given where they are known.
        """
        pairs = find_candidates(population) if candidates is None else candidates
        worth = score_pairs(population, pairs, weights) if scores is None else scores
        ahead, size = who_goes_first(population, weights), len(population.newcomers)
        if population.found.any():
            without = population.found[pairs.newcomer] == 0
            pairs, worth = pairs[without], worth[without]
        problem: dict[str, Any] = {
            "capacity": population.capacity,
            "newcomers": size,
            "first": ahead,
        }
        found = assign(pairs.volunteer, pairs.newcomer, worth, **problem)
        instance = Instance.checked(pairs.volunteer, pairs.newcomer, worth, **problem)
        ids = population.volunteers.ids, population.newcomers.ids
        return cls.proved(*ids, instance, found)

    @classmethod
    def proved(
        cls,
        volunteer_ids: tuple[str, ...],
        newcomer_ids: tuple[str, ...],
        instance: Instance,
        found: Assignment,
    ) -> "Ledger":
        """Open the books on an assignment; raises InvalidAssignmentError if it is not the best."""
        proof = certify(instance, found)
        check_certificate(instance, found, proof)
        mate = np.full(instance.newcomers, _NOTHING, dtype=np.int64)
        mate[instance.newcomer[found.pairs]] = found.pairs
        return cls(volunteer_ids, newcomer_ids, instance, mate, proof.price, proof.gain, proof.base)

    # ---------------------------------------------------------------- questions

    def forced(self, volunteer_id: str, newcomer_id: str) -> Change | None:
        """Return what it would cost if this pair had to be; None where it is not in the books."""
        volunteer, newcomer = self.volunteer(volunteer_id), self.newcomer(newcomer_id)
        if (volunteer, newcomer) not in self._edge:
            return None
        edge = self._edge[volunteer, newcomer]
        if self.mate[newcomer] == edge:
            return Change(volunteer_id, newcomer_id, 0, 0, 0.0, ())
        _, came = _shortest(self._network, volunteer)
        return self._change(edge, _path(came, volunteer, self._node(newcomer)))

    def instead(self, *, volunteer_id: str = "", newcomer_id: str = "") -> tuple[Change, ...]:
        """Return every other pair of one person, the one that costs least first.

        The first is the person's second best, all things considered: what a good score alone does
        not say, because the other one may be needed elsewhere. Ties: the order of candidates.
        """
        if newcomer_id:
            return self._instead_of_newcomer(self.newcomer(newcomer_id))
        return self._instead_of_volunteer(self.volunteer(volunteer_id))

    def _instead_of_newcomer(self, newcomer: int) -> tuple[Change, ...]:
        edges = np.flatnonzero(self.instance.newcomer == newcomer)
        edges = edges[self.instance.capacity[self.instance.volunteer[edges]] > 0]
        edges = edges[edges != self.mate[newcomer]]
        target = self._node(newcomer)
        far, came = _shortest(self._backwards, target)
        cost = self._reduced(edges) + far[self.instance.volunteer[edges]]
        return tuple(
            self._change(edge, _path(came, target, int(self.instance.volunteer[edge]))[::-1])
            for edge in edges[np.argsort(cost, kind="stable")].tolist()
        )

    def _instead_of_volunteer(self, volunteer: int) -> tuple[Change, ...]:
        if not self.instance.capacity[volunteer]:
            return ()
        edges = np.flatnonzero(self.instance.volunteer == volunteer)
        edges = edges[self.mate[self.instance.newcomer[edges]] != edges]
        far, came = _shortest(self._network, volunteer)
        nodes = self._node(self.instance.newcomer[edges])
        order = np.argsort(self._reduced(edges) + far[nodes], kind="stable")
        return tuple(
            self._change(edge, _path(came, volunteer, node))
            for edge, node in zip(edges[order].tolist(), nodes[order].tolist(), strict=True)
        )

    def one_place_more(self) -> tuple[IntArray, FloatArray]:
        """Return, for each volunteer, what one place more would bring: tandems (0 or 1), and score.

        «If this volunteer took two»: for all of them at once. A way that begins with somebody who
        waits is a tandem more, one that begins at another's place only a better one.
        """
        volunteers = len(self.volunteer_ids)
        far, came = _shortest(self._network, self._outside)
        begins = _beginnings(came, self._outside)[:volunteers]
        gained = self.price - np.where(begins < 0, np.inf, far[:volunteers])
        tandems = (begins >= volunteers).astype(np.int64)
        who = np.where(tandems > 0, begins - volunteers, 0)
        ahead = tandems * (self.instance.first[who] if self.instance.newcomers else 0)
        gained -= tandems * self.base + ahead * self.instance.lead
        # Who has a free place already gains nothing by another.
        return tandems, np.where(tandems > 0, gained, np.maximum(gained, 0)) / SCALE

    @cached_property
    def can_take_more(self) -> BoolArray:
        """Tell, for each volunteer, whether one newcomer more would cost nobody a tandem."""
        _, came = _shortest(self._backwards, self._outside)
        volunteers = len(self.volunteer_ids)
        ends = _beginnings(came, self._outside)[:volunteers]
        easily: BoolArray = (ends >= 0) & (ends < volunteers) & (self.instance.capacity > 0)
        return easily

    # ---------------------------------------------------------------- the network

    def volunteer(self, identifier: str) -> int:
        return _position(self._volunteer_of, identifier)

    def newcomer(self, identifier: str) -> int:
        return _position(self._newcomer_of, identifier)

    @cached_property
    def _volunteer_of(self) -> dict[str, int]:
        return {name: position for position, name in enumerate(self.volunteer_ids)}

    @cached_property
    def _newcomer_of(self) -> dict[str, int]:
        return {name: position for position, name in enumerate(self.newcomer_ids)}

    @cached_property
    def _edge(self) -> "_Edges":
        return _Edges(self.instance)

    @property
    def _outside(self) -> int:
        return len(self.volunteer_ids) + len(self.newcomer_ids)

    def _node(self, newcomer: Any) -> Any:
        return len(self.volunteer_ids) + newcomer

    def _reduced(self, edges: IntArray) -> IntArray:
        worth = self.instance.weight[edges] + self.base
        prices = self.price[self.instance.volunteer[edges]]
        reduced: IntArray = prices + self.gain[self.instance.newcomer[edges]] - worth
        return reduced

    @cached_property
    def _network(self) -> Any:
        instance, outside = self.instance, self._outside
        has = self.mate >= 0
        is_open = instance.capacity[instance.volunteer] > 0
        is_open[self.mate[has]] = False
        other = np.flatnonzero(is_open)
        given = np.bincount(instance.volunteer[self.mate[has]], minlength=len(self.price))
        paired, waiting = np.flatnonzero(has), np.flatnonzero(~has)
        free, busy = np.flatnonzero(given < instance.capacity), np.flatnonzero(given)
        holder = instance.volunteer[self.mate[paired]]
        arcs = (  # from, to, length
            (self._node(instance.newcomer[other]), instance.volunteer[other], self._reduced(other)),
            (holder, self._node(paired), np.zeros(len(paired))),
            (self._node(paired), np.full(len(paired), outside), self.gain[paired]),
            (free, np.full(len(free), outside), self.price[free]),
            (np.full(len(waiting), outside), self._node(waiting), self.gain[waiting]),
            (np.full(len(busy), outside), busy, self.price[busy]),
        )
        tails, heads, lengths = (np.concatenate(column) for column in zip(*arcs, strict=True))
        return _network(tails, heads, lengths, outside + 1)

    @cached_property
    def _backwards(self) -> Any:
        return csr_array(self._network.T)

    def _change(self, edge: int, path: list[int]) -> Change:
        """Read what changes from the path that begins at the pair's volunteer."""
        volunteers = len(self.volunteer_ids)
        newcomer = int(self.instance.newcomer[edge])
        gained = {newcomer: edge}
        lost = set[int]()
        for here, there in pairwise(path):
            if volunteers <= here < self._outside and there < volunteers:
                gained[here - volunteers] = self._edge[there, here - volunteers]
            elif here < volunteers <= there < self._outside:
                lost.add(there - volunteers)
            elif there == self._outside and here >= volunteers:
                lost.add(here - volunteers)
        touched = [newcomer, *(one for one in gained if one != newcomer)]
        touched += sorted(lost - set(gained))
        before = [self.mate[one] for one in touched if self.mate[one] >= 0]
        after = list(gained.values())
        ahead = self.instance.first[self.instance.newcomer]
        return Change(
            volunteer_id=self.volunteer_ids[int(self.instance.volunteer[edge])],
            newcomer_id=self.newcomer_ids[newcomer],
            tandems=len(after) - len(before),
            overdue=int(ahead[after].sum()) - int(ahead[before].sum()),
            total=round(float(self._score(after) - self._score(before)) / SCALE, 6),
            moves=tuple(self._move(one, gained.get(one, _NOTHING)) for one in touched),
        )

    def _score(self, edges: list[int]) -> int:
        return int(np.rint(self.instance.score[edges] * SCALE).astype(np.int64).sum())

    def _move(self, newcomer: int, after: int) -> Move:
        before, now = int(self.mate[newcomer]), after
        names = [
            None if edge < 0 else self.volunteer_ids[int(self.instance.volunteer[edge])]
            for edge in (before, now)
        ]
        return Move(self.newcomer_ids[newcomer], *names)


class _Edges(Mapping[tuple[int, int], int]):
    """The position of each pair among the candidates, without a dictionary of millions."""

    def __init__(self, instance: Instance) -> None:
        self._volunteers = len(instance.capacity)
        key = instance.newcomer * self._volunteers + instance.volunteer
        usable = instance.capacity[instance.volunteer] > 0
        self._order = np.flatnonzero(usable)[np.argsort(key[usable], kind="stable")]
        self._key = key[self._order]

    def __getitem__(self, pair: tuple[int, int]) -> int:
        key = pair[1] * self._volunteers + pair[0]
        at = int(np.searchsorted(self._key, key))
        if at == len(self._key) or self._key[at] != key:
            raise KeyError(pair)
        return int(self._order[at])

    def __len__(self) -> int:
        return len(self._key)

    def __iter__(self) -> Any:
        return (divmod(key, self._volunteers)[::-1] for key in self._key.tolist())


def _network(tails: IntArray, heads: IntArray, lengths: Any, nodes: int) -> Any:
    """Return a sparse graph that keeps lengths of 0, which adding up entries would drop."""
    order = np.argsort(tails, kind="stable")
    start = np.searchsorted(tails[order], np.arange(nodes + 1))
    return csr_array(
        (lengths[order].astype(np.float64), heads[order].astype(np.int32), start.astype(np.int32)),
        shape=(nodes, nodes),
    )


def _shortest(graph: Any, start: int) -> tuple[FloatArray, IntArray]:
    """Return the length of the shortest path to each node, and the node before it."""
    # Of the ways in which this can be called, the published types miss the one with one start.
    far, came = dijkstra(graph, indices=start, return_predecessors=True)  # type: ignore[call-overload]
    return np.asarray(far, dtype=np.float64), np.asarray(came, dtype=np.int64)


def _beginnings(came: IntArray, start: int) -> IntArray:
    """Return the first node after ``start`` on the way to each node, below 0 where there is none.

    By jumping twice as far each time.
    """
    nodes = np.arange(len(came))
    ahead = np.where((came == start) | (came < 0), nodes, came)
    while True:
        further = ahead[ahead]
        if (further == ahead).all():
            break
        ahead = further
    return np.where(came[ahead] == start, ahead, _NOTHING)


def _path(came: IntArray, start: int, end: int) -> list[int]:
    """Return the nodes of the shortest path, both ends included."""
    path = [int(end)]
    while path[-1] != start:
        path.append(int(came[path[-1]]))
    return path[::-1]


def _position(positions: Mapping[str, int], identifier: str) -> int:
    if identifier not in positions:
        raise PairingInputError(f"nobody here has the id {identifier!r}")
    return positions[identifier]
