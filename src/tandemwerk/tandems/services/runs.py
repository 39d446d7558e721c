"""Suggesting pairs: a run of the engine, and what the coordinator makes of its suggestions."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from tandemwerk.core import audit, clock
from tandemwerk.core.moves import IllegalMoveError, check_move
from tandemwerk.intake.models import Participation
from tandemwerk.pairing import HardRule
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
from tandemwerk.tandems.queries.candidates import explain_by_hand, people_to_pair
from tandemwerk.tandems.queries.engine import Outcome, compute
from tandemwerk.tandems.queries.reports import fairness_of, wanted_by
from tandemwerk.tandems.services.proposals import (
    Match,
    check_free,
    lock_pair,
    open_proposal,
    rule_out,
)

if TYPE_CHECKING:  # what computes is loaded at its first use
    from tandemwerk.pairing import Left, PairExplanation, PairingResult

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
    hold(site)
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
    store(run, compute(site, on=timezone.localdate(at)), at=at)
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
    outcome = compute(run.site, on=timezone.localdate(at))
    with transaction.atomic():
        hold(run.site)
        run = PairingRun.objects.select_for_update().get(pk=run_id)
        if run.state == RunState.RUNNING:
            store(run, outcome, at=at)
    return run


@transaction.atomic
def _begin(run_id: int) -> PairingRun:
    run = PairingRun.objects.select_for_update().get(pk=run_id)
    if run.state == RunState.QUEUED:
        _move(run, RunState.RUNNING)
    return run


def hold(site: Site) -> None:
    """Let one run of a site write at a time."""
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)


def _move(run: PairingRun, to: RunState) -> None:
    check_move(RUN_MOVES, current=RunState(run.state), target=to)
    run.state = to
    run.save(update_fields=["state"])


def store(run: PairingRun, outcome: Outcome, *, at: datetime) -> None:
    """Write a run's result; what earlier runs of the site suggested is outdated by it.

    Locked suggestions stay, unless one of the two is no longer free. The caller holds the site.
    """
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
        "km": _mean_km(result),
        "kept": len(outcome.kept),
    }
    run.left = [_left(one) for one in result.left]
    run.fingerprint = outcome.fingerprint
    run.fairness, run.wanted = fairness_of(result), wanted_by(result)
    run.save()
    _move(run, RunState.DONE)
    kept = Q()
    for volunteer, newcomer in outcome.kept:
        kept |= Q(volunteer=int(volunteer), newcomer=int(newcomer), locked_at__isnull=False)
    earlier = Suggestion.objects.filter(run__site=run.site, state=SuggestionState.OPEN)
    gone = earlier.exclude(kept) if kept else earlier
    gone.update(state=SuggestionState.OUTDATED, decided_at=at)
    Suggestion.objects.bulk_create(_suggestion(run, pair) for pair in result.tandems)


def _mean_km(result: "PairingResult") -> float | None:
    known = [pair.km for pair in result.tandems if pair.km is not None]
    return round(sum(known) / len(known), 1) if known else None


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
    AlreadyInTandemError, AlreadyTogetherError, NotOpenError or SuggestionDecidedError, and then
    nothing is written.
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


@transaction.atomic
def lock_suggestion(*, suggestion_id: int, locked: bool, by: User, at: datetime) -> Suggestion:
    """Keep a suggestion as it is in the runs to come, or let go of it again.

    The caller has checked ``tandems.decide_suggestion``. Twice is as good as once. Raises
    SuggestionDecidedError.
    """
    suggestion, _volunteer, _newcomer = _held(suggestion_id)
    if suggestion.state != SuggestionState.OPEN:
        raise SuggestionDecidedError
    if suggestion.is_locked == locked:
        return suggestion
    suggestion.locked_at, suggestion.locked_by = (at, by) if locked else (None, None)
    suggestion.save(update_fields=["locked_at", "locked_by"])
    action = "tandems.lock_suggestion" if locked else "tandems.unlock_suggestion"
    audit.record(action=action, by=by, at=at, target=suggestion)
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
