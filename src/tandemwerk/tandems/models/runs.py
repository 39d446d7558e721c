"""What the pairing engine was given and what it said."""

from typing import ClassVar

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tandemwerk.intake.models import Participation
from tandemwerk.people.models import User
from tandemwerk.programme.models import Site, Viewer, team_sites
from tandemwerk.tandems.enums import DeclineReason, RunState, SuggestionState


class RunQuerySet(models.QuerySet["PairingRun"]):
    def visible_to(self, user: Viewer) -> "RunQuerySet":
        """Return the runs of the sites in whose team ``user`` is."""
        return self.filter(site__in=team_sites(user))


class PairingRun(models.Model):
    """One run of the engine for a site: inputs' hash, rules, weights and result."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="pairing_runs")
    state = models.CharField(
        _("state"), max_length=7, choices=RunState.choices, default=RunState.QUEUED
    )
    input_hash = models.CharField(max_length=64, blank=True)
    rules = models.JSONField(default=list)
    weights = models.JSONField(default=dict)
    #: Counts, total score, seconds per stage, as in summary.json.
    summary = models.JSONField(default=dict)
    #: Those left without a partner: ``[{participation, side, reasons, relax}]``.
    left = models.JSONField(default=list)
    #: People and rules without the day: equal to the last run's means that nothing has changed.
    fingerprint = models.CharField(max_length=64, blank=True)
    #: Counts by group, as pairing.fairness makes them; no person is in them.
    fairness = models.JSONField(default=list)
    #: Whom to look for, as pairing.recruiting makes it, without anybody's number.
    wanted = models.JSONField(default=list)
    started_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["PairingRun"]] = RunQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["site", "created_at"], name="run_site")]

    @property
    def audit_scope(self) -> str:
        return self.site.audit_scope


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, user: Viewer) -> "SuggestionQuerySet":
        """Return the suggestions of the sites in whose team ``user`` is."""
        return self.filter(run__site__in=team_sites(user))

    def still_here(self) -> "SuggestionQuerySet":
        """Leave out those of somebody who was handed over to another site since."""
        return self.filter(volunteer__site=F("run__site"), newcomer__site=F("run__site"))


class Suggestion(models.Model):
    """A pair that a run found, with its reasons as data."""

    run = models.ForeignKey(PairingRun, on_delete=models.CASCADE, related_name="suggestions")
    volunteer = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    newcomer = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(
        _("state"), max_length=8, choices=SuggestionState.choices, default=SuggestionState.OPEN
    )
    score = models.FloatField(_("score"))
    km = models.FloatField(_("km"), null=True)
    language = models.CharField(_("language"), max_length=3, blank=True)
    #: ``[{rule, share, values}]`` as tandemwerk.pairing explains a pair.
    reasons = models.JSONField(default=list)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    #: A locked suggestion stays as it is in the next run, and its two people are not paired anew.
    locked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    locked_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Suggestion"]] = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "volunteer", "newcomer"], name="suggestion_once"
            ),
        ]
        indexes = [
            # The board and the worklist look for the few open ones among all that ever were.
            models.Index(fields=["run"], condition=models.Q(state="open"), name="suggestion_open"),
        ]

    @property
    def site(self) -> Site:
        return self.run.site

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    @property
    def audit_scope(self) -> str:
        return self.site.audit_scope


class DeclinedPair(models.Model):
    """These two are never suggested to each other again."""

    volunteer = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    newcomer = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(
        _("reason"), max_length=8, choices=DeclineReason.choices, default=DeclineReason.OTHER
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    declined_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    declined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "newcomer"], name="declined_pair_once"),
        ]
