"""The numbers of each site, for carriers and the network office: sites, never persons."""

from typing import Any

import django_filters as filters
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tandemwerk.core import clock
from tandemwerk.core.search import words_of
from tandemwerk.core.sheets import FORMATS, download
from tandemwerk.places import land_choices
from tandemwerk.portal.queries.start import with_numbers
from tandemwerk.portal.tables import SITE_HEAD, SiteTable, site_row
from tandemwerk.programme.models import Carrier, Site

PER_PAGE = 25


def _carriers(request: HttpRequest | None) -> QuerySet[Carrier]:
    """Return the carriers of the sites that the visitor may see."""
    if request is None:
        return Carrier.objects.none()
    sites = Site.objects.visible_to(request.user)
    return Carrier.objects.filter(pk__in=sites.values("carrier_id")).order_by("name", "pk")


class SiteFilter(filters.FilterSet):
    """Name or place, carrier, Land."""

    q = filters.CharFilter(label=gettext_lazy("Name or place"), method="by_words", max_length=80)
    carrier = filters.ModelChoiceFilter(
        label=gettext_lazy("Carrier"),
        queryset=_carriers,
        to_field_name="slug",
        empty_label=gettext_lazy("All"),
    )
    land = filters.ChoiceFilter(
        label=gettext_lazy("Land"), choices=land_choices, empty_label=gettext_lazy("All")
    )

    class Meta:
        model = Site
        fields: list[str] = []

    def by_words(self, sites: QuerySet[Site], _name: str, value: str) -> QuerySet[Site]:
        """Keep the sites whose name or place has every word."""
        for word in words_of(value):
            sites = sites.filter(Q(name__icontains=word) | Q(place__icontains=word))
        return sites


@login_required
@require_safe
def site_numbers(request: HttpRequest) -> HttpResponse:
    """Show the sites that somebody may see with their counts."""
    if not request.user.has_perm("portal.view_site_numbers"):
        raise PermissionDenied
    visible = Site.objects.visible_to(request.user).select_related("carrier")
    found = SiteFilter(request.GET, queryset=visible.order_by("name", "pk"), request=request)
    if (kind := request.GET.get("export")) in FORMATS:
        name = f"sites-{clock.today():%Y-%m-%d}"
        rows: list[Any] = [site_row(numbers) for numbers in with_numbers(list(found.qs))]
        return download(kind, name=name, title=_("Sites"), head=SITE_HEAD, rows=rows)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "page": page,
        "count": page.paginator.count,
        "table": SiteTable(with_numbers(list(page.object_list))),
    }
    return TemplateResponse(request, "portal/site_numbers.html", context)
