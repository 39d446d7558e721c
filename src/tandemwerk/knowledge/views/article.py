"""The page of an article, its PDF, and what readers do there."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tandemwerk.core import clock
from tandemwerk.core.links import BadLinkError, make_token, read_token
from tandemwerk.core.panels import panels_for
from tandemwerk.core.prepared import Prepared
from tandemwerk.knowledge import paper
from tandemwerk.knowledge.content import content_of
from tandemwerk.knowledge.enums import ArticleKind
from tandemwerk.knowledge.errors import AdaptationExistsError
from tandemwerk.knowledge.forms.editing import CommentForm
from tandemwerk.knowledge.forms.readers import (
    AdaptForm,
    MissingForm,
    ResponseForm,
    UseForm,
    speaks_for,
    using_sites,
)
from tandemwerk.knowledge.models import Article, ArticleFeedback, ArticleUse, ReadingList
from tandemwerk.knowledge.queries import page as queries
from tandemwerk.knowledge.queries.files import files_of
from tandemwerk.knowledge.queries.versions import compare, version_to_read
from tandemwerk.knowledge.queries.work import who_reviews
from tandemwerk.knowledge.services import readers, translating, writing
from tandemwerk.knowledge.views.shared import GET_OR_POST, article_or_404, base_of, form_page
from tandemwerk.people.adapter import client_ip
from tandemwerk.people.models import User
from tandemwerk.programme.access import check_perm

FEEDBACK = "knowledge.feedback"
#: One word of each visitor about an article in this time.
ONE_WORD_IN = 24 * 60 * 60
#: So many words about articles come from one address in that time: a whole school has one.
WORDS_OF_AN_ADDRESS = 40


_lists: Final = Prepared(
    lambda owner: ReadingList.objects.filter(owner=owner).order_by("name", "pk")[:50]
)


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an article in the reader's language if it has one."""
    found = article_or_404(request, slug)
    language = get_language() or "de"
    if found.live and "in" not in request.GET and found.locale.language_code != language:
        better = version_to_read(found, language)
        if better.pk != found.pk:
            return redirect("knowledge:article", slug=better.slug)
    page = queries.article_page(found, user=request.user, language=language, at=clock.now())
    context = {
        "base": base_of(request, aside=True),
        "page": page,
        "article": found,
        "panels": panels_for("knowledge:article", found, request.user),
        "files": files_of(found),
        "responses": list(found.responses.order_by("-at", "-pk"))
        if found.kind == ArticleKind.RECOMMENDATION
        else [],
        **_for_members(request.user, page),
    }
    response = TemplateResponse(request, "knowledge/article.html", context)
    if not found.live or found.audience != "public":
        response["X-Robots-Tag"] = "noindex"
    return response


def _for_members(user: Any, page: queries.ArticlePage) -> dict[str, Any]:
    """Return what those who are signed in may do, and what the makers say to each other."""
    if not isinstance(user, User):
        return {}
    found = page.article
    may_comment = user.has_perm("knowledge.comment_article", found)
    may_change = user.has_perm("knowledge.change_article", found)
    is_unread = found.review_asked_at or found.has_unpublished_changes
    return {
        "may_change": may_change,
        "who_reviews": who_reviews(found) if may_change and is_unread else "",
        "may_review": user.has_perm("knowledge.review_article", found),
        "may_use": found.live and user.has_perm("knowledge.use_article"),
        "may_adapt": found.live and user.has_perm("knowledge.adapt_article"),
        "may_translate": found.live and user.has_perm("knowledge.translate_article"),
        "may_respond": found.kind == ArticleKind.RECOMMENDATION
        and user.has_perm("knowledge.respond"),
        "may_comment": may_comment,
        "comments": list(found.comments.select_related("by").order_by("at", "pk"))
        if may_comment
        else [],
        "comment_form": CommentForm(),
        "own_lists": _lists(user.pk),
        "own_uses": [each for each in page.uses if speaks_for(user, each.site)],
        "lock": writing.lock_of(found, at=clock.now(), viewer=user),
    }


@require_safe
def pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Give an article as a PDF in its own language."""
    found = article_or_404(request, slug)
    content = paper.article_pdf(found, user=request.user, at=clock.now())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="article-{found.pk}.pdf"'
    if found.audience != "public" or not found.live:
        response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def differences(request: HttpRequest, slug: str) -> HttpResponse:
    """Show in what a carrier's own version differs from what it was made from."""
    found = article_or_404(request, slug)
    original = get_object_or_404(
        Article.objects.visible_to(request.user), pk=found.adapted_from_id or 0
    )
    context = {
        "base": base_of(request),
        "article": found,
        "original": original,
        "differences": compare(content_of(original), content_of(found), found.kind),
    }
    return TemplateResponse(request, "knowledge/differences.html", context)


@require_POST
def feedback(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep whether it helped: one tap, also without signing in."""
    found = article_or_404(request, slug)
    if not found.live or request.POST.get("helped") not in {"yes", "no"}:
        raise Http404
    if not _may_say(request, found):
        messages.info(request, _("You have told us already. Thank you."))
        return redirect("knowledge:article", slug=slug)
    has_helped = request.POST["helped"] == "yes"
    kept = readers.give_feedback(article_id=found.pk, has_helped=has_helped, at=clock.now())
    if has_helped:
        messages.success(request, _("Thank you. Good that it helped."))
        return redirect("knowledge:article", slug=slug)
    return redirect("knowledge:missing", slug=slug, token=_token(kept))


def _token(kept: ArticleFeedback) -> str:
    return make_token(FEEDBACK, pk=kept.pk, nonce="missing")


def _may_say(request: HttpRequest, found: Article) -> bool:
    """Return whether this visitor has not said it yet. What is kept for it tells nobody's name."""
    user = request.user
    address = str(user.pk) if isinstance(user, User) else client_ip(request) or ""
    agent = request.headers.get("User-Agent", "")
    who = salted_hmac(FEEDBACK, f"{address}|{agent}").hexdigest()
    if not cache.add(f"{FEEDBACK}:{found.pk}:{who}", 1, ONE_WORD_IN):
        return False
    place = f"{FEEDBACK}:{salted_hmac(FEEDBACK, address).hexdigest()}"
    cache.add(place, 0, ONE_WORD_IN)
    try:
        return int(cache.incr(place)) <= WORDS_OF_AN_ADDRESS
    except ValueError:  # it lapsed between the two lines
        return True


@require_http_methods(GET_OR_POST)
def missing(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Ask what was missing, after somebody said that it did not help."""
    found = article_or_404(request, slug)
    try:
        target = read_token(FEEDBACK, token)
    except BadLinkError as error:
        raise Http404 from error
    kept = get_object_or_404(ArticleFeedback, pk=target.pk, article=found, missing="")
    form = MissingForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        title = _("Thank you for telling us")
        return form_page(
            request,
            found,
            form,
            title=title,
            template="knowledge/missing.html",
            base=base_of(request),
        )
    readers.add_missing(feedback_id=kept.pk, missing=form.cleaned_data["missing"])
    messages.success(request, _("Thank you. The authors read it."))
    return redirect("knowledge:article", slug=slug)


@login_required
@require_http_methods(GET_OR_POST)
def use(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a site works with the article."""
    found = article_or_404(request, slug)
    user = check_perm(request, "knowledge.use_article", found)
    if not found.live:
        raise Http404
    form = UseForm(request.POST if request.method == "POST" else None, user=user)
    if not form.is_valid():
        return form_page(
            request,
            found,
            form,
            title=_("We use this"),
            button=_("We use this"),
            lead=_("So others see what works, and the authors see that it was worth it."),
        )
    given = form.cleaned_data
    readers.use_article(
        article_id=found.pk,
        site=given["site"],
        is_named=given["is_named"],
        note=given["note"],
        by=user,
        at=clock.now(),
    )
    messages.success(request, _("Noted: your site works with it."))
    return redirect("knowledge:article", slug=slug)


@login_required
@require_POST
def end_use(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say that a site does not work with it any more."""
    found = article_or_404(request, slug)
    user = check_perm(request, "knowledge.use_article", found)
    theirs = ArticleUse.objects.filter(article=found, site__in=using_sites(user))
    readers.end_use(use=get_object_or_404(theirs, pk=pk), by=user, at=clock.now())
    messages.success(request, _("Your site is not counted any more."))
    return redirect("knowledge:article", slug=slug)


@login_required
@require_http_methods(GET_OR_POST)
def adapt(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a carrier's own version."""
    found = article_or_404(request, slug)
    user = check_perm(request, "knowledge.adapt_article", found)
    if not found.live:
        raise Http404
    form = AdaptForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        try:
            made = translating.adapt_article(
                article_id=found.pk, carrier=form.cleaned_data["carrier"], by=user, at=clock.now()
            )
        except AdaptationExistsError:
            form.add_error("carrier", _("This carrier has a version of its own already."))
        else:
            messages.success(request, _("Your own version has begun. Change what is different."))
            return redirect("knowledge:edit", slug=made.slug)
    return form_page(
        request,
        found,
        form,
        title=_("Make our own version"),
        button=_("Begin our version"),
        lead=_("You get a copy for your carrier. Both versions show each other and what differs."),
    )


@login_required
@require_http_methods(GET_OR_POST)
def respond(request: HttpRequest, slug: str) -> HttpResponse:
    """Note what became of a recommendation."""
    found = article_or_404(request, slug)
    user = check_perm(request, "knowledge.respond", found)
    if found.kind != ArticleKind.RECOMMENDATION or not found.live:
        raise Http404
    form = ResponseForm(
        request.POST if request.method == "POST" else None,
        initial={"responder": found.facts.get("addressee", "")},
    )
    if not form.is_valid():
        return form_page(request, found, form, title=_("What became of it"))
    readers.respond(article_id=found.pk, by=user, at=clock.now(), **form.cleaned_data)
    messages.success(request, _("The response is saved."))
    return redirect("knowledge:article", slug=slug)
