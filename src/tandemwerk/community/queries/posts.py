"""The page of a topic: its posts with all that hangs on them, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

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
    Topic,
    TopicArticle,
    TopicRead,
)
from tandemwerk.community.queries.spaces import newest_floor
from tandemwerk.community.queries.topics import interest_of
from tandemwerk.community.rules import may_moderate
from tandemwerk.community.speakers import Speaker, speaker_of
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
    quoted: Speaker | None
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
    new_posts: int


def posts_for(topic: Topic, user: User) -> QuerySet[Post]:
    """Return the posts of a topic that ``user`` reads: shown, their own, and gaps of removed ones.

    Who moderates sees those that wait and that were hidden as well.
    """
    posts = Post.objects.filter(topic=topic)
    if may_moderate(user, topic):
        return posts
    return posts.filter(Q(state__in=(PostState.SHOWN, PostState.REMOVED)) | Q(author=user))


def topic_page(topic: Topic, number: Any, *, user: User, at: datetime) -> TopicPage:
    """Return one page of a topic that was fetched for ``user`` with its space."""
    posts = posts_for(topic, user)
    loaded = _loaded(posts).order_by("created_at", "pk")
    page = Paginator(loaded, PAGE_SIZE).get_page(number)
    first_id = posts.order_by("created_at", "pk").values_list("pk", flat=True).first()
    since = read_until(topic, user, at=at)
    picked_ids = [each for each in (topic.official_post_id, topic.accepted_post_id) if each]
    rows = list(page.object_list)
    extra = []
    if page.number == 1 and picked_ids:
        extra = list(_loaded(posts.filter(pk__in=picked_ids, state=PostState.SHOWN)))
        extra.sort(key=lambda each: picked_ids.index(each.pk))
    dressed = dressed_posts(topic, [*rows, *extra], user=user, since=since, first_id=first_id)
    return TopicPage(
        topic=topic,
        page=page,
        posts=dressed[: len(rows)],
        picked=dressed[len(rows) :],
        poll=poll_of(topic, user, at=at),
        articles=articles_of(topic, user),
        me_toos=MeToo.objects.filter(topic=topic).count(),
        says_me_too=MeToo.objects.filter(topic=topic, user=user).exists(),
        is_kept=Bookmark.objects.filter(topic=topic, user=user).exists(),
        interest=interest_of(user, topic=topic),
        has_confirmed=Acknowledgement.objects.filter(topic=topic, user=user).exists(),
        new_posts=posts.filter(created_at__gt=since, state=PostState.SHOWN)
        .exclude(author=user)
        .count(),
    )


def _loaded(posts: QuerySet[Post]) -> QuerySet[Post]:
    return posts.select_related("author", "site", "carrier", "reply_to__author").prefetch_related(
        "attachments"
    )


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
                quoted=speaker_of(quoted) if quoted is not None else None,
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
    rows = Reaction.objects.filter(post__in=numbers).order_by().values("post_id", "kind")
    counted = rows.annotate(count=Count("pk"), mine=Count("pk", filter=Q(user=user)))
    by_post: defaultdict[int, dict[str, tuple[int, bool]]] = defaultdict(dict)
    for row in counted:
        by_post[row["post_id"]][row["kind"]] = row["count"], bool(row["mine"])
    found: defaultdict[int, list[ReactionLine]] = defaultdict(list)
    for number in dict.fromkeys(numbers):
        for kind in ReactionKind:
            count, is_mine = by_post[number].get(kind, (0, False))
            found[number].append(
                ReactionLine(
                    kind=kind.value,
                    label=kind.label,
                    icon=ICONS[kind],
                    count=count,
                    is_mine=is_mine,
                )
            )
    return found


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
    wanted = [int(each) for each in numbers if str(each).isdecimal()][:20]
    return list(Attachment.objects.filter(pk__in=wanted, brought_by=user, post=None).order_by("pk"))
