"""What waits for those who moderate: first posts, reports, appeals; and what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tandemwerk.community.enums import (
    AppealState,
    DecisionKind,
    PostState,
    ReportState,
    SpaceKind,
    SpaceMembershipState,
    SpaceRole,
    TopicState,
)
from tandemwerk.community.limits import running_suspensions
from tandemwerk.community.models import (
    Appeal,
    Decision,
    Post,
    Report,
    Space,
    Suspension,
    Topic,
)
from tandemwerk.community.rules import group_roles
from tandemwerk.community.speakers import speaker_of
from tandemwerk.people.models import User
from tandemwerk.programme.enums import LEADING_ROLES, Role
from tandemwerk.programme.models import memberships_of

MODERATORS: Final = (Role.NETWORK_COORDINATOR, Role.NETWORK_MODERATOR)
WITH_ALL: Final = ("topic__space", "author", "site", "carrier")


def moderated_spaces(user: Any) -> QuerySet[Space]:
    """Return the spaces that ``user`` moderates: ``rules.may_moderate`` as a condition."""
    if not isinstance(user, User):
        return Space.objects.none()
    mine = list(memberships_of(user))
    leads = {
        each.carrier_id
        for each in mine
        if each.carrier_id is not None and each.role in LEADING_ROLES
    }
    wanted = Q(kind=SpaceKind.CARRIER, carrier__in=leads)
    owned = user.space_memberships.filter(state=SpaceMembershipState.ACTIVE, role=SpaceRole.OWNER)
    if mine:
        wanted |= Q(kind=SpaceKind.GROUP, pk__in=owned.values("space_id"))
    if any(each.role in MODERATORS for each in mine):
        readable = Space.objects.visible_to(user)
        wanted |= Q(pk__in=readable.exclude(kind=SpaceKind.CARRIER).values("pk"))
    return Space.objects.filter(wanted)


def topics_in_sight(user: Any) -> QuerySet[Topic]:
    """Return the topics that ``user`` reads, and all of the spaces they moderate."""
    visible = Topic.objects.visible_to(user)
    moderated = Q(space__in=moderated_spaces(user).values("pk"))
    rows = Topic.objects.filter(moderated | Q(pk__in=visible.values("pk")))
    return rows.select_related("space__carrier", "author", "site", "carrier")


def posts_in_sight(user: Any) -> QuerySet[Post]:
    """Return the posts that ``user`` reads, and all of the spaces they moderate."""
    visible = Post.objects.visible_to(user)
    moderated = Q(topic__space__in=moderated_spaces(user).values("pk"))
    rows = Post.objects.filter(moderated | Q(pk__in=visible.values("pk")))
    return rows.select_related(*WITH_ALL, "topic__space__carrier")


def waiting_posts(user: Any) -> QuerySet[Post]:
    """Return the first words of new members that wait for ``user``, the oldest first."""
    spaces = moderated_spaces(user).values("pk")
    waiting = Post.objects.filter(state=PostState.PENDING, topic__space__in=spaces)
    return waiting.select_related(*WITH_ALL).order_by("created_at", "pk")


def reported_posts(user: Any) -> QuerySet[Any]:
    """Return the posts with open reports that wait for ``user``, the oldest first."""
    spaces = moderated_spaces(user).values("pk")
    is_open = Q(reports__state=ReportState.OPEN)
    rows = Post.objects.filter(is_open, topic__space__in=spaces)
    counted = rows.annotate(report_count=Count("reports"))
    return counted.select_related(*WITH_ALL).order_by("pk")


def open_appeals(user: Any) -> QuerySet[Appeal]:
    """Return the appeals that ``user`` may decide: not about themselves, nor what they decided.

    The network office decides those of a carrier's space besides: it may have one moderator only.
    """
    if not isinstance(user, User):
        return Appeal.objects.none()
    wanted = Q(decision__space__in=moderated_spaces(user).values("pk"))
    if any(each.role in MODERATORS for each in memberships_of(user)):
        wanted |= Q(decision__space__kind=SpaceKind.CARRIER)
    rows = Appeal.objects.filter(wanted, state=AppealState.OPEN)
    rows = rows.exclude(decision__by=user).exclude(decision__person=user)
    needed = ("decision__space", "decision__topic", "decision__by")
    return rows.select_related(*needed).order_by("at", "pk")


def suspensions(user: Any, *, at: datetime) -> QuerySet[Suspension]:
    """Return the suspensions that hold and that ``user`` may lift."""
    spaces = moderated_spaces(user).values("pk")
    rows = running_suspensions(at=at).filter(decision__space__in=spaces)
    needed = ("user", "space", "decision__topic", "decision__post", "decision__space")
    return rows.select_related(*needed).order_by("ends_at", "pk")


def decisions_of(user: Any) -> QuerySet[Decision]:
    """Return what was decided in the spaces that ``user`` moderates, the newest first."""
    rows = Decision.objects.filter(space__in=moderated_spaces(user).values("pk"))
    return rows.select_related("space", "topic", "by", "appeal").order_by("-pk")


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How much waits for somebody."""

    waiting: int
    reports: int
    appeals: int

    @property
    def total(self) -> int:
        return self.waiting + self.reports + self.appeals


def counts(user: Any) -> Counts:
    """Count what waits. Three queries."""
    return Counts(
        waiting=waiting_posts(user).count(),
        reports=reported_posts(user).count(),
        appeals=open_appeals(user).count(),
    )


def moderates_anything(user: Any) -> bool:
    """Answers whether ``user`` moderates a space. Asks nothing for those whose roles do not."""
    if not isinstance(user, User):
        return False
    may = any(
        each.role in MODERATORS or (each.carrier_id and each.role in LEADING_ROLES)
        for each in memberships_of(user)
    )
    owns = SpaceRole.OWNER in group_roles(user).values()
    return (may or owns) and moderated_spaces(user).exists()


def suspended_name(suspension: Suspension) -> str:
    """Say who is suspended: who asked without a name stays unnamed here too."""
    post = suspension.decision.post
    if post is not None and post.is_asker:
        return speaker_of(post).name
    return str(suspension.user)


def earlier_decisions(post: Post) -> int:
    """Count what was decided about the person behind a post before: not whom it concerns."""
    if post.author_id is None:
        return 0
    hard = (DecisionKind.HIDE, DecisionKind.WARN, DecisionKind.SUSPEND, DecisionKind.EDIT)
    return Decision.objects.filter(person=post.author_id, kind__in=hard).count()


def reports_of(post: Post) -> list[Report]:
    """Return the open reports of a post. Who reported is not shown to anybody."""
    return list(post.reports.filter(state=ReportState.OPEN).order_by("at", "pk"))


def neighbours(topic: Topic, *, without: Iterable[int] = ()) -> QuerySet[Topic]:
    """Return topics of the same space that another one can go into, the latest first."""
    rows = Topic.objects.filter(
        space=topic.space_id, state__in=(TopicState.OPEN, TopicState.LOCKED)
    )
    return rows.exclude(pk__in=[topic.pk, *without]).order_by("-last_post_at", "-pk")


def has_open_report(user: User) -> Exists:
    """Return, for posts: whether ``user`` has reported it and nobody has looked yet."""
    return Exists(Report.objects.filter(post=OuterRef("pk"), reporter=user, state="open"))
