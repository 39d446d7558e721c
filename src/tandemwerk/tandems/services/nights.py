"""The nightly run: every site whose carrier wants it, where people or rules have changed."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tandemwerk.core import audit
from tandemwerk.core.actors import SYSTEM
from tandemwerk.programme.models import Site
from tandemwerk.tandems.enums import RunState
from tandemwerk.tandems.models import PairingNight, PairingRun
from tandemwerk.tandems.queries.engine import Outcome, compute
from tandemwerk.tandems.services.runs import hold, store


def run_night(*, at: datetime) -> PairingNight:
    """Suggest pairs at all sites that want it. Twice, or killed in between, doubles nothing.

    How far the night has come is written together with what was found at a site, so whoever goes
    on begins with the next one. A site whose people and rules are those of its last run is only
    looked at.
    """
    night = _begin(at=at)
    while night.finished_at is None:
        night = _next_site(night, at=at)
    return night


def _begin(*, at: datetime) -> PairingNight:
    fields = {"started_at": at, "sites": sites_of_the_night().count()}
    return PairingNight.objects.get_or_create(day=timezone.localdate(at), defaults=fields)[0]


def sites_of_the_night() -> QuerySet[Site]:
    """Return the sites whose carriers let pairs be suggested at night."""
    return Site.objects.filter(carrier__pairing_terms__is_nightly=True)


def _next_site(night: PairingNight, *, at: datetime) -> PairingNight:
    """Do one site, or end the night. The engine works outside of the transaction."""
    site = sites_of_the_night().filter(pk__gt=night.last_site).order_by("pk").first()
    outcome = compute(site, on=timezone.localdate(at)) if site else None
    with transaction.atomic():
        held = PairingNight.objects.select_for_update().get(pk=night.pk)
        if held.last_site != night.last_site or held.finished_at is not None:
            return held  # somebody else was faster
        if site is None or outcome is None:
            held.finished_at = at
        else:
            _note(held, site, outcome, at=at)
        held.save()
    return held


def _note(night: PairingNight, site: Site, outcome: Outcome, *, at: datetime) -> None:
    night.last_site, night.looked_at = site.pk, night.looked_at + 1
    hold(site)
    if outcome.result is not None and outcome.fingerprint == _last_fingerprint(site):
        return
    run = PairingRun.objects.create(site=site, state=RunState.RUNNING, created_at=at)
    store(run, outcome, at=at)
    audit.record(action="tandems.suggest_nightly", by=SYSTEM, at=at, target=run)
    if outcome.result is None:
        night.failed += 1
        return
    night.computed += 1
    night.suggestions += len(outcome.result.tandems)


def _last_fingerprint(site: Site) -> str:
    done = PairingRun.objects.filter(site=site, state=RunState.DONE)
    last = done.order_by("-created_at", "-pk").values_list("fingerprint", flat=True).first()
    return last or ""
