"""Translating side by side: the original and what changed in it, the own words beside it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tandemwerk.core import clock
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.knowledge.content import Content, content_of, hash_of, newest_content
from tandemwerk.knowledge.errors import (
    EditConflictError,
    NothingToReviewError,
    TranslationExistsError,
)
from tandemwerk.knowledge.forms.editing import WordsForm, initial_of
from tandemwerk.knowledge.models import Article
from tandemwerk.knowledge.queries.versions import (
    compare,
    content_translated,
    direction_of,
    labels_of,
    local_name,
    state_of,
    words_of,
)
from tandemwerk.knowledge.services import reviewing, translating
from tandemwerk.knowledge.views.shared import GET_OR_POST, article_or_404
from tandemwerk.people.models import User
from tandemwerk.programme.access import check_perm


class TranslationForm(WordsForm):
    """The words in another language; ``seen`` marks the original that stands beside them."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


@login_required
@require_http_methods(GET_OR_POST)
def translate(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """Write or bring up to date the version in ``language``."""
    original = translating.original_of(article_or_404(request, slug))
    user = check_perm(request, "knowledge.translate_article", original)
    source = original.locale.language_code
    if not original.live or language == source or language not in dict(settings.LANGUAGES):
        raise Http404
    versions = Article.objects.filter(translation_key=original.translation_key)
    own = versions.filter(locale__language_code=language).select_related("latest_revision").first()
    words = content_of(original)
    begun = newest_content(own) if own else Content(title="")
    form = TranslationForm(
        request.POST if request.method == "POST" else None,
        kind=original.kind,
        only_words=True,
        initial=initial_of(begun, revision_id=own.latest_revision_id if own else None)
        | {"seen": hash_of(words)},
    )
    context = {
        "article": original,
        "own": own,
        "form": form,
        "language_name": local_name(language),
        "target": {"lang": language, "dir": direction_of(language)},
        "source": {
            "name": local_name(source),
            "lang": source,
            "dir": direction_of(source),
            "fields": _fields(original, words),
        },
        "state": state_of(own, original) if own else None,
        "changed": _changed(own, original, words),
    }
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "knowledge/translate.html", context, status=status)
    try:
        saved = _save(original, own, form, language=language, words=words, by=user)
    except (EditConflictError, TranslationExistsError) as conflict:
        return _conflict(request, context, form, original, conflict, language=language)
    return _saved(request, saved, user)


def _fields(original: Article, words: Content) -> list[dict[str, Any]]:
    said = words_of(words, original.kind)
    return [
        {"label": label, "text": said[name]}
        for name, label in labels_of(original.kind).items()
        if said[name]
    ]


def _changed(own: Article | None, original: Article, words: Content) -> list[Any]:
    """Return what changed in the original since it was translated."""
    if own is None or own.translated_hash == hash_of(words):
        return []
    seen = content_translated(own, original)
    return compare(seen, words, original.kind) if seen else []


def _save(
    original: Article,
    own: Article | None,
    form: TranslationForm,
    *,
    language: str,
    words: Content,
    by: User,
) -> Article:
    given = form.cleaned_data
    kept = {name: value for name, value in words.facts.items() if isinstance(value, list)}
    content = Content(
        title=given["title"],
        summary=given["summary"],
        body=given["body"],
        facts=kept | form.facts_given(),
        target_groups=words.target_groups,
        licence=words.licence,
        audience=original.audience,
        terms=words.terms,
    )
    shared = {"content": content, "seen_hash": given["seen"], "by": by, "at": clock.now()}
    if own is None:
        return translating.begin_translation(original_id=original.pk, language=language, **shared)
    return translating.save_translation(article_id=own.pk, based_on=given["revision"], **shared)


def _conflict(
    request: HttpRequest,
    context: dict[str, Any],
    form: TranslationForm,
    original: Article,
    conflict: Exception,
    *,
    language: str,
) -> HttpResponse:
    """Show what somebody else wrote meanwhile; the own words stay in the form."""
    versions = Article.objects.filter(translation_key=original.translation_key)
    theirs = versions.filter(locale__language_code=language).select_related("latest_revision").get()
    data = request.POST.copy()
    data["revision"] = str(theirs.latest_revision_id or "")
    again = TranslationForm(data, kind=original.kind, only_words=True)
    mine = Content(
        title=form.cleaned_data["title"],
        summary=form.cleaned_data["summary"],
        body=form.cleaned_data["body"],
        facts=form.facts_given(),
    )
    context |= {
        "own": theirs,
        "form": again,
        "conflict": conflict,
        "differences": compare(newest_content(theirs), mine, original.kind),
    }
    return TemplateResponse(request, "knowledge/translate.html", context, status=409)


def _saved(request: HttpRequest, saved: Article, user: User) -> HttpResponse:
    if "ask_review" in request.POST:
        try:
            reviewing.ask_review(article_id=saved.pk, by=user, at=clock.now())
        except (NothingToReviewError, IllegalMoveError):
            messages.warning(request, _("There is nothing to review."))
        else:
            messages.success(request, _("Saved. Somebody else looks at it now."))
    else:
        messages.success(request, _("Your translation is saved."))
    return redirect("knowledge:article", slug=saved.slug)
