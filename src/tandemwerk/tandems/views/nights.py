"""The nightly runs, for the network office: how far the last one is, what came of the others."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tandemwerk.programme.access import check_perm
from tandemwerk.tandems.models import PairingNight
from tandemwerk.tandems.services.nights import sites_of_the_night

PER_PAGE = 30


@login_required
@require_safe
def nights(request: HttpRequest) -> HttpResponse:
    """List the nights; no person and no site stands in them. Asked by htmx: how far it is."""
    check_perm(request, "tandems.view_nights")
    found = PairingNight.objects.order_by("-day")
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
