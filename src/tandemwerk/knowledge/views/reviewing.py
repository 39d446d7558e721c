"""Looking at what somebody else wrote."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tandemwerk.core import clock
from tandemwerk.knowledge.content import content_of, newest_content
from tandemwerk.knowledge.errors import EditConflictError, NothingToReviewError, OwnReviewError
from tandemwerk.knowledge.forms.editing import ReviewForm
from tandemwerk.knowledge.models import Article
from tandemwerk.knowledge.queries.page import reading_of
from tandemwerk.knowledge.queries.versions import compare
from tandemwerk.knowledge.rules import stands_in
from tandemwerk.knowledge.services import reviewing
from tandemwerk.knowledge.views.shared import GET_OR_POST, article_or_404
from tandemwerk.people.models import User
from tandemwerk.programme.access import check_perm


@login_required
@require_http_methods(GET_OR_POST)
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Read the newest words, see what is new in them, and say yes or what should change."""
    article = article_or_404(request, slug)
    user = check_perm(request, "knowledge.review_article", article)
    form = ReviewForm(
        request.POST if request.method == "POST" else None,
        initial={"decision": "approve", "revision": article.latest_revision_id},
    )
    if not form.is_valid():
        return _page(request, article, form, status=422 if form.is_bound else 200)
    try:
        _decide(article, form.cleaned_data, by=user)
    except EditConflictError:
        article = article_or_404(request, slug)
        data = request.POST.copy()
        data["revision"] = str(article.latest_revision_id)
        again = ReviewForm(data)
        return _page(request, article, again, status=409, has_changed=True)
    except NothingToReviewError:
        messages.warning(request, _("Somebody was faster: nothing waits for a review any more."))
    except OwnReviewError:
        messages.warning(request, _("You wrote this yourself. Please let somebody else look."))
    else:
        messages.success(request, _("Thank you. The authors are told."))
    # Who stood in for a carrier sees no more of what goes back to it.
    if Article.objects.visible_to(user).filter(pk=article.pk).exists():
        return redirect("knowledge:article", slug=slug)
    return redirect("knowledge:drafts")


def _decide(article: Article, given: dict[str, Any], *, by: User) -> None:
    at = clock.now()
    if given["decision"] == "back":
        reviewing.send_back(
            article_id=article.pk,
            revision_id=given["revision"],
            note=given["note"],
            by=by,
            at=at,
        )
        return
    reviewing.approve(
        article_id=article.pk,
        revision_id=given["revision"],
        go_live_at=given["go_live_at"],
        note=given["note"],
        by=by,
        at=at,
    )


def _page(
    request: HttpRequest, article: Article, form: ReviewForm, *, status: int, **context: Any
) -> HttpResponse:
    newest = newest_content(article)
    language = article.locale.language_code
    shown = {
        "article": article,
        "form": form,
        "stands_in": stands_in(request.user, article),
        "reading": reading_of(article, newest, language=language),
        "differences": compare(content_of(article), newest, article.kind) if article.live else [],
        "comments": article.comments.select_related("by").order_by("at", "pk"),
        **context,
    }
    return TemplateResponse(request, "knowledge/review.html", shown, status=status)


@login_required
@require_POST
def cancel_schedule(request: HttpRequest, slug: str) -> HttpResponse:
    """Do not publish at the set moment after all."""
    article = article_or_404(request, slug)
    user = check_perm(request, "knowledge.change_article", article)
    reviewing.cancel_schedule(article_id=article.pk, by=user, at=clock.now())
    messages.success(request, _("It is not published by itself any more."))
    return redirect("knowledge:article", slug=slug)
