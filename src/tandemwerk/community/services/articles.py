"""What was settled in the community becomes an article of the library."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tandemwerk.community.enums import JoinPolicy, SpaceKind
from tandemwerk.community.errors import CommunityError
from tandemwerk.community.models import Post, Space, Topic, TopicArticle
from tandemwerk.community.services.posts import first_post_id, lock_topic
from tandemwerk.community.speakers import speaker_of
from tandemwerk.core import audit
from tandemwerk.core.markdown import to_text
from tandemwerk.knowledge.enums import ArticleKind, Audience
from tandemwerk.knowledge.models import Article
from tandemwerk.knowledge.services.writing import begin_article
from tandemwerk.people.models import User
from tandemwerk.programme.models import Carrier, Site

MAX_SUMMARY: Final = 500
Source = tuple[User | None, Carrier | None, Site | None, str]


class NothingForTheLibraryError(CommunityError):
    """What is said behind these walls stays there."""


def audience_for(space: Space) -> Audience | None:
    """Return how far an article from a space may go; None where it stays inside.

    No wider than the walls where an audience fits them. From the spaces of carriers and groups an
    article goes to the teams at most, and an editor looks at it before; never to the ministry.
    """
    if space.kind == SpaceKind.MEMBERS:
        return Audience.MEMBERS
    if space.kind == SpaceKind.CARRIER:
        return Audience.CARRIER
    if space.kind == SpaceKind.GROUP and space.join_policy == JoinPolicy.OPEN:
        return Audience.MEMBERS
    return None if space.kind == SpaceKind.INTERNAL else Audience.TEAMS


@transaction.atomic
def make_article(*, post_id: int, by: User, at: datetime) -> Article:
    """Begin a draft from a question and one of its answers, with all who said it as sources.

    Made twice it is one. The caller has checked ``community.make_article`` and
    ``knowledge.write``. Raises NothingForTheLibraryError.
    """
    post = Post.objects.select_related("author", "site", "carrier").get(pk=post_id)
    topic = lock_topic(post.topic_id)
    post.topic = topic
    known = TopicArticle.objects.filter(topic=topic, post=post).select_related("article").first()
    if known is not None:
        return known.article
    audience = audience_for(topic.space)
    if audience is None:
        raise NothingForTheLibraryError
    question = Post.objects.select_related("author", "site", "carrier").get(pk=first_post_id(topic))
    question.topic = topic
    said = [question] if question.pk == post.pk else [question, post]
    with translation.override(topic.language):
        article = begin_article(
            kind=ArticleKind.ANSWER,
            title=topic.title,
            summary=to_text(question.body)[:MAX_SUMMARY],
            body=_body(said),
            audience=audience,
            language=topic.language,
            carrier=topic.space.carrier,
            terms=topic.terms.all(),
            sources=[_source(each) for each in said],
            by=by,
            at=at,
        )
    TopicArticle.objects.create(topic=topic, post=post, article=article)
    audit.record(
        action="community.make_article",
        by=by,
        at=at,
        target=topic,
        changes={"article": article.pk, "post": post.pk},
    )
    return article


def _body(said: list[Post]) -> str:
    if len(said) == 1:
        return said[0].body
    question, answer = said
    heads = (_("The question"), _("The answer"))
    return "\n\n".join(
        f"## {head}\n\n{post.body}" for head, post in zip(heads, (question, answer), strict=True)
    )


def _source(post: Post) -> Source:
    speaker = speaker_of(post)
    if speaker.is_unnamed:
        return None, None, None, speaker.name
    return post.author, post.carrier, post.site, "" if post.author else speaker.name


def origin_of(article: Article) -> Topic | None:
    """Return the topic that an article was made from."""
    link = TopicArticle.objects.filter(article=article).select_related("topic__space").first()
    return link.topic if link else None
