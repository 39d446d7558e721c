"""Who reads a space, how that is said in words, and what is new in the spaces of somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from tandemwerk.community.enums import (
    READERS,
    JoinPolicy,
    SpaceKind,
    SpaceMembershipState,
    Standing,
    TopicKind,
)
from tandemwerk.community.models import (
    Space,
    SpaceMembership,
    SpaceRead,
    Topic,
    TopicRead,
    known_groups,
    readable,
    standings_of,
    walls_of,
)
from tandemwerk.core.prepared import Prepared
from tandemwerk.people.models import User
from tandemwerk.programme.enums import NETWORK_ROLES, Role
from tandemwerk.programme.models import Membership

#: What is older is not new any more, whether somebody has read it or not.
NEW_FOR: Final = timedelta(days=30)
#: More than so many new topics are not counted.
MOST_COUNTED: Final = 100
LATEST: Final = 8
_OF_STANDING: Final = {
    Standing.NETWORK: Q(role__in=NETWORK_ROLES),
    Standing.MINISTRY: Q(role=Role.MINISTRY),
    Standing.CARRIER: Q(carrier__isnull=False),
    Standing.SITE: Q(site__isnull=False),
}


def _within(space: Space) -> QuerySet[Membership]:
    """Return the roles in teams that open the walls of a space."""
    if space.kind == SpaceKind.CARRIER:
        return Membership.objects.filter(
            Q(carrier_id=space.carrier_id) | Q(site__carrier_id=space.carrier_id)
        )
    wanted = Q(pk__in=())
    for standing in READERS[SpaceKind(space.kind)]:
        wanted |= _OF_STANDING[standing]
    return Membership.objects.filter(wanted)


def readers_of(space: Space) -> QuerySet[User]:
    """Return the open accounts that may read a space: ``visible_to`` the other way round."""
    readers = User.objects.filter(is_active=True, pk__in=_within(space).values("user_id"))
    if space.kind == SpaceKind.GROUP and space.join_policy != JoinPolicy.OPEN:
        readers = readers.filter(pk__in=_members(space).values("user_id"))
    return readers


def _members(space: Space) -> QuerySet[SpaceMembership]:
    return SpaceMembership.objects.filter(space=space, state=SpaceMembershipState.ACTIVE)


def moderators_of(space: Space) -> QuerySet[User]:
    """Return the open accounts that moderate a space: ``rules.may_moderate`` turned round."""
    from_teams = Membership.objects.filter(
        role__in=(Role.NETWORK_COORDINATOR, Role.NETWORK_MODERATOR)
    )
    if space.kind == SpaceKind.CARRIER:
        leads = Membership.objects.filter(
            carrier=space.carrier, role__in=(Role.COORDINATOR, Role.LEAD)
        )
        return readers_of(space).filter(pk__in=leads.values("user_id"))
    owners = _members(space).filter(role="owner")
    return readers_of(space).filter(
        Q(pk__in=from_teams.values("user_id")) | Q(pk__in=owners.values("user_id"))
    )


def who_reads(space: Space) -> str:
    """Say who can read a space, for the line above every editor."""
    if space.kind == SpaceKind.CARRIER:
        return _("The teams of %(carrier)s and of its sites can read this. Nobody else.") % {
            "carrier": space.carrier
        }
    if space.kind == SpaceKind.GROUP and space.join_policy != JoinPolicy.OPEN:
        return _("Only the members of this working group can read this.")
    return {
        SpaceKind.MEMBERS: _(
            "All members can read this: carriers, sites, network office and ministry."
        ),
        SpaceKind.CARRIERS: _(
            "The teams of the carriers and the network office can read this. The ministry cannot."
        ),
        SpaceKind.GROUP: _(
            "All members can read this: carriers, sites, network office and ministry."
        ),
        SpaceKind.MINISTRY: _("Carriers, network office and ministry can read this. Sites cannot."),
        SpaceKind.INTERNAL: _("Only the network office can read this."),
    }[SpaceKind(space.kind)]


@dataclass(frozen=True, kw_only=True)
class SpaceLine:
    """A space as the home page shows it. ``fresh`` counts to MOST_COUNTED at most."""

    space: Space
    fresh: int
    readers: str

    @property
    def is_crowded(self) -> bool:
        return self.fresh >= MOST_COUNTED


def new_since(user_id: int, floor: datetime) -> Greatest:
    """Return, for topics: from when on something said in it is new for somebody.

    ``floor`` is from ``newest_floor``.
    """
    read = TopicRead.objects.filter(user=user_id, topic=OuterRef("pk")).values("read_at")
    spaces = SpaceRead.objects.filter(user=user_id, space=OuterRef("space")).values("read_at")
    return Greatest(Coalesce(Subquery(read), floor), Coalesce(Subquery(spaces), floor))


def newest_floor(user: User, *, at: datetime) -> datetime:
    """Return before when nothing is new for ``user``: they joined later, or it is long ago."""
    return max(user.created_at, at - NEW_FOR)


def fresh_topics(user: User, topics: QuerySet[Topic], *, at: datetime) -> QuerySet[Topic]:
    """Return the topics in which something is new for ``user``."""
    return fresh_of(topics, user.pk, newest_floor(user, at=at))


def fresh_of(topics: QuerySet[Topic], user_id: int, floor: datetime) -> QuerySet[Topic]:
    """Return the topics in which something is new for somebody; see ``new_since``."""
    # The first condition is for the index: it leaves few topics to compare.
    recent = topics.filter(last_post_at__gt=floor)
    return recent.alias(_new_since=new_since(user_id, floor)).filter(
        last_post_at__gt=Coalesce("_new_since", floor)
    )


_readable: Final = Prepared(
    lambda user, *walls: (
        Space.objects.filter(readable(user, *walls))
        .current()
        .select_related("carrier")
        .order_by("order", "name")
    )
)
_fresh_by_space: Final = Prepared(
    lambda user, floor, *spaces: (
        fresh_of(Topic.objects.shown().filter(space__in=spaces), user, floor)
        .order_by()
        .values_list("space_id")
        .annotate(Count("pk"))
        .values_list("space_id", "pk__count")
    )
)


def my_spaces(user: User, *, at: datetime) -> list[SpaceLine]:
    """Return the spaces that ``user`` reads, with how many topics have something new."""
    spaces = _readable(user.pk, *walls_of(user)) if standings_of(user) else []
    numbers = [each.pk for each in spaces]
    counted = dict(_fresh_by_space(user.pk, newest_floor(user, at=at), *numbers))
    return [
        SpaceLine(
            space=each, fresh=min(counted.get(each.pk, 0), MOST_COUNTED), readers=who_reads(each)
        )
        for each in spaces
    ]


def joinable(user: User) -> list[tuple[Space, str]]:
    """Return the working groups that ``user`` may ask to join or is invited to, with the state."""
    groups = _groups(user.pk) if standings_of(user) else []
    return [
        (each, each.my_state) for each in groups if each.my_state != SpaceMembershipState.ACTIVE
    ]


def _groups_for(user: int) -> QuerySet[Any]:
    mine = SpaceMembership.objects.filter(user=user, space=OuterRef("pk")).values("state")
    is_open = Q(kind=SpaceKind.GROUP, join_policy=JoinPolicy.OPEN)
    groups = Space.objects.current().filter(is_open | known_groups(user))
    return groups.annotate(my_state=Coalesce(Subquery(mine), Value(""))).order_by("name", "pk")


_groups: Final = Prepared(_groups_for)


@dataclass(frozen=True, kw_only=True)
class Latest:
    """Numbers of the topics that the home page shows of all spaces together."""

    unanswered: list[int]
    topics: list[int]


_unanswered: Final = Prepared(
    lambda *spaces: (
        Topic.objects.shown()
        .filter(space__in=spaces, kind=TopicKind.QUESTION, accepted_post=None)
        .order_by("-created_at", "-pk")
        .values_list("pk", flat=True)[:LATEST]
    )
)
_newest: Final = Prepared(
    lambda *spaces: (
        Topic.objects.shown()
        .filter(space__in=spaces)
        .order_by("-last_post_at", "-pk")
        .values_list("pk", flat=True)[:LATEST]
    )
)


def latest(spaces: Iterable[Space]) -> Latest:
    """Return the newest talk and the newest questions without an answer."""
    numbers = [each.pk for each in spaces]
    return Latest(unanswered=_unanswered(*numbers), topics=_newest(*numbers))


def members_of(space: Space) -> dict[str, list[SpaceMembership]]:
    """Return who is in a working group, asked to come and was invited, by name."""
    rows = SpaceMembership.objects.filter(space=space).select_related("user")
    found: dict[str, list[Any]] = {state.value: [] for state in SpaceMembershipState}
    for each in rows.order_by("user__name", "pk"):
        found[each.state].append(each)
    return found
