"""Rounds: a carrier's, and the nightly ones for the network office."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from tandemwerk.core import clock
from tandemwerk.programme.access import check_perm
from tandemwerk.programme.models import Carrier
from tandemwerk.tandems.models import PairingRound
from tandemwerk.tandems.services.rounds import sites_of_the_night, start_round
from tandemwerk.ui.parts import Figure

PER_PAGE = 30


def last_round(carrier: Carrier) -> PairingRound | None:
    """Return the last round that a carrier started."""
    rounds = PairingRound.objects.filter(carrier=carrier).select_related("started_by")
    return rounds.order_by("-started_at", "-pk").first()


def figures_of(last: PairingRound) -> list[Figure]:
    """Return what a finished round has found, and what was gained by looking together."""
    looked_at = _("%(done)s of %(all)s sites") % {"done": last.looked_at, "all": last.sites}
    found = [Figure(label=_("New suggestions"), value=last.suggestions, note=looked_at)]
    if last.together:
        alone = _("each site for itself: %(count)s") % {"count": last.alone}
        found = [
            Figure(label=_("Pairs possible together"), value=last.together, note=alone),
            Figure(label=_("Pairs of two sites"), value=last.offers),
            *found,
        ]
    if last.failed:
        found.append(Figure(label=_("Sites where it failed"), value=last.failed, tone="bad"))
    return found


@login_required
@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Let pairs be suggested at all sites of a carrier together."""
    carrier = get_object_or_404(Carrier.objects.visible_to(request.user), slug=slug)
    user = check_perm(request, "tandems.start_round", carrier)
    start_round(carrier=carrier, by=user, at=clock.now())
    return redirect("tandems:carrier_pairing", slug=slug)


@login_required
@require_safe
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer how far the carrier's round is; without htmx its page does."""
    carrier = get_object_or_404(Carrier.objects.visible_to(request.user), slug=slug)
    check_perm(request, "tandems.view_terms", carrier)
    if not request.htmx:  # type: ignore[attr-defined]  # set by its middleware
        return redirect("tandems:carrier_pairing", slug=slug)
    last = last_round(carrier)
    if last is None or last.finished_at is not None:
        return HttpResponseClientRefresh()
    context: dict[str, Any] = {"carrier": carrier, "last": last}
    return render(request, "tandems/carrier_pairing.html#progress", context)


@login_required
@require_safe
def nights(request: HttpRequest) -> HttpResponse:
    """List the nights; no person and no site stands in them. Asked by htmx: how far it is."""
    check_perm(request, "tandems.view_nights")
    found = PairingRound.objects.at_night().order_by("-day")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    last = found.first()
    context = {
        "page": page,
        "last": last,
        "is_under_way": last is not None and last.finished_at is None,
        "taking_part": sites_of_the_night().count(),
    }
    template = "tandems/nights.html#progress" if request.htmx else "tandems/nights.html"  # type: ignore[attr-defined]  # set by its middleware
    return render(request, template, context)
