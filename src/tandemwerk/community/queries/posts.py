"""The page of a topic: its posts with all that hangs on them, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tandemwerk.community.enums import Anonymity, PostState, ReactionKind
from tandemwerk.community.models import (
    Acknowledgement,
    Attachment,
    Bookmark,
    MeToo,
    Poll,
    PollVote,
    Post,
    Reaction,
    Subscription,
    Topic,
    TopicArticle,
    TopicRead,
)
from tandemwerk.community.queries.spaces import newest_floor
from tandemwerk.community.rules import may_moderate
from tandemwerk.community.speakers import Speaker, name_of, speaker_of
from tandemwerk.core.keys import keys_of
from tandemwerk.core.prepared import Prepared
from tandemwerk.knowledge.models import Article
from tandemwerk.people.models import User

PAGE_SIZE: Final = 20
ICONS: Final = {
    ReactionKind.THANKS: "heart",
    ReactionKind.HELPFUL: "hand-thumbs-up",
    ReactionKind.SAME: "people",
    ReactionKind.IDEA: "lightbulb",
}


@dataclass(frozen=True, kw_only=True)
class ReactionLine:
    """One kind of reaction below a post."""

    kind: str
    label: Any
    icon: str
    count: int
    is_mine: bool


@dataclass(frozen=True, kw_only=True)
class ShownPost:
    """A post as its page shows it."""

    post: Post
    speaker: Speaker
    #: The name of whom it answers to.
    quoted: str
    reactions: list[ReactionLine]
    attachments: list[Attachment]
    is_first: bool
    is_accepted: bool
    is_official: bool
    is_new: bool
    is_own: bool
    may_change: bool
    was_edited: bool


@dataclass(frozen=True, kw_only=True)
class PollLine:
    """One answer of a poll, with its share in percent."""

    pk: int
    text: str
    votes: int
    percent: int
    is_mine: bool


@dataclass(frozen=True, kw_only=True)
class ShownPoll:
    poll: Poll
    lines: list[PollLine]
    voters: int
    is_open: bool
    has_voted: bool


@dataclass(frozen=True, kw_only=True)
class TopicPage:
    """Everything the page of a topic shows."""

    topic: Topic
    page: Page[Post]
    posts: list[ShownPost]
    #: Accepted and official answer, for the top of the first page.
    picked: list[ShownPost]
    poll: ShownPoll | None
    articles: list[Article]
    me_toos: int
    says_me_too: bool
    is_kept: bool
    interest: str
    has_confirmed: bool
    #: Up to when the visitor had read it before, or None.
    read_at: datetime | None
    new_posts: int


def posts_for(topic: Topic, user: User) -> QuerySet[Post]:
    """Return the posts of a topic that ``user`` reads: shown, their own, and gaps of removed ones.

    Who moderates sees those that wait and that were hidden as well.
    """
    return _posts(topic.pk, *_reader(topic, user))


def _reader(topic: Topic, user: User) -> list[int]:
    """Return whose posts are shown besides those that all see; nobody's where all are shown."""
    return [] if may_moderate(user, topic) else [user.pk]


def _posts(topic: int, *reader: int) -> QuerySet[Post]:
    posts = Post.objects.filter(topic=topic)
    if not reader:
        return posts
    own = Q(author__in=reader)
    return posts.filter(Q(state__in=(PostState.SHOWN, PostState.REMOVED)) | own)


def topic_page(topic: Topic, number: Any, *, user: User, at: datetime) -> TopicPage:
    """Return one page of a topic that was fetched for ``user`` with its space."""
    posts = posts_for(topic, user)
    mine = facts_of(topic, user)
    since = mine.read_at or newest_floor(user, at=at)
    page = _page(topic, number, user)
    rows = list(page.object_list)
    first_id = rows[0].pk if rows else None
    if page.number > 1:
        first_id = posts.order_by("created_at", "pk").values_list("pk", flat=True).first()
    picked_ids = [each for each in (topic.official_post_id, topic.accepted_post_id) if each]
    extra = []
    if page.number == 1 and picked_ids:
        here = {each.pk: each for each in rows if each.state == PostState.SHOWN}
        if missing := set(picked_ids) - here.keys():
            wanted = posts.filter(pk__in=missing, state=PostState.SHOWN)
            here |= {each.pk: each for each in _loaded(wanted)}
        extra = [here[each] for each in picked_ids if each in here]
    dressed = dressed_posts(topic, [*rows, *extra], user=user, since=since, first_id=first_id)
    shown = dressed[: len(rows)]
    return TopicPage(
        topic=topic,
        page=page,
        posts=shown,
        picked=dressed[len(rows) :],
        poll=poll_of(topic, user, at=at) if mine.has_poll else None,
        articles=articles_of(topic, user) if mine.has_articles else [],
        me_toos=mine.me_toos,
        says_me_too=mine.says_me_too,
        is_kept=mine.is_kept,
        interest=mine.interest,
        has_confirmed=mine.has_confirmed,
        read_at=mine.read_at,
        new_posts=_new_posts(shown, posts, page, user=user, since=since),
    )


def _page(topic: Topic, number: Any, user: User) -> Page[Post]:
    """Return a page of posts: with one query where there is one page only, as there mostly is."""
    reader = _reader(topic, user)
    paginator = Paginator(_in_order(topic.pk, *reader), PAGE_SIZE)
    if number not in {None, "", "1"}:
        return paginator.get_page(number)
    rows = _first_posts(topic.pk, *reader)
    if len(rows) <= PAGE_SIZE:
        vars(paginator)["count"] = len(rows)
    return Page(rows[:PAGE_SIZE], 1, paginator)


def _in_order(topic: int, *reader: int) -> QuerySet[Post]:
    return _loaded(_posts(topic, *reader)).order_by("created_at", "pk")


def _new_posts(
    shown: list[ShownPost], posts: QuerySet[Post], page: Page[Post], *, user: User, since: datetime
) -> int:
    if not page.has_other_pages():
        return sum(each.is_new and each.post.state == PostState.SHOWN for each in shown)
    fresh = posts.filter(created_at__gt=since, state=PostState.SHOWN)
    return fresh.exclude(author=user).count()


@dataclass(frozen=True, kw_only=True)
class TopicFacts:
    """What a topic has beside its posts, and what somebody did with it."""

    me_toos: int
    says_me_too: bool
    is_kept: bool
    interest: str
    has_confirmed: bool
    #: Up to when they have read it, or None.
    read_at: datetime | None
    has_poll: bool
    has_articles: bool


def facts_of(topic: Topic, user: User) -> TopicFacts:
    """Return what a topic has and what ``user`` did with it. One query."""
    (row,) = _facts(topic.pk, user.pk)
    return TopicFacts(
        me_toos=row["asked_too"],
        says_me_too=row["says_me_too"],
        is_kept=row["is_kept"],
        interest=row["interest"] or "",
        has_confirmed=row["has_confirmed"],
        read_at=row["read_at"],
        has_poll=row["has_poll"],
        has_articles=row["has_articles"],
    )


def _facts_of(topic: int, user: int) -> QuerySet[Topic, Any]:
    of_topic = {"topic": OuterRef("pk")}
    me_toos = MeToo.objects.filter(**of_topic)
    counted = me_toos.order_by().values("topic").annotate(count=Count("pk")).values("count")
    mine: dict[str, Any] = of_topic | {"user": user}
    return (
        Topic.objects.filter(pk=topic)
        .order_by()
        .values(
            asked_too=Coalesce(Subquery(counted), 0),
            says_me_too=Exists(MeToo.objects.filter(**mine)),
            is_kept=Exists(Bookmark.objects.filter(**mine)),
            interest=Subquery(Subscription.objects.filter(**mine).values("interest")),
            has_confirmed=Exists(Acknowledgement.objects.filter(**mine)),
            read_at=Subquery(TopicRead.objects.filter(**mine).values("read_at")),
            has_poll=Exists(Poll.objects.filter(**of_topic)),
            has_articles=Exists(TopicArticle.objects.filter(**of_topic)),
        )
    )


_facts: Final = Prepared(_facts_of)


def _loaded(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Load with the posts what a page shows of them, and nothing of what they were written from."""
    joined = posts.select_related("author", "site", "carrier", "reply_to__author")
    return joined.only(*_SHOWN).prefetch_related("attachments")


#: What the page reads of a post, of who says it and of the one that it answers to.
_SHOWN: Final = (
    *("topic", "author__name", "site__name", "carrier__name", "is_asker", "html", "state", "via"),
    *("created_at", "edited_at", "reply_to__topic", "reply_to__author__name"),
    *("reply_to__is_asker", "reply_to__html", "reply_to__state"),
)


_first_posts: Final = Prepared(lambda topic, *reader: _in_order(topic, *reader)[: PAGE_SIZE + 1])


def dressed_posts(
    topic: Topic,
    posts: Sequence[Post],
    *,
    user: User,
    since: datetime,
    first_id: int | None,
) -> list[ShownPost]:
    """Give posts their speakers, reactions and files. Two queries."""
    reactions = _reactions([each.pk for each in posts], user)
    moderates = may_moderate(user, topic)
    found = []
    for post in posts:
        post.topic = topic
        quoted = post.reply_to
        if quoted is not None:
            quoted.topic = topic
        is_own = post.author_id == user.pk
        found.append(
            ShownPost(
                post=post,
                speaker=speaker_of(post),
                quoted=name_of(quoted) if quoted is not None else "",
                reactions=reactions[post.pk],
                attachments=list(post.attachments.all()),
                is_first=post.pk == first_id,
                is_accepted=post.pk == topic.accepted_post_id,
                is_official=post.pk == topic.official_post_id,
                is_new=post.created_at > since and not is_own,
                is_own=is_own,
                may_change=(is_own or moderates) and post.state != PostState.REMOVED,
                was_edited=post.edited_at is not None and post.state != PostState.REMOVED,
            )
        )
    return found


def _reactions(numbers: list[int], user: User) -> defaultdict[int, list[ReactionLine]]:
    by_post: defaultdict[int, dict[str, tuple[int, bool]]] = defaultdict(dict)
    for row in _reactions_to(user.pk, *numbers):
        by_post[row["post_id"]][row["kind"]] = row["count"], bool(row["mine"])
    found: defaultdict[int, list[ReactionLine]] = defaultdict(list)
    labels = {kind: str(kind.label) for kind in ReactionKind}
    for number in dict.fromkeys(numbers):
        for kind in ReactionKind:
            count, is_mine = by_post[number].get(kind, (0, False))
            found[number].append(
                ReactionLine(
                    kind=kind.value,
                    label=labels[kind],
                    icon=ICONS[kind],
                    count=count,
                    is_mine=is_mine,
                )
            )
    return found


_reactions_to: Final = Prepared(
    lambda user, *posts: (
        Reaction.objects.filter(post__in=posts)
        .order_by()
        .values("post_id", "kind")
        .annotate(count=Count("pk"), mine=Count("pk", filter=Q(user=user)))
    )
)


def poll_of(topic: Topic, user: User, *, at: datetime) -> ShownPoll | None:
    """Return the poll of a topic with its votes. Three queries."""
    poll = Poll.objects.filter(topic=topic).first()
    if poll is None:
        return None
    options = list(poll.options.annotate(count=Count("votes")).order_by("position"))
    votes = PollVote.objects.filter(option__poll=poll)
    voters = votes.values("user_id").distinct().count()
    mine = set(votes.filter(user=user).values_list("option_id", flat=True))
    return ShownPoll(
        poll=poll,
        voters=voters,
        is_open=poll.closes_at is None or poll.closes_at > at,
        has_voted=bool(mine),
        lines=[
            PollLine(
                pk=each.pk,
                text=each.text,
                votes=each.count,
                percent=round(100 * each.count / voters) if voters else 0,
                is_mine=each.pk in mine,
            )
            for each in options
        ],
    )


def articles_of(topic: Topic, user: User) -> list[Article]:
    """Return the articles made from a topic that ``user`` may see."""
    numbers = TopicArticle.objects.filter(topic=topic).values("article_id")
    return list(Article.objects.visible_to(user).filter(pk__in=numbers).order_by("pk"))


def read_until(topic: Topic, user: User, *, at: datetime) -> datetime:
    """Return up to when ``user`` has read a topic."""
    read = TopicRead.objects.filter(topic=topic, user=user).values_list("read_at", flat=True)
    return read.first() or newest_floor(user, at=at)


def page_of(topic: Topic, post: Post, user: User) -> int:
    """Return the number of the page on which a post stands."""
    before = posts_for(topic, user).filter(
        Q(created_at__lt=post.created_at) | Q(created_at=post.created_at, pk__lt=post.pk)
    )
    return before.count() // PAGE_SIZE + 1


def first_unread(topic: Topic, user: User, *, at: datetime) -> Post | None:
    """Return the first post that is new for ``user``; the last one where nothing is."""
    posts = posts_for(topic, user)
    since = read_until(topic, user, at=at)
    fresh = posts.filter(created_at__gt=since).exclude(author=user)
    return fresh.order_by("created_at", "pk").first() or posts.order_by("created_at", "pk").last()


def asker_of(topic: Topic) -> User | None:
    """Return who asked without a name, where the moderation may know it."""
    return topic.author if topic.anonymity == Anonymity.MODERATORS else None


def brought_files(user: User, numbers: Iterable[Any]) -> list[Attachment]:
    """Return files that ``user`` brought and has not sent yet."""
    wanted = keys_of(numbers)[:20]
    return list(Attachment.objects.filter(pk__in=wanted, brought_by=user, post=None).order_by("pk"))
