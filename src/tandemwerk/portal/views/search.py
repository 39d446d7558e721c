"""Search over everything that the visitor may see."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from tandemwerk.core.search import MAX_LENGTH, find

PER_SOURCE = 8


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found, kind by kind: to strangers what is public, to teams their people."""
    text = request.GET.get("q", "").replace("\x00", " ").strip()[:MAX_LENGTH]
    found = find(request.user, text, limit=PER_SOURCE)
    context = {
        "text": text,
        "found": found,
        "count": sum(len(hits.hits) for _source, hits in found),
        "base": "ui/portal.html" if request.user.is_authenticated else "ui/public.html",
    }
    response = TemplateResponse(request, "portal/search.html", context)
    response["X-Robots-Tag"] = "noindex"
    if request.user.is_authenticated:
        response["Cache-Control"] = "no-store"
    return response
