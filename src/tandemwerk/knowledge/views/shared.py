"""What the views of the library have in common."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from tandemwerk.core.prepared import Prepared
from tandemwerk.knowledge.models import Article

GET_OR_POST: Final = ["GET", "HEAD", "POST"]
_article: Final = Prepared(
    lambda slug: (
        Article.objects.filter(slug=slug)
        .select_related("locale", "owner", "carrier", "site", "latest_revision__user", "locked_by")
        .prefetch_related("authors", "terms")
    )
)


def article_or_404(request: HttpRequest, slug: str) -> Article:
    """Return an article that the visitor may see, with what stands around it."""
    found = next(iter(_article(slug)), None)
    if found is None:
        raise Http404
    if not found.is_readable_by(request.user):
        get_object_or_404(Article.objects.visible_to(request.user), pk=found.pk)
    return found


def base_of(request: HttpRequest, *, aside: bool = False) -> str:
    """Return the frame of a page that strangers and members share."""
    frame = "portal" if request.user.is_authenticated else "public"
    return f"ui/{frame}_aside.html" if aside else f"ui/{frame}.html"


def form_page(
    request: HttpRequest,
    article: Article,
    form: Any,
    *,
    title: Any,
    template: str = "knowledge/form.html",
    **context: Any,
) -> HttpResponse:
    """Show a form about an article; one that was sent and did not fit answers 422."""
    shown = {"article": article, "form": form, "title": title, **context}
    return TemplateResponse(request, template, shown, status=422 if form.is_bound else 200)
