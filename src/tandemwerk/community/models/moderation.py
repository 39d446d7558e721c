"""Reports, decisions with their reasons, suspensions and appeals."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tandemwerk.community.enums import (
    AppealState,
    DecisionKind,
    ReportReason,
    ReportState,
)
from tandemwerk.community.models.spaces import Space
from tandemwerk.community.models.talk import Post, Topic
from tandemwerk.people.models import User
from tandemwerk.programme.models import Viewer


class Report(models.Model):
    """Somebody says that a post is not right."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=8, choices=ReportReason.choices)
    text = models.TextField(_("what is wrong"), max_length=1000, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState.choices, default=ReportState.OPEN
    )
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "reporter"],
                condition=Q(state="open"),
                name="report_open_once",
            ),
        ]


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: Viewer) -> "DecisionQuerySet":
        """Return the decisions about ``user``; those of a space go through its moderation."""
        return self.filter(person=user) if isinstance(user, User) else self.none()


class Decision(models.Model):
    """What moderation did, and the reasons as they went to the person."""

    kind = models.CharField(_("decision"), max_length=10, choices=DecisionKind.choices)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="decisions")
    topic = models.ForeignKey(
        Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    post = models.ForeignKey(
        Post, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    #: Whom it concerns; nobody where nobody knows who asked.
    person = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(_("reasons"), max_length=2000)
    #: Numbers and codes of what changed: ``{"from_space": 3}``.
    details = models.JSONField(default=dict)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    objects: ClassVar[models.Manager["Decision"]] = DecisionQuerySet.as_manager()

    @property
    def audit_scope(self) -> str:
        return self.space.audit_scope


class Suspension(models.Model):
    """Somebody may read and not write, for a time, in one space or in all."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="suspensions")
    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, null=True, blank=True, related_name="suspensions"
    )
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="suspension_ends_after_it_starts",
                condition=Q(ends_at__gt=models.F("starts_at")),
            ),
        ]


class Appeal(models.Model):
    """The person asks for another look, by somebody else."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="appeal")
    text = models.TextField(_("why it was wrong"), max_length=2000)
    state = models.CharField(
        _("state"), max_length=8, choices=AppealState.choices, default=AppealState.OPEN
    )
    at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
