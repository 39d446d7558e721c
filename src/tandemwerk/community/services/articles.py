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
from tandemwerk.community.speakers import organisation_of, speaker_of
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


def audience_for(space: Space, by: User) -> Audience | None:
    """Return how far an article from a space may go at first; None where it stays inside.

    Never wider than the walls. What carriers and the ministry say among themselves becomes an
    article of the carrier that makes it, for its own people; whether more may read it is decided
    when it is reviewed. The same for a closed group.
    """
    if space.kind == SpaceKind.MEMBERS:
        return Audience.MEMBERS
    if space.kind == SpaceKind.GROUP and space.join_policy == JoinPolicy.OPEN:
        return Audience.MEMBERS
    if space.kind == SpaceKind.INTERNAL or carrier_for(space, by) is None:
        return None
    return Audience.CARRIER


def carrier_for(space: Space, by: User) -> Carrier | None:
    """Return the carrier whose article it becomes: that of the space, or of whoever makes it."""
    return space.carrier or organisation_of(by, space).carrier


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
    audience = audience_for(topic.space, by)
    if audience is None:
        raise NothingForTheLibraryError
    question = Post.objects.select_related("author", "site", "carrier").get(
        pk=first_post_id(topic) or post.pk
    )
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
            carrier=carrier_for(topic.space, by) if audience == Audience.CARRIER else None,
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
