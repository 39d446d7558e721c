"""What the views of the library have in common."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from tandemwerk.knowledge.models import Article

GET_OR_POST: Final = ["GET", "HEAD", "POST"]
_AROUND: Final = ("locale", "owner", "carrier", "site", "latest_revision__user", "locked_by")


def article_or_404(request: HttpRequest, slug: str) -> Article:
    """Return an article that the visitor may see, with what stands around it."""
    visible = Article.objects.visible_to(request.user).select_related(*_AROUND)
    found: Article = get_object_or_404(visible.prefetch_related("authors", "terms"), slug=slug)
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
