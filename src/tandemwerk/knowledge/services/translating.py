"""Versions in other languages and versions of other carriers."""

from datetime import datetime

from django.db import transaction

from tandemwerk.core import audit
from tandemwerk.knowledge.content import Content, content_of, hash_of
from tandemwerk.knowledge.enums import Audience, AuthorRole
from tandemwerk.knowledge.errors import AdaptationExistsError, TranslationExistsError
from tandemwerk.knowledge.locales import ensure_locale
from tandemwerk.knowledge.models import Article, ArticleAuthor
from tandemwerk.knowledge.services.kept import free_slug, locked
from tandemwerk.knowledge.services.reviewing import address_of, ask_review
from tandemwerk.knowledge.services.writing import keep_new, save_draft
from tandemwerk.messaging.notices import notify
from tandemwerk.people.models import User
from tandemwerk.programme.models import Carrier


def original_of(article: Article) -> Article:
    """Return the version that the others were made from: the article itself, or its original."""
    if not article.translated_hash:
        return article
    versions = Article.objects.filter(translation_key=article.translation_key)
    found: Article | None = versions.filter(translated_hash="").first()
    return found or article


@transaction.atomic
def begin_translation(
    *,
    original_id: int,
    language: str,
    content: Content,
    seen_hash: str,
    by: User,
    at: datetime,
    is_machine_draft: bool = False,
) -> Article:
    """Begin the version in ``language`` of an original, open to the same readers.

    ``seen_hash`` is the mark of the words that the translator saw. The caller has checked
    ``knowledge.translate_article``. Raises TranslationExistsError.
    """
    original = locked(original_id)
    versions = Article.objects.filter(translation_key=original.translation_key)
    if versions.filter(locale__language_code=language).exists():
        raise TranslationExistsError
    article = Article(
        kind=original.kind,
        slug=free_slug(content.title),
        locale=ensure_locale(language),
        translation_key=original.translation_key,
        carrier=original.carrier,
        site=original.site,
        owner=by,
        origin_audience=original.audience,
        translated_hash=seen_hash,
        is_machine_draft=is_machine_draft,
        recommendation_state=original.recommendation_state,
    )
    keep_new(article, content, by=by, at=at)
    ArticleAuthor.objects.create(article=article, role=AuthorRole.TRANSLATOR, user=by)
    audit.record(
        action="knowledge.translate_article",
        by=by,
        at=at,
        target=article,
        changes={"language": language},
    )
    return article


@transaction.atomic
def save_translation(
    *,
    article_id: int,
    based_on: int | None,
    content: Content,
    seen_hash: str,
    by: User,
    at: datetime,
) -> Article:
    """Keep new words of a translation and what original they follow. Raises as ``save_draft``.

    Whoever translates one that others began becomes one of its translators.
    """
    article = save_draft(article_id=article_id, based_on=based_on, content=content, by=by, at=at)
    article.translated_hash = seen_hash
    article.is_machine_draft = False
    article.save(update_fields=["translated_hash", "is_machine_draft"])
    ArticleAuthor.objects.get_or_create(article=article, role=AuthorRole.TRANSLATOR, user=by)
    return article


@transaction.atomic
def save_and_ask(
    *,
    article_id: int,
    based_on: int | None,
    content: Content,
    seen_hash: str,
    by: User,
    at: datetime,
) -> Article:
    """Keep a translation and ask for a review in one step."""
    save_translation(
        article_id=article_id,
        based_on=based_on,
        content=content,
        seen_hash=seen_hash,
        by=by,
        at=at,
    )
    return ask_review(article_id=article_id, by=by, at=at)


@transaction.atomic
def adapt_article(*, article_id: int, carrier: Carrier, by: User, at: datetime) -> Article:
    """Begin a carrier's own version, for its own people first. Its owner is told.

    The caller has checked ``knowledge.adapt_article``. Raises AdaptationExistsError.
    """
    original = locked(article_id)
    if original.adaptations.filter(carrier=carrier, locale=original.locale).exists():
        raise AdaptationExistsError
    content = content_of(original)
    own = Content(
        title=content.title,
        summary=content.summary,
        body=content.body,
        facts=content.facts,
        target_groups=content.target_groups,
        licence=content.licence,
        audience=Audience.CARRIER,
        terms=content.terms,
    )
    article = Article(
        kind=original.kind,
        slug=free_slug(f"{content.title} {carrier.slug}"),
        locale=original.locale,
        carrier=carrier,
        owner=by,
        adapted_from=original,
        origin_audience=original.audience,
    )
    keep_new(article, own, by=by, at=at)
    ArticleAuthor.objects.create(article=article, role=AuthorRole.AUTHOR, user=by, carrier=carrier)
    if original.owner_id:
        notify(
            key=f"knowledge.adapted:{article.pk}",
            kind="knowledge.adapted",
            to=[original.owner_id],
            url=address_of(original),
            context={"title": original.title, "carrier": carrier.name},
            by=by,
            at=at,
        )
    audit.record(
        action="knowledge.adapt_article",
        by=by,
        at=at,
        target=article,
        changes={"from": original.pk, "carrier": carrier.pk},
    )
    return article


def follows(translation: Article, original: Article) -> bool:
    """Return whether a translation was made of the original's present words."""
    mark = original.content_hash or hash_of(content_of(original))
    return translation.translated_hash == mark
