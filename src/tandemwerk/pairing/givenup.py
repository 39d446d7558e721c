"""What a run gave up for fairness: how much better pairs would fit if nobody's waiting counted."""

from dataclasses import dataclass, replace
from math import fsum
from typing import Final

import numpy as np

from tandemwerk.pairing.assignment import FloatArray, IntArray, assign
from tandemwerk.pairing.hardrules import Pairs
from tandemwerk.pairing.population import Population
from tandemwerk.pairing.scoring import score_pairs, who_goes_first
from tandemwerk.pairing.weights import Weights

#: The rules that say whose turn it is, and nothing of how well two people fit.
TURN_RULES: Final = frozenset({"waiting", "priority"})


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A run beside the one in which only fit counts; both pair as many newcomers as possible.

    ``fit`` is the mean, over the tandems, of the score without the rules in TURN_RULES;
    ``best_fit`` what it would be at best. ``overdue`` newcomers are past the maximum wait,
    ``overdue_paired`` of them are paired, ``overdue_otherwise`` would be if only fit counted.
    ``days`` is the mean wait of the newcomers paired, ``days_otherwise`` the same by fit alone.
    ``others`` newcomers are paired who would not be by fit alone, and as many the other way round.
    """

    tandems: int
    fit: float
    best_fit: float
    overdue: int
    overdue_paired: int
    overdue_otherwise: int
    days: float
    days_otherwise: float
    others: int


def given_up(
    population: Population, candidates: Pairs, chosen: IntArray, weights: Weights
) -> GivenUp:
    """Compare a run with the one by fit alone. Costs one more assignment.

    ``chosen`` are the positions of the tandems among the candidates, one for each newcomer paired.
    Raises PairingInputError where the weights hold nothing but TURN_RULES.
    """
    fits = score_pairs(population, candidates, fit_alone(weights))
    otherwise = assign(
        candidates.volunteer,
        candidates.newcomer,
        fits,
        capacity=population.capacity,
        newcomers=len(population.newcomers),
    ).pairs
    ahead, waiting = who_goes_first(population, weights), population.newcomers.waiting
    now, then = (np.unique(candidates.newcomer[pairs]) for pairs in (chosen, otherwise))
    return GivenUp(
        tandems=len(chosen),
        fit=_mean(fits[chosen]),
        best_fit=_mean(fits[otherwise]),
        overdue=int(ahead.sum()),
        overdue_paired=int(ahead[now].sum()),
        overdue_otherwise=int(ahead[then].sum()),
        days=_mean(waiting[now]),
        days_otherwise=_mean(waiting[then]),
        others=len(np.setdiff1d(now, then)),
    )


def fit_alone(weights: Weights) -> Weights:
    """Return the weights without the rules that say whose turn it is, and without a maximum."""
    rules = {name: weight for name, weight in weights.rules.items() if name not in TURN_RULES}
    return Weights(rules, replace(weights.parameters, max_wait_days=0))


def _mean(values: FloatArray | IntArray) -> float:
    return round(fsum(values.tolist()) / len(values), 6) if len(values) else 0.0
