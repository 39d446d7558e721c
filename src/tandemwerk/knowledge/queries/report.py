"""How much the library is used: numbers by article, kind and carrier, for the network office."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tandemwerk.knowledge.enums import ArticleKind
from tandemwerk.knowledge.models import Article, ArticleFeedback, ArticleUse
from tandemwerk.ui.charts import BarChart
from tandemwerk.ui.parts import Figure

TOP = 10


def counted_articles(user: Any) -> QuerySet[Article]:
    """Return the published originals that ``user`` may read with the numbers of their versions."""
    family = {"article__translation_key": OuterRef("translation_key")}

    def count(rows: Any, **narrower: Any) -> Coalesce:
        counted = (
            rows.filter(**family, **narrower)
            .order_by()
            .values("article__translation_key")
            .annotate(number=Count("pk"))
        )
        return Coalesce(Subquery(counted.values("number")), 0)

    readable = Article.objects.readable_by(user).filter(translated_hash="")
    rows: QuerySet[Article] = readable.select_related("carrier", "site", "locale").annotate(
        use_count=count(ArticleUse.objects),
        helped_count=count(ArticleFeedback.objects, has_helped=True),
        missed_count=count(ArticleFeedback.objects, has_helped=False),
        adaptation_count=Count("adaptations", filter=Q(adaptations__live=True), distinct=True),
    )
    return rows


def most_used_first(articles: Any) -> Any:
    """Return counted articles in the order of a file."""
    return articles.order_by("-use_count", "title", "pk")


@dataclass(frozen=True, kw_only=True)
class Report:
    """The numbers above the table."""

    figures: list[Figure]
    by_kind: BarChart | None
    by_carrier: BarChart | None


def report(user: Any) -> Report:
    """Return the sums and charts of all articles that ``user`` may read."""
    readable = Article.objects.readable_by(user)
    uses = ArticleUse.objects.filter(article__in=readable.values("pk"))
    words = ArticleFeedback.objects.filter(article__in=readable.values("pk")).aggregate(
        helped=Count("pk", filter=Q(has_helped=True)), total=Count("pk")
    )
    helped = round(100 * words["helped"] / words["total"]) if words["total"] else None
    return Report(
        figures=[
            Figure(
                label=_("articles, in all languages %(number)s") % {"number": readable.count()},
                value=readable.filter(translated_hash="").count(),
            ),
            Figure(
                label=_("sites work with them"),
                value=uses.values("site").distinct().count(),
                tone="accent",
            ),
            Figure(label=_("times «we use this»"), value=uses.count()),
            Figure(
                label=_("say that it helped"),
                value=f"{helped} %" if helped is not None else "–",
                note=_("of %(number)s answers") % {"number": words["total"]},
                tone="good",
            ),
        ],
        by_kind=_by_kind(uses),
        by_carrier=_by_carrier(uses),
    )


def _by_kind(uses: QuerySet[ArticleUse]) -> BarChart | None:
    rows = list(
        uses.order_by()
        .values_list("article__kind")
        .annotate(number=Count("pk"))
        .order_by("-number", "article__kind")
    )
    labels = dict(ArticleKind.choices)
    names = [str(labels.get(kind, kind)) for kind, _number in rows]
    return _bars(names, [number for _kind, number in rows], heading=_("Kind"))


def _by_carrier(uses: QuerySet[ArticleUse]) -> BarChart | None:
    rows = list(
        uses.order_by()
        .values_list("site__carrier__name")
        .annotate(number=Count("pk"))
        .order_by("-number", "site__carrier__name")[:TOP]
    )
    return _bars([str(name) for name, _n in rows], [n for _name, n in rows], heading=_("Carrier"))


def _bars(names: list[str], values: list[int], *, heading: str) -> BarChart | None:
    if not names:
        return None
    title = ngettext(
        "Most used: %(name)s, %(number)s time",
        "Most used: %(name)s, %(number)s times",
        values[0],
    ) % {"name": names[0], "number": values[0]}
    return BarChart(
        title=title,
        categories=names,
        values=values,
        heading=heading,
        value_heading=_("times in use"),
        highlight=0,
    )
