"""What the services share: keeping words as a revision, addresses, whom an article concerns."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.utils.text import slugify
from wagtail.models import Revision

from tandemwerk.core import search
from tandemwerk.core.actors import Actor
from tandemwerk.knowledge.content import (
    Content,
    hash_of,
    newest_content,
    put_into,
    revision_data,
)
from tandemwerk.knowledge.enums import (
    AUDIENCE_WIDTH,
    EDITING_ROLES,
    SEARCH_SOURCE,
    WRITERS,
    Audience,
)
from tandemwerk.knowledge.errors import TooWideError
from tandemwerk.knowledge.models import Article, Term
from tandemwerk.knowledge.rules import is_editor
from tandemwerk.people.models import User
from tandemwerk.programme.enums import LEADING_ROLES
from tandemwerk.programme.models import Membership

#: Words of the addresses beside the articles'.
RESERVED: Final = frozenset(
    {"new", "drafts", "lists", "terms", "report", "local", "feed", "feed.atom", "files", "search"}
)
_SLUG_LENGTH: Final = 160
GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def locked(article_id: int) -> Article:
    """Return an article that nobody else changes until the transaction ends."""
    article: Article = Article.objects.select_for_update(of=("self",)).get(pk=article_id)
    return article


def free_slug(title: str) -> str:
    """Return an address for a title that no other article has. It stays: notices lead there."""
    base = slugify(title.lower().translate(GERMAN), allow_unicode=True)[:_SLUG_LENGTH].strip("-_")
    base = base or "article"
    others = Article.objects.filter(slug__startswith=base)
    taken = RESERVED.union(others.values_list("slug", flat=True))
    if base not in taken:
        return base
    number = next(n for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)
    return f"{base}-{number}"


def keep_revision(article: Article, content: Content, *, by: User | None, at: datetime) -> Revision:
    """Keep the words as the article's newest revision. The row itself is not saved."""
    revision: Revision = Revision.objects.create(
        content_object=article,
        base_content_type=Article.get_base_content_type(),
        user=by,
        created_at=at,
        object_str=content.title,
        content=revision_data(article, content),
    )
    article.latest_revision = revision
    return revision


def show(article: Article, content: Content) -> None:
    """Write the words into the row and save it: drafts and what is published now."""
    put_into(article, content)
    article.content_hash = hash_of(content)
    article.save()
    article.terms.set(Term.objects.filter(slug__in=content.terms))


def check_width(article: Article, wanted: str, *, by: Actor) -> None:
    """Raise TooWideError where only an editor may open an article so far.

    What an editor opened stays open for those who go on writing.
    """
    if not article.origin_audience or is_editor(by):
        return
    reached = max(
        AUDIENCE_WIDTH[Audience(each)]
        for each in (article.origin_audience, newest_content(article).audience)
    )
    if AUDIENCE_WIDTH[Audience(wanted)] > reached:
        raise TooWideError(article.origin_audience)


def refresh_search(article_ids: Iterable[int]) -> None:
    """Bring the index up to date with these articles."""
    search.refresh(SEARCH_SOURCE, article_ids)


def reviewers_of(article: Article) -> set[int]:
    """Return the accounts that may look at an article: who leads its carrier, and the office.

    What a carrier keeps to itself the office is asked about where nobody else is left.
    """
    accounts = Membership.objects.filter(user__is_active=True).values_list("user_id", flat=True)
    writers = writers_of(article)
    if article.latest_revision is not None and article.latest_revision.user_id:
        writers.add(article.latest_revision.user_id)
    found: set[int] = set()
    if article.carrier_id:
        found.update(accounts.filter(carrier=article.carrier_id, role__in=LEADING_ROLES))
        found -= writers
    if not found or article.audience != Audience.CARRIER:
        found.update(accounts.filter(role__in=EDITING_ROLES))
    return found - writers


def writers_of(article: Article) -> set[int]:
    """Return the accounts of owner, authors and translators."""
    writers = set(
        article.authors.filter(role__in=WRITERS, user__isnull=False).values_list(
            "user_id", flat=True
        )
    )
    return writers | ({article.owner_id} if article.owner_id else set())
