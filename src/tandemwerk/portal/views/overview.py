"""The programme in numbers, and the numbers of each site."""

from types import SimpleNamespace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tandemwerk.core import clock
from tandemwerk.core.sheets import FORMATS, download
from tandemwerk.people.models import User
from tandemwerk.places.sources import OUTLINES
from tandemwerk.portal.drawings import months_chart, overview_figures, overview_map, rows_chart
from tandemwerk.portal.forms import OverviewForm
from tandemwerk.portal.queries.overview import (
    Overview,
    Wanted,
    carrier_names,
    export_rows,
    own_carriers,
    whole_overview,
    years_of,
)
from tandemwerk.portal.queries.published import published_overview
from tandemwerk.portal.rules import sees_whole_numbers
from tandemwerk.tandems.queries.numbers import tally

HEAD = (
    gettext_lazy("Group"),
    gettext_lazy("Name"),
    gettext_lazy("Founded"),
    gettext_lazy("Running"),
    gettext_lazy("Volunteers waiting"),
    gettext_lazy("Newcomers waiting"),
)


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show tandems founded, running and waiting, by carrier, Land and month."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("portal.view_overview"):
        raise PermissionDenied
    form, found = _narrowed(request, user)
    if (kind := request.GET.get("export")) in FORMATS:
        name = f"overview-{clock.today():%Y-%m-%d}"
        rows = export_rows(found)
        return download(kind, name=name, title=_("Overview"), head=HEAD, rows=rows)
    context = {
        "filter": SimpleNamespace(form=form),
        "overview": found,
        "figures": overview_figures(found),
        "source": OUTLINES.text,
        "months_chart": months_chart(found),
        "carriers_chart": rows_chart(found.carriers, is_protected=found.is_protected),
        "map": overview_map(found),
        "may_see_sites": user.has_perm("portal.view_site_numbers"),
    }
    return TemplateResponse(request, "portal/overview.html", context)


def _narrowed(request: HttpRequest, user: User) -> tuple[OverviewForm, Overview]:
    today = clock.today()
    counted = tally()
    years = years_of(counted.founded, today=today)
    if not sees_whole_numbers(user):
        form = OverviewForm(request.GET, years=years, carriers=None)
        return form, published_overview(_value(form, "year"), counted, today=today)
    mine = own_carriers(user)
    form = OverviewForm(request.GET, years=years, carriers=carrier_names(Wanted(carriers=mine)))
    wanted = Wanted(
        year=_value(form, "year"),
        carrier=_value(form, "carrier"),
        land=_value(form, "land") or "",
        carriers=mine,
    )
    return form, whole_overview(wanted, counted, today=today)


def _value(form: OverviewForm, name: str) -> Any:
    """Return what a filter says; one that does not fit says nothing."""
    form.is_valid()
    return form.cleaned_data.get(name)
