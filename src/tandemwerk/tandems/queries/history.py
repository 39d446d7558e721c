"""The runs of a site, and two of them side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from tandemwerk.programme.models import Site, Viewer
from tandemwerk.tandems.enums import RunState
from tandemwerk.tandems.models import PairingRun, Suggestion
from tandemwerk.tandems.queries.compare import NumberRow, ShownPair
from tandemwerk.tandems.reasons import SHARE_NAMES, fit_of
from tandemwerk.tandems.words import km_in_words

NONE: Final = "–"
#: More pairs than this are counted and not listed.
MOST: Final = 40


@dataclass(frozen=True, kw_only=True)
class TwoRuns:
    """Numbers and weights of two runs, and their pairs: in both, only in one."""

    rows: list[NumberRow]
    both: list[ShownPair]
    only_first: list[ShownPair]
    only_second: list[ShownPair]
    #: How many pairs are not listed.
    more: int


def runs_of(site: Site, *, viewer: Viewer) -> QuerySet[PairingRun]:
    """Return a site's runs, the newest first."""
    runs = PairingRun.objects.visible_to(viewer).filter(site=site).select_related("started_by")
    return runs.defer("left", "fairness", "wanted").order_by("-created_at", "-pk")


def compare_runs(first: PairingRun, second: PairingRun) -> TwoRuns:
    """Compare two finished runs of one site, in two queries."""
    one, other = _pairs(first), _pairs(second)
    groups = [
        [shown for key, shown in one.items() if key in other],
        [shown for key, shown in one.items() if key not in other],
        [shown for key, shown in other.items() if key not in one],
    ]
    return TwoRuns(
        rows=[*_numbers(first, second), *_weights(first, second)],
        both=groups[0][:MOST],
        only_first=groups[1][:MOST],
        only_second=groups[2][:MOST],
        more=sum(max(len(group) - MOST, 0) for group in groups),
    )


def _pairs(run: PairingRun) -> dict[tuple[int, int], ShownPair]:
    ours: QuerySet[Suggestion] = Suggestion.objects.filter(run=run).still_here()
    rows = ours.select_related("volunteer__person", "newcomer__person")
    return {
        (row.volunteer_id, row.newcomer_id): ShownPair(
            volunteer=row.volunteer, newcomer=row.newcomer, fit=fit_of(row.score)
        )
        for row in rows.order_by("-score", "pk")
    }


def _numbers(first: PairingRun, second: PairingRun) -> list[NumberRow]:
    rows = zip(_told(first), _told(second), strict=True)
    return [NumberRow(name=name, before=one, after=two) for (name, one), (_name, two) in rows]


def _told(run: PairingRun) -> list[tuple[str, str]]:
    counts = run.summary.get("counts", {})
    pairs, km = counts.get("tandems", 0), run.summary.get("km")
    score = run.summary.get("total", 0) / pairs if pairs else None
    return [
        (_("Pairs"), _count(pairs)),
        (_("Fit on average"), NONE if score is None else _points(score)),
        (_("Distance on average"), NONE if km is None else km_in_words(km)),
        (_("Volunteers compared"), _count(counts.get("volunteers"))),
        (_("Newcomers compared"), _count(counts.get("newcomers"))),
        (_("Newcomers without a suggestion"), _count(counts.get("left_newcomers"))),
        (_("Locked suggestions"), _count(run.summary.get("kept", 0))),
    ]


def _count(number: Any) -> str:
    return NONE if number is None else str(number_format(number, use_l10n=True))


def _points(score: float) -> str:
    return _("%(points)s of 100") % {"points": number_format(round(100 * score, 1), use_l10n=True)}


def _weights(first: PairingRun, second: PairingRun) -> list[NumberRow]:
    """Return the weights that differ."""
    one, other = (_rules(run) for run in (first, second))
    return [
        NumberRow(
            name=_("Weight: %(rule)s") % {"rule": name},
            before=_count(one.get(rule, 0)),
            after=_count(other.get(rule, 0)),
        )
        for rule, name in SHARE_NAMES.items()
        if one.get(rule, 0) != other.get(rule, 0)
    ]


def _rules(run: PairingRun) -> Mapping[str, float]:
    rules: Mapping[str, float] = run.weights.get("weights", {})
    return {rule: round(weight, 2) for rule, weight in rules.items()}


def finished(runs: QuerySet[PairingRun]) -> QuerySet[PairingRun]:
    """Return the runs that found something to compare."""
    return runs.filter(state=RunState.DONE)
