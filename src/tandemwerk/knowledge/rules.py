"""Who may do what in the library. The record was fetched through ``visible_to`` before."""

from typing import Any, Final

import rules

from tandemwerk.knowledge.enums import EDITING_ROLES, WRITERS, Audience
from tandemwerk.knowledge.models import Article, ReadingList
from tandemwerk.people.models import User
from tandemwerk.programme.enums import LEADING_ROLES, Role
from tandemwerk.programme.rules import is_ministry, is_network, memberships_of


@rules.predicate
def is_member(user: Any) -> bool:
    """Answers whether ``user`` is of the community: in any team, network office or ministry."""
    return bool(list(memberships_of(user)))


@rules.predicate
def writes(user: Any) -> bool:
    """Answers whether ``user`` may write in the library: members, but not those who only read."""
    return any(each.role not in {Role.READER, Role.MINISTRY} for each in memberships_of(user))


@rules.predicate
def writes_for_a_carrier(user: Any) -> bool:
    """Answers whether ``user`` writes for a carrier or a site: those who work with tandems."""
    return any(
        each.role != Role.READER and (each.site_id or each.carrier_id)
        for each in memberships_of(user)
    )


@rules.predicate
def is_editor(user: Any) -> bool:
    """Answers whether ``user`` edits or coordinates in the network office."""
    return any(each.role in EDITING_ROLES for each in memberships_of(user))


@rules.predicate
def leads_its_carrier(user: Any, article: Any = None) -> bool:
    """Answers whether ``user`` answers for the carrier that the article belongs to."""
    if not isinstance(article, Article) or article.carrier_id is None:
        return False
    return any(
        each.carrier_id == article.carrier_id and each.role in LEADING_ROLES
        for each in memberships_of(user)
    )


@rules.predicate
def is_author(user: Any, article: Any = None) -> bool:
    """Answers whether ``user`` owns the article or stands among its authors."""
    if not isinstance(article, Article) or not isinstance(user, User):
        return False
    return article.owner_id == user.pk or any(
        author.user_id == user.pk and author.role in WRITERS for author in article.authors.all()
    )


@rules.predicate
def stays_inside_a_carrier(_user: Any, article: Any = None) -> bool:
    """Answers whether the article is one carrier's own: then the network office keeps out."""
    return isinstance(article, Article) and article.audience == Audience.CARRIER


def stands_in(user: Any, article: Article) -> bool:
    """Return whether who may review ``article`` does so because nobody else at its carrier can."""
    return article.audience == Audience.CARRIER and not leads_its_carrier(user, article)


@rules.predicate
def waits_with_nobody_else(_user: Any, article: Any = None) -> bool:
    """Answers whether a carrier's own article waits and nobody else there can review it."""
    return (
        isinstance(article, Article)
        and article.audience == Audience.CARRIER
        and Article.objects.left_to_the_office().filter(pk=article.pk).exists()
    )


@rules.predicate
def responds(user: Any) -> bool:
    """Answers whether ``user`` may say what became of a recommendation."""
    return any(
        each.role in {Role.MINISTRY, Role.NETWORK_COORDINATOR} for each in memberships_of(user)
    )


@rules.predicate
def wrote_last(user: Any, article: Any = None) -> bool:
    """Answers whether the newest words are by ``user``: then somebody else reviews them."""
    if not isinstance(article, Article) or not isinstance(user, User):
        return False
    return article.latest_revision is not None and article.latest_revision.user_id == user.pk


@rules.predicate
def is_own_list(user: Any, reading_list: Any = None) -> bool:
    return isinstance(reading_list, ReadingList) and reading_list.owner_id == user.pk


_looks_after = (is_editor & ~stays_inside_a_carrier) | leads_its_carrier

rules.add_perm("knowledge.write", writes)
rules.add_perm("knowledge.change_article", is_author | _looks_after)
#: Somebody else: who wrote it does not review it.
rules.add_perm(
    "knowledge.review_article",
    ~is_author & ~wrote_last & (_looks_after | (is_editor & waits_with_nobody_else)),
)
rules.add_perm("knowledge.archive_article", is_author | _looks_after)
rules.add_perm("knowledge.translate_article", writes)
rules.add_perm("knowledge.adapt_article", writes_for_a_carrier)
rules.add_perm("knowledge.use_article", writes_for_a_carrier)
rules.add_perm("knowledge.comment_article", is_author | _looks_after)
rules.add_perm("knowledge.respond", responds)
rules.add_perm("knowledge.curate", is_editor)
rules.add_perm("knowledge.list_drafts", writes)
#: Sums over what everybody in there may read: the office runs it, the ministry pays for it.
sees_report: Final = is_network | is_ministry
rules.add_perm("knowledge.view_report", sees_report)
rules.add_perm("knowledge.change_list", is_own_list)
