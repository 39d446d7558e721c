"""Search over everything that the visitor may see."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from tandemwerk.core.search import MAX_LENGTH
from tandemwerk.portal.queries.search import search_page

_MOST_DIGITS: Final = 4


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found: to strangers what is public, to teams their people as well."""
    text = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:MAX_LENGTH]
    page = request.GET.get("page", "")
    found = search_page(
        request.user,
        text,
        kind=request.GET.get("kind", ""),
        page=int(page) if page.isdecimal() and len(page) <= _MOST_DIGITS else 1,
    )
    base = "ui/portal.html" if request.user.is_authenticated else "ui/public.html"
    response = TemplateResponse(request, "portal/search.html", {"found": found, "base": base})
    response["X-Robots-Tag"] = "noindex"
    if request.user.is_authenticated:
        response["Cache-Control"] = "no-store"
    return response
