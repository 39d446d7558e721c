"""The list of tandems."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from tandemwerk.core import clock
from tandemwerk.core.kept import own_page
from tandemwerk.core.sheets import FORMATS, Format, download
from tandemwerk.people.models import User
from tandemwerk.programme.access import check_perm
from tandemwerk.programme.models import own_sites
from tandemwerk.programme.queries.version import version_for
from tandemwerk.tandems.forms.filters import TandemFilter
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.queries.health import with_health, with_last_sign
from tandemwerk.tandems.services import life
from tandemwerk.tandems.tables import EXPORT_HEAD, TandemTable, export_row

PER_PAGE = 25


@login_required
@require_safe
def tandem_list(request: HttpRequest) -> HttpResponse:
    """Show the tandems of the own sites, filtered, sorted, in pages or as a file."""
    user = check_perm(request, "tandems.list_tandems")
    if (kind := request.GET.get("export")) in FORMATS:
        return _as_file(request, kind, user)
    version = version_for(user, own_sites(user), at=clock.now())
    return own_page(request, version, lambda: _page(request, user))


def _page(request: HttpRequest, user: User) -> HttpResponse:
    found = _filtered(request, user, clock.now())
    table = TandemTable(found.qs, exclude=() if "site" in found.filters else ("site",))
    RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    context = {"table": table, "filter": found, "count": table.paginator.count}
    return TemplateResponse(request, "tandems/list.html", context)


def _filtered(request: HttpRequest, user: User, at: datetime) -> TandemFilter:
    tandems = with_last_sign(with_health(Tandem.objects.accompanied_by(user), at=at), at=at)
    tandems = tandems.select_related("site", "volunteer__person", "newcomer__person")
    return TandemFilter(request.GET, queryset=tandems, request=request)


def _as_file(request: HttpRequest, kind: Format, user: User) -> HttpResponse:
    at = clock.now()
    tandems = _filtered(request, user, at).qs.order_by("-founded_on", "pk")
    rows = [export_row(tandem) for tandem in tandems]
    scopes = {tandem.audit_scope for tandem in tandems}
    scope = scopes.pop() if len(scopes) == 1 else ""
    life.record_export(count=len(rows), scope=scope, by=user, at=at)
    name = f"tandems-{at:%Y-%m-%d}"
    return download(kind, name=name, title=_("Tandems"), head=EXPORT_HEAD, rows=rows)
