"""Lists of topics: what is asked for in the address, and the rows of one page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict

from tandemwerk.community.enums import PostState, TopicKind, TopicState
from tandemwerk.community.models import (
    Acknowledgement,
    Bookmark,
    MeToo,
    Post,
    Space,
    Subscription,
    Topic,
)
from tandemwerk.community.queries.spaces import fresh_topics, new_since, newest_floor, readers_of
from tandemwerk.community.speakers import Speaker, speaker_of_topic
from tandemwerk.core.prepared import Prepared
from tandemwerk.knowledge.models import Term
from tandemwerk.people.models import User

PAGE_SIZE: Final = 25
SORTS: Final[Mapping[str, tuple[str, ...]]] = {
    "": ("-last_post_at", "-pk"),
    "newest": ("-created_at", "-pk"),
    "oldest": ("created_at", "pk"),
}
WISHES: Final = ("unanswered", "new", "mine", "bookmarked")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list is asked for. What nobody can mean is left out."""

    kind: str = ""
    tag: str = ""
    wishes: frozenset[str] = field(default_factory=frozenset)
    sort: str = ""

    @property
    def is_plain(self) -> bool:
        return not (self.kind or self.tag or self.wishes or self.sort)


def wanted_from(query: QueryDict) -> Wanted:
    """Read the address."""
    kind, sort = query.get("kind", ""), query.get("sort", "")
    return Wanted(
        kind=kind if kind in TopicKind.values else "",
        tag=query.get("tag", "")[:50].replace("\x00", ""),
        wishes=frozenset(query.getlist("show")).intersection(WISHES),
        sort=sort if sort in SORTS else "",
    )


def topics_for(space: Space, wanted: Wanted, *, user: User, at: datetime) -> QuerySet[Topic]:
    """Return the shown topics of a space that fit, in order. The space was fetched for ``user``."""
    topics: QuerySet[Topic] = Topic.objects.shown().filter(space=space)
    if wanted.kind:
        topics = topics.filter(kind=wanted.kind)
    if wanted.tag:
        topics = topics.filter(terms__slug=wanted.tag)
    if "unanswered" in wanted.wishes:
        topics = topics.filter(kind=TopicKind.QUESTION, accepted_post=None)
    if "mine" in wanted.wishes:
        topics = topics.filter(author=user)
    if "bookmarked" in wanted.wishes:
        kept = Bookmark.objects.filter(user=user).values("topic_id")
        topics = topics.filter(pk__in=kept)
    if "new" in wanted.wishes:
        topics = fresh_topics(user, topics, at=at)
    return topics.order_by(*SORTS[wanted.sort])


@dataclass(frozen=True, kw_only=True)
class TopicRow:
    """A topic as a list shows it."""

    topic: Topic
    speaker: Speaker
    terms: list[Term] = field(default_factory=list)
    answers: int = 0
    me_toos: int = 0
    is_new: bool = False
    is_kept: bool = False


def rows_of(topics: Sequence[Topic], *, user: User, at: datetime) -> list[TopicRow]:
    """Return the rows of one page with two queries, however many there are."""
    numbers = [each.pk for each in topics]
    if not numbers:
        return []
    floor = newest_floor(user, at=at)
    facts = {row[0]: row[1:] for row in _facts(user.pk, floor, *numbers)}
    terms: defaultdict[int, list[Term]] = defaultdict(list)
    for tagged in _tagged(*numbers):
        terms[tagged.topic_id].append(tagged.term)
    rows = []
    for each in topics:
        posts, me_toos, is_kept, since = facts.get(each.pk, (0, 0, False, None))
        rows.append(
            TopicRow(
                topic=each,
                speaker=speaker_of_topic(each),
                terms=terms[each.pk],
                answers=max(0, posts - 1),
                me_toos=me_toos,
                is_new=each.last_post_at > max(since or floor, floor),
                is_kept=is_kept,
            )
        )
    return rows


def _facts_of(user: int, floor: datetime, *topics: int) -> QuerySet[Topic, Any]:
    mine = {"topic": OuterRef("pk")}
    shown = Post.objects.filter(state=PostState.SHOWN, **mine)
    return (
        Topic.objects.filter(pk__in=topics)
        .order_by()
        .values_list(
            "pk",
            _count_of(shown),
            _count_of(MeToo.objects.filter(**mine)),
            Exists(Bookmark.objects.filter(user=user, **mine)),
            new_since(user, floor),
        )
    )


def _count_of(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("topic").annotate(count=Count("*")).values("count")
    return Coalesce(Subquery(counted), 0)


_facts: Final = Prepared(_facts_of)
_tagged: Final = Prepared(
    lambda *topics: (
        Topic.terms.through.objects.filter(topic__in=topics).select_related("term").order_by("pk")
    )
)


#: What a row shows of a topic, of who began it and of where it stands.
_SHOWN: Final = (
    *("kind", "state", "title", "anonymity", "asked_from", "last_post_at", "accepted_post"),
    *("official_post", "author__name", "site__name", "carrier__name", "space__name", "space__slug"),
)
_told: Final = Prepared(
    lambda *topics: (
        Topic.objects.filter(pk__in=topics)
        .select_related("space", "author", "site", "carrier")
        .only(*_SHOWN)
    )
)


def told(numbers: Iterable[int]) -> dict[int, Topic]:
    """Return topics by their numbers, with what a row shows of them."""
    wanted = list(dict.fromkeys(numbers))
    return {each.pk: each for each in _told(*wanted)} if wanted else {}


def page_of_topics(topics: QuerySet[Topic], number: Any) -> tuple[Page[Any], list[Topic]]:
    """Return one page and its topics in order.

    The page is cut from numbers alone: however far one leafs, only its own rows are joined.
    """
    page = Paginator(topics.values_list("pk", flat=True), PAGE_SIZE).get_page(number)
    numbers = list(page.object_list)
    by_number = told(numbers)
    return page, [by_number[each] for each in numbers if each in by_number]


_pinned: Final = Prepared(
    lambda space, today: (
        Topic.objects.shown()
        .filter(space=space, pinned_until__gte=today)
        .order_by("-last_post_at", "-pk")
        .values_list("pk", flat=True)[:5]
    )
)
_waiting: Final = Prepared(
    lambda space, author: Topic.objects.filter(
        space=space, author=author, state=TopicState.PENDING
    ).order_by("-created_at", "-pk")
)


@dataclass(frozen=True, kw_only=True)
class TopicList:
    """One page of a list of topics. ``pinned`` and ``waiting`` stand before the first page."""

    page: Page[Any]
    rows: list[TopicRow]
    pinned: list[TopicRow]
    waiting: list[Topic]

    @property
    def count(self) -> int:
        return int(self.page.paginator.count)


def topic_list(
    space: Space, wanted: Wanted, number: Any, *, user: User, at: datetime, today: date
) -> TopicList:
    """Return one page of the topics of a space, with the same number of queries for any."""
    topics = topics_for(space, wanted, user=user, at=at)
    pinned: list[Topic] = []
    waiting: list[Topic] = []
    if wanted.is_plain:
        pinned = list(told(_pinned(space.pk, today)).values())
        pinned.sort(key=lambda each: (each.last_post_at, each.pk), reverse=True)
        topics = topics.exclude(pk__in=[each.pk for each in pinned])
        waiting = _waiting(space.pk, user.pk)
    page, listed = page_of_topics(topics, number)
    rows = rows_of([*pinned, *listed], user=user, at=at)
    for row in rows:
        row.topic.space = space
    return TopicList(
        page=page, rows=rows[len(pinned) :], pinned=rows[: len(pinned)], waiting=waiting
    )


def terms_in_use() -> list[Term]:
    """Return the words that can be chosen as tags, in the order of the vocabulary."""
    return list(Term.objects.filter(is_retired=False).order_by("order", "slug"))


def interest_of(user: User, **target: Any) -> str:
    """Return how closely ``user`` follows one space, topic or tag; nothing if they do not."""
    mine = Subscription.objects.filter(user=user, **target)
    return mine.values_list("interest", flat=True).first() or ""


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """Who has read and understood an announcement, and who has not."""

    done: list[tuple[User, datetime]]
    missing: list[User]


def confirmed(topic: Topic) -> Confirmed:
    """Return who has confirmed an announcement and who of the readers has not, by name."""
    readers = list(readers_of(topic.space).order_by("name", "email"))
    done = dict(Acknowledgement.objects.filter(topic=topic).values_list("user_id", "at"))
    return Confirmed(
        done=[(each, done[each.pk]) for each in readers if each.pk in done],
        missing=[each for each in readers if each.pk not in done and each.pk != topic.author_id],
    )
