"""Spaces with walls, and who takes part in a working group."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandemwerk.community.enums import (
    READERS,
    JoinPolicy,
    SpaceKind,
    SpaceMembershipState,
    SpaceRole,
    Standing,
)
from tandemwerk.knowledge.models.articles import carriers_of
from tandemwerk.people.models import User
from tandemwerk.programme.enums import NETWORK_ROLES, Role
from tandemwerk.programme.models import Carrier, Viewer, memberships_of


def standings_of(user: Viewer) -> set[Standing]:
    """Return what ``user`` is, as the walls see it. Nobody without a role is anything."""
    found: set[Standing] = set()
    for each in memberships_of(user):
        if each.role in NETWORK_ROLES:
            found.add(Standing.NETWORK)
        elif each.role == Role.MINISTRY:
            found.add(Standing.MINISTRY)
        elif each.carrier_id is not None:
            found.add(Standing.CARRIER)
        elif each.site_id is not None:
            found.add(Standing.SITE)
    return found


def walls_of(user: Viewer) -> tuple[str | int, ...]:
    """Return the kinds of spaces that are open to what ``user`` is, and their carriers."""
    standings, behind_walls = standings_of(user), {SpaceKind.CARRIER, SpaceKind.GROUP}
    kinds = [kind.value for kind in READERS if kind not in behind_walls]
    opened = [kind for kind in kinds if READERS[SpaceKind(kind)] & standings]
    return *opened, *sorted(carriers_of(user))


def readable(user_id: int, *walls: str | int) -> Q:
    """Return the spaces whose talk somebody may read for whom ``walls`` (``walls_of``) are open."""
    return (
        Q(kind__in=[kind for kind in walls if isinstance(kind, str)])
        | Q(
            kind=SpaceKind.CARRIER,
            carrier__in=[carrier for carrier in walls if isinstance(carrier, int)],
        )
        | _groups_of(user_id, SpaceMembershipState.ACTIVE)
        | Q(kind=SpaceKind.GROUP, join_policy=JoinPolicy.OPEN)
    )


def _groups_of(user_id: int, *states: SpaceMembershipState) -> Q:
    mine = SpaceMembership.objects.filter(user=user_id, state__in=states)
    return Q(kind=SpaceKind.GROUP, pk__in=mine.values("space_id"))


def known_groups(user_id: int) -> Q:
    """Return the working groups that a member may know of: to be joined, or invited to."""
    on_request = Q(kind=SpaceKind.GROUP, join_policy=JoinPolicy.REQUEST)
    return on_request | _groups_of(user_id, *SpaceMembershipState)


class SpaceQuerySet(models.QuerySet["Space"]):
    def visible_to(self, user: Viewer) -> "SpaceQuerySet":
        """Return the spaces whose talk ``user`` may read.

        The administrator of the installation is no member and reads nothing.
        """
        if not isinstance(user, User) or not standings_of(user):
            return self.none()
        return self.filter(readable(user.pk, *walls_of(user)))

    def listed_for(self, user: Viewer) -> "SpaceQuerySet":
        """Return the spaces that ``user`` may know of: readable, or to be joined."""
        if not isinstance(user, User) or not standings_of(user):
            return self.none()
        return self.filter(readable(user.pk, *walls_of(user)) | known_groups(user.pk))

    def current(self) -> "SpaceQuerySet":
        return self.filter(archived_at=None)


class Space(models.Model):
    """A room of the community. Its kind says who may read it, see ``enums.READERS``."""

    kind = models.CharField(_("who it is for"), max_length=10, choices=SpaceKind.choices)
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(unique=True)
    about = models.TextField(_("what it is for"), max_length=500, blank=True)
    carrier = models.ForeignKey(
        Carrier, on_delete=models.CASCADE, null=True, blank=True, related_name="spaces"
    )
    join_policy = models.CharField(
        _("how one joins"), max_length=10, choices=JoinPolicy.choices, blank=True
    )
    #: The first words of somebody new wait for a look by the moderation.
    reviews_first_posts = models.BooleanField(_("first posts are reviewed"), default=True)
    #: Seconds between two posts of the same person; 0: as one likes.
    slow_mode_seconds = models.PositiveIntegerField(_("seconds between two posts"), default=0)
    order = models.PositiveSmallIntegerField(default=50)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Space"]] = SpaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="space_carrier_fits_its_kind",
                condition=Q(kind=SpaceKind.CARRIER, carrier__isnull=False)
                | (~Q(kind=SpaceKind.CARRIER) & Q(carrier=None)),
            ),
            models.CheckConstraint(
                name="space_group_says_how_one_joins",
                condition=Q(kind=SpaceKind.GROUP, join_policy__in=JoinPolicy.values)
                | (~Q(kind=SpaceKind.GROUP) & Q(join_policy="")),
            ),
            models.UniqueConstraint(
                fields=["carrier"],
                condition=Q(kind=SpaceKind.CARRIER),
                name="space_one_per_carrier",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("community:space", kwargs={"slug": self.slug})

    @property
    def audit_scope(self) -> str:
        return f"carrier/{self.carrier_id}/" if self.carrier_id else "programme/"

    @property
    def search_audience(self) -> str:
        """Return the key of the search's walls: who may find what is said here."""
        return f"space/{self.pk}"


class SpaceMembership(models.Model):
    """Somebody takes part in a working group, is invited to it or has asked for it."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="space_memberships")
    role = models.CharField(
        _("role"), max_length=8, choices=SpaceRole.choices, default=SpaceRole.MEMBER
    )
    state = models.CharField(_("state"), max_length=10, choices=SpaceMembershipState.choices)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "user"], name="space_membership_once"),
        ]
