"""The audit trail, what keeps the background work honest, and what can be found by words."""

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


class SearchDocument(models.Model):
    """What can be found of one thing in one language: see ``core.search``.

    The index for words beside this table is made by ``core.search.store``. All of it can be built
    again at any time from what the rooms have.
    """

    source = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    language = models.CharField(max_length=10)
    #: Who may find it; the source decides once more when it is shown.
    audience = models.CharField(max_length=80)
    title = models.TextField()
    text = models.TextField(blank=True)
    #: The words as stems, in order, with a space between.
    title_terms = models.TextField(blank=True)
    text_terms = models.TextField(blank=True)
    weight = models.FloatField(default=1.0)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "object_id", "language"], name="search_document_once"
            ),
        ]
        indexes = [models.Index(fields=["audience", "source"], name="search_audience")]


class SearchWord(models.Model):
    """A word that stands in some document: for typing errors, compounds and how rare it is."""

    word = models.CharField(max_length=60)
    term = models.CharField(max_length=60)
    #: The term from its end: compounds end with the word that says what they are.
    backwards = models.CharField(max_length=60)
    #: As it was first written, to be shown in «Did you mean …?».
    shown = models.CharField(max_length=60)
    #: In how many documents the term stands, counted every night.
    documents = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["word", "term"], name="search_word_once"),
        ]
        indexes = [
            models.Index(fields=["word"], name="search_word", opclasses=["varchar_pattern_ops"]),
            models.Index(
                fields=["backwards"], name="search_backwards", opclasses=["varchar_pattern_ops"]
            ),
            models.Index(fields=["term"], name="search_term", opclasses=["varchar_pattern_ops"]),
        ]
