"""What a run says about fairness and about whom to look for: plain data, kept with the run."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from tandemwerk import pairing

if TYPE_CHECKING:  # what computes is loaded at its first use
    from tandemwerk.pairing import PairingResult


def fairness_of(result: "PairingResult") -> list[dict[str, Any]]:
    """Return who is paired and who waits, by group."""
    population, chosen = result.population, result.candidates[result.chosen]
    paired = [
        np.zeros(len(side), dtype=bool) for side in (population.volunteers, population.newcomers)
    ]
    paired[0][chosen.volunteer] = True
    paired[1][chosen.newcomer] = True
    paired[1] |= population.found > 0  # a group that has a volunteer waits for no first one
    rows = pairing.fairness_report(
        population, volunteers=paired[0], newcomers=paired[1], year=result.today.year
    )
    return [
        {
            "side": row.side,
            "trait": row.trait,
            "value": row.value,
            "people": row.people,
            "paired": row.paired,
            "mean_days": row.mean_days,
        }
        for row in rows
    ]


def wanted_by(result: "PairingResult") -> list[dict[str, Any]]:
    """Return whom to look for, without the numbers of those who wait."""
    paired = result.candidates[result.chosen].newcomer
    waiting = np.setdiff1d(np.flatnonzero(result.population.found == 0), paired)
    kinds = [asdict(kind) for kind in pairing.whom_to_recruit(result.population, waiting)]
    return [{key: value for key, value in kind.items() if key != "ids"} for kind in kinds]
