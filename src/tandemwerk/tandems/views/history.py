"""The runs of a site, and two of them side by side."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tandemwerk.programme.access import check_perm, site_or_404
from tandemwerk.tandems.queries.history import compare_runs, finished, runs_of
from tandemwerk.tandems.views.runs import PER_PAGE, frame
from tandemwerk.tandems.views.shared import chosen_keys


@login_required
@require_safe
def runs(request: HttpRequest, slug: str) -> HttpResponse:
    """List the runs of a site."""
    site = site_or_404(request, slug)
    check_perm(request, "tandems.view_board", site)
    found = runs_of(site, viewer=request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "tandems/runs.html", {"page": page} | frame(request, site, "runs"))


@login_required
@require_safe
def two_runs(request: HttpRequest, slug: str) -> HttpResponse:
    """Show two runs side by side, the older one first."""
    site = site_or_404(request, slug)
    check_perm(request, "tandems.view_board", site)
    mine = finished(runs_of(site, viewer=request.user))
    found = [*mine.filter(pk__in=chosen_keys(request, "run")).order_by("created_at", "pk")]
    is_two = len(found) == 2  # noqa: PLR2004  two, side by side
    context: dict[str, Any] = {"site": site, "is_two": is_two, "runs": found}
    if is_two:
        context["compared"] = compare_runs(*found)
    return render(request, "tandems/two_runs.html", context, status=200 if is_two else 422)
