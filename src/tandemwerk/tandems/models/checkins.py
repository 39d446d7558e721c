"""«How is it going?»: asked of both sides, answered with one tap."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tandemwerk.intake.enums import Side
from tandemwerk.intake.models import Participation
from tandemwerk.people.models import User
from tandemwerk.programme.models import Site, Viewer, team_sites
from tandemwerk.tandems.enums import Mood
from tandemwerk.tandems.models.tandem import Tandem

#: Answers that ask for somebody.
NEEDING_CARE: Final = (Mood.HARD, Mood.CALL_ME)


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def visible_to(self, user: Viewer) -> "CheckInQuerySet":
        """Return those of the sites in whose team ``user`` is: seen by the site only."""
        return self.filter(tandem__site__in=team_sites(user))

    def needing_care(self) -> "CheckInQuerySet":
        """Return answers that ask for somebody and that nobody has taken up."""
        return self.filter(mood__in=NEEDING_CARE, handled_at=None)


class CheckIn(models.Model):
    """One question to one side on one day, and its answer."""

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="checkins")
    side = models.CharField(_("side"), max_length=9, choices=Side.choices)
    due_on = models.DateField(_("due"))
    #: Secret part of the link.
    nonce = models.CharField(max_length=32)
    asked_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    mood = models.CharField(_("answer"), max_length=9, choices=Mood.choices, blank=True)
    line = models.CharField(_("a line of text"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager["CheckIn"]] = CheckInQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tandem", "side", "due_on"], name="checkin_once"),
        ]
        indexes = [
            models.Index(
                fields=["tandem"],
                condition=Q(mood__in=("hard", "call"), handled_at=None),
                name="checkin_needs_care",
            ),
            models.Index(fields=["due_on"], condition=Q(asked_at=None), name="checkin_to_ask"),
        ]

    @property
    def needs_care(self) -> bool:
        """Return whether the answer asks for somebody and nobody has taken it up."""
        return self.mood in NEEDING_CARE and self.handled_at is None

    @property
    def site(self) -> Site:
        return self.tandem.site

    @property
    def audit_scope(self) -> str:
        return self.site.audit_scope

    @property
    def participation(self) -> Participation:
        """Return who is asked."""
        is_volunteer = self.side == Side.VOLUNTEER
        return self.tandem.volunteer if is_volunteer else self.tandem.newcomer
