"""The engine asked for a site: with its weights, in memory, and without writing anything."""

import hashlib
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from tandemwerk import pairing
from tandemwerk.pairing import Newcomer, PairingError, Volunteer
from tandemwerk.programme.models import Carrier, Site
from tandemwerk.tandems.models import PairingWeights
from tandemwerk.tandems.queries.candidates import Candidates, candidates_of, locate

if TYPE_CHECKING:  # what computes is loaded at its first use
    from tandemwerk.pairing import Ledger, PairingResult, Stage, Weights


# ---------------------------------------------------------------- weights


def weights_for(place: Site | Carrier) -> "Weights":
    """Return the weights that hold: the site's own, else its carrier's, else the engine's."""
    own = own_weights(place)
    return weights_from(own.values) if own else pairing.Weights.default()


def own_weights(place: Site | Carrier) -> PairingWeights | None:
    """Return the row that holds at a site or a carrier; None where the engine's weights do."""
    if isinstance(place, Carrier):
        return PairingWeights.objects.filter(carrier=place).first()
    rows = PairingWeights.objects.filter(Q(site=place) | Q(carrier=place.carrier_id))
    return min(rows, key=lambda row: row.site_id is None, default=None)


def weights_from(values: dict[str, Any]) -> "Weights":
    """Return stored weights; raises PairingInputError for what the engine cannot work with."""
    parameters = pairing.Parameters(**values.get("parameters", {}))
    return pairing.Weights(values.get("weights", {}), parameters)


# ---------------------------------------------------------------- a run in memory


class StopWatch:
    """Seconds per stage, as the engine tells when each begins."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._stage, self._since = "", time.perf_counter()

    def begin(self, stage: "Stage | None") -> None:
        """Note how long the stage before took. None ends the last one."""
        now = time.perf_counter()
        if self._stage:
            self.seconds[self._stage] = round(now - self._since, 4)
        self._stage, self._since = str(stage or ""), now


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the engine said: a result, or in one line why there is none."""

    result: "PairingResult | None" = None
    error: str = ""
    seconds: dict[str, float] = field(default_factory=dict)
    fingerprint: str = ""
    #: The pairs that locked suggestions keep.
    kept: tuple[tuple[str, str], ...] = ()


def compute(site: Site, *, on: date) -> Outcome:
    """Let the engine pair the people of a site as they are today."""
    watch = StopWatch()
    try:
        candidates, weights = candidates_of(site, on=on), weights_for(site)
        result = run_in_memory(candidates, weights, on=on, observer=watch.begin)
    except PairingError as error:
        return Outcome(error=str(error))
    watch.begin(None)
    return Outcome(
        result=result,
        seconds=watch.seconds,
        fingerprint=fingerprint(candidates, weights),
        kept=tuple(candidates.kept),
    )


def run_in_memory(
    candidates: Candidates, weights: "Weights", *, on: date, observer: Any = lambda _: None
) -> "PairingResult":
    """Pair these people. Raises PairingInputError."""
    return pairing.pair_people(
        candidates.volunteers,
        candidates.newcomers,
        locate=locate,
        today=on,
        blocked=candidates.blocked,
        weights=weights,
        observer=observer,
    )


def fingerprint(candidates: Candidates, weights: "Weights") -> str:
    """Return a hash of people and rules that the day alone does not change."""
    digest = hashlib.sha256()
    parts: Iterable[object] = (
        [_plain(one) for one in sorted(candidates.volunteers, key=_by_id)],
        [_plain(one) for one in sorted(candidates.newcomers, key=_by_id)],
        sorted(candidates.blocked),
        sorted(candidates.kept),
        weights.as_data(),
    )
    for part in parts:
        digest.update(json.dumps(part, sort_keys=True, default=str).encode())
    return digest.hexdigest()


def _by_id(one: Volunteer | Newcomer) -> str:
    return one.id


def _plain(one: Volunteer | Newcomer) -> dict[str, Any]:
    # Not asdict: it copies every value, which took longer than the engine itself.
    values = {each.name: getattr(one, each.name) for each in fields(one)}
    return values | {"interests": sorted(one.interests)}


# ---------------------------------------------------------------- questions


@dataclass(frozen=True, kw_only=True)
class Books:
    """The best assignment for a site's people as they are now, ready for questions."""

    candidates: Candidates
    population: Any
    ledger: "Ledger"
    weights: "Weights"

    def knows(self, key: str) -> bool:
        """Tell whether somebody is to be paired at all."""
        return key in self._known

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset((*self.ledger.volunteer_ids, *self.ledger.newcomer_ids))


def books_of(site: Site, *, on: date) -> Books:
    """Open the books for a site: some queries and some hundredths of a second."""
    # Loaded here: pages that pair nobody need no solver.
    from tandemwerk.pairing.population import Population  # noqa: PLC0415

    candidates, weights = candidates_of(site, on=on), weights_for(site)
    population = Population.of(
        sorted(candidates.volunteers, key=_by_id),
        sorted(candidates.newcomers, key=_by_id),
        locate=locate,
        today=on,
        blocked=candidates.blocked,
    )
    return Books(
        candidates=candidates,
        population=population,
        ledger=pairing.Ledger.of(population, weights),
        weights=weights,
    )
