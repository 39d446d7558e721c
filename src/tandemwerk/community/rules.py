"""Who may do what in the community. The record was fetched through ``visible_to`` before.

``may_read``, ``may_write`` and ``may_moderate`` answer for one space; the handbook's table of all
spaces and roles is made from them.
"""

from typing import Any, Final

import rules

from tandemwerk.community.enums import (
    READERS,
    SHOWN_TOPICS,
    JoinPolicy,
    SpaceKind,
    SpaceMembershipState,
    SpaceRole,
    Standing,
    TopicState,
)
from tandemwerk.community.models import (
    Appeal,
    Decision,
    PeerRequest,
    Post,
    Space,
    SpaceMembership,
    Topic,
    standings_of,
)
from tandemwerk.core.prepared import Prepared
from tandemwerk.knowledge.models.articles import carriers_of
from tandemwerk.people.models import User
from tandemwerk.programme.enums import LEADING_ROLES, Role
from tandemwerk.programme.rules import memberships_of

_MODERATORS = (Role.NETWORK_COORDINATOR, Role.NETWORK_MODERATOR)


def space_of(record: Any) -> Space | None:
    """Return the space that ``record`` is or stands in."""
    if isinstance(record, Space):
        return record
    if isinstance(record, Topic):
        return record.space
    return record.topic.space if isinstance(record, Post) else None


def group_role(user: Any, space: Space) -> str:
    """Return what ``user`` is in a working group, or nothing. One query per request and group."""
    if not isinstance(user, User) or space.kind != SpaceKind.GROUP:
        return ""
    return group_roles(user).get(space.pk, "")


def group_roles(user: User) -> dict[int, str]:
    """Return what ``user`` is in which working group, read once and kept for the request."""
    known: dict[int, str] | None = getattr(user, "group_roles", None)
    if known is None:
        known = dict(_group_roles(user.pk))
        user.group_roles = known  # type: ignore[attr-defined] # kept for the request
    return known


_group_roles: Final = Prepared(
    lambda user: SpaceMembership.objects.filter(
        user=user, state=SpaceMembershipState.ACTIVE
    ).values_list("space_id", "role")
)


@rules.predicate
def is_member(user: Any) -> bool:
    """Answers whether ``user`` is of the community."""
    return bool(standings_of(user))


@rules.predicate
def may_read(user: Any, record: Any = None) -> bool:
    """Answers whether ``user`` may read the space of ``record``; agrees with ``visible_to``."""
    space = space_of(record)
    if space is None or not (standings := standings_of(user)):
        return False
    if space.kind == SpaceKind.CARRIER:
        return space.carrier_id in carriers_of(user)
    if space.kind == SpaceKind.GROUP:
        return space.join_policy == JoinPolicy.OPEN or bool(group_role(user, space))
    return bool(READERS[SpaceKind(space.kind)] & standings)


@rules.predicate
def may_read_topic(user: Any, topic: Any = None) -> bool:
    """Answers whether ``user`` may read a topic; agrees with ``visible_to`` and asks nothing."""
    if not isinstance(topic, Topic) or not isinstance(user, User):
        return False
    is_own = topic.author_id == user.pk and topic.state != TopicState.MERGED
    return (topic.state in SHOWN_TOPICS or is_own) and bool(may_read(user, topic))


@rules.predicate
def only_reads(user: Any) -> bool:
    """Answers whether ``user`` has no other role than that of a reader."""
    return all(each.role == Role.READER for each in memberships_of(user))


@rules.predicate
def takes_part(user: Any, record: Any = None) -> bool:
    """Answers whether ``user`` is in the working group; in other spaces everybody who reads is."""
    space = space_of(record)
    return space is not None and (space.kind != SpaceKind.GROUP or bool(group_role(user, space)))


@rules.predicate
def is_open(_user: Any, record: Any = None) -> bool:
    """Answers whether the space goes on and, of a topic, whether it was not closed."""
    space = space_of(record)
    if space is None or space.archived_at is not None:
        return False
    topic = record if isinstance(record, Topic) else getattr(record, "topic", None)
    return topic is None or topic.state == TopicState.OPEN


@rules.predicate
def may_moderate(user: Any, record: Any = None) -> bool:
    """Answers whether ``user`` moderates the space of ``record``.

    A carrier's own space is the carrier's; a working group also its owners'; all others the
    network office's.
    """
    space = space_of(record)
    if space is None:
        return False
    if space.kind == SpaceKind.CARRIER:
        return any(
            each.carrier_id == space.carrier_id and each.role in LEADING_ROLES
            for each in memberships_of(user)
        )
    if group_role(user, space) == SpaceRole.OWNER:
        return True
    moderates = any(each.role in _MODERATORS for each in memberships_of(user))
    return moderates and bool(may_read(user, space))


@rules.predicate
def is_post_author(user: Any, record: Any = None) -> bool:
    return (
        isinstance(record, (Post, Topic)) and isinstance(user, User) and record.author_id == user.pk
    )


@rules.predicate
def is_topic_author(user: Any, record: Any = None) -> bool:
    """Answers whether ``user`` began the topic that ``record`` is or stands in."""
    topic = record if isinstance(record, Topic) else getattr(record, "topic", None)
    return topic is not None and isinstance(user, User) and topic.author_id == user.pk


@rules.predicate
def speaks_officially(user: Any, record: Any = None) -> bool:
    """Answers whether ``user`` may mark an answer as the official one: ministry, network office."""
    space = space_of(record)
    official = {Standing.MINISTRY, Standing.NETWORK}
    return (
        space is not None
        and space.kind == SpaceKind.MINISTRY
        and bool(official & standings_of(user))
    )


@rules.predicate
def leads_network(user: Any) -> bool:
    return any(each.role in _MODERATORS for each in memberships_of(user))


@rules.predicate
def is_party(user: Any, record: Any = None) -> bool:
    """Answers whether ``user`` asked for the visit or was asked."""
    return isinstance(record, PeerRequest) and getattr(user, "pk", None) in {
        record.asker_id,
        record.host_id,
    }


@rules.predicate
def may_decide_appeal(user: Any, record: Any = None) -> bool:
    """Answers whether ``user`` may decide an appeal: never one about their own decision or words.

    Of a carrier's space the network office may too, since it may have one moderator only.
    """
    if not isinstance(record, Appeal) or not isinstance(user, User):
        return False
    decision = record.decision
    if user.pk in {decision.by_id, decision.person_id}:
        return False
    is_carrier = decision.space.kind == SpaceKind.CARRIER
    return bool(may_moderate(user, decision.space) or (is_carrier and leads_network(user)))


@rules.predicate
def is_concerned(user: Any, record: Any = None) -> bool:
    """Answers whether a decision is about ``user``."""
    return isinstance(record, Decision) and getattr(user, "pk", None) == record.person_id


may_write = may_read & takes_part & ~only_reads & is_open

rules.add_perm("community.enter", is_member)
rules.add_perm("community.read_space", may_read)
rules.add_perm("community.read_topic", may_read_topic)
rules.add_perm("community.write_topic", may_write)
rules.add_perm("community.write_post", may_write)
rules.add_perm("community.announce", may_write & may_moderate)
rules.add_perm("community.change_post", is_post_author | may_moderate)
rules.add_perm("community.accept_answer", is_topic_author | may_moderate)
rules.add_perm("community.mark_official", speaks_officially)
rules.add_perm("community.make_article", may_read & ~only_reads)
rules.add_perm("community.moderate", may_moderate)
rules.add_perm("community.manage_space", may_moderate)
rules.add_perm("community.add_space", leads_network)
rules.add_perm("community.mail_space", may_moderate)
rules.add_perm("community.view_acknowledgements", may_moderate)
rules.add_perm("community.answer_peer_request", is_party)
rules.add_perm("community.view_chain", leads_network)
rules.add_perm("community.report_post", may_read & ~is_post_author)
rules.add_perm("community.appeal", is_concerned)
rules.add_perm("community.answer_appeal", may_decide_appeal)
