"""Rounds: pairs suggested at many sites together, by a carrier or every night for the country."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from tandemwerk.core import audit, clock
from tandemwerk.core.actors import SYSTEM
from tandemwerk.pairing import PairingError
from tandemwerk.people.models import User
from tandemwerk.programme.models import Carrier, Site
from tandemwerk.tandems.enums import RunState
from tandemwerk.tandems.models import AcrossOffer, PairingRound, PairingRun
from tandemwerk.tandems.queries.engine import Outcome, compute
from tandemwerk.tandems.queries.promised import offers_end
from tandemwerk.tandems.queries.together import (
    Circle,
    Together,
    circle_of,
    circles_of,
    pair_together,
)
from tandemwerk.tandems.services.runs import UNDER_WAY_FOR, hold, store

#: A round in which nothing was found because somebody's data could not be read.
_NOTHING: Final = Together(across=[])


def sites_of_the_night() -> QuerySet[Site]:
    """Return the sites whose carriers let pairs be suggested at night."""
    return Site.objects.filter(carrier__pairing_terms__is_nightly=True)


def run_night(*, at: datetime) -> PairingRound:
    """Suggest pairs at all sites that want it. Twice, or killed in between, doubles nothing.

    Pairs of two sites that nobody has asked about in time are forgotten.
    """
    AcrossOffer.objects.offered_before(offers_end(timezone.localdate(at))).delete()
    fields = {"started_at": at, "sites": sites_of_the_night().count()}
    night, _ = PairingRound.objects.get_or_create(
        day=timezone.localdate(at), carrier=None, defaults=fields
    )
    return run_round(round_id=night.pk, at=at)


@transaction.atomic
def start_round(*, carrier: Carrier, by: User, at: datetime) -> PairingRound:
    """Let the worker suggest pairs at all sites of a carrier together.

    A round that is under way is returned instead of a second one, and goes on should it have died.
    The caller has checked ``tandems.start_round``.
    """
    Carrier.objects.select_for_update(no_key=True).get(pk=carrier.pk)
    found = PairingRound.objects.under_way().filter(carrier=carrier).first()
    if found is None:
        found = PairingRound.objects.create(
            carrier=carrier,
            day=timezone.localdate(at),
            started_by=by,
            started_at=at,
            sites=Site.objects.filter(carrier=carrier).count(),
        )
        audit.record(action="tandems.start_round", by=by, at=at, target=found)
    elif found.started_at > at - UNDER_WAY_FOR:
        return found
    run_round_in_background.enqueue(found.pk)
    return found


@task()
def run_round_in_background(round_id: int) -> int:
    """Go on with a round to its end. Twice is as good as once."""
    return run_round(round_id=round_id, at=clock.now()).computed


def run_round(*, round_id: int, at: datetime) -> PairingRound:
    """Find the pairs between the sites of a round, then suggest pairs at each site.

    How far it has come is written together with what was found, so whoever goes on begins with the
    next site. A site whose people and rules are those of its last run is only looked at. The engine
    works outside of transactions.
    """
    current = PairingRound.objects.select_related("carrier").get(pk=round_id)
    if current.offered_at is None:
        current = _offer(current, at=at)
    while current.finished_at is None:
        current = _next_site(current, at=at)
    return current


def _sites(current: PairingRound) -> QuerySet[Site]:
    if current.carrier_id is None:
        return sites_of_the_night()
    return Site.objects.filter(carrier=current.carrier_id)


def _hold(current: PairingRound) -> PairingRound:
    return PairingRound.objects.select_for_update(of=("self",), no_key=True).get(pk=current.pk)


def _offer(current: PairingRound, *, at: datetime) -> PairingRound:
    """Write down the pairs between sites; what earlier rounds found for them is gone."""
    circles = circles_of(_sites(current)) if current.carrier is None else circle_of(current.carrier)
    found = [_pair(circle, at=at) for circle in circles]
    with transaction.atomic():
        held = _hold(current)
        if held.offered_at is not None:
            return held  # somebody else was faster
        offers = [pair for each in found for pair in each.across]
        AcrossOffer.objects.of_sites(_sites(held).values("pk")).delete()
        AcrossOffer.objects.bulk_create(
            AcrossOffer(
                round=held,
                volunteer_id=int(pair.volunteer_id),
                newcomer_id=int(pair.newcomer_id),
                score=pair.score,
                km=pair.km,
                reasons=[reason.as_data() for reason in pair.reasons],
                offered_at=at,
            )
            for pair in offers
        )
        held.offered_at, held.offers = at, len(offers)
        held.together = sum(each.together for each in found)
        held.alone = sum(each.alone for each in found)
        held.save(update_fields=["offered_at", "offers", "together", "alone"])
    return held


def _pair(circle: Circle, *, at: datetime) -> Together:
    try:
        return pair_together(circle, on=timezone.localdate(at))
    except PairingError:
        return _NOTHING  # the run of the site whose people cannot be read says so


def _next_site(current: PairingRound, *, at: datetime) -> PairingRound:
    """Do one site, or end the round."""
    site = _sites(current).filter(pk__gt=current.last_site).order_by("pk").first()
    outcome = compute(site, on=timezone.localdate(at)) if site else None
    with transaction.atomic():
        held = _hold(current)
        if held.last_site != current.last_site or held.finished_at is not None:
            return held  # somebody else was faster
        if site is None or outcome is None:
            held.finished_at = at
        else:
            _note(held, site, outcome, at=at)
        held.save()
    return held


def _note(current: PairingRound, site: Site, outcome: Outcome, *, at: datetime) -> None:
    current.last_site, current.looked_at = site.pk, current.looked_at + 1
    hold(site)
    if outcome.result is not None and outcome.fingerprint == _last_fingerprint(site):
        return
    run = PairingRun.objects.create(
        site=site, state=RunState.RUNNING, started_by=current.started_by, created_at=at
    )
    store(run, outcome, at=at)
    audit.record(
        action="tandems.start_run" if current.started_by else "tandems.suggest_nightly",
        by=current.started_by or SYSTEM,
        at=at,
        target=run,
    )
    if outcome.result is None:
        current.failed += 1
        return
    current.computed += 1
    current.suggestions += len(outcome.result.tandems)


def _last_fingerprint(site: Site) -> str:
    done = PairingRun.objects.filter(site=site, state=RunState.DONE)
    last = done.order_by("-created_at", "-pk").values_list("fingerprint", flat=True).first()
    return last or ""
