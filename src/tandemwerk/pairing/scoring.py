"""How good a pair is: named rules, each a share in [0, 1], and their weighted mean.

A rule says in its docstring what it measures and where it comes from. Where somebody said
nothing, a rule about wishes gives one half: who tells less is put neither first nor last.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from tandemwerk.pairing.assignment import SCALE, FloatArray, IntArray
from tandemwerk.pairing.errors import PairingInputError
from tandemwerk.pairing.hardrules import Pairs
from tandemwerk.pairing.population import BitRows, BoolArray, MaskArray, Population
from tandemwerk.pairing.vocabulary import MAX_PRIORITY, MINIMUM_LEVEL, Level
from tandemwerk.pairing.weights import Parameters, Weights

#: The share where somebody said nothing.
NEUTRAL: Final = 0.5
_PORTION: Final = 500_000


def language(population: Population, pairs: Pairs, _: Parameters) -> FloatArray:
    """How far the best shared language goes beyond the A2 that both need.

    The weaker speaker decides: A2 is 0, B1 is 1/4, C2 and first language are 1.
    Source: Common European Framework of Reference (Council of Europe, 2020): six levels, from B1
    on an "independent user". Equal steps are our reading of it.
    """
    beyond = np.maximum(best_language(population, pairs).level - MINIMUM_LEVEL, 0)
    share: FloatArray = beyond / (Level.C2 - MINIMUM_LEVEL)
    return share


def topics(population: Population, pairs: Pairs, _: Parameters) -> FloatArray:
    """The part of the newcomer's topics that the volunteer offers; 1/2 where there are none.

    Source: DuBois, Portillo, Rhodes, Silverthorn and Valentine, Psychological Science in the
    Public Interest 12 (2011): mentoring does more where the mentor's background fits its goals.
    """
    return _covered(
        population.volunteers.topics[pairs.volunteer], population.newcomers.topics[pairs.newcomer]
    )


def kind(population: Population, pairs: Pairs, _: Parameters) -> FloatArray:
    """The part of the kinds of tandem the newcomer would take that the volunteer offers.

    Source: practice of the programme: expectations that differ end tandems early, and two who
    share more than one kind can change their minds together.
    """
    return _covered(
        population.volunteers.kinds[pairs.volunteer], population.newcomers.kinds[pairs.newcomer]
    )


def interests(population: Population, pairs: Pairs, _: Parameters) -> FloatArray:
    """Shared interests as a part of the shorter list; 1/2 where somebody named none.

    Source: DuBois et al. (2011), as above: pairing by similar interests goes with larger effects.
    """
    ours, theirs = population.volunteers.interests, population.newcomers.interests
    shared = np.zeros(len(pairs))
    for one, other in zip(ours, theirs, strict=True):
        shared += np.bitwise_count(one[pairs.volunteer] & other[pairs.newcomer])
    shorter = np.minimum(_sizes(ours)[pairs.volunteer], _sizes(theirs)[pairs.newcomer])
    return _ratio(shared, shorter)


def availability(population: Population, pairs: Pairs, parameters: Parameters) -> FloatArray:
    """Shared free times in the week; ``enough_slots`` and more are 1.

    Source: DuBois, Holloway, Valentine and Cooper, American Journal of Community Psychology 30
    (2002): frequent contact is among the practices that go with larger effects.
    """
    ours = population.volunteers.availability[pairs.volunteer]
    shared = np.bitwise_count(ours & population.newcomers.availability[pairs.newcomer])
    share: FloatArray = np.minimum(shared / parameters.enough_slots, 1.0)
    return share


def distance(population: Population, pairs: Pairs, _: Parameters) -> FloatArray:
    """How near they live: 1 at the same place, 0 where the more settled one's limit is reached.

    Source: Preciado, Snijders, Burk, Stattin and Kerr, Social Networks 34 (2012): friendship falls
    with distance. A straight line to each person's own limit is our reading of it.
    """
    ours = population.volunteers.max_km[pairs.volunteer]
    limit = np.minimum(ours, population.newcomers.max_km[pairs.newcomer])
    km = np.nan_to_num(pairs.km, nan=np.inf)
    part = np.divide(km, limit, out=(km > 0).astype(np.float64), where=limit > 0)
    share: FloatArray = 1 - np.minimum(part, 1.0)
    return share


def age(population: Population, pairs: Pairs, parameters: Parameters) -> FloatArray:
    """How close their ages are, ``age_span_years`` and more is 0; 1/2 where one is unknown.

    Source: McPherson, Smith-Lovin and Cook, Annual Review of Sociology 27 (2001): similar age is
    among the strongest bonds. Weight 0 as shipped, because a tandem may as well bridge ages.
    """
    ours = population.volunteers.birth_year[pairs.volunteer]
    theirs = population.newcomers.birth_year[pairs.newcomer]
    close = 1 - np.minimum(np.abs(ours - theirs) / parameters.age_span_years, 1.0)
    return np.where((ours > 0) & (theirs > 0), close, NEUTRAL)


def waiting(population: Population, pairs: Pairs, parameters: Parameters) -> FloatArray:
    """How long both have been waiting: the mean of ``days / (days + waiting_half_days)``.

    Grows with every day and never reaches 1, so a year (0.80 with 90 days) stays well above two
    weeks (0.13), and two years above one. Source: first come, first served, softened; the formula
    is the hyperbola that is 1/2 after ``waiting_half_days``.
    """
    ours = population.volunteers.waiting[pairs.volunteer]
    theirs = population.newcomers.waiting[pairs.newcomer]
    half = parameters.waiting_half_days
    return (ours / (ours + half) + theirs / (theirs + half)) / 2


def priority(population: Population, pairs: Pairs, _: Parameters) -> FloatArray:
    """What the site marked as urgent, a third per step. Source: the site's own judgement."""
    return population.priority[pairs.newcomer] / MAX_PRIORITY


Rule = Callable[[Population, Pairs, Parameters], FloatArray]

#: Every rule by the name that weights, results and explanations use.
RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        rule.__name__: rule
        for rule in (
            language,
            topics,
            kind,
            interests,
            availability,
            distance,
            age,
            waiting,
            priority,
        )
    }
)


def score_pairs(population: Population, pairs: Pairs, weights: Weights) -> FloatArray:
    """Return each pair's score: the weighted mean of its shares, rounded to six decimals.

    The rounding is the one of :mod:`~tandemwerk.pairing.assignment`, so a written score is
    exactly the one that was decided on.
    """
    check_weights(weights)
    scores = np.zeros(len(pairs))
    counted = {name: weights.share(name) for name, weight in weights.rules.items() if weight}
    for start in range(0, len(pairs), _PORTION):
        portion = slice(start, start + _PORTION)
        some = pairs[portion]
        for name in sorted(counted):
            scores[portion] += counted[name] * RULES[name](population, some, weights.parameters)
    rounded: FloatArray = np.rint(np.clip(scores, 0.0, 1.0) * SCALE) / SCALE
    return rounded


def who_goes_first(population: Population, weights: Weights) -> BoolArray:
    """Return, for each newcomer, whether they have waited ``max_wait_days`` or longer.

    They come before every score and after the number of tandems (see ``assignment.assign``). A
    group that has a volunteer already is not among them.
    Source: ageing, as operating systems do it against starvation (Silberschatz, Galvin and Gagne,
    Operating System Concepts): a bound that no sum of other merits outweighs.
    """
    longest = weights.parameters.max_wait_days
    waited: BoolArray = (population.newcomers.waiting >= longest) & (population.found == 0)
    return waited if longest else np.zeros(len(waited), dtype=bool)


def share_pairs(population: Population, pairs: Pairs, weights: Weights) -> dict[str, FloatArray]:
    """Return each counting rule's share, in the order of RULES."""
    return {
        name: rule(population, pairs, weights.parameters)
        for name, rule in RULES.items()
        if weights.rules.get(name)
    }


def check_weights(weights: Weights) -> None:
    """Raise PairingInputError where a weight is given to a rule that does not exist."""
    unknown = sorted(set(weights.rules) - set(RULES))
    if unknown:
        raise PairingInputError(f"unknown rule {unknown[0]!r}, expected: {' '.join(RULES)}")


@dataclass(frozen=True, slots=True, eq=False)
class BestLanguage:
    """The position of each pair's best shared language, and the weaker one's level (1 to 6)."""

    position: IntArray
    level: IntArray


def best_language(population: Population, pairs: Pairs) -> BestLanguage:
    """Find the language that serves each pair best; position -1 and level 0 where there is none.

    Best is where the weaker speaker is strongest, then where both together are (a first language
    ahead of C2), then the first by code.
    """
    merit = np.zeros(len(pairs), dtype=np.uint8)
    position = np.full(len(pairs), -1, dtype=np.int64)
    for column in range(len(population.languages)):
        ours = population.volunteers.levels[pairs.volunteer, column]
        theirs = population.newcomers.levels[pairs.newcomer, column]
        weaker = np.minimum(np.minimum(ours, theirs), Level.C2.value)
        better = np.where(weaker > 0, weaker * 16 + ours + theirs, 0).astype(np.uint8)
        position[better > merit] = column
        merit = np.maximum(merit, better)
    return BestLanguage(position=position, level=(merit // 16).astype(np.int64))


def _covered(ours: MaskArray, theirs: MaskArray) -> FloatArray:
    return _ratio(np.bitwise_count(ours & theirs), np.bitwise_count(theirs))


def _ratio(part: npt.NDArray[Any], whole: npt.NDArray[Any]) -> FloatArray:
    """Divide, with NEUTRAL where there is nothing to divide by."""
    ratio: FloatArray = np.divide(part, whole, out=np.full(len(part), NEUTRAL), where=whole > 0)
    return ratio


def _sizes(rows: BitRows) -> IntArray:
    """Count each person's words."""
    sizes: IntArray = np.bitwise_count(rows).sum(axis=0, dtype=np.int64)
    return sizes
