"""On what terms a site or a carrier pairs, and rounds that pair many sites together."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tandemwerk.people.models import User
from tandemwerk.programme.models import Carrier, Site, Viewer
from tandemwerk.tandems.enums import Reach


class WeightsQuerySet(models.QuerySet["PairingWeights"]):
    def visible_to(self, user: Viewer) -> "WeightsQuerySet":
        """Return those of the sites and carriers whose settings ``user`` may see."""
        return self.filter(
            Q(site__in=Site.objects.visible_to(user).values("pk"))
            | Q(carrier__in=Carrier.objects.visible_to(user).values("pk"))
        )


class PairingWeights(models.Model):
    """How much each rule counts at one site, or at the sites of a carrier that have none."""

    site = models.OneToOneField(
        Site, on_delete=models.CASCADE, null=True, related_name="pairing_weights"
    )
    carrier = models.OneToOneField(
        Carrier, on_delete=models.CASCADE, null=True, related_name="pairing_weights"
    )
    #: ``{"weights": {rule: number}, "parameters": {name: number}}``, as in weights.toml.
    values = models.JSONField(_("weights"), default=dict)
    changed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["PairingWeights"]] = WeightsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="weights_of_one_place",
                condition=Q(site__isnull=True, carrier__isnull=False)
                | Q(site__isnull=False, carrier__isnull=True),
            ),
        ]

    @property
    def place(self) -> Site | Carrier:
        place = self.site or self.carrier
        assert place is not None, "a constraint says that one of the two is set"  # noqa: S101
        return place

    @property
    def audit_scope(self) -> str:
        return self.place.audit_scope


class TermsQuerySet(models.QuerySet["PairingTerms"]):
    def visible_to(self, user: Viewer) -> "TermsQuerySet":
        """Return those of the carriers whose settings ``user`` may see."""
        return self.filter(carrier__in=Carrier.objects.visible_to(user).values("pk"))


class PairingTerms(models.Model):
    """What a carrier has agreed to: a run every night, pairs across its walls. Off at first."""

    carrier = models.OneToOneField(Carrier, on_delete=models.CASCADE, related_name="pairing_terms")
    is_nightly = models.BooleanField(_("suggest pairs every night"), default=False)
    nightly_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    nightly_at = models.DateTimeField(null=True)
    reach = models.CharField(
        _("pairs across sites"), max_length=7, choices=Reach.choices, default=Reach.NONE
    )
    reach_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    reach_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["PairingTerms"]] = TermsQuerySet.as_manager()

    @property
    def audit_scope(self) -> str:
        return self.carrier.audit_scope


class RoundQuerySet(models.QuerySet["PairingRound"]):
    def at_night(self) -> "RoundQuerySet":
        """Return those of the whole country, one for each night."""
        return self.filter(carrier=None)

    def under_way(self) -> "RoundQuerySet":
        return self.filter(finished_at=None)


class PairingRound(models.Model):
    """Pairs suggested at many sites together: at a carrier's, or at night at all that want it.

    First everybody is paired across the walls between these sites (``offered_at``), then each site
    gets its suggestions, in the order of their keys. The row says how far that has come.
    """

    #: Whose sites; none for the night of the country.
    carrier = models.ForeignKey(
        Carrier, on_delete=models.CASCADE, null=True, related_name="pairing_rounds"
    )
    day = models.DateField(_("day"))
    started_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    #: When the pairs between sites were found, how many they are, how many tandems all sites
    #: together would have, and how many each for itself.
    offered_at = models.DateTimeField(null=True)
    offers = models.PositiveIntegerField(default=0)
    together = models.PositiveIntegerField(default=0)
    alone = models.PositiveIntegerField(default=0)
    #: Sites to look at, and how far it is: up to and with the site of this key.
    sites = models.PositiveIntegerField(default=0)
    last_site = models.PositiveBigIntegerField(default=0)
    looked_at = models.PositiveIntegerField(default=0)
    computed = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    suggestions = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["PairingRound"]] = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day"], condition=Q(carrier=None), name="one_round_a_night"
            ),
            models.UniqueConstraint(
                fields=["carrier"], condition=Q(finished_at=None), name="one_round_at_a_time"
            ),
            models.CheckConstraint(
                name="round_counts",
                condition=Q(computed__lte=models.F("looked_at"), failed__lte=models.F("looked_at")),
            ),
        ]

    @property
    def unchanged(self) -> int:
        return self.looked_at - self.computed - self.failed

    @property
    def gain(self) -> int:
        """Return how many tandems there are more than if each site looked for itself."""
        return self.together - self.alone

    @property
    def audit_scope(self) -> str:
        return self.carrier.audit_scope if self.carrier else ""
