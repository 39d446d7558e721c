"""Writing: begin, change, compare, restore, comment, look after, put away."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Revision

from tandemwerk.core import clock
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.knowledge.content import content_of_revision, newest_content
from tandemwerk.knowledge.enums import ArticleKind, Audience, Licence
from tandemwerk.knowledge.errors import EditConflictError, NothingToReviewError, TooWideError
from tandemwerk.knowledge.forms.editing import (
    ArticleForm,
    CommentForm,
    NewArticleForm,
    OwnerForm,
    initial_of,
)
from tandemwerk.knowledge.models import Article, ArticleComment
from tandemwerk.knowledge.periods import LOCK_LASTS
from tandemwerk.knowledge.queries.page import reading_of
from tandemwerk.knowledge.queries.versions import compare, revisions_of
from tandemwerk.knowledge.queries.work import drafts_page
from tandemwerk.knowledge.services import readers, reviewing, writing
from tandemwerk.knowledge.views.shared import GET_OR_POST, article_or_404, form_page
from tandemwerk.people.models import User
from tandemwerk.programme.access import check_perm

#: kind -> its icon and what it is good for
KINDS = {
    ArticleKind.CASE: (
        "lightbulb",
        gettext_lazy("What you tried, with whom, and what others can take over."),
    ),
    ArticleKind.GUIDE: ("book", gettext_lazy("How something is done, step by step.")),
    ArticleKind.TEMPLATE: ("file-earmark-text", gettext_lazy("A file to fill in or to change.")),
    ArticleKind.ANSWER: (
        "chat-quote",
        gettext_lazy("A question that comes again and again, answered."),
    ),
    ArticleKind.EVERYDAY: (
        "emoji-smile",
        gettext_lazy("Short and plain, for people who are new here and for volunteers."),
    ),
    ArticleKind.RECOMMENDATION: (
        "megaphone",
        gettext_lazy("What should change, and who can change it."),
    ),
}


@login_required
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """Show what the visitor works on, what waits for their review, and what is to be checked."""
    user = check_perm(request, "knowledge.list_drafts")
    context = {"page": drafts_page(user, at=clock.now())}
    return TemplateResponse(request, "knowledge/drafts.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def new(request: HttpRequest) -> HttpResponse:
    """Begin an article: first its kind, then all of it."""
    user = check_perm(request, "knowledge.write")
    kind = request.GET.get("kind", "")
    if kind not in ArticleKind.values:
        kinds = [
            {"value": each.value, "label": each.label, "icon": icon, "about": about}
            for each, (icon, about) in KINDS.items()
        ]
        return TemplateResponse(request, "knowledge/new.html", {"kinds": kinds})
    form = NewArticleForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        writer=user,
        initial={
            "audience": Audience.MEMBERS,
            "licence": Licence.CC_BY_SA,
            "language": get_language(),
        },
    )
    is_sent = form.is_valid()
    if not is_sent or "preview" in request.POST:
        context = {
            "form": form,
            "kind": ArticleKind(kind).label,
            "preview": _preview(Article(kind=kind), form) if is_sent else None,
        }
        status = 422 if form.is_bound and not is_sent else 200
        return TemplateResponse(request, "knowledge/write.html", context, status=status)
    carrier, site = form.organisation()
    content = form.content()
    article = writing.begin_article(
        kind=kind,
        title=content.title,
        summary=content.summary,
        body=content.body,
        facts=content.facts,
        target_groups=content.target_groups,
        licence=content.licence,
        audience=content.audience,
        terms=form.cleaned_data["terms"],
        language=form.cleaned_data["language"],
        carrier=carrier,
        site=site,
        by=user,
        at=clock.now(),
    )
    return _saved(request, article, user)


@login_required
@require_http_methods(GET_OR_POST)
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change an article; what others saved meanwhile is shown beside the own words."""
    article = article_or_404(request, slug)
    user = check_perm(request, "knowledge.change_article", article)
    content = newest_content(article)
    lock = writing.take_lock(
        article_id=article.pk, by=user, at=clock.now(), force="take_over" in request.POST
    )
    is_sent = request.method == "POST" and "take_over" not in request.POST
    form = ArticleForm(
        request.POST if is_sent else None,
        kind=article.kind,
        chosen_terms=content.terms,
        initial=initial_of(content, revision_id=article.latest_revision_id),
    )
    if not form.is_valid():
        return _edit_page(request, article, form, lock=lock)
    if "preview" in request.POST:
        return _edit_page(
            request, article, form, lock=lock, status=200, preview=_preview(article, form)
        )
    try:
        writing.save_draft(
            article_id=article.pk,
            based_on=form.cleaned_data["revision"],
            content=form.content(),
            by=user,
            at=clock.now(),
        )
    except EditConflictError as conflict:
        return _conflict(request, article, form, conflict, lock=lock)
    except TooWideError as error:
        label = Audience(error.origin).label
        message = _(
            "What this was made from was open to: %(audience)s. Only an editor of the network "
            "office opens it further."
        )
        form.add_error("audience", message % {"audience": label})
        return _edit_page(request, article, form, lock=lock)
    article.refresh_from_db()
    return _saved(request, article, user)


def _edit_page(
    request: HttpRequest, article: Article, form: ArticleForm, *, status: int = 0, **context: Any
) -> HttpResponse:
    shown = {
        "article": article,
        "form": form,
        "kind": article.get_kind_display(),
        "lasts": int(LOCK_LASTS.total_seconds() // 60),
        **context,
    }
    status = status or (422 if form.is_bound else 200)
    return TemplateResponse(request, "knowledge/write.html", shown, status=status)


def _conflict(
    request: HttpRequest, article: Article, form: ArticleForm, conflict: Any, **context: Any
) -> HttpResponse:
    """Show both texts. Saved again, the own words come after the others', which stay a version."""
    data = request.POST.copy()
    data["revision"] = str(conflict.revision_id)
    again = ArticleForm(
        data, kind=article.kind, chosen_terms=form.content().terms, initial=form.initial
    )
    return _edit_page(
        request,
        article,
        again,
        status=409,
        conflict=conflict,
        differences=compare(conflict.current, form.content(), article.kind),
        **context,
    )


def _preview(article: Article, form: ArticleForm) -> Any:
    language = form.cleaned_data.get("language") or (
        article.locale.language_code if article.locale_id else settings.LANGUAGE_CODE
    )
    return reading_of(article, form.content(), language=language)


def _saved(request: HttpRequest, article: Article, user: User) -> HttpResponse:
    """Say what happened and, if it was pressed, ask for a review."""
    if "ask_review" in request.POST:
        try:
            reviewing.ask_review(article_id=article.pk, by=user, at=clock.now())
        except (NothingToReviewError, IllegalMoveError):
            messages.warning(request, _("There is nothing to review."))
        else:
            messages.success(request, _("Saved. Somebody else looks at it now."))
    else:
        messages.success(request, _("Your draft is saved."))
    return redirect("knowledge:article", slug=article.slug)


@login_required
@require_POST
def ask_review(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask somebody else to look at what is saved."""
    article = article_or_404(request, slug)
    user = check_perm(request, "knowledge.change_article", article)
    return _asked(request, article, user)


def _asked(request: HttpRequest, article: Article, user: User) -> HttpResponse:
    try:
        reviewing.ask_review(article_id=article.pk, by=user, at=clock.now())
    except (NothingToReviewError, IllegalMoveError):
        messages.warning(request, _("There is nothing to review."))
    else:
        messages.success(request, _("Somebody else looks at it now."))
    return redirect("knowledge:article", slug=article.slug)


@login_required
@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """List the versions of an article and compare any two of them."""
    article = article_or_404(request, slug)
    check_perm(request, "knowledge.comment_article", article)
    revisions = revisions_of(article)
    by_number = {str(each.pk): each for each in revisions}
    new_one = by_number.get(request.GET.get("new", "")) or (revisions[0] if revisions else None)
    default = revisions[1] if len(revisions) > 1 else new_one
    old_one = by_number.get(request.GET.get("old", "")) or default
    context = {
        "article": article,
        "revisions": revisions,
        "old": old_one,
        "new": new_one,
        "differences": compare(
            content_of_revision(old_one), content_of_revision(new_one), article.kind
        )
        if old_one and new_one
        else [],
        "may_change": request.user.has_perm("knowledge.change_article", article),
    }
    return TemplateResponse(request, "knowledge/history.html", context)


@login_required
@require_POST
def restore(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Make an older version the newest one."""
    article = article_or_404(request, slug)
    user = check_perm(request, "knowledge.change_article", article)
    try:
        writing.restore_version(article_id=article.pk, revision_id=pk, by=user, at=clock.now())
    except Revision.DoesNotExist as error:
        raise Http404 from error
    except TooWideError:
        messages.warning(request, _("That version was open to more people. Please ask an editor."))
        return redirect("knowledge:history", slug=slug)
    messages.success(request, _("The older version is the newest draft now."))
    article.refresh_from_db()
    return redirect("knowledge:article", slug=article.slug)


@login_required
@require_POST
def comment(request: HttpRequest, slug: str) -> HttpResponse:
    """Say something to those who work on the article."""
    article = article_or_404(request, slug)
    user = check_perm(request, "knowledge.comment_article", article)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return form_page(request, article, form, title=_("Comment"))
    readers.comment(article_id=article.pk, by=user, at=clock.now(), **form.cleaned_data)
    messages.success(request, _("Your comment is saved."))
    return redirect("knowledge:article", slug=slug)


@login_required
@require_POST
def resolve(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say that a comment is dealt with."""
    article = article_or_404(request, slug)
    user = check_perm(request, "knowledge.comment_article", article)
    kept = get_object_or_404(ArticleComment, article=article, pk=pk)
    readers.resolve_comment(comment_id=kept.pk, by=user, at=clock.now())
    return redirect("knowledge:article", slug=slug)


@login_required
@require_http_methods(GET_OR_POST)
def care(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose who looks after the article and when it is looked at again."""
    article = article_or_404(request, slug)
    user = check_perm(request, "knowledge.change_article", article)
    form = OwnerForm(
        request.POST if request.method == "POST" else None,
        article=article,
        initial={"owner": article.owner_id, "review_on": article.review_on},
    )
    if not form.is_valid():
        return form_page(request, article, form, title=_("Who looks after it"))
    owner, day = form.cleaned_data["owner"], form.cleaned_data["review_on"]
    if owner is not None and owner.pk != article.owner_id:
        writing.change_owner(article_id=article.pk, owner=owner, by=user, at=clock.now())
    if day is not None and day != article.review_on:
        reviewing.set_review_date(article_id=article.pk, review_on=day, by=user, at=clock.now())
    messages.success(request, _("That is saved."))
    if not Article.objects.visible_to(user).filter(pk=article.pk).exists():
        return redirect("knowledge:drafts")
    return redirect("knowledge:article", slug=slug)


@login_required
@require_POST
def still_true(request: HttpRequest, slug: str) -> HttpResponse:
    """Say with one click that the article still holds."""
    article = article_or_404(request, slug)
    user = check_perm(request, "knowledge.change_article", article)
    if not article.live:
        raise Http404
    reviewing.confirm_still_true(article_id=article.pk, by=user, at=clock.now())
    messages.success(request, _("Thank you. We ask again in a year."))
    return redirect("knowledge:article", slug=slug)


@login_required
@require_POST
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an article off the shelf."""
    article = article_or_404(request, slug)
    user = check_perm(request, "knowledge.archive_article", article)
    try:
        writing.archive_article(article_id=article.pk, by=user, at=clock.now())
    except IllegalMoveError:
        messages.warning(request, _("This article has changed meanwhile. Nothing was done."))
    else:
        messages.success(request, _("The article is in the archive."))
    return redirect("knowledge:drafts")


@login_required
@require_POST
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a draft of an archived article."""
    article = article_or_404(request, slug)
    user = check_perm(request, "knowledge.archive_article", article)
    try:
        writing.reopen_article(article_id=article.pk, by=user, at=clock.now())
    except IllegalMoveError:
        messages.warning(request, _("This article has changed meanwhile. Nothing was done."))
    else:
        messages.success(request, _("The article is a draft again."))
    return redirect("knowledge:article", slug=slug)
