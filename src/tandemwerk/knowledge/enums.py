"""Kinds of articles, who may read them, and the way from a draft to the library."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tandemwerk.programme.enums import Role

#: Name of the articles in the index of the search.
SEARCH_SOURCE: Final = "articles"


class ArticleKind(TextChoices):
    """What an article is. Each kind asks for facts of its own, see ``facts``."""

    CASE = "case", _("practice case")
    GUIDE = "guide", _("guide")
    TEMPLATE = "template", _("template")
    #: Born from a topic of the community.
    ANSWER = "answer", _("answer")
    #: Short, plain and translated, for volunteers and newcomers.
    EVERYDAY = "everyday", _("everyday answer")
    RECOMMENDATION = "recommendation", _("recommendation")


class ArticleState(TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    ARCHIVED = "archived", _("archived")


_S = ArticleState
#: Which state may follow which. A published article that is changed stays published: the change
#: waits as a newer revision until somebody else has looked at it.
ARTICLE_MOVES: Final = {
    _S.DRAFT: {_S.IN_REVIEW, _S.ARCHIVED},
    _S.IN_REVIEW: {_S.DRAFT, _S.PUBLISHED},
    _S.PUBLISHED: {_S.ARCHIVED},
    _S.ARCHIVED: {_S.DRAFT},
}


class Audience(TextChoices):
    """Who may read a published article."""

    PUBLIC = "public", _("everybody")
    MEMBERS = "members", _("all members of the community, the ministry among them")
    TEAMS = "teams", _("carriers, sites and the network office")
    CARRIER = "carrier", _("one carrier and its sites")


#: How far the walls stand: an article never has a wider audience than what it was made from.
AUDIENCE_WIDTH: Final = {
    Audience.CARRIER: 0,
    Audience.TEAMS: 1,
    Audience.MEMBERS: 2,
    Audience.PUBLIC: 3,
}


class Licence(TextChoices):
    CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC0 = "cc0-1.0", "CC0 1.0"
    RESERVED = "reserved", _("all rights reserved")


class AuthorRole(TextChoices):
    AUTHOR = "author", _("author")
    #: Said in the community what the article tells.
    SOURCE = "source", _("source")
    TRANSLATOR = "translator", _("translator")
    REVIEWER = "reviewer", _("reviewer")


#: Whose words they are: they do not review them.
WRITERS: Final = (AuthorRole.AUTHOR, AuthorRole.TRANSLATOR)
#: Who reviews for the network office.
EDITING_ROLES: Final = (Role.NETWORK_COORDINATOR, Role.NETWORK_EDITOR)


class RecommendationState(TextChoices):
    """What became of a recommendation, as of the last congress or the last answer."""

    OPEN = "open", _("waiting for a response")
    UNDER_WAY = "under_way", _("being worked on")
    DONE = "done", pgettext_lazy("task", "done")
    DECLINED = "declined", _("declined")


class Freshness(TextChoices):
    """Derived from the review date, never stored."""

    FRESH = "fresh", _("checked")
    DUE = "due", _("to be checked soon")
    OUTDATED = "outdated", _("not checked for long")


class TranslationState(TextChoices):
    """Derived from what the translation was made of, never stored."""

    CURRENT = "current", _("up to date")
    OUTDATED = "outdated", _("the original has changed")
    MACHINE = "machine", _("machine draft")
    MISSING = "missing", _("missing")
