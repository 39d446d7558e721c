"""The audit trail, and what keeps the background work honest."""

from typing import ClassVar

from django.db import models


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def about(self, target: models.Model) -> "AuditQuerySet":
        """Return the entries of one record."""
        return self.filter(target_type=target._meta.label_lower, target_id=target.pk)

    def within(self, scopes: list[str]) -> "AuditQuerySet":
        """Return the entries of these branches of the programme. An empty list: none."""
        wanted = models.Q(pk__in=())
        for scope in scopes:
            wanted |= models.Q(scope__startswith=scope)
        return self.filter(wanted)


class AuditEntry(models.Model):
    """Somebody did something to a record, or read what is confidential.

    There is no foreign key and no name on purpose: the trail outlives accounts and records, and
    erasing a person must not need to change it.
    """

    at = models.DateTimeField(db_index=True)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=80)
    target_type = models.CharField(max_length=80)
    target_id = models.BigIntegerField(null=True)
    #: Branch of the programme as a path: ``carrier/3/site/17/``. Decides who may read the entry.
    scope = models.CharField(max_length=80, blank=True)
    #: Names of fields and their new values; personal values are left out by the services.
    changes = models.JSONField(default=dict)
    reason = models.TextField(blank=True)

    objects: ClassVar[models.Manager["AuditEntry"]] = AuditQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["target_type", "target_id", "at"], name="audit_target"),
            models.Index(fields=["scope"], name="audit_scope", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["actor_kind", "actor_id"], name="audit_actor"),
        ]


class Heartbeat(models.Model):
    """A worker was alive at that moment."""

    worker = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(db_index=True)


class PeriodicRun(models.Model):
    """A periodic task was handed out for that slot of time: its key makes twice impossible."""

    name = models.CharField(max_length=80)
    slot_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "slot_at"], name="periodic_run_once"),
        ]
