"""The tandem, the answers of both sides, its meetings and moves."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tandemwerk.intake.enums import Side
from tandemwerk.intake.models import Participation
from tandemwerk.people.models import User
from tandemwerk.programme.enums import TandemKind
from tandemwerk.programme.models import Site, Viewer, team_sites
from tandemwerk.tandems.enums import (
    FOUNDED_STATES,
    LIVE_STATES,
    RUNNING_STATES,
    AnswerState,
    EndReason,
    MeetingKind,
    TandemState,
)


class TandemQuerySet(models.QuerySet["Tandem"]):
    def visible_to(self, user: Viewer) -> "TandemQuerySet":
        """Return the tandems of the sites in whose team ``user`` is, and their own."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(
            Q(site__in=team_sites(user))
            | Q(volunteer__person__user_id=user.pk)
            | Q(newcomer__person__user_id=user.pk)
        )

    def accompanied_by(self, user: Viewer) -> "TandemQuerySet":
        """Return the tandems of the sites in whose team ``user`` is."""
        return self.filter(site__in=team_sites(user))

    def live(self) -> "TandemQuerySet":
        return self.filter(state__in=LIVE_STATES)

    def running(self) -> "TandemQuerySet":
        return self.filter(state__in=RUNNING_STATES)

    def founded(self) -> "TandemQuerySet":
        return self.filter(state__in=FOUNDED_STATES)


class Tandem(models.Model):
    """A partnership of two sides, from the proposal to its end."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="tandems")
    volunteer = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="tandems_as_volunteer"
    )
    newcomer = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="tandems_as_newcomer"
    )
    state = models.CharField(
        _("state"), max_length=8, choices=TandemState.choices, default=TandemState.PROPOSED
    )
    kind = models.PositiveSmallIntegerField(
        _("kind"), choices=TandemKind.choices, default=TandemKind.EVERYDAY
    )
    #: Which of the volunteer's places it takes, and which of the newcomer's; the constraints below
    #: keep their number.
    place = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    newcomer_place = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    language = models.CharField(_("common language"), max_length=3, blank=True)
    km = models.FloatField(_("km"), null=True)
    #: Why they were put together, as tandemwerk.pairing explains a pair.
    reasons = models.JSONField(default=list)
    agreement = models.TextField(_("agreement"), blank=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("proposed"))
    founded_on = models.DateField(_("founded"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    end_reason = models.CharField(
        _("why it ended"), max_length=8, choices=EndReason.choices, blank=True
    )
    #: A proposal came to nothing and the site has told both: nothing is left to do about it.
    followed_up_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Tandem"]] = TandemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["newcomer", "newcomer_place"],
                condition=Q(state__in=LIVE_STATES),
                name="tandem_within_wanted",
            ),
            models.UniqueConstraint(
                fields=["volunteer", "place"],
                condition=Q(state__in=LIVE_STATES),
                name="tandem_within_capacity",
            ),
            models.UniqueConstraint(
                fields=["volunteer", "newcomer"],
                condition=Q(state__in=LIVE_STATES),
                name="tandem_once_at_a_time",
            ),
            models.CheckConstraint(name="tandem_place", condition=Q(place__range=(1, 3))),
            models.CheckConstraint(
                name="tandem_newcomer_place", condition=Q(newcomer_place__range=(1, 3))
            ),
        ]
        indexes = [
            # The overview's numbers are counted from this index alone.
            models.Index(fields=["site", "state", "founded_on"], name="tandem_numbers"),
            models.Index(fields=["founded_on"], name="tandem_founded"),
        ]

    @property
    def audit_scope(self) -> str:
        return self.site.audit_scope


class AnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, user: Viewer) -> "AnswerQuerySet":
        """Return the answers to the sites in whose team ``user`` is. The other side sees none."""
        return self.filter(tandem__site__in=team_sites(user))


class Answer(models.Model):
    """What one side said to a proposal: asked by a link, by phone or at the site."""

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="answers")
    side = models.CharField(_("side"), max_length=9, choices=Side.choices)
    state = models.CharField(
        _("answer"), max_length=7, choices=AnswerState.choices, default=AnswerState.WAITING
    )
    #: Secret part of the link. A new one makes the old link worthless.
    nonce = models.CharField(max_length=32)
    note = models.CharField(_("a line for the site"), max_length=300, blank=True)
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Answer"]] = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tandem", "side"], name="answer_once_per_side"),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=Q(state__in=("waiting", "call")),
                name="answer_waiting",
            ),
        ]

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

    @property
    def other(self) -> Participation:
        """Return whom the proposal is about: the other side."""
        is_volunteer = self.side == Side.VOLUNTEER
        return self.tandem.newcomer if is_volunteer else self.tandem.volunteer


class TandemMove(models.Model):
    """A tandem went from one state to another: the record the funding rests on."""

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=8, choices=TandemState.choices, blank=True)
    to_state = models.CharField(max_length=8, choices=TandemState.choices)
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200, blank=True)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: Viewer) -> "MeetingQuerySet":
        """Return the meetings of the tandems that ``user`` may see."""
        return self.filter(tandem__in=Tandem.objects.visible_to(user).values("pk"))

    def kept(self) -> "MeetingQuerySet":
        """Return those that were not called off."""
        return self.filter(cancelled_at=None)


class Meeting(models.Model):
    """They met, or will: a date and a line, so that documenting costs seconds."""

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField(
        _("kind"), max_length=7, choices=MeetingKind.choices, default=MeetingKind.REGULAR
    )
    starts_at = models.DateTimeField(_("when"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    place = models.CharField(_("where"), max_length=160, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    #: SEQUENCE of the calendar entry.
    sequence = models.PositiveSmallIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager["Meeting"]] = MeetingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["tandem", "starts_at"], name="meeting_tandem")]

    @property
    def site(self) -> Site:
        return self.tandem.site

    @property
    def audit_scope(self) -> str:
        return self.site.audit_scope


class Note(models.Model):
    """What the site writes down about a tandem, for its own team only."""

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("note"))
    written_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()

    @property
    def audit_scope(self) -> str:
        return self.tandem.site.audit_scope
