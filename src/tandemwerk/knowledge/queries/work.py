"""What there is to do in the library: own drafts, reviews, checks, broken links."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.knowledge.enums import WRITERS, ArticleState, Audience
from tandemwerk.knowledge.models import Article, ArticleAuthor, ArticleLink, left_to_the_office
from tandemwerk.knowledge.periods import WARN_BEFORE
from tandemwerk.knowledge.rules import is_editor
from tandemwerk.people.models import User
from tandemwerk.programme.enums import LEADING_ROLES
from tandemwerk.programme.models import memberships_of

MAX_ROWS = 100


@dataclass(frozen=True, kw_only=True)
class DraftsPage:
    """The desk of somebody who writes."""

    mine: list[Article]
    reviews: list[Article]
    to_check: list[Article]
    broken: list[ArticleLink]
    archived: list[Article]

    @property
    def is_empty(self) -> bool:
        return not (self.mine or self.reviews or self.to_check or self.broken or self.archived)


def drafts_page(user: User, *, at: datetime) -> DraftsPage:
    """Return all that somebody has to do with articles."""
    own = written_by(user)
    unfinished = Q(live=False) | Q(has_unpublished_changes=True)
    mine = own.filter(unfinished).exclude(state=ArticleState.ARCHIVED)
    archived = own.filter(state=ArticleState.ARCHIVED)
    shown = ("locale", "latest_revision", "owner")
    return DraftsPage(
        mine=list(mine.select_related(*shown).order_by("-pk")[:MAX_ROWS]),
        reviews=list(
            waiting_for(user).select_related(*shown).order_by("review_asked_at", "pk")[:MAX_ROWS]
        ),
        to_check=list(to_check(user, at=at).select_related(*shown)[:MAX_ROWS]),
        broken=list(broken_links(user)[:MAX_ROWS]),
        archived=list(archived.select_related(*shown).order_by("-pk")[:MAX_ROWS]),
    )


def written_by(user: Any) -> QuerySet[Article]:
    """Return what somebody owns, wrote or translated."""
    written = ArticleAuthor.objects.filter(user=user, role__in=WRITERS).values("article_id")
    found: QuerySet[Article] = Article.objects.filter(Q(owner=user) | Q(pk__in=written))
    return found


def looked_after_by(user: Any) -> QuerySet[Article]:
    """Return what somebody may review: leads their own, an editor all but what carriers keep.

    Of that an editor reviews what nobody else at the carrier can.
    """
    theirs = Q(pk__in=())
    if is_editor(user):
        theirs |= ~Q(audience=Audience.CARRIER) | left_to_the_office()
    carriers = [
        each.carrier_id
        for each in memberships_of(user)
        if each.carrier_id and each.role in LEADING_ROLES
    ]
    found: QuerySet[Article] = Article.objects.filter(theirs | Q(carrier__in=carriers))
    return found


def waiting_for(user: Any) -> QuerySet[Article]:
    """Return the articles that wait for a review by ``user``."""
    waiting = looked_after_by(user).filter(review_asked_at__isnull=False)
    others = waiting.exclude(pk__in=written_by(user).values("pk"))
    return others.exclude(latest_revision__user=user)


def who_reviews(article: Article) -> str:
    """Say who looks at it, so that those who ask know who gets to read it."""
    carrier = article.carrier
    if carrier is None:
        return _("An editor of the network office will look at it.")
    if article.audience != Audience.CARRIER:
        words = _("An editor of the network office or a lead of %(carrier)s will look at it.")
    elif Article.objects.without_another_lead().filter(pk=article.pk).exists():
        words = _(
            "Nobody else at %(carrier)s can review it. So an editor of the network office will "
            "look at it, and can read it for that."
        )
    else:
        words = _(
            "Another lead of %(carrier)s will look at it. The network office does not see it."
        )
    return words % {"carrier": carrier}


def to_check(user: Any, *, at: datetime) -> QuerySet[Article]:
    """Return the own articles whose review date is near or past, the oldest first."""
    soon = timezone.localdate(at) + WARN_BEFORE
    mine = Article.objects.published().filter(owner=user, review_on__lte=soon)
    found: QuerySet[Article] = mine.order_by("review_on", "pk")
    return found


def broken_links(user: Any) -> QuerySet[ArticleLink]:
    """Return the links of own articles that lead nowhere, the longest broken first."""
    mine = Article.objects.published().filter(owner=user)
    links = ArticleLink.objects.filter(broken_since__isnull=False, article__in=mine)
    return links.select_related("article").order_by("broken_since", "pk")
