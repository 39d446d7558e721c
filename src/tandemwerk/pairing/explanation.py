"""Why: the reasons for a pair, and why somebody has none. Data only; others put it into words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import isnan
from types import MappingProxyType
from typing import Literal

import numpy as np

from tandemwerk.pairing.assignment import IntArray
from tandemwerk.pairing.geography import Locate
from tandemwerk.pairing.hardrules import Pairs, broken_bits, rules_of
from tandemwerk.pairing.model import Newcomer, Volunteer
from tandemwerk.pairing.population import Columns, Population
from tandemwerk.pairing.relaxation import Relaxation, relaxations
from tandemwerk.pairing.scoring import best_language, score_pairs, share_pairs
from tandemwerk.pairing.vocabulary import (
    KINDS,
    MINIMUM_LEVEL,
    SLOTS,
    TOPICS,
    HardRule,
    LeftReason,
    Level,
    from_mask,
)
from tandemwerk.pairing.weights import Weights

Value = str | int | float
Side = Literal["volunteer", "newcomer"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact, ready to be worded in any language.

    For a pair, ``rule`` and its ``values`` are: ``language`` (``code``, ``volunteer`` and
    ``newcomer``: levels), ``distance`` (``km``), ``slot`` (``slot``, one reason each), ``topic``
    (``topic``), ``kind`` (``kind``), ``interest`` (``interest``), ``waiting`` (``volunteer`` and
    ``newcomer``: days), ``priority`` (``level``). For somebody left see :class:`LeftReason`.
    """

    rule: str
    values: Mapping[str, Value]

    def as_data(self) -> dict[str, str | dict[str, Value]]:
        """Return the reason as plain data, to store."""
        return {"rule": self.rule, "values": dict(self.values)}


@dataclass(frozen=True, slots=True)
class Share:
    """A rule's share in [0, 1], its part of the score, and what that brings (their product)."""

    rule: str
    share: float
    weight: float

    @property
    def brings(self) -> float:
        return self.share * self.weight


@dataclass(frozen=True, slots=True)
class PairExplanation:
    """Everything that can be said about one pair. ``broken`` is empty for a candidate.

    ``km`` is None where the distance is not known, ``language`` where they share none.
    """

    volunteer_id: str
    newcomer_id: str
    score: float
    km: float | None
    language: str | None
    broken: tuple[HardRule, ...]
    reasons: tuple[Reason, ...]
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody without a tandem. ``relaxations`` has the most helpful rule first."""

    id: str
    side: Side
    reasons: tuple[Reason, ...]
    relaxations: tuple[Relaxation, ...]

    @property
    def relax(self) -> Relaxation | None:
        """The single rule that, relaxed, would give most candidates."""
        return self.relaxations[0] if self.relaxations else None


def explain_pairs(
    population: Population, pairs: Pairs, weights: Weights
) -> Iterator[PairExplanation]:
    """Yield the explanation of each pair, candidate or not."""
    scores = score_pairs(population, pairs, weights).tolist()
    languages = best_language(population, pairs)
    broken = broken_bits(population, pairs).tolist()
    shares = {
        name: (values.tolist(), weights.share(name))
        for name, values in share_pairs(population, pairs, weights).items()
    }
    rows = zip(
        pairs.volunteer.tolist(),
        pairs.newcomer.tolist(),
        pairs.km.tolist(),
        languages.position.tolist(),
        _reasons(population, pairs, languages.position),
        strict=True,
    )
    for row, (volunteer, newcomer, km, position, reasons) in enumerate(rows):
        yield PairExplanation(
            volunteer_id=population.volunteers.ids[volunteer],
            newcomer_id=population.newcomers.ids[newcomer],
            score=scores[row],
            km=None if isnan(km) else km,
            language=population.languages[position] if position >= 0 else None,
            broken=rules_of(broken[row]),
            reasons=reasons,
            shares=tuple(
                Share(name, values[row], weight) for name, (values, weight) in shares.items()
            ),
        )


def explain_pair(
    volunteer: Volunteer,
    newcomer: Newcomer,
    *,
    locate: Locate,
    today: date,
    weights: Weights | None = None,
    blocked: bool = False,
) -> PairExplanation:
    """Explain one pair, allowed or not: ``broken`` names the hard rules to warn of."""
    population = Population.of(
        [volunteer],
        [newcomer],
        locate=locate,
        today=today,
        blocked=[(volunteer.id, newcomer.id)] if blocked else (),
    )
    here = np.zeros(1, dtype=np.int64)
    pairs = Pairs.of(population, here, here)
    return next(explain_pairs(population, pairs, weights or Weights.default()))


def explain_left(population: Population, candidates: Pairs, chosen: Pairs) -> tuple[Left, ...]:
    """Say why those without a tandem have none: volunteers first, by position on their side."""
    givers = np.setdiff1d(np.arange(len(population.volunteers)), chosen.volunteer)
    takers = np.setdiff1d(np.arange(len(population.newcomers)), chosen.newcomer)
    relaxed = relaxations(population, volunteers=givers, newcomers=takers)
    had = (
        np.bincount(candidates.volunteer, minlength=len(population.volunteers)),
        np.bincount(candidates.newcomer, minlength=len(population.newcomers)),
    )
    sides: tuple[tuple[Side, Columns, IntArray], ...] = (
        ("volunteer", population.volunteers, givers),
        ("newcomer", population.newcomers, takers),
    )
    return tuple(
        Left(
            id=own.ids[position],
            side=side,
            reasons=tuple(_why_left(population, side, position, int(counts[position]))),
            relaxations=rules,
        )
        for (side, own, who), counts, relaxed_here in zip(sides, had, relaxed, strict=True)
        for position, rules in zip(who.tolist(), relaxed_here, strict=True)
    )


def _why_left(population: Population, side: Side, position: int, had: int) -> Iterator[Reason]:
    own = population.volunteers if side == "volunteer" else population.newcomers
    if side == "volunteer" and not population.capacity[position]:
        yield _reason(LeftReason.NO_PLACE)
    elif had:
        yield _reason(LeftReason.TAKEN, candidates=had)
    else:
        yield _reason(LeftReason.NO_CANDIDATE)
    if not own.languages[:, position].any():
        yield _reason(LeftReason.NO_LANGUAGE)
    if not own.availability[position]:
        yield _reason(LeftReason.NO_AVAILABILITY)
    if not own.kinds[position]:
        yield _reason(LeftReason.NO_KIND)
    if not population.places.located[own.place[position]]:
        yield _reason(LeftReason.NO_LOCATION)


def _reasons(
    population: Population, pairs: Pairs, position: IntArray
) -> Iterator[tuple[Reason, ...]]:
    """Yield what speaks for each pair. Values repeat, so most reasons are made once and shared."""
    ours, theirs = population.volunteers, population.newcomers
    one, other = pairs.volunteer, pairs.newcomer
    interests = ours.interests[:, one] & theirs.interests[:, other]
    columns = zip(
        position.tolist(),
        ours.levels[one, position].tolist() if ours.levels.size else [0] * len(pairs),
        theirs.levels[other, position].tolist() if theirs.levels.size else [0] * len(pairs),
        pairs.km.round(1).tolist(),
        (ours.availability[one] & theirs.availability[other]).tolist(),
        (ours.topics[one] & theirs.topics[other]).tolist(),
        (ours.kinds[one] & theirs.kinds[other]).tolist(),
        zip(*interests.tolist(), strict=True) if len(interests) else [()] * len(pairs),
        ours.waiting[one].tolist(),
        theirs.waiting[other].tolist(),
        population.priority[other].tolist(),
        strict=True,
    )
    for at, mine, their, km, slots, topics, kinds, liked, days, other_days, urgent in columns:
        reasons: list[Reason] = []
        if at >= 0 and min(mine, their) >= MINIMUM_LEVEL:
            reasons.append(_language(population.languages[at], mine, their))
        if not isnan(km):
            reasons.append(_reason("distance", km=km))
        reasons += _shared_words("slot", slots, SLOTS)
        reasons += _shared_words("topic", topics, TOPICS)
        reasons += _shared_words("kind", kinds, KINDS)
        if any(liked):
            reasons += _interests(liked, population.interests)
        if days or other_days:
            reasons.append(_reason("waiting", volunteer=days, newcomer=other_days))
        if urgent:
            reasons.append(_reason("priority", level=urgent))
        yield tuple(reasons)


@lru_cache(maxsize=10_000)
def _language(code: str, volunteer: int, newcomer: int) -> Reason:
    return _reason(
        "language", code=code, volunteer=Level(volunteer).name, newcomer=Level(newcomer).name
    )


def _interests(words: tuple[int, ...], interests: tuple[str, ...]) -> Iterator[Reason]:
    for row, word in enumerate(words):
        for bit in range(word.bit_length()):
            if word >> bit & 1:
                yield _reason("interest", interest=interests[64 * row + bit])


@lru_cache(maxsize=100_000)
def _shared_words(rule: str, mask: int, vocabulary: tuple[str, ...]) -> tuple[Reason, ...]:
    """Return a reason for each word; masks repeat, and reasons cannot be changed."""
    return tuple(_reason(rule, **{rule: word}) for word in from_mask(mask, vocabulary))


def _reason(rule: str, **values: Value) -> Reason:
    return Reason(rule=str(rule), values=MappingProxyType(values))
