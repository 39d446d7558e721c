"""The programme in numbers, and the numbers of each site."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tandemwerk.core import clock
from tandemwerk.core.kept import keep, own_page
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
from tandemwerk.programme.queries.version import whole_version_for
from tandemwerk.tandems.queries.numbers import Tally, tally


@dataclass(frozen=True)
class Published:
    """The numbers of a year as everybody may see them, small ones protected."""

    year: int | None


HEAD = (
    gettext_lazy("Group"),
    pgettext_lazy("of a thing", "Name"),
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
    if (kind := request.GET.get("export")) in FORMATS:
        counted = tally()
        _form, wanted = _narrowed(request, user, counted)
        name = f"overview-{clock.today():%Y-%m-%d}"
        rows = export_rows(_overview(wanted, counted))
        return download(kind, name=name, title=_("Overview"), head=HEAD, rows=rows)
    version = whole_version_for(user, at=clock.now())
    return own_page(request, version, lambda: _page(request, user))


def _page(request: HttpRequest, user: User) -> HttpResponse:
    counted = tally()
    form, wanted = _narrowed(request, user, counted)
    key = f"portal/overview/{get_language()}/{counted.version}/{clock.today()}/{wanted!r}"
    context = {
        "filter": SimpleNamespace(form=form),
        "numbers": keep(key, lambda: _drawn(_overview(wanted, counted))),
        "may_see_sites": user.has_perm("portal.view_site_numbers"),
    }
    return TemplateResponse(request, "portal/overview.html", context)


def _drawn(found: Overview) -> SafeString:
    """Draw figures, charts, map and tables: the same ones for everybody who may see the same."""
    context = {
        "overview": found,
        "figures": overview_figures(found),
        "source": OUTLINES.text,
        "months_chart": months_chart(found),
        "carriers_chart": rows_chart(found.carriers, is_protected=found.is_protected),
        "map": overview_map(found),
    }
    return render_to_string("portal/_overview.html", context)


def _narrowed(
    request: HttpRequest, user: User, counted: Tally
) -> tuple[OverviewForm, Wanted | Published]:
    """Return the filters, and what they and the role of ``user`` let through."""
    years = years_of(counted.founded, today=clock.today())
    if not sees_whole_numbers(user):
        form = OverviewForm(request.GET, years=years, carriers=None)
        return form, Published(year=_value(form, "year"))
    mine = own_carriers(user)
    form = OverviewForm(request.GET, years=years, carriers=carrier_names(Wanted(carriers=mine)))
    return form, Wanted(
        year=_value(form, "year"),
        carrier=_value(form, "carrier"),
        land=_value(form, "land") or "",
        carriers=mine,
    )


def _overview(wanted: Wanted | Published, counted: Tally) -> Overview:
    if isinstance(wanted, Published):
        return published_overview(wanted.year, counted, today=clock.today())
    return whole_overview(wanted, counted, today=clock.today())


def _value(form: OverviewForm, name: str) -> Any:
    """Return what a filter says; one that does not fit says nothing."""
    form.is_valid()
    return form.cleaned_data.get(name)
