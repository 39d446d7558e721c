"""The audit trail, for those who answer for what it tells of."""

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from tandemwerk.core import audit as trail_of
from tandemwerk.core import clock
from tandemwerk.core.models import AuditEntry
from tandemwerk.core.sheets import FORMATS, download
from tandemwerk.programme.forms.trail import TrailFilter
from tandemwerk.programme.queries.trail import Line, entries_visible_to, lines
from tandemwerk.programme.views.teams import user_of

PER_PAGE: Final = 50
#: Pages show so many entries at most: whoever looks further back narrows the period.
MOST: Final = 10_000
#: A file holds so many at most.
MOST_IN_FILE: Final = 50_000


class NearPaginator(Paginator[AuditEntry]):
    """Counts no further than ``MOST``: a long trail need not be counted to show its end."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows.values("pk")[:MOST].count())


def _narrowed(request: HttpRequest) -> TrailFilter:
    user = user_of(request)
    if not user.has_perm("programme.view_audit"):
        raise PermissionDenied
    rows = entries_visible_to(user).order_by("-at", "-pk")
    return TrailFilter(request.GET, queryset=rows)


@login_required
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Show who did what to which record when."""
    narrowed = _narrowed(request)
    pages = NearPaginator(narrowed.qs, PER_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": narrowed,
        "page": shown,
        "lines": [*lines(shown.object_list, user_of(request))],
        "is_long": pages.count == MOST,
        "query": query.urlencode(),
    }
    return TemplateResponse(request, "programme/audit.html", context)


@login_required
@require_GET
def audit_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the same entries as a file, and write down who took it."""
    if kind not in FORMATS:
        raise Http404
    user = user_of(request)
    rows = _narrowed(request).qs[:MOST_IN_FILE]
    head = [
        _("When"),
        _("Who"),
        _("What"),
        _("About"),
        pgettext("audit trail", "Record"),
        _("Details"),
        _("Why"),
    ]
    answer = download(
        "csv" if kind == "csv" else "xlsx",
        name=f"audit-{clock.today().isoformat()}",
        head=head,
        rows=(_cells(line) for line in lines(rows.iterator(chunk_size=500), user)),
        title=_("Audit trail"),
    )
    trail_of.record(
        action="programme.export_audit",
        by=user,
        at=clock.now(),
        target=user,
        changes={"filter": sorted(key for key, value in request.GET.items() if value)},
    )
    return answer


def _cells(line: Line) -> list[object]:
    details = "; ".join(f"{name}: {value}" for name, value in line.details)
    return [line.at, line.actor, line.action, line.kind, line.record, details, line.reason]
