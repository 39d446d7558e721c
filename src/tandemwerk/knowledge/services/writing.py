"""Drafts: begun, changed, locked while somebody writes, given to somebody else, put away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Revision

from tandemwerk.core import audit
from tandemwerk.core.moves import check_move
from tandemwerk.knowledge.content import Content, content_of, content_of_revision, newest_content
from tandemwerk.knowledge.enums import (
    ARTICLE_MOVES,
    ArticleState,
    Audience,
    AuthorRole,
    Licence,
)
from tandemwerk.knowledge.errors import EditConflictError
from tandemwerk.knowledge.locales import ensure_locale
from tandemwerk.knowledge.models import Article, ArticleAuthor, Term
from tandemwerk.knowledge.periods import LOCK_LASTS
from tandemwerk.knowledge.services.kept import (
    check_width,
    free_slug,
    keep_revision,
    locked,
    refresh_search,
    show,
)
from tandemwerk.people.models import User
from tandemwerk.programme.models import Carrier, Site

#: Who said what an article tells: account, carrier, site, and how somebody unnamed is called.
Source = tuple[User | None, Carrier | None, Site | None, str]


@transaction.atomic
def begin_article(
    *,
    kind: str,
    title: str,
    body: str,
    by: User,
    at: datetime,
    summary: str = "",
    audience: str = Audience.MEMBERS,
    language: str = "de",
    carrier: Carrier | None = None,
    site: Site | None = None,
    terms: Iterable[Term] = (),
    sources: Iterable[Source] = (),
    facts: Mapping[str, Any] | None = None,
    target_groups: Iterable[str] = (),
    licence: str = Licence.CC_BY_SA,
    origin_audience: str = "",
) -> Article:
    """Begin a draft whose author and owner is ``by``.

    ``audience`` is as wide as the article may become without an editor's word when the words come
    from somewhere: then ``origin_audience`` (or, with ``sources``, ``audience``) is kept. The
    caller has checked ``knowledge.write``.
    """
    named = list(sources)
    content = Content(
        title=title,
        summary=summary,
        body=body,
        facts=dict(facts or {}),
        target_groups=tuple(target_groups),
        licence=licence,
        audience=audience,
        terms=tuple(sorted(term.slug for term in terms)),
    )
    article = Article(
        kind=kind,
        slug=free_slug(title),
        locale=ensure_locale(language),
        carrier=carrier if carrier is not None else (site.carrier if site else None),
        site=site,
        owner=by,
        origin_audience=origin_audience or (audience if named else ""),
    )
    keep_new(article, content, by=by, at=at)
    ArticleAuthor.objects.create(
        article=article, role=AuthorRole.AUTHOR, user=by, carrier=article.carrier, site=site
    )
    add_sources(article, named)
    audit.record(
        action="knowledge.begin_article", by=by, at=at, target=article, changes={"kind": kind}
    )
    return article


def keep_new(article: Article, content: Content, *, by: User, at: datetime) -> None:
    """Save a new draft with its first revision."""
    article.state = ArticleState.DRAFT
    article.live = False
    article.has_unpublished_changes = True
    article.created_by = by
    article.created_at = at
    show(article, content)
    keep_revision(article, content, by=by, at=at)
    article.save(update_fields=["latest_revision"])


def add_sources(article: Article, sources: Iterable[Source]) -> None:
    """Name those whose words an article tells, each once."""
    seen: set[int] = set()
    rows = []
    for user, carrier, site, unnamed in sources:
        if user is not None and user.pk in seen:
            continue
        if user is not None:
            seen.add(user.pk)
        rows.append(
            ArticleAuthor(
                article=article,
                role=AuthorRole.SOURCE,
                user=user,
                carrier=carrier,
                site=site,
                unnamed=unnamed[:120],
            )
        )
    ArticleAuthor.objects.bulk_create(rows)


@transaction.atomic
def save_draft(
    *, article_id: int, based_on: int | None, content: Content, by: User, at: datetime
) -> Article:
    """Keep new words as the newest revision; a published article waits for a review with them.

    ``based_on`` is the revision that the form showed. The caller has checked
    ``knowledge.change_article``. Raises EditConflictError when somebody saved in between, and
    TooWideError.
    """
    article = locked(article_id)
    if article.latest_revision_id != based_on:
        raise conflict(article)
    check_width(article, content.audience, by=by)
    keep_revision(article, content, by=by, at=at)
    article.has_unpublished_changes = True
    if article.live:
        article.save(update_fields=["latest_revision", "has_unpublished_changes"])
    else:
        show(article, content)
    let_go(article, by)
    audit.record(
        action="knowledge.change_article",
        by=by,
        at=at,
        target=article,
        changes={"revision": article.latest_revision_id},
    )
    return article


def conflict(article: Article) -> EditConflictError:
    """Return the error that carries what stands in the newest revision."""
    revision = article.latest_revision
    if revision is None:
        return EditConflictError(current=content_of(article), revision_id=0, by=None)
    return EditConflictError(
        current=content_of_revision(revision), revision_id=revision.pk, by=revision.user
    )


@dataclass(frozen=True, kw_only=True)
class Lock:
    """Who writes at the moment, since when."""

    holder: User | None
    since: datetime
    is_mine: bool


@transaction.atomic
def take_lock(*, article_id: int, by: User, at: datetime, force: bool = False) -> Lock:
    """Take the lock for ``by`` where it is free, lapsed or ``force`` is meant; say who has it.

    A lock only tells others. That nothing is lost, the revision that each form carries makes sure.
    """
    article = locked(article_id)
    holder = lock_of(article, at=at)
    if holder is not None and holder.holder != by and not force:
        return holder
    article.locked, article.locked_by, article.locked_at = True, by, at
    article.save(update_fields=["locked", "locked_by", "locked_at"])
    if holder is not None and holder.holder != by:
        audit.record(action="knowledge.take_lock", by=by, at=at, target=article)
    return Lock(holder=by, since=at, is_mine=True)


@transaction.atomic
def release_lock(*, article_id: int, by: User) -> None:
    """Give back a lock that ``by`` holds."""
    let_go(locked(article_id), by)


def let_go(article: Article, by: User) -> None:
    """Free the lock if it is held by ``by``."""
    if article.locked_by_id == by.pk:
        article.locked, article.locked_by, article.locked_at = False, None, None
        article.save(update_fields=["locked", "locked_by", "locked_at"])


def lock_of(article: Article, *, at: datetime, viewer: User | None = None) -> Lock | None:
    """Return the lock that holds now; None when the article is free."""
    if not article.locked or article.locked_at is None or article.locked_by is None:
        return None
    if article.locked_at + LOCK_LASTS <= at:
        return None
    return Lock(
        holder=article.locked_by, since=article.locked_at, is_mine=article.locked_by == viewer
    )


@transaction.atomic
def restore_version(*, article_id: int, revision_id: int, by: User, at: datetime) -> Article:
    """Make the words of an older revision the newest ones again. Raises Revision.DoesNotExist."""
    article = locked(article_id)
    revision = Revision.objects.for_instance(article).get(pk=revision_id)
    return save_draft(
        article_id=article.pk,
        based_on=article.latest_revision_id,
        content=content_of_revision(revision),
        by=by,
        at=at,
    )


@transaction.atomic
def archive_article(*, article_id: int, by: User, at: datetime, reason: str = "") -> Article:
    """Take an article off the shelf. Its address stays reserved. Raises IllegalMoveError."""
    article = locked(article_id)
    check_move(ARTICLE_MOVES, current=ArticleState(article.state), target=ArticleState.ARCHIVED)
    article.state = ArticleState.ARCHIVED
    article.live = False
    article.go_live_at = article.review_asked_at = article.review_asked_by = None
    article.save()
    Revision.objects.for_instance(article).update(approved_go_live_at=None)
    refresh_search([article.pk])
    audit.record(action="knowledge.archive_article", by=by, at=at, target=article, reason=reason)
    return article


@transaction.atomic
def reopen_article(*, article_id: int, by: User, at: datetime) -> Article:
    """Make a draft of an archived article again. Raises IllegalMoveError."""
    article = locked(article_id)
    check_move(ARTICLE_MOVES, current=ArticleState(article.state), target=ArticleState.DRAFT)
    article.state = ArticleState.DRAFT
    article.has_unpublished_changes = True
    show(article, newest_content(article))
    audit.record(action="knowledge.reopen_article", by=by, at=at, target=article)
    return article


@transaction.atomic
def change_owner(*, article_id: int, owner: User, by: User, at: datetime) -> Article:
    """Let somebody else look after the article."""
    article = locked(article_id)
    article.owner = owner
    article.save(update_fields=["owner"])
    audit.record(
        action="knowledge.change_owner",
        by=by,
        at=at,
        target=article,
        changes={"owner": owner.pk},
    )
    return article
