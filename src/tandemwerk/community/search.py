"""Topics are found by their words, by those who read the space. No name is in the index."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from tandemwerk.community.enums import PostState, SpaceKind
from tandemwerk.community.models import Post, Space, Topic, readable, standings_of, walls_of
from tandemwerk.community.rules import may_read_topic
from tandemwerk.core.markdown import text_of_html
from tandemwerk.core.prepared import Prepared
from tandemwerk.core.search import Document, Hit, IndexedSource, register, register_audiences
from tandemwerk.people.models import User

#: Characters of a topic that are indexed; the accepted answer comes right after the question.
MAX_TEXT: Final = 12_000
MAX_POSTS: Final = 60
SETTLED_WEIGHT: Final = 1.3


def documents(ids: list[int] | None) -> Iterator[Document]:
    """Give the topics that readers see: title, question, answers, tags in every language."""
    topics = Topic.objects.shown().select_related("space")
    if ids is not None:
        topics = topics.filter(pk__in=ids)
    said = (
        Post.objects.filter(state=PostState.SHOWN)
        .order_by("created_at", "pk")
        .only("topic", "html")
    )
    rows = topics.prefetch_related("terms", Prefetch("posts", queryset=said, to_attr="said"))
    for topic in rows.order_by("pk").iterator(500):
        yield Document(
            object_id=topic.pk,
            language=topic.language,
            audience=topic.space.search_audience,
            title=topic.title,
            text=_text(topic),
            keywords=" ".join(name for term in topic.terms.all() for name in term.names.values()),
            weight=SETTLED_WEIGHT if topic.accepted_post_id else 1.0,
            at=topic.last_post_at,
        )


def _text(topic: Any) -> str:
    posts = sorted(
        topic.said[:MAX_POSTS],
        key=lambda post: post.pk not in {topic.accepted_post_id, topic.official_post_id},
    )
    first = topic.said[:1]
    ordered = first + [each for each in posts if each not in first]
    return "\n".join(text_of_html(each.html) for each in ordered)[:MAX_TEXT]


def hits(user: Any, ids: list[int]) -> dict[int, Hit]:
    """Return what ``user`` may read of these."""
    return {
        each.pk: Hit(title=each.title, url=each.get_absolute_url(), text=each.space.name)
        for each in _topics(*ids)
        if may_read_topic(user, each)
    }


_topics: Final = Prepared(
    lambda *ids: Topic.objects.shown().filter(pk__in=ids).select_related("space")
)
_spaces: Final = Prepared(
    lambda user, *walls: Space.objects.filter(readable(user, *walls)).values_list("pk", flat=True)
)


def audiences(user: Any) -> list[str]:
    """Return the walls that ``user`` stands inside of: their spaces, read once a request."""
    if not isinstance(user, User) or not standings_of(user):
        return []
    return [
        Space(pk=number, kind=SpaceKind.MEMBERS).search_audience
        for number in _spaces(user.pk, *walls_of(user))
    ]


register(
    IndexedSource(
        name="topics",
        label=_("Community"),
        icon="chat-dots",
        documents=documents,
        hits=hits,
        order=16,
    )
)
register_audiences(audiences)
