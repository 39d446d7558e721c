"""Why this pair, and why not that one: one answer for a page, from the books of a run."""

from dataclasses import dataclass

import numpy as np

from tandemwerk.pairing.explanation import PairExplanation, explain_pairs
from tandemwerk.pairing.hardrules import Pairs
from tandemwerk.pairing.ledger import Change, Ledger
from tandemwerk.pairing.population import Population
from tandemwerk.pairing.weights import Weights


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Everything that can be said about a pair that the run did not choose.

    ``asked`` is the pair itself: its shares, and in ``broken`` the rules that forbid it. Where none
    does, ``change`` says what would follow if it had to be (no moves: the run chose it). ``has`` is
    the pair that the newcomer has instead, None without one.
    """

    asked: PairExplanation
    change: Change | None
    has: PairExplanation | None


def why_not(
    population: Population, ledger: Ledger, weights: Weights, *, volunteer_id: str, newcomer_id: str
) -> WhyNot:
    """Answer for one pair; raises PairingInputError where somebody is not in the books.

    Some hundredths of a second with 20,000 people on each side.
    """
    volunteer, newcomer = ledger.volunteer(volunteer_id), ledger.newcomer(newcomer_id)
    mate = int(ledger.mate[newcomer])
    givers = [volunteer] if mate < 0 else [volunteer, int(ledger.instance.volunteer[mate])]
    pairs = Pairs.of(population, np.array(givers), np.full(len(givers), newcomer))
    asked, *has = explain_pairs(population, pairs, weights)
    change = ledger.forced(volunteer_id, newcomer_id)
    return WhyNot(asked=asked, change=change, has=has[0] if has else None)
