"""A whole pairing run in memory: people in, tandems with reasons and everybody left out."""

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from tandemwerk.pairing.assignment import Assignment, FloatArray, assign
from tandemwerk.pairing.candidates import find_candidates
from tandemwerk.pairing.explanation import Left, PairExplanation, explain_left, explain_pairs
from tandemwerk.pairing.geography import Locate, Places
from tandemwerk.pairing.hardrules import Pairs
from tandemwerk.pairing.model import Newcomer, Participant, Volunteer
from tandemwerk.pairing.population import Population
from tandemwerk.pairing.scoring import check_weights, score_pairs
from tandemwerk.pairing.verification import check_assignment
from tandemwerk.pairing.vocabulary import HardRule
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
    """The size of a run. ``places`` are open places, ``unlocated`` people without coordinates."""

    volunteers: int
    newcomers: int
    places: int
    candidates: int
    tandems: int
    left_volunteers: int
    left_newcomers: int
    unlocated: int


@dataclass(frozen=True, slots=True, eq=False)
class PairingResult:
    """What a run found. ``tandems`` and ``left`` are in the order of newcomers' and own ids.

    ``candidates`` and ``scores`` hold every allowed pair by position in ``population``, whose
    people are sorted by id. ``input_hash`` tells two runs apart: it is made of people, blocked
    pairs, places, weights and day, and of nothing else.
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


def pair_people(
    volunteers: Collection[Volunteer],
    newcomers: Collection[Newcomer],
    *,
    locate: Locate,
    today: date,
    blocked: Collection[tuple[str, str]] = (),
    weights: Weights | None = None,
    observer: Observer = lambda _: None,
) -> PairingResult:
    """Pair as many newcomers as possible, and among those ways as well as possible.

    ``locate`` gives a postcode's coordinates, ``today`` is the day up to which waiting counts,
    ``blocked`` are pairs (volunteer id, newcomer id) that must not be. The order in which people
    are given does not matter: they are sorted by id first, so equal input means equal result. The
    result has been proved optimal before it is returned. Raises PairingInputError for people or
    weights that cannot be worked with.
    """
    weights = weights or Weights.default()
    check_weights(weights)
    observer(Stage.COLUMNS)
    volunteers = sorted(volunteers, key=_by_id)
    newcomers = sorted(newcomers, key=_by_id)
    population = Population.of(volunteers, newcomers, locate=locate, today=today, blocked=blocked)
    observer(Stage.CANDIDATES)
    candidates = find_candidates(population)
    observer(Stage.SCORES)
    scores = score_pairs(population, candidates, weights)
    found = _assign(population, candidates, scores, observer)
    observer(Stage.EXPLANATION)
    chosen = candidates[found.pairs]
    tandems = tuple(explain_pairs(population, chosen, weights))
    left = explain_left(population, candidates, chosen)
    return PairingResult(
        tandems=tandems,
        left=left,
        counts=Counts(
            volunteers=len(volunteers),
            newcomers=len(newcomers),
            places=int(population.capacity.sum()),
            candidates=len(candidates),
            tandems=found.count,
            left_volunteers=sum(one.side == "volunteer" for one in left),
            left_newcomers=sum(one.side == "newcomer" for one in left),
            unlocated=_unlocated(population),
        ),
        total=found.total,
        weights=weights,
        rules=tuple(HardRule),
        today=today,
        input_hash=_digest(
            [_plain(person) for person in volunteers],
            [_plain(person) for person in newcomers],
            _plain_places(population.places),
            sorted(blocked),
            weights.as_data(),
            today.isoformat(),
        ),
        population=population,
        candidates=candidates,
        scores=scores,
    )


def _by_id(person: Participant) -> str:
    return person.id


def _assign(
    population: Population, candidates: Pairs, scores: FloatArray, observer: Observer
) -> Assignment:
    problem = (candidates.volunteer, candidates.newcomer, scores)
    capacity, newcomers = population.capacity, len(population.newcomers)
    observer(Stage.ASSIGNMENT)
    found = assign(*problem, capacity=capacity, newcomers=newcomers)
    observer(Stage.PROOF)
    check_assignment(*problem, capacity=capacity, newcomers=newcomers, result=found)
    return found


def _unlocated(population: Population) -> int:
    located = population.places.located
    return sum(
        int(np.count_nonzero(~located[side.place]))
        for side in (population.volunteers, population.newcomers)
    )


def _digest(*parts: object) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(json.dumps(part, sort_keys=True, separators=(",", ":")).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _plain_places(places: Places) -> list[tuple[str, str, str]]:
    rows = zip(places.postcodes, places.lat.tolist(), places.lon.tolist(), strict=True)
    return [(postcode, repr(lat), repr(lon)) for postcode, lat, lon in rows]


def _plain(person: Participant) -> list[Any]:
    """Return a person as plain values in the order of the fields."""
    values = []
    for field in fields(person):
        value = getattr(person, field.name)
        if isinstance(value, frozenset):
            value = sorted(value)
        elif isinstance(value, date):
            value = value.isoformat()
        elif field.name == "languages":
            value = {code: int(level) for code, level in value.items()}
        values.append(value)
    return values
