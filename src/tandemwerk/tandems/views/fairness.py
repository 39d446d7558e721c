"""Who is paired and who waits, and whom to look for: for a site, a carrier and the country."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from tandemwerk.core import clock
from tandemwerk.core.keys import key_of
from tandemwerk.core.suppression import SMALL
from tandemwerk.programme.access import check_perm, site_or_404
from tandemwerk.programme.models import Carrier, Site
from tandemwerk.programme.rules import is_administrator, is_network
from tandemwerk.tandems.models import PairingRun
from tandemwerk.tandems.queries.fairness import add_up, last_runs, over_time, tables_of
from tandemwerk.tandems.queries.recruiting import add_up_wanted, campaign_text, wanted_in_words
from tandemwerk.tandems.views.runs import frame


@login_required
@require_safe
def site_recruit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show whom a site should look for, as of its last run."""
    site = site_or_404(request, slug)
    check_perm(request, "tandems.view_board", site)
    wanted = _wanted(Site.objects.filter(pk=site.pk), contact=_contact(site))
    return render(request, "tandems/recruit.html", wanted | frame(request, site, "recruit"))


def _contact(site: Site) -> str:
    return "\n".join(filter(None, [site.name, site.phone, site.mail]))


@login_required
@require_safe
def site_fairness(request: HttpRequest, slug: str) -> HttpResponse:
    """Show whom a run of a site served: the last one, or the one that is asked for."""
    site = site_or_404(request, slug)
    check_perm(request, "tandems.view_board", site)
    here = Site.objects.filter(pk=site.pk)
    runs = last_runs(here)
    if number := key_of(request.GET.get("run")):
        runs = PairingRun.objects.visible_to(request.user).filter(site=site, pk=number)
    context = {
        "site": site,
        "run": runs.first(),
        "tables": tables_of(add_up(_reports(runs)), is_protected=False),
        "course": over_time(here, on=clock.today()),
    }
    return render(request, "tandems/site_fairness.html", context)


@login_required
@require_safe
def carrier_fairness(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the same for the sites of a carrier together: figures, no person."""
    carrier = get_object_or_404(Carrier.objects.visible_to(request.user), slug=slug)
    check_perm(request, "tandems.view_terms", carrier)
    sites = Site.objects.filter(carrier=carrier)
    context = _report(sites, is_protected=False) | _wanted(sites, contact=carrier.name)
    return render(request, "tandems/fairness.html", context | {"carrier": carrier})


@login_required
@require_safe
def country_fairness(request: HttpRequest) -> HttpResponse:
    """Show the same for the country: whole for the network office, protected for the funder."""
    user = check_perm(request, "tandems.view_country")
    is_whole = is_network(user) or is_administrator(user)
    sites = Site.objects.all()
    context = _report(sites, is_protected=not is_whole)
    context |= _wanted(sites, contact="", least=1 if is_whole else SMALL)
    return render(request, "tandems/fairness.html", context | {"is_protected": not is_whole})


@login_required
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """Show the carriers whose terms the visitor may see; with only one go straight there."""
    carriers = list(Carrier.objects.visible_to(request.user).order_by("name", "pk"))
    if len(carriers) == 1:
        return redirect("tandems:carrier_pairing", slug=carriers[0].slug)
    return render(request, "tandems/terms.html", {"carriers": carriers})


def _report(sites: QuerySet[Site], *, is_protected: bool) -> dict[str, Any]:
    return {
        "tables": tables_of(add_up(_reports(last_runs(sites))), is_protected=is_protected),
        "course": over_time(sites, on=clock.today()),
    }


def _reports(runs: QuerySet[PairingRun]) -> QuerySet[Any, Any]:
    return runs.order_by("pk").values_list("fairness", flat=True)


def _wanted(sites: QuerySet[Site], *, contact: str, least: int = 1) -> dict[str, Any]:
    lists = last_runs(sites).order_by("pk").values_list("wanted", flat=True)
    lines = wanted_in_words(add_up_wanted(lists, least=least))
    return {"wanted": lines, "text": campaign_text(lines, contact=contact) if lines else ""}
