"""A list of people that a site brings: the file, its sheets, and what becomes of every row.

The file and what its rows say are kept no longer than the import needs them: see
``services.imports`` and ``tasks``.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tandemwerk.intake.enums import ImportState, RowState
from tandemwerk.intake.files import PrivateStorage, private_name
from tandemwerk.intake.models.participation import Participation
from tandemwerk.people.models import User
from tandemwerk.programme.models import Site, Viewer, written_sites


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def visible_to(self, user: Viewer) -> "ImportBatchQuerySet":
        """Return those of the sites whose people ``user`` may change."""
        return self.filter(site__in=written_sites(user))


class ImportBatch(models.Model):
    """One file on its way into a site."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="imports")
    state = models.CharField(
        _("state"), max_length=8, choices=ImportState.choices, default=ImportState.UPLOADED
    )
    filename = models.CharField(_("file"), max_length=120)
    #: Never served by an address; empty once nobody needs it any more.
    file = models.FileField(upload_to=private_name, storage=PrivateStorage(), blank=True)
    #: Why the file cannot be read: a code of ``reading.FileProblem``.
    problem = models.CharField(max_length=30, blank=True)
    #: How far reading or taking has come, in rows; 0 of 0 is «not known yet».
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    #: What the people agreed to, as whoever takes the list says: values of ConsentPurpose.
    consents = models.JSONField(default=list)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("uploaded"))
    #: When the last step ended or the work last gave a sign of life.
    moved_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(_("taken"), null=True)

    objects: ClassVar[models.Manager["ImportBatch"]] = ImportBatchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["site", "state"], name="import_site_state")]

    def __str__(self) -> str:
        return self.filename

    @property
    def audit_scope(self) -> str:
        return self.site.audit_scope

    @property
    def people(self) -> models.QuerySet[Participation]:
        """Who came in with this list."""
        return Participation.objects.filter(import_rows__sheet__batch=self)


class ImportSheet(models.Model):
    """One sheet of the file, and how it is read."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="sheets")
    #: Which sheet of the file, counted from 0.
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("sheet"), max_length=120)
    #: ``reading.Mapping.to_json``.
    mapping = models.JSONField()
    #: For each column the first cells that hold something, to recognise it by.
    samples = models.JSONField(default=list)
    #: Whether the mapping was remembered from an earlier list rather than guessed.
    is_recalled = models.BooleanField(default=False)
    #: Whether its people are to be taken.
    is_chosen = models.BooleanField(_("import this sheet"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="import_sheet_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def number(self) -> int:
        return self.position + 1


class ImportRow(models.Model):
    """One row of a sheet with its verdict."""

    sheet = models.ForeignKey(ImportSheet, on_delete=models.CASCADE, related_name="rows")
    #: As the spreadsheet numbers it.
    number = models.PositiveIntegerField()
    state = models.CharField(_("verdict"), max_length=9, choices=RowState.choices)
    #: What was understood, as ``stored.draft_to_json`` writes it; emptied when taken.
    draft = models.JSONField(default=dict)
    #: What stood in the row, to hand it back; emptied when taken.
    cells = models.JSONField(default=list)
    #: All that there is to say about the row, as ``stored.findings_to_json`` writes it.
    findings = models.JSONField(default=dict)
    #: The earlier row of the same file that is the same person.
    same_as_row = models.CharField(max_length=140, blank=True)
    #: Who of the site is the same person.
    same_as = models.ForeignKey(
        Participation, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    #: Somebody looked and says that it is not the same person.
    is_somebody_else = models.BooleanField(default=False)
    #: Who it became.
    participation = models.ForeignKey(
        Participation, on_delete=models.SET_NULL, null=True, related_name="import_rows"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="import_row_once"),
        ]
        indexes = [models.Index(fields=["sheet", "state", "number"], name="import_row_state")]


class RememberedMapping(models.Model):
    """How a site corrected the reading of a list, for the next list with the same headers."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="remembered_mappings")
    signature = models.CharField(max_length=64)
    mapping = models.JSONField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "signature"], name="remembered_mapping_once"),
        ]
