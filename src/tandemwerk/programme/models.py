"""Who does what: programmes, carriers, sites, teams and funding years."""

from collections.abc import Iterable
from typing import ClassVar, Final, Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from tandemwerk.core.links import make_token
from tandemwerk.core.prepared import Prepared
from tandemwerk.people.models import User
from tandemwerk.programme.enums import (
    LEADING_EVERYWHERE,
    NETWORK_ROLES,
    TEAM_ROLES,
    WRITING_ROLES,
    Role,
    TandemKind,
    TargetGroup,
)

Viewer = User | AnonymousUser


#: Where an account keeps its memberships once they were read.
_KEPT: Final = "read_memberships"


def memberships_of(user: Viewer) -> Iterable["Membership"]:
    """Return the memberships of ``user`` with their sites, read once and kept for the request."""
    if not isinstance(user, User):
        return ()
    if "memberships" in getattr(user, "_prefetched_objects_cache", {}):
        return user.memberships.all()  # read ahead, for many accounts at once
    kept: list[Membership] | None = getattr(user, _KEPT, None)
    if kept is None:
        kept = _memberships(user.pk)
        wanted = {each.site_id for each in kept if each.site_id}
        sites = {site.pk: site for site in _sites(*wanted)} if wanted else {}
        for each in kept:
            each.site = sites[each.site_id] if each.site_id else None
        setattr(user, _KEPT, kept)
    return kept


_memberships: Final = Prepared(lambda user: Membership.objects.filter(user=user))
_sites: Final = Prepared(lambda *keys: Site.objects.filter(pk__in=keys))


def _numbers(place: str, user: Viewer, *, roles: Iterable[str] = Role.values) -> list[int]:
    """Return the sites or carriers in whose own team ``user`` has one of ``roles``.

    Numbers and no subquery: a database that sees how few they are takes the index.
    """
    wanted = frozenset(roles)
    found = {getattr(each, f"{place}_id") for each in memberships_of(user) if each.role in wanted}
    return sorted(found - {None})


def own_sites(user: Viewer) -> list["Site"]:
    """Return the sites in whose own team ``user`` is, in no particular order."""
    sites = {each.site.pk: each.site for each in memberships_of(user) if each.site}
    return list(sites.values())


def team_sites(user: Viewer) -> list[int]:
    """Return the numbers of the sites in whose own team ``user`` is."""
    return _numbers("site", user)


def written_sites(user: Viewer) -> list[int]:
    """Return the numbers of the sites whose people and tandems ``user`` may change."""
    return _numbers("site", user, roles=WRITING_ROLES)


def sees_all(user: User) -> bool:
    """Return whether ``user`` sees every carrier and site: network office and administrator."""
    return user.is_superuser or any(each.role in NETWORK_ROLES for each in memberships_of(user))


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: Viewer) -> "ProgrammeQuerySet":
        """Return the programmes whose network office ``user`` belongs to or looks after."""
        if not isinstance(user, User):
            return self.none()
        if user.is_superuser:
            return self
        mine = Membership.objects.filter(user=user, role__in=NETWORK_ROLES)
        return self.filter(pk__in=mine.values("programme_id"))


class Programme(models.Model):
    """A funding programme that founds tandems."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(unique=True)

    objects: ClassVar[models.Manager["Programme"]] = ProgrammeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def audit_scope(self) -> str:
        return f"programme/{self.pk}/"


class CarrierQuerySet(models.QuerySet["Carrier"]):
    def visible_to(self, user: Viewer) -> "CarrierQuerySet":
        """Return the carriers whose settings and teams ``user`` may see."""
        if not isinstance(user, User):
            return self.none()
        return self if sees_all(user) else self.of_team(user)

    def of_team(self, user: Viewer) -> "CarrierQuerySet":
        """Return the carriers in whose own team ``user`` is."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(pk__in=_numbers("carrier", user))


class Carrier(models.Model):
    """A national organisation that receives the funding."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="carriers")
    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(unique=True)
    about = models.TextField(_("about"), blank=True)
    website = models.URLField(_("website"), blank=True)
    mail = models.EmailField(_("e-mail"), blank=True)
    #: Days after the start of a tandem for the first check-ins, then every so many days.
    checkin_days = models.JSONField(_("first check-ins after days"), default=list)
    checkin_every_days = models.PositiveSmallIntegerField(_("then every (days)"), default=91)
    #: A proposal without an answer: reminder and end, in days after it was sent.
    remind_after_days = models.PositiveSmallIntegerField(_("reminder after days"), default=3)
    expire_after_days = models.PositiveSmallIntegerField(_("expires after days"), default=10)

    objects: ClassVar[models.Manager["Carrier"]] = CarrierQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def audit_scope(self) -> str:
        return f"carrier/{self.pk}/"


class FundingPeriod(models.Model):
    """What a carrier has agreed with the funder for one year. Nothing of it is a constant."""

    carrier = models.ForeignKey(Carrier, on_delete=models.CASCADE, related_name="funding_periods")
    year = models.PositiveSmallIntegerField(_("year"))
    rate_cents = models.PositiveIntegerField(_("rate per tandem (cents)"))
    contingent = models.PositiveIntegerField(_("agreed tandems"))
    max_tandems_per_volunteer = models.PositiveSmallIntegerField(
        _("tandems per volunteer at most"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(3)],
    )
    min_months = models.PositiveSmallIntegerField(_("months at least"), default=3)
    proof = models.TextField(_("how it is proven"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["carrier", "year"], name="funding_period_once"),
        ]


class SiteQuerySet(models.QuerySet["Site"]):
    def public(self) -> "SiteQuerySet":
        """Return the sites that stand on the public map."""
        return self.filter(is_public=True)

    def speaking(self, code: str) -> "SiteQuerySet":
        """Return the sites whose team speaks the language."""
        return self._listing("languages", code)

    def meant_for(self, group: TargetGroup) -> "SiteQuerySet":
        """Return the sites that are there for the group, or for everybody."""
        return self._listing("target_groups", group, TargetGroup.ALL)

    def offering(self, kind: TandemKind) -> "SiteQuerySet":
        """Return the sites that offer this kind of tandem."""
        masks = range(1 << len(TandemKind))
        return self.filter(kinds__in=[mask for mask in masks if mask >> kind & 1])

    def _listing(self, field: str, *values: str) -> "SiteQuerySet":
        """Return the sites that have one of ``values`` in a list of codes.

        The list is searched as text: not every database looks into JSON lists.
        """
        wanted = Q()
        for value in values:
            wanted |= Q(_list__contains=f'"{value}"')
        return self.alias(_list=Cast(field, models.TextField())).filter(wanted)

    def of_team(self, user: Viewer) -> "SiteQuerySet":
        """Return the sites in whose own team ``user`` is: those whose people they may see."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(pk__in=team_sites(user))

    def written_by(self, user: Viewer) -> "SiteQuerySet":
        """Return the sites whose people and tandems ``user`` may change."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(pk__in=written_sites(user))

    def visible_to(self, user: Viewer) -> "SiteQuerySet":
        """Return the sites whose settings and figures ``user`` may see.

        Their own, those of their carrier, and all for the network office. The ministry sees
        aggregates only, never a site.
        """
        if not isinstance(user, User):
            return self.none()
        if sees_all(user):
            return self
        return self.filter(Q(pk__in=team_sites(user)) | Q(carrier_id__in=_numbers("carrier", user)))


class Site(models.Model):
    """The local organisation of a carrier: where people meet, are paired and accompanied."""

    carrier = models.ForeignKey(Carrier, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(unique=True)
    about = models.TextField(_("about"), blank=True)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5)
    place = models.CharField(_("place"), max_length=80)
    #: ISO 3166-2, e.g. DE-BY.
    land = models.CharField(_("Land"), max_length=5)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    catchment_km = models.PositiveSmallIntegerField(_("catchment in km"), default=15)
    #: Codes of people.enums.SPOKEN_LANGUAGES spoken by the team.
    languages = models.JSONField(_("languages"), default=list)
    #: Values of enums.TargetGroup.
    target_groups = models.JSONField(_("for whom"), default=list)
    #: Mask of enums.TandemKind.
    kinds = models.PositiveSmallIntegerField(_("kinds of tandem"), default=1)
    capacity = models.PositiveSmallIntegerField(_("tandems it can accompany"), default=80)
    mail = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=24, blank=True)
    opening = models.CharField(_("opening hours"), max_length=160, blank=True)
    is_public = models.BooleanField(_("stands on the public map"), default=True)

    objects: ClassVar[models.Manager["Site"]] = SiteQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["land"], name="site_land")]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_scope(self) -> str:
        return f"carrier/{self.carrier_id}/site/{self.pk}/"


Place = Site | Carrier | Programme
Row = TypeVar("Row", bound=models.Model)


class PlaceQuerySet(models.QuerySet[Row]):
    """Rows that hold at one site, carrier or programme."""

    def at(self, place: Place) -> Self:
        """Return the rows of ``place`` itself, not of what is below it."""
        return self.filter(**{str(place._meta.model_name): place})

    def visible_to(self, user: Viewer) -> Self:
        """Return the rows of the places whose teams ``user`` may see."""
        return self.filter(
            Q(site__in=Site.objects.visible_to(user).values("pk"))
            | Q(carrier__in=Carrier.objects.visible_to(user).values("pk"))
            | Q(programme__in=Programme.objects.visible_to(user).values("pk"))
        )


def _one_of(*places: Place | None) -> Place:
    place = next((each for each in places if each is not None), None)
    assert place is not None, "a constraint says that one of the three is set"  # noqa: S101
    return place


#: Team roles hold at a site or a carrier, those of network office and ministry in a programme.
_ROLE_FITS_PLACE: Final = (
    Q(role__in=TEAM_ROLES, site__isnull=False, carrier=None, programme=None)
    | Q(role__in=TEAM_ROLES, carrier__isnull=False, site=None, programme=None)
    | Q(
        role__in=[*NETWORK_ROLES, Role.MINISTRY],
        programme__isnull=False,
        site=None,
        carrier=None,
    )
)


class MembershipQuerySet(PlaceQuerySet["Membership"]):
    def leading(self) -> Self:
        """Return the roles that answer for a team."""
        return self.filter(role__in=LEADING_EVERYWHERE)


class Membership(models.Model):
    """Somebody's role in a team: of one site, of one carrier, or of the whole programme."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    site = models.ForeignKey(
        Site, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    carrier = models.ForeignKey(
        Carrier, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    since = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Membership"]] = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="membership_fits_its_role",
                condition=_ROLE_FITS_PLACE,
            ),
            models.UniqueConstraint(
                fields=["user", "role", "site"],
                condition=Q(site__isnull=False),
                name="membership_site_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "carrier"],
                condition=Q(carrier__isnull=False),
                name="membership_carrier_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "programme"],
                condition=Q(programme__isnull=False),
                name="membership_programme_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def place(self) -> Place:
        """Return where the role holds."""
        return _one_of(self.site, self.carrier, self.programme)

    @property
    def audit_scope(self) -> str:
        return self.place.audit_scope


class InvitationQuerySet(PlaceQuerySet["Invitation"]):
    def open(self) -> Self:
        """Return those that nobody accepted or took back; they may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)


class Invitation(models.Model):
    """Somebody is asked by mail to join a team. The link works once and until it expires."""

    mail = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, blank=True)
    carrier = models.ForeignKey(Carrier, on_delete=models.CASCADE, null=True, blank=True)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, null=True, blank=True)
    language = models.CharField(max_length=8, default="de")
    nonce = models.CharField(max_length=32)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Invitation"]] = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="invitation_fits_its_role", condition=_ROLE_FITS_PLACE),
        ]

    def __str__(self) -> str:
        return self.mail

    @property
    def place(self) -> Place:
        """Return where the role is to hold."""
        return _one_of(self.site, self.carrier, self.programme)

    @property
    def audit_scope(self) -> str:
        return self.place.audit_scope

    @property
    def token(self) -> str:
        """Return what its link carries. A new nonce makes the old link worthless."""
        return make_token("invitation", pk=self.pk, nonce=self.nonce)
