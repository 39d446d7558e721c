"""Who does what: programmes, carriers, sites, teams and funding years."""

from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tandemwerk.people.models import User
from tandemwerk.programme.enums import NETWORK_ROLES, TEAM_ROLES, WRITING_ROLES, Role

Viewer = User | AnonymousUser


def sees_all(user: User) -> bool:
    """Return whether ``user`` sees every carrier and site: network office and administrator."""
    return user.is_superuser or user.memberships.filter(role__in=NETWORK_ROLES).exists()


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
        return self.filter(pk__in=Membership.objects.filter(user=user).values("carrier_id"))


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

    def of_team(self, user: Viewer) -> "SiteQuerySet":
        """Return the sites in whose own team ``user`` is: those whose people they may see."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(pk__in=Membership.objects.filter(user=user).values("site_id"))

    def written_by(self, user: Viewer) -> "SiteQuerySet":
        """Return the sites whose people and tandems ``user`` may change."""
        if not isinstance(user, User):
            return self.none()
        writing = Membership.objects.filter(user=user, role__in=WRITING_ROLES)
        return self.filter(pk__in=writing.values("site_id"))

    def visible_to(self, user: Viewer) -> "SiteQuerySet":
        """Return the sites whose settings and figures ``user`` may see.

        Their own, those of their carrier, and all for the network office. The ministry sees
        aggregates only, never a site.
        """
        if not isinstance(user, User):
            return self.none()
        if sees_all(user):
            return self
        return self.filter(
            Q(pk__in=Membership.objects.filter(user=user).values("site_id"))
            | Q(carrier_id__in=Membership.objects.filter(user=user).values("carrier_id"))
        )


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

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="membership_fits_its_role",
                condition=(
                    Q(role__in=TEAM_ROLES, site__isnull=False, carrier=None, programme=None)
                    | Q(role__in=TEAM_ROLES, carrier__isnull=False, site=None, programme=None)
                    | Q(
                        role__in=[*NETWORK_ROLES, Role.MINISTRY],
                        programme__isnull=False,
                        site=None,
                        carrier=None,
                    )
                ),
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

    @property
    def place(self) -> Site | Carrier | Programme:
        """Return where the role holds."""
        place = self.site or self.carrier or self.programme
        assert place is not None, "a constraint says that one of the three is set"  # noqa: S101
        return place


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
