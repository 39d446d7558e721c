"""What the library tells people, and the part of the digest that says what is new."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tandemwerk.knowledge.enums import Audience
from tandemwerk.knowledge.models import Article
from tandemwerk.messaging.notices import (
    Line,
    NoticeGroup,
    NoticeKind,
    Rhythm,
    digest_section,
    register,
)
from tandemwerk.people.models import User

#: More lines than this nobody reads in a mail.
MAX_LINES = 5


def _due(context: Mapping[str, Any]) -> str:
    day = parse_date(context["day"])
    return gettext("Is «%(title)s» still true? It is to be checked by %(day)s.") % {
        "title": context["title"],
        "day": date_format(day, "DATE_FORMAT") if day else context["day"],
    }


def _review_asked(context: Mapping[str, Any]) -> str:
    if context.get("carrier"):
        return (
            gettext("«%(title)s» waits for a review: nobody else at %(carrier)s can look at it.")
            % context
        )
    return gettext("«%(title)s» waits for a review.") % context


register(
    NoticeGroup(
        name="knowledge.work",
        label=_("Articles I work on"),
        description=_("A review, a comment, an article of yours that should be checked."),
        default=Rhythm.DAILY,
        order=40,
    ),
    NoticeGroup(
        name="knowledge.reviews",
        label=_("Articles waiting for a review"),
        description=_("Somebody asks you to look at an article before it is published."),
        default=Rhythm.DAILY,
        order=41,
    ),
    NoticeGroup(
        name="knowledge.new",
        label=_("New in the library"),
        description=_("Articles that were published since the last mail."),
        default=Rhythm.WEEKLY,
        order=42,
    ),
    NoticeKind(
        name="knowledge.review_asked",
        group="knowledge.reviews",
        label=_("An article waits for your review"),
        sentence=_review_asked,
        icon="clipboard-check",
    ),
    NoticeKind(
        name="knowledge.review_approved",
        group="knowledge.work",
        label=_("Your article is approved"),
        sentence=_("«%(title)s» is approved."),
        body="note",
        action=_("Read it"),
        icon="check-circle",
    ),
    NoticeKind(
        name="knowledge.review_sent_back",
        group="knowledge.work",
        label=_("Your article needs a change"),
        sentence=_("«%(title)s» came back with a request."),
        body="note",
        action=_("Read the request"),
        icon="reply",
    ),
    NoticeKind(
        name="knowledge.comment",
        group="knowledge.work",
        label=_("A comment on an article"),
        sentence=_("There is a comment on «%(title)s»."),
        body="excerpt",
        action=_("Read the comment"),
        icon="chat",
    ),
    NoticeKind(
        name="knowledge.review_due",
        group="knowledge.work",
        label=_("Is your article still true?"),
        sentence=_due,
        action=_("Check it"),
        icon="clock-history",
    ),
    NoticeKind(
        name="knowledge.adapted",
        group="knowledge.work",
        label=_("Somebody works with your article"),
        sentence=_("%(carrier)s makes its own version of «%(title)s»."),
        icon="layers",
    ),
    NoticeKind(
        name="knowledge.translation_outdated",
        group="knowledge.work",
        label=_("A translation is behind its original"),
        sentence=_("The original of «%(title)s» has changed. Please look at the translation."),
        action=_("See what changed"),
        icon="translate",
    ),
)


@digest_section("knowledge.new", group="knowledge.new", label=_("New in the library"), order=60)
def new_articles(
    users: Sequence[int], since: datetime, until: datetime
) -> Mapping[int, list[Line]]:
    """Say what was first published for all members meanwhile, in each reader's language."""
    fresh = Article.objects.published().filter(
        audience__in=(Audience.PUBLIC, Audience.MEMBERS),
        translated_hash="",
        first_published_at__gt=since,
        first_published_at__lte=until,
    )
    articles = list(fresh.order_by("-first_published_at", "-pk")[:MAX_LINES])
    if not articles:
        return {}
    members = User.objects.filter(pk__in=users, memberships__isnull=False).distinct()
    found: dict[int, list[Line]] = {}
    by_language: dict[str, list[Line]] = {}
    for number, language in members.values_list("pk", "language"):
        if language not in by_language:
            with translation.override(language):
                by_language[language] = [_line(article) for article in articles]
        found[number] = by_language[language]
    return found


def _line(article: Article) -> Line:
    kind = article.get_kind_display()
    return Line(
        text=gettext("%(title)s (%(kind)s)") % {"title": article.title, "kind": kind},
        url=reverse("knowledge:article", kwargs={"slug": article.slug}),
    )
