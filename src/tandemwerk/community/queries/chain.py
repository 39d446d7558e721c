"""The way of knowledge: from a question to an answer, an article, and its use elsewhere."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, Final

from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tandemwerk.community.enums import SHOWN_TOPICS, PostState, TopicKind
from tandemwerk.community.models import Post, Space, Topic, TopicArticle
from tandemwerk.core.prepared import Prepared
from tandemwerk.knowledge.models import Article, ArticleUse
from tandemwerk.programme.models import Carrier

SECONDS_AN_HOUR: Final = 3600


@dataclass(frozen=True, kw_only=True)
class Links:
    """The numbers of one chain. ``hours``: median until somebody else said something."""

    label: Any = ""
    asked: int = 0
    answered: int = 0
    hours: float | None = None
    articles: int = 0
    adapted: int = 0
    sites: int = 0
    carriers: int = 0

    @property
    def row(self) -> list[Any]:
        return [
            self.label,
            self.asked,
            self.answered,
            self.hours,
            self.articles,
            self.adapted,
            self.sites,
            self.carriers,
        ]


@dataclass(frozen=True, kw_only=True)
class Chain:
    """All together, month by month, and by the carrier that asked."""

    total: Links
    months: list[Links]
    carriers: list[Links]


@dataclass
class _Heap:
    """What is gathered for one line."""

    waits: list[float] = field(default_factory=list)
    asked: int = 0
    articles: set[int] = field(default_factory=set)


def head() -> list[Any]:
    """Return the names of the columns of a line."""
    return [
        _("Of"),
        _("Questions asked"),
        _("answered"),
        _("hours to the first answer (median)"),
        _("became articles"),
        _("articles adapted"),
        _("used by sites"),
        _("of carriers"),
    ]


def _answers() -> QuerySet[Post]:
    """Return what somebody else than the asker said."""
    return Post.objects.filter(
        Q(author__isnull=True) | Q(topic__author__isnull=True) | ~Q(author=F("topic__author")),
        state=PostState.SHOWN,
        is_asker=False,
    )


def first_answer() -> Subquery:
    """Return when somebody else than the asker first said something in a topic."""
    of_topic = _answers().filter(topic=OuterRef("pk"))
    later = of_topic.filter(created_at__gt=OuterRef("created_at")).order_by()
    return Subquery(later.values("topic").annotate(first=Min("created_at")).values("first"))


def chain(user: Any, *, since: datetime, until: datetime, carrier: Carrier | None = None) -> Chain:
    """Return the way of the questions asked in a time, in the spaces that ``user`` reads.

    Six queries, however many questions there are.
    """
    topics = Topic.objects.filter(
        kind=TopicKind.QUESTION,
        state__in=SHOWN_TOPICS,
        created_at__gte=since,
        created_at__lt=until,
        space__in=Space.objects.visible_to(user).values("pk"),
    )
    if carrier is not None:
        topics = topics.filter(Q(carrier=carrier) | Q(site__carrier=carrier))
    rows = list(
        topics.annotate(first_at=first_answer())
        .order_by("created_at")
        .values_list("pk", "carrier", "site__carrier", "created_at", "first_at")
    )
    made: defaultdict[int, set[int]] = defaultdict(set)
    published = Article.objects.published()
    links = TopicArticle.objects.filter(topic__in=topics.values("pk"), article__in=published)
    for topic, article in links.values_list("topic", "article"):
        made[topic].add(article)
    reuse = _Reuse(article for articles in made.values() for article in articles)
    total, months, carriers = (
        _Heap(),
        defaultdict[date, _Heap](_Heap),
        defaultdict[int, _Heap](_Heap),
    )
    for day in _months(since, until):
        months[day]
    for pk, own, of_site, created_at, first_at in rows:
        month = timezone.localtime(created_at).date().replace(day=1)
        for heap in (total, months[month], carriers[own or of_site or 0]):
            heap.asked += 1
            heap.articles |= made[pk]
            if first_at is not None:
                heap.waits.append((first_at - created_at).total_seconds() / SECONDS_AN_HOUR)
    names = {each.pk: each.name for each in Carrier.objects.filter(pk__in=list(carriers))}
    return Chain(
        total=reuse.links(total, pgettext("sum", "All together")),
        months=[reuse.links(months[day], day) for day in sorted(months)],
        carriers=sorted(
            (
                reuse.links(heap, names.get(number, _("network office, ministry, without a name")))
                for number, heap in carriers.items()
            ),
            key=lambda each: (-each.asked, str(each.label)),
        ),
    )


def _months(since: datetime, until: datetime) -> Iterable[date]:
    day = timezone.localtime(since).date().replace(day=1)
    last = timezone.localtime(until).date()
    while day <= last:
        yield day
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)


class _Reuse:
    """What became of articles: versions of carriers, and the sites that work with them."""

    def __init__(self, article_ids: Iterable[int]) -> None:
        """Read two queries for all of them."""
        wanted = set(article_ids)
        self.adapted: defaultdict[int, set[int]] = defaultdict(set)
        rows = Article.objects.published().filter(adapted_from__in=wanted)
        origin = {}
        pairs: Any = rows.values_list("pk", "adapted_from")
        for number, source in pairs:
            self.adapted[source].add(number)
            origin[number] = source
        self.sites: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
        uses: Any = ArticleUse.objects.filter(article__in=wanted | set(origin))
        for article, site, carrier in uses.values_list("article", "site", "site__carrier"):
            self.sites[origin.get(article, article)].add((site, carrier))

    def links(self, heap: _Heap, label: Any) -> Links:
        """Return the numbers of a heap."""
        sites = {pair for article in heap.articles for pair in self.sites[article]}
        return Links(
            label=label,
            asked=heap.asked,
            answered=len(heap.waits),
            hours=_rounded(median(heap.waits)) if heap.waits else None,
            articles=len(heap.articles),
            adapted=sum(len(self.adapted[article]) for article in heap.articles),
            sites=len({site for site, _carrier in sites}),
            carriers=len({carrier for _site, carrier in sites}),
        )


def _rounded(hours: float) -> float:
    """Return hours as people say them: whole ones from ten on."""
    return round(hours) if hours >= 10 else round(hours, 1)  # noqa: PLR2004 said above


@dataclass(frozen=True, kw_only=True)
class OneChain:
    """The way of one question. ``articles`` are those that the reader may read."""

    asked_at: datetime
    first_at: datetime | None
    is_settled: bool
    articles: Sequence[Article] = ()
    adapted: int = 0
    sites: int = 0
    carriers: int = 0


_first_answer: Final = Prepared(
    lambda topic, asked_at: (
        _answers()
        .filter(topic=topic, created_at__gt=asked_at)
        .order_by("created_at")
        .values_list("created_at", flat=True)[:1]
    )
)
_made: Final = Prepared(
    lambda topic: TopicArticle.objects.filter(
        topic=topic, article__in=Article.objects.published()
    ).values_list("article", flat=True)
)


def chain_of(topic: Topic, user: Any) -> OneChain:
    """Return the way of one question. Five queries; two while no article came of it."""
    first_at = next(iter(_first_answer(topic.pk, topic.created_at)), None)
    numbers = set(_made(topic.pk))
    if not numbers:
        return OneChain(
            asked_at=topic.created_at,
            first_at=first_at,
            is_settled=topic.accepted_post_id is not None,
        )
    reuse = _Reuse(numbers)
    total = reuse.links(_Heap(articles=numbers), "")
    readable = Article.objects.readable_by(user).filter(pk__in=numbers)
    return OneChain(
        asked_at=topic.created_at,
        first_at=first_at,
        is_settled=topic.accepted_post_id is not None,
        articles=list(readable.order_by("pk")),
        adapted=total.adapted,
        sites=total.sites,
        carriers=total.carriers,
    )


def reuse_of(article: Article) -> Links:
    """Return what became of one article."""
    return _Reuse([article.pk]).links(_Heap(articles={article.pk}), "")
