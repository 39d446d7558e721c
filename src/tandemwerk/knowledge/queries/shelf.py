"""The shelf: what somebody may read, one version of each article, with what a list shows."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from tandemwerk.core import search
from tandemwerk.core.prepared import Prepared
from tandemwerk.knowledge.enums import SEARCH_SOURCE, Freshness
from tandemwerk.knowledge.models import Article, ArticleUse, Term
from tandemwerk.knowledge.periods import WARN_BEFORE
from tandemwerk.ui.parts import Tone

FRESHNESS_TONES: Final[dict[str, Tone]] = {
    Freshness.FRESH: "good",
    Freshness.DUE: "note",
    Freshness.OUTDATED: "careful",
}
#: As many as anybody leafs through after a search.
MAX_FOUND: Final = 300
_RANK: Final = "rank"


def freshness_of(article: Article, *, today: date) -> Freshness:
    """Return whether an article was looked at lately."""
    if article.review_on is None or article.review_on > today + WARN_BEFORE:
        return Freshness.FRESH
    return Freshness.OUTDATED if article.review_on < today else Freshness.DUE


def fresh(articles: QuerySet[Article], wanted: str, *, today: date) -> QuerySet[Article]:
    """Return the articles that are as fresh as ``wanted``."""
    soon = today + WARN_BEFORE
    conditions = {
        Freshness.FRESH: Q(review_on=None) | Q(review_on__gt=soon),
        Freshness.DUE: Q(review_on__gte=today, review_on__lte=soon),
        Freshness.OUTDATED: Q(review_on__lt=today),
    }
    return articles.filter(conditions[Freshness(wanted)])


def one_version(articles: QuerySet[Article], language: str) -> QuerySet[Article]:
    """Return each article once: in ``language``, else in German, else as it was written."""
    live = Article.objects.published().filter(translation_key=OuterRef("translation_key"))
    no_own = ~Exists(live.filter(locale__language_code=language))
    no_german = ~Exists(live.filter(locale__language_code="de"))
    return articles.filter(
        Q(locale__language_code=language)
        | (no_own & Q(locale__language_code="de"))
        | (no_own & no_german & Q(translated_hash=""))
    )


def shelf(user: Any, *, language: str, only: str = "") -> QuerySet[Article]:
    """Return what ``user`` may read, with how many use it; ``only`` asks for one language."""
    readable = Article.objects.readable_by(user)
    chosen = (
        readable.filter(locale__language_code=only) if only else one_version(readable, language)
    )
    rows: QuerySet[Article] = chosen.annotate(use_count=Coalesce(Subquery(_uses()), 0))
    return rows


def cards(numbers: Sequence[int]) -> list[tuple[Any, list[Term]]]:
    """Return articles in this order with what a list shows of them, and their subjects."""
    if not numbers:
        return []
    articles = {each.pk: each for each in _cards(*numbers)}
    terms: defaultdict[int, list[Term]] = defaultdict(list)
    for each in _tagged(*numbers):
        terms[each.article_id].append(each.term)
    return [(articles[each], terms[each]) for each in numbers if each in articles]


_cards: Final = Prepared(
    lambda *numbers: (
        Article.objects.filter(pk__in=numbers)
        .select_related("locale", "carrier", "site")
        .annotate(use_count=Coalesce(Subquery(_uses()), 0))
    )
)
_tagged: Final = Prepared(
    lambda *numbers: (
        Article.terms.through.objects.filter(article__in=numbers)
        .select_related("term")
        .order_by("term__order", "term__slug")
    )
)


def _uses() -> QuerySet[ArticleUse, Any]:
    """Count the uses of the article outside: only of those shown, where a join groups them all."""
    mine = ArticleUse.objects.filter(article=OuterRef("pk")).order_by().values("article")
    return mine.annotate(number=Count("pk")).values("number")


def found_by_words(
    articles: QuerySet[Article], user: Any, text: str, *, language: str
) -> QuerySet[Article]:
    """Return the articles that the search finds, in any language, with their ``rank``."""
    found = search.search(
        user, text, language=language, sources=[SEARCH_SOURCE], size=MAX_FOUND
    ).results
    keys = dict(
        Article.objects.filter(pk__in=[each.object_id for each in found]).values_list(
            "pk", "translation_key"
        )
    )
    ranked = list(dict.fromkeys(keys[each.object_id] for each in found if each.object_id in keys))
    return articles.filter(translation_key__in=ranked).annotate(**{_RANK: _place(ranked)})


def _place(keys: Sequence[Any]) -> Case | Value:
    if not keys:
        return Value(0)
    whens = [When(translation_key=key, then=Value(place)) for place, key in enumerate(keys)]
    return Case(*whens, default=Value(len(keys)), output_field=IntegerField())
