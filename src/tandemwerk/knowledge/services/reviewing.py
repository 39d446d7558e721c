"""From the draft to the shelf: somebody else looks, it is published, and looked at again."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from tandemwerk.core import audit
from tandemwerk.core.actors import SYSTEM, Actor
from tandemwerk.core.moves import check_move
from tandemwerk.knowledge.content import Content, content_of_revision
from tandemwerk.knowledge.enums import (
    ARTICLE_MOVES,
    ArticleState,
    AuthorRole,
)
from tandemwerk.knowledge.errors import NothingToReviewError, OwnReviewError
from tandemwerk.knowledge.models import Article, ArticleAuthor, ArticleComment
from tandemwerk.knowledge.periods import REVIEW_AFTER, WARN_BEFORE
from tandemwerk.knowledge.services import links
from tandemwerk.knowledge.services.kept import (
    locked,
    refresh_search,
    reviewers_of,
    show,
    writers_of,
)
from tandemwerk.knowledge.services.writing import conflict
from tandemwerk.messaging.notices import notify
from tandemwerk.people.models import User


def address_of(article: Article) -> str:
    """Return the path of the article's page."""
    return reverse("knowledge:article", kwargs={"slug": article.slug})


@transaction.atomic
def ask_review(*, article_id: int, by: User, at: datetime) -> Article:
    """Ask somebody else to look at the newest words.

    The caller has checked ``knowledge.change_article``. Raises NothingToReviewError when all is
    published, IllegalMoveError from the archive.
    """
    article = locked(article_id)
    if article.live and not article.has_unpublished_changes:
        raise NothingToReviewError
    if not article.live and article.state != ArticleState.IN_REVIEW:
        check_move(
            ARTICLE_MOVES, current=ArticleState(article.state), target=ArticleState.IN_REVIEW
        )
        article.state = ArticleState.IN_REVIEW
    article.review_asked_at, article.review_asked_by = at, by
    article.save(update_fields=["state", "review_asked_at", "review_asked_by"])
    notify(
        key=f"knowledge.review_asked:{article.pk}:{article.latest_revision_id}",
        kind="knowledge.review_asked",
        to=reviewers_of(article),
        url=reverse("knowledge:review", kwargs={"slug": article.slug}),
        context={"title": article.title, "carrier": _left_to_the_office(article)},
        by=by,
        at=at,
    )
    audit.record(action="knowledge.ask_review", by=by, at=at, target=article)
    return article


def _left_to_the_office(article: Article) -> str:
    """Return the carrier where nobody else can look; empty wherever somebody can."""
    is_left = Article.objects.left_to_the_office().filter(pk=article.pk).exists()
    return article.carrier.name if is_left and article.carrier else ""


@transaction.atomic
def approve(
    *,
    article_id: int,
    revision_id: int,
    by: User,
    at: datetime,
    go_live_at: datetime | None = None,
    note: str = "",
) -> Article:
    """Say yes to the words of ``revision_id``: published now, or at ``go_live_at``.

    The caller has checked ``knowledge.review_article``. Raises NothingToReviewError, OwnReviewError
    and, when somebody saved in between, EditConflictError.
    """
    article, revision = _under_review(article_id, revision_id, by=by)
    ArticleAuthor.objects.get_or_create(article=article, role=AuthorRole.REVIEWER, user=by)
    if note:
        ArticleComment.objects.create(article=article, text=note, by=by, at=at)
    article.review_asked_at = article.review_asked_by = None
    if go_live_at is not None and go_live_at > at:
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=go_live_at)
        article.go_live_at = go_live_at
        article.save(update_fields=["review_asked_at", "review_asked_by", "go_live_at"])
        audit.record(
            action="knowledge.schedule_article",
            by=by,
            at=at,
            target=article,
            changes={"go_live_at": go_live_at.isoformat()},
        )
    else:
        publish(article, revision, by=by, at=at)
    _tell_writers(article, "knowledge.review_approved", by=by, at=at, note=note)
    return article


@transaction.atomic
def send_back(*, article_id: int, revision_id: int, note: str, by: User, at: datetime) -> Article:
    """Ask for changes; ``note`` says which. Raises as ``approve``."""
    article, _revision = _under_review(article_id, revision_id, by=by)
    if not article.live:
        article.state = ArticleState.DRAFT
    article.review_asked_at = article.review_asked_by = None
    article.save(update_fields=["state", "review_asked_at", "review_asked_by"])
    ArticleComment.objects.create(article=article, text=note, by=by, at=at)
    _tell_writers(article, "knowledge.review_sent_back", by=by, at=at, note=note)
    audit.record(action="knowledge.send_back_article", by=by, at=at, target=article)
    return article


def _under_review(article_id: int, revision_id: int, *, by: User) -> tuple[Article, Revision]:
    article = locked(article_id)
    revision = article.latest_revision
    if article.review_asked_at is None or revision is None:
        raise NothingToReviewError
    if revision.pk != revision_id:
        raise conflict(article)
    if revision.user_id == by.pk or by.pk in writers_of(article):
        raise OwnReviewError
    return article, revision


def _tell_writers(article: Article, kind: str, *, by: User, at: datetime, note: str) -> None:
    notify(
        key=f"{kind}:{article.pk}:{article.latest_revision_id}:{at.timestamp():.0f}",
        kind=kind,
        to=writers_of(article),
        url=address_of(article),
        context={"title": article.title, "note": note},
        by=by,
        at=at,
    )


def publish(article: Article, revision: Revision, *, by: Actor, at: datetime) -> None:
    """Put the words of a revision on the shelf. The article is locked by the caller."""
    if article.state != ArticleState.PUBLISHED:
        if article.state == ArticleState.DRAFT:
            article.state = ArticleState.IN_REVIEW
        check_move(
            ARTICLE_MOVES, current=ArticleState(article.state), target=ArticleState.PUBLISHED
        )
    content = content_of_revision(revision)
    article.state = ArticleState.PUBLISHED
    article.live = True
    article.live_revision = revision
    article.first_published_at = article.first_published_at or at
    article.last_published_at = at
    article.has_unpublished_changes = article.latest_revision_id != revision.pk
    article.go_live_at = None
    article.checked_at = at
    article.review_on = timezone.localdate(at + REVIEW_AFTER)
    if article.translated_hash:
        article.is_machine_draft = False
    show(article, content)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    links.note_links(article)
    _take_along(article, content, at=at)
    refresh_search([article.pk])
    audit.record(action="knowledge.publish_article", by=by, at=at, target=article)


def _take_along(article: Article, content: Content, *, at: datetime) -> None:
    """Give the versions in other languages the audience of the original; say that it changed."""
    if article.translated_hash:
        return
    versions = Article.objects.filter(translation_key=article.translation_key).exclude(
        pk=article.pk
    )
    wider = versions.exclude(audience=content.audience)
    changed = list(wider.values_list("pk", flat=True))
    wider.update(audience=content.audience, carrier=article.carrier)
    refresh_search(changed)
    outdated = versions.filter(live=True).exclude(translated_hash=article.content_hash)
    for version in outdated.select_related("locale"):
        notify(
            key=f"knowledge.translation_outdated:{version.pk}:{article.content_hash[:16]}",
            kind="knowledge.translation_outdated",
            to=writers_of(version),
            url=reverse(
                "knowledge:translate",
                kwargs={"slug": article.slug, "language": version.locale.language_code},
            ),
            context={"title": version.title},
            at=at,
        )


def publish_due(*, at: datetime) -> int:
    """Publish what was approved for a moment that has come. Return how many."""
    due = Revision.objects.filter(
        base_content_type=Article.get_base_content_type(), approved_go_live_at__lte=at
    )
    return sum(_publish_one(pk, at=at) for pk in due.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _publish_one(revision_id: int, *, at: datetime) -> bool:
    number = Revision.objects.values_list("object_id", flat=True).get(pk=revision_id)
    article = locked(int(number))
    # Asked again under the lock: somebody may have been faster, or archived it.
    revision = Revision.objects.filter(pk=revision_id, approved_go_live_at__lte=at).first()
    if revision is None or article.state == ArticleState.ARCHIVED:
        return False
    publish(article, revision, by=SYSTEM, at=at)
    return True


@transaction.atomic
def cancel_schedule(*, article_id: int, by: User, at: datetime) -> Article:
    """Do not publish at the set moment; the words wait for a review again."""
    article = locked(article_id)
    Revision.objects.for_instance(article).update(approved_go_live_at=None)
    article.go_live_at = None
    article.review_asked_at, article.review_asked_by = at, by
    article.save(update_fields=["go_live_at", "review_asked_at", "review_asked_by"])
    audit.record(action="knowledge.cancel_schedule", by=by, at=at, target=article)
    return article


@transaction.atomic
def confirm_still_true(*, article_id: int, by: User, at: datetime) -> Article:
    """Say that what is published still holds; the next look is a year from now."""
    article = locked(article_id)
    article.checked_at = at
    article.review_on = timezone.localdate(at + REVIEW_AFTER)
    article.save(update_fields=["checked_at", "review_on"])
    refresh_search([article.pk])
    audit.record(action="knowledge.confirm_article", by=by, at=at, target=article)
    return article


@transaction.atomic
def set_review_date(*, article_id: int, review_on: date, by: User, at: datetime) -> Article:
    """Choose another day for the next look."""
    article = locked(article_id)
    Article.objects.filter(pk=article.pk).update(review_on=review_on)
    article.refresh_from_db(fields=["review_on"])
    refresh_search([article.pk])
    audit.record(action="knowledge.set_review_date", by=by, at=at, target=article)
    return article


def warn_owners(*, at: datetime) -> int:
    """Tell owners whose articles are to be looked at soon, each once for a date.

    Articles whose day has passed go down in the search; return how many owners were told.
    """
    today = timezone.localdate(at)
    near = Article.objects.published().filter(
        review_on__lte=today + WARN_BEFORE, owner__isnull=False
    )
    told = 0
    for article in near.order_by("pk").iterator(500):
        told += notify(
            key=f"knowledge.review_due:{article.pk}:{article.review_on}",
            kind="knowledge.review_due",
            to=[article.owner_id] if article.owner_id else [],
            url=address_of(article),
            context={"title": article.title, "day": str(article.review_on)},
            at=at,
        )
    outdated = Article.objects.published().filter(
        review_on__lt=today, review_on__gte=today - timedelta(days=3)
    )
    refresh_search(outdated.values_list("pk", flat=True))
    return told
