"""Two ways to pair the same people, side by side: numbers, and which pairs are new or gone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from math import fsum
from typing import TYPE_CHECKING, Any

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from tandemwerk.intake.models import Participation
from tandemwerk.tandems.reasons import Fit, fit_of
from tandemwerk.tandems.words import days_in_words, km_in_words

if TYPE_CHECKING:  # what computes is loaded at its first use
    from tandemwerk.pairing import PairingResult


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What a run comes to, as sums, so that the runs of several sites add up."""

    pairs: int = 0
    score: float = 0.0
    km: float = 0.0
    km_known: int = 0
    #: Days that those who are paired have waited, and those who are left.
    days: int = 0
    days_left: int = 0
    left: int = 0

    def __add__(self, other: "Numbers") -> "Numbers":
        return Numbers(
            **{
                each.name: getattr(self, each.name) + getattr(other, each.name)
                for each in fields(Numbers)
            }
        )

    def shown(self) -> list[str]:
        """Return the numbers as a page shows them, in the order of ``NUMBER_NAMES``."""
        none = "–"
        return [
            number_format(self.pairs, use_l10n=True),
            _points(self.score / self.pairs) if self.pairs else none,
            km_in_words(self.km / self.km_known) if self.km_known else none,
            days_in_words(self.days // self.pairs) if self.pairs else none,
            number_format(self.left, use_l10n=True),
            days_in_words(self.days_left // self.left) if self.left else none,
        ]


def _points(score: float) -> str:
    return _("%(points)s of 100") % {"points": number_format(round(100 * score, 1), use_l10n=True)}


def number_names() -> list[str]:
    """Return what the numbers are called."""
    return [
        _("Pairs"),
        _("Fit on average"),
        _("Distance on average"),
        _("How long those with a suggestion have waited, on average"),
        _("Newcomers without a suggestion"),
        _("How long those have waited, on average"),
    ]


def numbers_of(result: "PairingResult") -> Numbers:
    """Add up what a run has found."""
    chosen = result.candidates[result.chosen]
    waiting = result.population.newcomers.waiting
    paired = np.unique(chosen.newcomer)
    left = np.setdiff1d(np.arange(len(waiting)), paired)
    known = [pair.km for pair in result.tandems if pair.km is not None]
    return Numbers(
        pairs=len(result.tandems),
        score=result.total,
        km=fsum(known),
        km_known=len(known),
        days=int(waiting[chosen.newcomer].sum()),
        days_left=int(waiting[left].sum()),
        left=len(left),
    )


@dataclass(frozen=True, kw_only=True)
class NumberRow:
    """One number before and after."""

    name: str
    before: str
    after: str


def number_rows(before: Numbers, after: Numbers) -> list[NumberRow]:
    """Return the numbers of two runs side by side."""
    rows = zip(number_names(), before.shown(), after.shown(), strict=True)
    return [NumberRow(name=name, before=one, after=other) for name, one, other in rows]


@dataclass(frozen=True, kw_only=True)
class ShownPair:
    """Two people, with how well they fit."""

    volunteer: Participation
    newcomer: Participation
    fit: Fit


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What another way to pair would change."""

    rows: list[NumberRow]
    more: int
    new: list[ShownPair]
    gone: list[ShownPair]
    same: int


def difference(
    before: "PairingResult", after: "PairingResult", people: Mapping[str, Any]
) -> Difference:
    """Compare two runs; ``people`` are participations by the engine's id."""
    one, other = _scores(before), _scores(after)
    return Difference(
        rows=number_rows(numbers_of(before), numbers_of(after)),
        more=len(other) - len(one),
        new=_shown(other, set(other) - set(one), people),
        gone=_shown(one, set(one) - set(other), people),
        same=len(set(one) & set(other)),
    )


def _scores(result: "PairingResult") -> dict[tuple[str, str], float]:
    return {(pair.volunteer_id, pair.newcomer_id): pair.score for pair in result.tandems}


def _shown(
    scores: Mapping[tuple[str, str], float],
    wanted: Iterable[tuple[str, str]],
    people: Mapping[str, Any],
) -> list[ShownPair]:
    return [
        ShownPair(volunteer=people[pair[0]], newcomer=people[pair[1]], fit=fit_of(scores[pair]))
        for pair in sorted(wanted, key=lambda pair: (-scores[pair], pair))
    ]
