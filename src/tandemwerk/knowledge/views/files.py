"""The files of templates: brought, shown, taken away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tandemwerk.core import clock
from tandemwerk.knowledge.forms.files import FileForm
from tandemwerk.knowledge.models import Article, ArticleFile
from tandemwerk.knowledge.services import files
from tandemwerk.knowledge.views.shared import GET_OR_POST, article_or_404, form_page
from tandemwerk.programme.access import check_perm


def _file_or_404(request: HttpRequest, pk: int) -> ArticleFile:
    visible = Article.objects.visible_to(request.user)
    rows = ArticleFile.objects.filter(article__in=visible).select_related("article")
    return get_object_or_404(rows, pk=pk)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the file to keep."""
    found = _file_or_404(request, pk)
    response = _sent(found, found.file, found.media_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=found.name
    )
    return response


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the picture of the first page."""
    found = _file_or_404(request, pk)
    if not found.preview:
        raise Http404
    return _sent(found, found.preview, "image/png")


def _sent(found: ArticleFile, stored: FieldFile, media_type: str) -> HttpResponse:
    """Answer with a file; only what everybody may see stays in caches, and nothing in it runs."""
    with stored.open("rb") as content:
        response = HttpResponse(content.read(), content_type=media_type)
    is_public = found.article.live and found.article.audience == "public"
    response["Cache-Control"] = "public, max-age=3600" if is_public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    return response


@login_required
@require_http_methods(GET_OR_POST)
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring a file."""
    article = article_or_404(request, slug)
    user = check_perm(request, "knowledge.change_article", article)
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            files.add_file(
                article_id=article.pk, upload=form.cleaned_data["file"], by=user, at=clock.now()
            )
        except files.TooManyFilesError:
            form.add_error(
                "file", _("An article has at most %(limit)s files.") % {"limit": files.MAX_FILES}
            )
        else:
            messages.success(request, _("The file is there now."))
            return redirect("knowledge:article", slug=slug)
    return form_page(
        request,
        article,
        form,
        title=_("Add a file"),
        has_file=True,
        lead=_("PDF, Word, Excel, PowerPoint, OpenDocument, text or a picture, up to 10 MB."),
    )


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file away."""
    found = _file_or_404(request, pk)
    user = check_perm(request, "knowledge.change_article", found.article)
    slug = found.article.slug
    files.remove_file(file=found, by=user, at=clock.now())
    messages.success(request, _("The file is removed."))
    return redirect("knowledge:article", slug=slug)
