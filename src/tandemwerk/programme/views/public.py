"""The sites as everybody may see them: list and map, the same as GeoJSON, and each one's page."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from tandemwerk.core.kept import public_page
from tandemwerk.places import sources
from tandemwerk.programme.filters import SiteFilter
from tandemwerk.programme.models import Site
from tandemwerk.programme.queries.sites import (
    NEAREST,
    as_geojson,
    as_listed,
    as_organization,
    describe_kinds,
    in_order,
    listed,
    on_the_map,
    whereabouts,
)

PER_PAGE: Final = 24


@require_safe
@public_page
def sites(request: HttpRequest) -> HttpResponse:
    """Show the public sites, nearest first when a place is searched for (``q``)."""
    chosen = SiteFilter(request.GET, queryset=Site.objects.public())
    where = whereabouts(request.GET.get("q", ""))
    found = in_order(chosen.qs, where.point)
    first = NEAREST if where.place else 0
    page = Paginator(found[first:], PER_PAGE).get_page(request.GET.get("page"))
    if page.number > 1:
        first = 0
    shown = listed([*found[:first], *page.object_list])
    context = {
        "chosen": chosen,
        "where": where,
        "total": len(found),
        "page": page,
        "nearest": shown[:first],
        "rows": shown[first:],
        "points": on_the_map(shown[:first], where.place),
        "points_url": f"{reverse('programme:sites_geojson')}?{_filters(request)}",
        "sources": [sources.POSTCODES],
    }
    return render(request, "programme/public/sites.html", context)


def _filters(request: HttpRequest) -> str:
    """Return the filters of the address, without place and page."""
    query = request.GET.copy()
    for name in [name for name in query if name not in SiteFilter.base_filters]:
        del query[name]
    return query.urlencode()


@require_safe
@cache_control(public=True, max_age=600)
@conditional_page
def sites_geojson(request: HttpRequest) -> HttpResponse:
    """Return the public sites as GeoJSON, with the same filters as the list."""
    chosen = SiteFilter(request.GET, queryset=Site.objects.public())
    return JsonResponse(
        as_geojson(chosen.qs),
        content_type="application/geo+json",
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
    )


@require_safe
@public_page
def site_public(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a site is, where, and how one takes part there."""
    site = get_object_or_404(Site.objects.public().select_related("carrier"), slug=slug)
    shown = as_listed(site)
    others = Site.objects.public().exclude(pk=site.pk)
    url = request.build_absolute_uri(request.path)
    context = {
        "site": shown,
        "kinds": describe_kinds(site),
        "nearby": listed(in_order(others, (site.latitude, site.longitude))[:NEAREST]),
        "organization": as_organization(shown, url=url),
    }
    return render(request, "programme/public/site.html", context)
