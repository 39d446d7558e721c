"""Local information from Integreat: which region, its tree of pages, its events, its places."""

from typing import Any, Final

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tandemwerk.core import clock
from tandemwerk.knowledge.models import LocalPage, LocalRegion
from tandemwerk.knowledge.queries import local as queries
from tandemwerk.knowledge.services import local as services
from tandemwerk.programme.queries.sites import whereabouts
from tandemwerk.ui.parts import Tab

PER_PAGE: Final = 25
#: More pins than this nobody finds their way in.
MAX_PINS: Final = 400
_C = LocalPage.Content


@require_safe
def local(request: HttpRequest) -> HttpResponse:
    """Show the regions near a place that was typed (``q``), else near where one is at home."""
    regions = queries.all_regions() if queries.is_offered() else []
    fetched_at = max((region.fetched_at for region in regions), default=None)
    if services.is_stale(fetched_at, at=clock.now()):
        services.ask_for_regions()
    where = whereabouts(request.GET.get("q", ""))
    place = where.place or (None if where.typed else queries.place_of(request.user))
    context = {
        "where": where,
        "place": place,
        "near": queries.regions_near(regions, place) if place else [],
        "regions": regions,
        "is_offered": queries.is_offered(),
        "is_waiting": not regions and bool(settings.INTEGREAT_URL),
        "has_failed": services.has_failed(),
        "fetched_at": fetched_at,
    }
    return _page(request, "knowledge/local.html", context)


@require_safe
def local_pages(request: HttpRequest, region: str) -> HttpResponse:
    """Show one place of the tree (``in``): titles, excerpts, links, the texts folded."""
    context = _shown(request, region, _C.PAGES)
    branch = queries.branch_at(context["copy"].entries, request.GET.get("in", "")[:400])
    if branch is None:
        raise Http404
    return _page(request, "knowledge/local_pages.html", context | {"branch": branch})


@require_safe
def local_events(request: HttpRequest, region: str) -> HttpResponse:
    """Show what will happen, the next first."""
    context = _shown(request, region, _C.EVENTS)
    events = queries.coming(context["copy"].entries, at=clock.now())
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    return _page(request, "knowledge/local_events.html", context | {"page": page})


@require_safe
def local_places(request: HttpRequest, region: str) -> HttpResponse:
    """Show offices, advice centres and other places, on a map and as a list."""
    context = _shown(request, region, _C.LOCATIONS)
    page = Paginator(context["copy"].entries, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [queries.with_week(entry) for entry in page.object_list]
    points = queries.on_the_map(context["copy"].entries)[:MAX_PINS]
    return _page(request, "knowledge/local_places.html", context | {"page": page, "points": points})


def _shown(request: HttpRequest, slug: str, content: str) -> dict[str, Any]:
    """Return what the three pages of a region have in common; ask for a newer copy if needed."""
    if not queries.is_offered():
        raise Http404
    region = get_object_or_404(LocalRegion, slug=slug)
    reader = get_language() or "de"
    language = queries.language_for(region, wanted=request.GET.get("language", ""), reader=reader)
    kept = queries.copy_of(region, language=language, content=content)
    if language and services.is_stale(kept.fetched_at, at=clock.now()):
        services.ask_for_content(region=region, language=language, content=content)
    return {
        "region": region,
        "language": queries.language_named(language),
        "languages": queries.languages_of(region, current=language),
        "is_fallback": bool(language) and language != reader and not request.GET.get("language"),
        "copy": kept,
        "has_failed": services.has_failed(region=region, language=language, content=content),
        "is_waiting": kept.fetched_at is None and bool(settings.INTEGREAT_URL),
        "tabs": _tabs(request, region, content),
    }


def _tabs(request: HttpRequest, region: LocalRegion, current: str) -> list[Tab]:
    language = request.GET.get("language", "")
    chosen = f"?language={language}" if language in region.languages else ""
    names = {
        _C.PAGES: (_("Good to know"), "knowledge:local_pages"),
        _C.EVENTS: (_("Events"), "knowledge:local_events"),
        _C.LOCATIONS: (_("Places"), "knowledge:local_places"),
    }
    return [
        Tab(
            label=label,
            url=reverse(name, kwargs={"region": region.slug}) + chosen,
            is_current=content == current,
        )
        for content, (label, name) in names.items()
    ]


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    base = "ui/portal.html" if request.user.is_authenticated else "ui/public.html"
    return TemplateResponse(request, template, context | {"base": base})
