"""Articles are found by their words, by those who may read them."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandemwerk.core import clock
from tandemwerk.core.markdown import to_text
from tandemwerk.core.prepared import Prepared
from tandemwerk.core.search import Document, Hit, IndexedSource, register, register_audiences
from tandemwerk.knowledge.enums import SEARCH_SOURCE, Audience
from tandemwerk.knowledge.models import Article, carriers_of
from tandemwerk.programme.enums import Role
from tandemwerk.programme.models import memberships_of

OUTDATED_WEIGHT: Final = 0.4
#: Each site that works with an article lifts it a little, up to this.
MOST_USED_WEIGHT: Final = 1.6
_PER_USE: Final = 0.03


def documents(ids: list[int] | None) -> Iterator[Document]:
    """Give the published articles: title, all words, terms in every language."""
    articles = Article.objects.published().select_related("locale")
    if ids is not None:
        articles = articles.filter(pk__in=ids)
    today = clock.today()
    rows = articles.annotate(use_count=Count("uses")).prefetch_related("terms").order_by("pk")
    for article in rows.iterator(500):
        words = [article.summary, to_text(article.body)]
        words += [to_text(each) for each in article.facts.values() if isinstance(each, str)]
        is_outdated = article.review_on is not None and article.review_on < today
        yield Document(
            object_id=article.pk,
            language=article.locale.language_code,
            audience=article.search_audience,
            title=article.title,
            text="\n".join(each for each in words if each),
            keywords=" ".join(name for term in article.terms.all() for name in term.names.values()),
            weight=OUTDATED_WEIGHT
            if is_outdated
            else min(MOST_USED_WEIGHT, 1 + _PER_USE * article.use_count),
            at=article.last_published_at,
        )


def hits(user: Any, ids: list[int]) -> dict[int, Hit]:
    """Return what ``user`` may read of these."""
    return {
        each.pk: Hit(
            title=each.title,
            url=reverse("knowledge:article", kwargs={"slug": each.slug}),
            text=each.get_kind_display(),
        )
        for each in _articles(*ids)
        if each.is_readable_by(user)
    }


_articles: Final = Prepared(
    lambda *ids: (
        Article.objects.published()
        .filter(pk__in=ids)
        .only("title", "slug", "kind", "audience", "carrier", "live", "state")
    )
)


def audiences(user: Any) -> list[str]:
    """Return the walls of the library that ``user`` stands inside of."""
    mine = list(memberships_of(user))
    found = [Audience.MEMBERS.value] if mine else []
    if any(each.role != Role.MINISTRY for each in mine):
        found.append(Audience.TEAMS.value)
    return found + [f"carrier/{each}/" for each in carriers_of(user)]


register(
    IndexedSource(
        name=SEARCH_SOURCE,
        label=_("Library"),
        icon="book",
        documents=documents,
        hits=hits,
        order=15,
    )
)
register_audiences(audiences)
