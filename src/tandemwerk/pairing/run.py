"""A whole pairing run in memory: people in, tandems with reasons and everybody left out."""

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from math import fsum
from typing import Any

import numpy as np

from tandemwerk.pairing.assignment import Assignment, BoolArray, FloatArray, IntArray, assign
from tandemwerk.pairing.candidates import find_candidates
from tandemwerk.pairing.explanation import Left, PairExplanation, explain_left, explain_pairs
from tandemwerk.pairing.geography import Locate
from tandemwerk.pairing.hardrules import Pairs
from tandemwerk.pairing.model import Newcomer, Participant, Volunteer
from tandemwerk.pairing.population import Population
from tandemwerk.pairing.scoring import check_weights, score_pairs, who_goes_first
from tandemwerk.pairing.verification import check_assignment
from tandemwerk.pairing.vocabulary import HardRule
from tandemwerk.pairing.walls import Walls
from tandemwerk.pairing.weights import Weights


class Stage(StrEnum):
    """The parts of a run, in their order."""

    COLUMNS = "columns"
    CANDIDATES = "candidates"
    SCORES = "scores"
    ASSIGNMENT = "assignment"
    PROOF = "proof"
    EXPLANATION = "explanation"


#: Told when a stage begins: for progress bars and for stop watches, which are not ours.
Observer = Callable[[Stage], object]


@dataclass(frozen=True, slots=True)
class Counts:
    """The size of a run. ``places`` are open places, ``unlocated`` people without coordinates.

    ``further`` of the tandems are those of a group that has another volunteer already. ``overdue``
    newcomers have waited the longest that anybody should, ``overdue_paired`` of them are paired.
    """

    volunteers: int
    newcomers: int
    places: int
    candidates: int
    tandems: int
    left_volunteers: int
    left_newcomers: int
    unlocated: int
    further: int
    overdue: int
    overdue_paired: int


@dataclass(frozen=True, slots=True, eq=False)
class PairingResult:
    """What a run found. ``tandems`` and ``left`` are in the order of newcomers' and own ids.

    ``candidates`` and ``scores`` hold every allowed pair by position in ``population``, whose
    people are sorted by id; ``chosen`` are the positions of the tandems among them, in the same
    order. ``input_hash`` tells two runs apart: it is made of people, blocked pairs, places, weights
    and day, and of nothing else. ``inside`` says of each tandem whether both are of one site, and
    ``alone`` is how many tandems there would be with nobody sent to another; without walls that is
    all of them.
    """

    tandems: tuple[PairExplanation, ...]
    left: tuple[Left, ...]
    counts: Counts
    total: float
    weights: Weights
    rules: tuple[HardRule, ...]
    today: date
    input_hash: str
    population: Population
    candidates: Pairs
    scores: FloatArray
    chosen: IntArray
    inside: BoolArray
    alone: int


def pair_people(
    volunteers: Collection[Volunteer],
    newcomers: Collection[Newcomer],
    *,
    locate: Locate,
    today: date,
    blocked: Collection[tuple[str, str]] = (),
    weights: Weights | None = None,
    walls: Walls | None = None,
    observer: Observer = lambda _: None,
) -> PairingResult:
    """Pair as many newcomers as possible, and among those ways as well as possible.

    Between the two come newcomers who have waited ``max_wait_days`` of the weights: as many of them
    as possible are among those paired. Groups that want more than one volunteer get the others
    from the places that are left then: a round for the second, a round for the third, each in the
    same way; a group that has one already begins with the second. Nobody stays without a volunteer
    because a group has two.

    ``locate`` gives a postcode's coordinates, ``today`` is the day up to which waiting counts,
    ``blocked`` are pairs (volunteer id, newcomer id) that must not be. With ``walls`` people of
    several sites are paired together: as many as possible, and as many of them as possible inside
    a site. The order in which people are given does not matter: they are sorted by id first, so
    equal input means equal result. The result has been proved optimal before it is returned. Raises
    PairingInputError for people or weights that cannot be worked with.
    """
    weights = weights or Weights.default()
    check_weights(weights)
    observer(Stage.COLUMNS)
    volunteers = sorted(volunteers, key=_by_id)
    newcomers = sorted(newcomers, key=_by_id)
    population = Population.of(volunteers, newcomers, locate=locate, today=today, blocked=blocked)
    observer(Stage.CANDIDATES)
    candidates = find_candidates(population)
    if walls is not None:
        candidates = candidates[walls.open(population, candidates)]
    observer(Stage.SCORES)
    scores = score_pairs(population, candidates, weights)
    ahead = who_goes_first(population, weights)
    rank = scores if walls is None else walls.rank(population, candidates, scores)
    rounds = _Rounds(population, candidates, rank, ahead)
    observer(Stage.ASSIGNMENT)
    found = rounds.assign()
    observer(Stage.PROOF)
    rounds.check()
    observer(Stage.EXPLANATION)
    chosen = candidates[found]
    inside, alone = np.ones(len(found), dtype=bool), len(found)
    if walls is not None:
        inside, own = walls.inside(population, chosen), walls.inside(population, candidates)
        alone = len(_Rounds(population, candidates[own], rank[own], ahead).assign())
    tandems = tuple(explain_pairs(population, chosen, weights))
    left = explain_left(population, candidates, chosen)
    paired = np.unique(chosen.newcomer)
    first = paired[population.found[paired] == 0]
    return PairingResult(
        tandems=tandems,
        left=left,
        counts=Counts(
            volunteers=len(volunteers),
            newcomers=len(newcomers),
            places=int(population.capacity.sum()),
            candidates=len(candidates),
            tandems=len(found),
            left_volunteers=sum(one.side == "volunteer" for one in left),
            left_newcomers=sum(one.side == "newcomer" for one in left),
            unlocated=_unlocated(population),
            further=len(found) - len(first),
            overdue=int(ahead.sum()),
            overdue_paired=int(ahead[paired].sum()),
        ),
        total=fsum(scores[found].tolist()),
        weights=weights,
        rules=tuple(HardRule),
        today=today,
        input_hash=_digest(population, blocked, weights, today),
        population=population,
        candidates=candidates,
        scores=scores,
        chosen=found,
        inside=inside,
        alone=alone,
    )


def _by_id(person: Participant) -> str:
    return person.id


class _Rounds:
    """One assignment for every newcomer's volunteer, and one more for each further of groups."""

    def __init__(
        self, population: Population, candidates: Pairs, scores: FloatArray, first: BoolArray
    ) -> None:
        self._wanted, self._has, self._first = population.wanted, population.found, first
        self._candidates, self._scores = candidates, scores
        #: Of each round: positions of the candidates, places left, what was found among them.
        self._solved: list[tuple[IntArray, IntArray, Assignment]] = []
        self._capacity = population.capacity.copy()

    def assign(self) -> IntArray:
        """Return the positions of all that were chosen, ascending."""
        found = [np.array([], dtype=np.int64)]
        for number in range(1, int(self._wanted.max(initial=1)) + 1):
            open_yet = self._is_open(number)
            open_yet[np.concatenate(found)] = False
            found.append(self._solve(np.flatnonzero(open_yet)))
        return np.sort(np.concatenate(found))

    def _is_open(self, number: int) -> BoolArray:
        """Tell of each candidate whether its newcomer may still get volunteer ``number``."""
        lacks: BoolArray = (self._has < number) & (number <= self._wanted)
        return lacks[self._candidates.newcomer]

    def _solve(self, rows: IntArray) -> IntArray:
        capacity = self._capacity.copy()
        result = assign(*self._problem(rows), capacity=capacity, **self._sizes())
        self._solved.append((rows, capacity, result))
        taken = rows[result.pairs]
        np.subtract.at(self._capacity, self._candidates.volunteer[taken], 1)
        return taken

    def check(self) -> None:
        """Prove each round optimal; raises InvalidAssignmentError."""
        for rows, capacity, result in self._solved:
            check_assignment(
                *self._problem(rows), capacity=capacity, result=result, **self._sizes()
            )

    def _problem(self, rows: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
        if len(rows) == len(self._scores):  # nearly always the first round, without a copy
            return self._candidates.volunteer, self._candidates.newcomer, self._scores
        some = self._candidates[rows]
        return some.volunteer, some.newcomer, self._scores[rows]

    def _sizes(self) -> dict[str, Any]:
        return {"newcomers": len(self._wanted), "first": self._first}


def _unlocated(population: Population) -> int:
    located = population.places.located
    return sum(
        int(np.count_nonzero(~located[side.place]))
        for side in (population.volunteers, population.newcomers)
    )


def _digest(
    population: Population,
    blocked: Collection[tuple[str, str]],
    weights: Weights,
    today: date,
) -> str:
    """Return a hash of everything that the result depends on, column by column."""
    digest = hashlib.sha256()
    words = [
        population.volunteers.ids,
        population.newcomers.ids,
        population.places.postcodes,
        population.languages,
        population.interests,
        sorted(blocked),
        weights.as_data(),
        today.isoformat(),
    ]
    digest.update(json.dumps(words, sort_keys=True, separators=(",", ":")).encode())
    for part in (population, population.volunteers, population.newcomers, population.places):
        for field in fields(part):
            column = getattr(part, field.name)
            if isinstance(column, np.ndarray):
                digest.update(f"{field.name} {column.shape} {column.dtype.str}\n".encode())
                digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()
