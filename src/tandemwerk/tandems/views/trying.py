"""Try a change, and look at two suggestions side by side. Nothing is written here."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tandemwerk.core import clock
from tandemwerk.programme.access import check_perm, site_or_404
from tandemwerk.tandems.forms.board import TrialForm
from tandemwerk.tandems.models import Suggestion
from tandemwerk.tandems.queries.runs import cards_of, with_both
from tandemwerk.tandems.queries.simulation import simulate as difference_of
from tandemwerk.tandems.views.runs import frame
from tandemwerk.tandems.views.shared import chosen_keys


@login_required
@require_safe
def simulate(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a change would bring, before anything is changed."""
    site = site_or_404(request, slug)
    check_perm(request, "tandems.view_board", site)
    today = clock.today()
    form = TrialForm(request.GET or None, site=site, on=today)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        context |= {"difference": difference_of(site, form.trial, on=today), "trial": form.trial}
    if request.htmx and not form.errors:  # type: ignore[attr-defined]  # set by its middleware
        return render(request, "tandems/simulate.html#result", context)
    status = 422 if form.errors else 200
    around = frame(request, site, "simulate")
    return render(request, "tandems/simulate.html", context | around, status=status)


@login_required
@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Show two suggestions side by side, rule by rule."""
    site = site_or_404(request, slug)
    check_perm(request, "tandems.view_board", site)
    numbers = chosen_keys(request, "pair")
    mine = Suggestion.objects.visible_to(request.user).filter(run__site=site)
    found = [*with_both(mine.filter(pk__in=numbers)).order_by("pk")]
    is_two = len(found) == 2  # noqa: PLR2004  two, side by side
    context: dict[str, Any] = {"site": site, "is_two": is_two}
    if is_two:
        cards = cards_of(found, site, on=clock.today())
        rows = zip(cards[0].shares, cards[1].shares, strict=True)
        context |= {"cards": cards, "rows": list(rows)}
    return render(request, "tandems/compare.html", context, status=200 if is_two else 422)
