"""Suggesting pairs: a run of the engine, and what the coordinator makes of its suggestions."""

import time
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from tandemwerk import pairing
from tandemwerk.core import audit, clock
from tandemwerk.core.moves import IllegalMoveError, check_move
from tandemwerk.intake.models import Participation
from tandemwerk.pairing import HardRule, PairingError
from tandemwerk.people.models import User
from tandemwerk.programme.models import Site
from tandemwerk.tandems.enums import (
    RUN_MOVES,
    SUGGESTION_MOVES,
    DeclineReason,
    RunState,
    SuggestionState,
)
from tandemwerk.tandems.errors import (
    MinorsError,
    NotAPairError,
    SuggestionDecidedError,
    UnconfirmedError,
)
from tandemwerk.tandems.models import PairingRun, Suggestion, Tandem
from tandemwerk.tandems.queries.candidates import (
    candidates_of,
    explain_by_hand,
    locate,
    people_to_pair,
)
from tandemwerk.tandems.services.proposals import (
    Match,
    check_free,
    lock_pair,
    open_proposal,
    rule_out,
)

if TYPE_CHECKING:  # what computes is loaded at its first use
    from tandemwerk.pairing import Left, PairExplanation, PairingResult, Stage

#: Up to so many people a run takes a fraction of a second and is done at once.
AT_ONCE: Final = 400
#: A run that says nothing for so long has died; another may begin.
UNDER_WAY_FOR: Final = timedelta(minutes=10)


@transaction.atomic
def start_run(*, site: Site, by: User, at: datetime) -> PairingRun:
    """Let the engine suggest pairs for a site: at once for a small one, else by the worker.

    A run that is under way is returned instead of a second one. The caller has checked
    ``tandems.start_run``.
    """
    _hold(site)
    under_way = PairingRun.objects.filter(
        site=site,
        state__in=(RunState.QUEUED, RunState.RUNNING),
        created_at__gt=at - UNDER_WAY_FOR,
    )
    if run := under_way.order_by("created_at", "pk").first():
        return run
    run = PairingRun.objects.create(site=site, started_by=by, created_at=at)
    audit.record(action="tandems.start_run", by=by, at=at, target=run)
    if people_to_pair(site, on=timezone.localdate(at)).count() > AT_ONCE:
        compute_run_in_background.enqueue(run.pk)
        return run
    _move(run, RunState.RUNNING)
    _store(run, _compute(site, at=at), at=at)
    return run


@task()
def compute_run_in_background(run_id: int) -> str:
    """Compute a run. Twice is as good as once."""
    return compute_run(run_id=run_id, at=clock.now()).state


def compute_run(*, run_id: int, at: datetime) -> PairingRun:
    """Compute a run that was started, unless it is finished. Earlier suggestions are outdated.

    The engine works outside of a transaction: nobody waits for it.
    """
    run = _begin(run_id)
    if run.state != RunState.RUNNING:
        return run
    outcome = _compute(run.site, at=at)
    with transaction.atomic():
        _hold(run.site)
        run = PairingRun.objects.select_for_update().get(pk=run_id)
        if run.state == RunState.RUNNING:
            _store(run, outcome, at=at)
    return run


@transaction.atomic
def _begin(run_id: int) -> PairingRun:
    run = PairingRun.objects.select_for_update().get(pk=run_id)
    if run.state == RunState.QUEUED:
        _move(run, RunState.RUNNING)
    return run


def _hold(site: Site) -> None:
    """Let one run of a site write at a time."""
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)


def _move(run: PairingRun, to: RunState) -> None:
    check_move(RUN_MOVES, current=RunState(run.state), target=to)
    run.state = to
    run.save(update_fields=["state"])


class _StopWatch:
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
class _Outcome:
    """What the engine said: a result, or in one line why there is none."""

    result: "PairingResult | None" = None
    error: str = ""
    seconds: dict[str, float] = field(default_factory=dict)


def _compute(site: Site, *, at: datetime) -> _Outcome:
    watch, today = _StopWatch(), timezone.localdate(at)
    try:
        candidates = candidates_of(site, on=today)
        result = pairing.pair_people(
            candidates.volunteers,
            candidates.newcomers,
            locate=locate,
            today=today,
            blocked=candidates.blocked,
            observer=watch.begin,
        )
    except PairingError as error:
        return _Outcome(error=str(error))
    watch.begin(None)
    return _Outcome(result=result, seconds=watch.seconds)


def _store(run: PairingRun, outcome: _Outcome, *, at: datetime) -> None:
    """Write a run's result; what earlier runs of the site suggested is outdated by it."""
    run.finished_at = at
    if outcome.result is None:
        run.summary = {"error": outcome.error}
        run.save(update_fields=["finished_at", "summary"])
        _move(run, RunState.FAILED)
        return
    result = outcome.result
    run.input_hash = result.input_hash
    run.rules = [str(rule) for rule in result.rules]
    run.weights = result.weights.as_data()
    run.summary = {
        "counts": asdict(result.counts),
        "total": result.total,
        "seconds": outcome.seconds,
    }
    run.left = [_left(one) for one in result.left]
    run.save(update_fields=["finished_at", "input_hash", "rules", "weights", "summary", "left"])
    _move(run, RunState.DONE)
    earlier = Suggestion.objects.filter(run__site=run.site, state=SuggestionState.OPEN)
    earlier.update(state=SuggestionState.OUTDATED, decided_at=at)
    Suggestion.objects.bulk_create(_suggestion(run, pair) for pair in result.tandems)


def _left(one: "Left") -> dict[str, Any]:
    return {
        "participation": int(one.id),
        "side": one.side,
        "reasons": [reason.as_data() for reason in one.reasons],
        "relax": [
            {"rule": str(each.rule), "count": each.count, "km": each.km} for each in one.relaxations
        ],
    }


def _suggestion(run: PairingRun, pair: "PairExplanation") -> Suggestion:
    return Suggestion(
        run=run,
        volunteer_id=int(pair.volunteer_id),
        newcomer_id=int(pair.newcomer_id),
        score=pair.score,
        km=pair.km,
        language=pair.language or "",
        reasons=[reason.as_data() for reason in pair.reasons],
    )


@transaction.atomic
def accept_suggestion(*, suggestion_id: int, by: User, at: datetime) -> Tandem:
    """Propose the two of a suggestion to each other.

    The caller has checked ``tandems.decide_suggestion``. Raises NoPlaceLeftError,
    AlreadyInTandemError, NotOpenError or SuggestionDecidedError, and then nothing is written.
    """
    suggestion, volunteer, newcomer = _held(suggestion_id)
    if suggestion.state == SuggestionState.OUTDATED:
        # Somebody was faster: who is no longer free says more than that.
        check_free(volunteer, newcomer, at=at)
    _decide(suggestion, SuggestionState.ACCEPTED, by=by, at=at)
    return open_proposal(
        volunteer=volunteer,
        newcomer=newcomer,
        match=Match(language=suggestion.language, km=suggestion.km, reasons=suggestion.reasons),
        by=by,
        at=at,
    )


@transaction.atomic
def decline_suggestion(
    *, suggestion_id: int, reason: DeclineReason, note: str = "", by: User, at: datetime
) -> Suggestion:
    """Say no to a suggestion: these two are never suggested to each other again.

    The caller has checked ``tandems.decide_suggestion``. Raises SuggestionDecidedError.
    """
    suggestion, volunteer, newcomer = _held(suggestion_id)
    _decide(suggestion, SuggestionState.DECLINED, by=by, at=at, reason=reason)
    rule_out(volunteer=volunteer, newcomer=newcomer, reason=reason, note=note, by=by, at=at)
    return suggestion


def _held(suggestion_id: int) -> tuple[Suggestion, Participation, Participation]:
    """Return a suggestion with both people, all rows held; people first, as everywhere."""
    pair = Suggestion.objects.values("volunteer_id", "newcomer_id").get(pk=suggestion_id)
    volunteer, newcomer = lock_pair(**pair)
    suggestion = (
        Suggestion.objects.select_for_update(of=("self",))
        .select_related("run__site")
        .get(pk=suggestion_id)
    )
    return suggestion, volunteer, newcomer


def _decide(
    suggestion: Suggestion, to: SuggestionState, *, by: User, at: datetime, reason: str = ""
) -> None:
    try:
        check_move(SUGGESTION_MOVES, current=SuggestionState(suggestion.state), target=to)
    except IllegalMoveError:
        raise SuggestionDecidedError from None
    suggestion.state, suggestion.decided_by, suggestion.decided_at = to, by, at
    suggestion.save(update_fields=["state", "decided_by", "decided_at"])
    audit.record(
        action="tandems.decide_suggestion",
        by=by,
        at=at,
        target=suggestion,
        changes={"state": to, "reason": reason} if reason else {"state": to},
    )


@transaction.atomic
def propose_by_hand(
    *,
    site: Site,
    volunteer_id: int,
    newcomer_id: int,
    is_confirmed: bool = False,
    by: User,
    at: datetime,
) -> Tandem:
    """Propose two people of ``site`` whom the coordinator has chosen.

    Rules of pairing that they break must be confirmed, all but the one that protects minors. The
    caller has checked ``tandems.propose``. Raises NotAPairError, MinorsError, UnconfirmedError,
    and whatever ``open_proposal`` raises.
    """
    volunteer, newcomer = lock_pair(volunteer_id=volunteer_id, newcomer_id=newcomer_id)
    if volunteer.site_id != site.pk:
        raise NotAPairError
    explanation = explain_by_hand(volunteer, newcomer, on=timezone.localdate(at))
    if HardRule.MINORS in explanation.broken:
        raise MinorsError
    if explanation.broken and not is_confirmed:
        raise UnconfirmedError
    return open_proposal(
        volunteer=volunteer,
        newcomer=newcomer,
        match=Match(
            language=explanation.language or "",
            km=explanation.km,
            reasons=[reason.as_data() for reason in explanation.reasons],
        ),
        by=by,
        at=at,
    )
