"""A pair across the wall between two sites: one asks, the other answers, then both see names."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tandemwerk.intake.models import Participation
from tandemwerk.people.models import User
from tandemwerk.programme.models import Site, Viewer, team_sites
from tandemwerk.tandems.enums import RequestState


class RequestQuerySet(models.QuerySet["ReachRequest"]):
    def visible_to(self, user: Viewer) -> "RequestQuerySet":
        """Return those in which a site asked or was asked in whose team ``user`` is."""
        mine = team_sites(user)
        return self.filter(Q(asking__site__in=mine) | Q(asked__site__in=mine))


class ReachRequest(models.Model):
    """``asking`` is of the site that asked, ``asked`` of the other one."""

    asking = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    asked = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
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

    objects: ClassVar[models.Manager["ReachRequest"]] = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asking", "asked"], name="reach_request_once"),
            models.CheckConstraint(name="reach_request_of_two", condition=~Q(asking=F("asked"))),
        ]

    @property
    def site(self) -> Site:
        """Return the site that is to answer."""
        return self.asked.site

    @property
    def audit_scope(self) -> str:
        return self.asked.site.audit_scope
