"""Questions to a pairing: why these two, why not those, why nobody."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tandemwerk.core import clock
from tandemwerk.programme.access import check_perm, site_or_404
from tandemwerk.tandems.forms.board import PairForm
from tandemwerk.tandems.queries.people import profile_of
from tandemwerk.tandems.queries.why import why_nobody, why_not


@login_required
@require_safe
def why(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer for two people of the site, or for one. Asked by htmx: the answer alone."""
    site = site_or_404(request, slug)
    check_perm(request, "tandems.view_board", site)
    today = clock.today()
    form = PairForm(request.GET or None, site=site, on=today)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    context: dict[str, Any] = {
        "site": site,
        "form": form,
        "may_write": request.user.has_perm("tandems.propose", site),
    }
    volunteer, newcomer = chosen.get("volunteer"), chosen.get("newcomer")
    if volunteer and newcomer:
        context |= {
            "answer": why_not(volunteer, newcomer, on=today),
            "volunteer_facts": profile_of(volunteer, on=today),
            "newcomer_facts": profile_of(newcomer, on=today),
        }
    elif one := volunteer or newcomer:
        context["person"] = why_nobody(one, on=today)
    is_part = request.htmx and not form.errors  # type: ignore[attr-defined]  # set by its middleware
    template = "tandems/why.html#answer" if is_part else "tandems/why.html"
    return render(request, template, context, status=422 if form.errors else 200)
