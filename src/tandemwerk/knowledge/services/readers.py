"""What readers leave: use, feedback, comments, responses, reading lists."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from tandemwerk.core import audit
from tandemwerk.knowledge.enums import ArticleKind, RecommendationState
from tandemwerk.knowledge.errors import NameTakenError, NotARecommendationError
from tandemwerk.knowledge.models import (
    Article,
    ArticleComment,
    ArticleFeedback,
    ArticleResponse,
    ArticleUse,
    ReadingList,
    ReadingListItem,
)
from tandemwerk.knowledge.services.kept import locked, refresh_search, writers_of
from tandemwerk.knowledge.services.reviewing import address_of
from tandemwerk.messaging.notices import notify
from tandemwerk.people.models import User
from tandemwerk.programme.models import Site


@transaction.atomic
def use_article(
    *, article_id: int, site: Site, is_named: bool, note: str, by: User, at: datetime
) -> ArticleUse:
    """Say that a site works with an article; said again, the newer word holds."""
    use, _ = ArticleUse.objects.update_or_create(
        article_id=article_id,
        site=site,
        defaults={"is_named": is_named, "note": note, "by": by, "at": at},
    )
    refresh_search([article_id])
    audit.record(
        action="knowledge.use_article",
        by=by,
        at=at,
        target=use.article,
        scope=site.audit_scope,
        changes={"site": site.pk},
    )
    return use


@transaction.atomic
def end_use(*, use: ArticleUse, by: User, at: datetime) -> None:
    """Say that the site does not work with it any more."""
    article, site = use.article, use.site
    use.delete()
    refresh_search([article.pk])
    audit.record(
        action="knowledge.end_use",
        by=by,
        at=at,
        target=article,
        scope=site.audit_scope,
        changes={"site": site.pk},
    )


@transaction.atomic
def give_feedback(
    *, article_id: int, has_helped: bool, at: datetime, missing: str = ""
) -> ArticleFeedback:
    """Keep whether an article helped. Nobody is named, and nothing in the trail tells who."""
    return ArticleFeedback.objects.create(
        article_id=article_id, has_helped=has_helped, missing=missing, at=at
    )


@transaction.atomic
def add_missing(*, feedback_id: int, missing: str) -> None:
    """Add what was missing to a word that was given a moment ago."""
    ArticleFeedback.objects.filter(pk=feedback_id, missing="").update(missing=missing)


@transaction.atomic
def comment(
    *, article_id: int, text: str, by: User, at: datetime, passage: str = ""
) -> ArticleComment:
    """Say something to those who work on an article; they are told."""
    article = locked(article_id)
    kept = ArticleComment.objects.create(article=article, text=text, passage=passage, by=by, at=at)
    others = article.comments.filter(by__isnull=False).values_list("by_id", flat=True)
    notify(
        key=f"knowledge.comment:{kept.pk}",
        kind="knowledge.comment",
        to=writers_of(article).union(others),
        url=f"{address_of(article)}#comments",
        context={"title": article.title, "excerpt": text[:600]},
        by=by,
        at=at,
    )
    audit.record(action="knowledge.comment_article", by=by, at=at, target=article)
    return kept


@transaction.atomic
def resolve_comment(*, comment_id: int, by: User, at: datetime) -> ArticleComment:
    """Say that a comment is dealt with."""
    kept = ArticleComment.objects.select_for_update(of=("self",)).get(pk=comment_id)
    if kept.resolved_at is None:
        kept.resolved_at = at
        kept.save(update_fields=["resolved_at"])
        audit.record(action="knowledge.resolve_comment", by=by, at=at, target=kept.article)
    return kept


@transaction.atomic
def respond(
    *,
    article_id: int,
    state: RecommendationState,
    text: str,
    responder: str,
    occasion: str,
    by: User,
    at: datetime,
) -> ArticleResponse:
    """Note what those to whom a recommendation went answered. Raises NotARecommendationError."""
    article = locked(article_id)
    if article.kind != ArticleKind.RECOMMENDATION:
        raise NotARecommendationError
    response = ArticleResponse.objects.create(
        article=article,
        state=state,
        text=text,
        responder=responder,
        occasion=occasion,
        by=by,
        at=at,
    )
    versions = Article.objects.filter(translation_key=article.translation_key)
    versions.update(recommendation_state=state)
    audit.record(
        action="knowledge.respond",
        by=by,
        at=at,
        target=article,
        changes={"state": state},
    )
    return response


@transaction.atomic
def make_list(*, name: str, about: str, is_shared: bool, by: User, at: datetime) -> ReadingList:
    """Begin a reading list. Raises NameTakenError."""
    try:
        with transaction.atomic():
            made = ReadingList.objects.create(
                owner=by, name=name, about=about, is_shared=is_shared, created_at=at
            )
    except IntegrityError:
        raise NameTakenError from None
    audit.record(action="knowledge.make_list", by=by, at=at, target=made)
    return made


@transaction.atomic
def change_list(
    *, list_id: int, name: str, about: str, is_shared: bool, by: User, at: datetime
) -> ReadingList:
    """Change what a list is called and who sees it. Raises NameTakenError."""
    changed = ReadingList.objects.select_for_update().get(pk=list_id)
    changed.name, changed.about, changed.is_shared = name, about, is_shared
    try:
        with transaction.atomic():
            changed.save(update_fields=["name", "about", "is_shared"])
    except IntegrityError:
        raise NameTakenError from None
    audit.record(action="knowledge.change_list", by=by, at=at, target=changed)
    return changed


@transaction.atomic
def delete_list(*, list_id: int, by: User, at: datetime) -> None:
    """Remove a reading list; the articles stay."""
    gone = ReadingList.objects.select_for_update().get(pk=list_id)
    audit.record(action="knowledge.delete_list", by=by, at=at, target=gone)
    gone.delete()


@transaction.atomic
def put_on_list(*, list_id: int, article_id: int, by: User, at: datetime) -> ReadingListItem:
    """Put an article at the end of a list; one that is there already stays where it is."""
    kept = ReadingList.objects.select_for_update().get(pk=list_id)
    last = kept.items.aggregate(last=Max("position"))["last"] or 0
    item, is_new = ReadingListItem.objects.get_or_create(
        reading_list=kept, article_id=article_id, defaults={"position": last + 1}
    )
    if is_new:
        audit.record(
            action="knowledge.put_on_list",
            by=by,
            at=at,
            target=kept,
            changes={"article": article_id},
        )
    return item


@transaction.atomic
def take_off_list(*, item: ReadingListItem, by: User, at: datetime) -> None:
    """Take an article off a list."""
    kept = item.reading_list
    changes = {"article": item.article_id}
    item.delete()
    audit.record(action="knowledge.take_off_list", by=by, at=at, target=kept, changes=changes)


@transaction.atomic
def move_item(*, item: ReadingListItem, up: bool, by: User, at: datetime) -> None:
    """Swap an article of a list with its neighbour; at the end nothing happens."""
    kept = ReadingList.objects.select_for_update().get(pk=item.reading_list_id)
    order = list(kept.items.order_by("position", "pk"))
    place = next(index for index, each in enumerate(order) if each.pk == item.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    for position, each in enumerate(order, start=1):
        each.position = position
    ReadingListItem.objects.bulk_update(order, ["position"])
    audit.record(action="knowledge.sort_list", by=by, at=at, target=kept)
