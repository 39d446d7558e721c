"""The start page of each role: greeting, what needs me today, then the overview."""

from types import SimpleNamespace
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from tandemwerk.core import clock
from tandemwerk.core.kept import keep, own_page
from tandemwerk.core.worklist import Work, WorkItem, work_for
from tandemwerk.people.models import User
from tandemwerk.portal.drawings import months_chart, overview_figures
from tandemwerk.portal.forms import WorkForm
from tandemwerk.portal.queries import start as queries
from tandemwerk.portal.queries.overview import Overview, Wanted, own_carriers, whole_overview
from tandemwerk.portal.queries.published import published_overview
from tandemwerk.portal.rules import is_carrier_team, sees_whole_numbers
from tandemwerk.programme.models import Carrier, Site, own_sites, team_sites, written_sites
from tandemwerk.programme.queries.version import version_for
from tandemwerk.programme.rules import is_ministry
from tandemwerk.tandems.queries.numbers import tally

#: More than so many things a day are nobody's plan.
TODAY: Final = 7
#: «All» shows so many; who has more has to begin somewhere anyway.
ALL: Final = 200
SITES: Final = 12
SEVERAL: Final = 2


@login_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show somebody their start page: each part for those whom it concerns."""
    user = _user(request)
    at = clock.now()
    sites = own_sites(user)
    if not (sites or sees_whole_numbers(user) or is_ministry(user)):
        # The two of a tandem see at once what their site does, though in none of its teams.
        return _start(request, user, "")
    version = version_for(user, sites, at=at)
    return own_page(request, version, lambda: _start(request, user, version))


def _start(request: HttpRequest, user: User, version: str) -> HttpResponse:
    at = clock.now()
    context: dict[str, Any] = {
        "greeting": queries.greeting(user, at=at),
        "work": keep(f"work/{version}", lambda: work_for(user, at=at, limit=TODAY))
        if written_sites(user)
        else None,
        "sites": _sites_with_numbers(user),
        "tandems": queries.own_tandems(user, at=at),
        "shortcuts": queries.shortcuts_for(user),
        "figures": [],
    }
    context |= _numbers(user, version)
    context["is_empty"] = not any(
        context[part] for part in ("work", "tandems", "shortcuts", "figures")
    )
    return TemplateResponse(request, "portal/start.html", context)


def _sites_with_numbers(user: User) -> list[queries.SiteNumbers]:
    """Return the own sites with their numbers, where there are several."""
    if len(team_sites(user)) < SEVERAL:
        return []
    sites = Site.objects.of_team(user).select_related("carrier").order_by("name", "pk")
    return queries.with_numbers(list(sites[:SITES]))


def _numbers(user: User, version: str) -> dict[str, Any]:
    """Return the numbers that the role may see: whole, protected, or of the own sites.

    ``version`` is that of the own sites, empty for those who have neither sites nor an office.
    """
    today = clock.today()
    if sees_whole_numbers(user):
        wanted = Wanted(carriers=own_carriers(user))
        return _of_overview(whole_overview(wanted, tally(), today=today)) | _of_carriers(user)
    if is_ministry(user):
        return _of_overview(published_overview(None, tally(), today=today))
    return {
        "figures": keep(f"figures/{version}", lambda: queries.figures_for(user)) if version else []
    }


def _of_overview(overview: Overview) -> dict[str, Any]:
    return {
        "figures": overview_figures(overview),
        "overview": overview,
        "months_chart": months_chart(overview),
    }


def _of_carriers(user: User) -> dict[str, Any]:
    if not is_carrier_team(user):
        return {}
    of_carrier = Site.objects.filter(carrier__in=Carrier.objects.of_team(user).values("pk"))
    sites = list(of_carrier.select_related("carrier").order_by("name", "pk")[:SITES])
    return {"carrier_sites": queries.with_numbers(sites), "site_count": of_carrier.count()}


@login_required
@require_safe
def site(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one of the own sites: its work and its numbers."""
    user = _user(request)
    found = get_object_or_404(Site.objects.of_team(user).select_related("carrier"), slug=slug)
    all_work = work_for(user, at=clock.now(), limit=ALL)
    items = [item for item in all_work.items if item.scope == found.audit_scope]
    context = {
        "site": found,
        "figures": queries.site_figures(queries.with_numbers([found])[0]),
        "others": Site.objects.of_team(user).exclude(pk=found.pk).order_by("name", "pk"),
        "work": Work(items=items[:TODAY], count=len(items)),
    }
    return TemplateResponse(request, "portal/site.html", context)


@login_required
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Show everything that needs somebody, to be narrowed down."""
    user = _user(request)
    sites = list(Site.objects.written_by(user).order_by("name", "pk"))
    form = WorkForm(request.GET, sites=sites)
    data = form.cleaned_data if form.is_valid() else {}
    found = work_for(user, at=clock.now(), limit=ALL)
    scopes = {site.slug: site.audit_scope for site in sites}
    items = [item for item in found.items if _fits(item, data, scopes)]
    is_narrow = len(items) < len(found.items)
    context = {
        "filter": SimpleNamespace(form=form),
        "items": items,
        "count": len(items) if is_narrow else found.count,
        "is_cut": found.count > len(found.items),
        "shown": ALL,
    }
    return TemplateResponse(request, "portal/work.html", context)


def _fits(item: WorkItem, data: dict[str, Any], scopes: dict[str, str]) -> bool:
    urgency, chosen = data.get("urgency"), data.get("site")
    return (not urgency or item.urgency == urgency) and (
        not chosen or item.scope == scopes.get(chosen)
    )


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User), "login_required says so"  # noqa: S101
    return user
