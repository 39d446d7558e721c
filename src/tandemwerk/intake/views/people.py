"""The people of a site: filtered, sorted, in pages, or as a file to take along."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from tandemwerk.core import clock
from tandemwerk.core.kept import own_page
from tandemwerk.core.panels import marks_for
from tandemwerk.core.sheets import FORMATS, Format, download
from tandemwerk.intake.forms.filters import PeopleFilter
from tandemwerk.intake.queries.people import people_of
from tandemwerk.intake.services import record_export
from tandemwerk.intake.tables import EXPORT_HEAD, PeopleTable, export_row
from tandemwerk.people.models import User
from tandemwerk.programme.access import check_perm, site_or_404
from tandemwerk.programme.models import Site
from tandemwerk.programme.queries.version import version_for

PER_PAGE = 25


@login_required
@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """Lead to the people of the visitor's site, or let them choose one of several."""
    user = check_perm(request, "intake.list_sites")
    mine = list(Site.objects.of_team(user).order_by("name", "pk"))
    if len(mine) == 1:
        return redirect("intake:people", slug=mine[0].slug)
    return TemplateResponse(request, "intake/sites.html", {"sites": mine})


@login_required
@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who takes part at a site."""
    site = site_or_404(request, slug)
    user = check_perm(request, "intake.view_people", site)
    if (kind := request.GET.get("export")) in FORMATS:
        return _as_file(request, site, kind)
    version = version_for(user, [site], at=clock.now())
    return own_page(request, version, lambda: _page(request, site, user))


def _page(request: HttpRequest, site: Site, user: User) -> HttpResponse:
    found = PeopleFilter(request.GET, queryset=people_of(site), request=request)
    table = PeopleTable(found.qs)
    RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    table.marks = marks_for("intake:people", [row.record for row in table.paginated_rows])
    context = {
        "site": site,
        "table": table,
        "filter": found,
        "count": table.paginator.count,
        "kept": [
            (name, value)
            for name in (*found.filters, "sort")
            if name != "q"
            for value in request.GET.getlist(name)
        ],
        "is_filtered": any(request.GET.get(name) for name in found.filters),
        "may_change": user.has_perm("intake.change_people", site),
    }
    return TemplateResponse(request, "intake/people.html", context)


def _as_file(request: HttpRequest, site: Site, kind: Format) -> HttpResponse:
    user = check_perm(request, "intake.export_people", site)
    found = PeopleFilter(request.GET, queryset=people_of(site), request=request)
    at = clock.now()
    rows = [export_row(each) for each in found.qs.order_by("waiting_since", "pk")]
    record_export(site=site, count=len(rows), by=user, at=at)
    name = f"people-{at:%Y-%m-%d}"
    return download(kind, name=name, title=_("People"), head=EXPORT_HEAD, rows=rows)
