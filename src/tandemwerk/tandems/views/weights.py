"""How much each rule counts at a site or a carrier, tried before it holds; a carrier's terms."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tandemwerk.core import clock
from tandemwerk.programme.access import check_perm, site_or_404
from tandemwerk.programme.models import Carrier, Site
from tandemwerk.tandems.enums import Reach
from tandemwerk.tandems.forms.weights import WeightsForm
from tandemwerk.tandems.models import PairingTerms
from tandemwerk.tandems.queries.effect import effect_of
from tandemwerk.tandems.queries.engine import own_weights, weights_for
from tandemwerk.tandems.services.runs import UNDER_WAY_FOR
from tandemwerk.tandems.services.terms import reset_weights, set_nightly, set_weights
from tandemwerk.tandems.views.rounds import figures_of, last_round
from tandemwerk.tandems.views.runs import frame
from tandemwerk.tandems.views.shared import GET_OR_POST


@login_required
@require_http_methods(GET_OR_POST)
def site_weights(request: HttpRequest, slug: str) -> HttpResponse:
    """Show and change the weights of a site."""
    site = site_or_404(request, slug)
    check_perm(request, "tandems.view_board", site)
    return _weights(request, site, "tandems/weights.html", frame(request, site, "site_weights"))


@login_required
@require_http_methods(GET_OR_POST)
def carrier_pairing(request: HttpRequest, slug: str) -> HttpResponse:
    """Show and change the weights of a carrier, and whether its sites are paired every night."""
    carrier = _carrier_or_404(request, slug)
    check_perm(request, "tandems.view_terms", carrier)
    terms = (
        PairingTerms.objects.filter(carrier=carrier)
        .select_related("nightly_by", "reach_by")
        .first()
    )
    last = last_round(carrier)
    context = {
        "carrier": carrier,
        "terms": terms,
        "reaches": Reach.choices,
        "reach": terms.reach if terms else Reach.NONE,
        "last": last,
        "is_stuck": last is not None and last.started_at < clock.now() - UNDER_WAY_FOR,
        "figures": figures_of(last) if last else [],
        "may_start": request.user.has_perm("tandems.start_round", carrier),
    }
    return _weights(request, carrier, "tandems/carrier_pairing.html", context)


@login_required
@require_POST
def nightly(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a carrier's sites be paired every night, or no longer."""
    carrier = _carrier_or_404(request, slug)
    user = check_perm(request, "tandems.set_terms", carrier)
    wanted = request.POST.get("is_nightly") == "on"
    set_nightly(carrier=carrier, wanted=wanted, by=user, at=clock.now())
    messages.success(request, _("Saved."))
    return redirect("tandems:carrier_pairing", slug=slug)


def _carrier_or_404(request: HttpRequest, slug: str) -> Carrier:
    return get_object_or_404(Carrier.objects.visible_to(request.user), slug=slug)


def _weights(
    request: HttpRequest, place: Site | Carrier, template: str, context: dict[str, Any]
) -> HttpResponse:
    may_change = request.user.has_perm("tandems.set_weights", place)
    data = request.POST if request.method == "POST" else None
    form = WeightsForm(data, weights=weights_for(place))
    if data is not None:
        user = check_perm(request, "tandems.set_weights", place)
        if data.get("what") == "reset":
            reset_weights(place=place, by=user, at=clock.now())
            messages.success(request, _("The usual weights hold again."))
            return redirect(request.path)
        if form.is_valid() and data.get("what") == "save":
            set_weights(place=place, weights=form.weights, by=user, at=clock.now())
            messages.success(request, _("Saved. The next suggestions are made with it."))
            return redirect(request.path)
        if form.is_valid():
            context["effect"] = effect_of(place, form.weights, on=clock.today())
    own = own_weights(place)
    context |= {
        "form": form,
        "may_change": may_change,
        "own": own,
        "is_own": own is not None and own.place == place,
    }
    status = 422 if form.errors else 200
    if request.htmx:  # type: ignore[attr-defined]  # set by its middleware
        template = "tandems/_weights.html#effect"
    return render(request, template, context, status=status)
