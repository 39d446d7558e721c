"""How much the library is used, for the network office and the ministry."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from tandemwerk.core import clock
from tandemwerk.core.sheets import FORMATS, download
from tandemwerk.knowledge.queries.report import counted_articles, most_used_first
from tandemwerk.knowledge.queries.report import report as report_of
from tandemwerk.knowledge.tables import EXPORT_HEAD, ReportTable, export_row
from tandemwerk.programme.access import check_perm

PER_PAGE = 25


@login_required
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Show numbers by article, kind and carrier, or give them as a file."""
    user = check_perm(request, "knowledge.view_report")
    articles = counted_articles(user)
    if (kind := request.GET.get("export")) in FORMATS:
        rows = (export_row(each) for each in most_used_first(articles))
        name = f"library-{clock.today():%Y-%m-%d}"
        return download(kind, name=name, title=_("Library"), head=EXPORT_HEAD, rows=rows)
    table = ReportTable(articles)
    RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    context = {"table": table, "report": report_of(user), "count": table.paginator.count}
    return TemplateResponse(request, "knowledge/report.html", context)
