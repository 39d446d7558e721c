"""A pair across the wall between two sites: found, asked, answered, one of the two handed over."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tandemwerk.intake.models import Participation
from tandemwerk.people.enums import ConsentWay
from tandemwerk.people.models import User
from tandemwerk.programme.models import Site, Viewer, team_sites
from tandemwerk.tandems.enums import RequestState
from tandemwerk.tandems.models.terms import PairingRound


class OfferQuerySet(models.QuerySet["AcrossOffer"]):
    def visible_to(self, user: Viewer) -> "OfferQuerySet":
        """Return those with somebody of a site in whose team ``user`` is."""
        return self.of_sites(team_sites(user))

    def offered_since(self, moment: datetime) -> "OfferQuerySet":
        return self.filter(offered_at__gte=moment)

    def offered_before(self, moment: datetime) -> "OfferQuerySet":
        return self.filter(offered_at__lt=moment)

    def of_sites(self, sites: Any) -> "OfferQuerySet":
        """Return those with somebody of these sites, given by their keys or a query of them."""
        # Not by joins: joined with "or", the whole country's people would be looked through.
        people = Participation.objects.filter(site__in=sites).values("pk")
        return self.filter(Q(volunteer__in=people) | Q(newcomer__in=people))


class AcrossOffer(models.Model):
    """A pair of two sites that a round found: kept for them until a site asks or says no.

    It exists as long as it may be asked about and is deleted then.
    """

    round = models.ForeignKey(PairingRound, on_delete=models.CASCADE, related_name="offered")
    volunteer = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    newcomer = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField(_("score"))
    km = models.FloatField(_("km"), null=True)
    #: ``[{rule, share, values}]`` as tandemwerk.pairing explains a pair.
    reasons = models.JSONField(default=list)
    offered_at = models.DateTimeField()

    objects: ClassVar[models.Manager["AcrossOffer"]] = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "newcomer"], name="across_offer_once"),
        ]

    @property
    def site(self) -> Site:
        return self.volunteer.site


class RequestQuerySet(models.QuerySet["ReachRequest"]):
    def visible_to(self, user: Viewer) -> "RequestQuerySet":
        """Return those in which a site asked or was asked in whose team ``user`` is."""
        mine = team_sites(user)
        return self.filter(Q(asking_site__in=mine) | Q(asked_site__in=mine))


class ReachRequest(models.Model):
    """``asking`` came from the site that asked, ``asked`` from the other one.

    The two sites stand here as they were then: who is handed over is of another site afterwards,
    and both sites still find what they agreed.
    """

    asking = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    asked = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    asking_site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    asked_site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=RequestState.choices,
        default=RequestState.ASKED,
    )
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    #: The site that accompanies the two, once the other one has handed its person over.
    handed_to = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, related_name="+")
    handed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    handed_at = models.DateTimeField(null=True)
    #: How the person who was handed over agreed to it.
    handed_way = models.CharField(max_length=6, choices=ConsentWay.choices, blank=True)

    objects: ClassVar[models.Manager["ReachRequest"]] = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asking", "asked"], name="reach_request_once"),
            models.CheckConstraint(name="reach_request_of_two", condition=~Q(asking=F("asked"))),
            models.CheckConstraint(
                name="reach_request_handed_to",
                condition=Q(state=RequestState.HANDED_OVER, handed_to__isnull=False)
                | (~Q(state=RequestState.HANDED_OVER) & Q(handed_to=None)),
            ),
        ]

    @property
    def site(self) -> Site:
        """Return the site that is to answer."""
        return self.asked_site

    @property
    def audit_scope(self) -> str:
        return self.asked_site.audit_scope

    def other_site(self, site: Site) -> Site:
        """Return the site with which ``site`` speaks here."""
        return self.asked_site if site.pk == self.asking_site_id else self.asking_site
