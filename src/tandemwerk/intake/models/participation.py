"""Somebody takes part at a site, on one side."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tandemwerk.intake.enums import GenderWish, ParticipationState, Side
from tandemwerk.people.models import Person, User
from tandemwerk.programme.models import Site, Viewer, team_sites


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def visible_to(self, user: Viewer) -> "ParticipationQuerySet":
        """Return those of the sites in whose team ``user`` is. Nobody else sees persons."""
        return self.filter(site__in=team_sites(user))

    def open(self) -> "ParticipationQuerySet":
        """Return those who want a tandem (and may already have one)."""
        return self.filter(state=ParticipationState.OPEN)

    def on_side(self, side: Side) -> "ParticipationQuerySet":
        return self.filter(side=side)

    def with_questions(self) -> "ParticipationQuerySet":
        """Return those of whom the site still has something to ask."""
        return self.exclude(questions=[])


class Participation(models.Model):
    """A person takes part at a site as a volunteer or a newcomer, with these wishes."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="participations")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="participations")
    side = models.CharField(_("side"), max_length=9, choices=Side.choices)
    state = models.CharField(
        _("state"),
        max_length=6,
        choices=ParticipationState.choices,
        default=ParticipationState.OPEN,
    )
    #: The day from which waiting counts.
    waiting_since = models.DateField(_("waiting since"))
    #: Mask of programme.enums.TandemKind.
    kinds = models.PositiveSmallIntegerField(_("kinds of tandem"), default=1)
    #: Mask of people.enums.Topic: wanted by newcomers, offered by volunteers.
    topics = models.PositiveSmallIntegerField(_("topics"), default=0)
    wishes_gender = models.CharField(
        _("the other person should be"),
        max_length=3,
        choices=GenderWish.choices,
        default=GenderWish.ANY,
    )
    max_km = models.PositiveSmallIntegerField(_("distance at most (km)"), default=15)
    group_size = models.PositiveSmallIntegerField(
        _("how many people"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    #: Volunteers only.
    capacity = models.PositiveSmallIntegerField(
        _("tandems at the same time"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(3)],
    )
    #: The greatest group they accompany; nothing where any is welcome.
    max_group = models.PositiveSmallIntegerField(
        _("groups of up to so many people"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    minors_ok = models.BooleanField(_("may work with minors"), default=False)
    #: Newcomers only: how many tandems at the same time, so that a family can have several.
    volunteers_wanted = models.PositiveSmallIntegerField(
        _("how many volunteers"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(3)],
    )
    #: Newcomers only.
    is_minor = models.BooleanField(_("is a minor"), default=False)
    priority = models.PositiveSmallIntegerField(
        _("urgency"), default=0, validators=[MaxValueValidator(3)]
    )
    #: What a list did not say or not clearly, for the site to ask: each question is
    #: ``{"code": QuestionCode, "field": Field or "", "text": what stood there}``.
    questions = models.JSONField(_("still to ask"), default=list, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Participation"]] = ParticipationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "site", "side"], name="participation_once"),
            models.CheckConstraint(
                name="participation_capacity", condition=models.Q(capacity__range=(1, 3))
            ),
            models.CheckConstraint(
                name="participation_volunteers_wanted",
                condition=models.Q(volunteers_wanted__range=(1, 3)),
            ),
        ]
        indexes = [
            models.Index(fields=["site", "side", "state"], name="participation_site"),
            models.Index(fields=["side", "state", "site"], name="participation_open"),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def audit_scope(self) -> str:
        return self.site.audit_scope

    @property
    def is_volunteer(self) -> bool:
        return self.side == Side.VOLUNTEER
