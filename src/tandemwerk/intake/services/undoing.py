"""An import is undone, or dropped before it was taken; what is left of old ones goes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import models, transaction

from tandemwerk.core import audit
from tandemwerk.core.actors import Actor
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.intake.enums import ImportState
from tandemwerk.intake.files import PrivateStorage
from tandemwerk.intake.models import ImportBatch, ImportRow, Participation
from tandemwerk.intake.services.lists import forget_file, move_import
from tandemwerk.people.models import Person

#: So long what a list said is kept: the file, and the rows that were handed back.
KEPT: Final = timedelta(days=30)
_DROPPABLE: Final = frozenset({ImportState.UPLOADED, ImportState.REVIEW, ImportState.FAILED})


@dataclass(frozen=True, kw_only=True)
class Undone:
    """What became of the people of an import."""

    removed: int
    #: Those who stay: they are in a tandem, or were handed over to another site.
    kept: int


def held_participations(
    people: models.QuerySet[Participation],
) -> models.QuerySet[Participation]:
    """Return those of ``people`` whom a room above protects, whichever room that is."""
    held = models.Q(pk__in=())
    for relation in Participation._meta.related_objects:
        if relation.on_delete is models.PROTECT:
            using = relation.related_model._base_manager.filter(  # noqa: SLF001 Django documents it
                **{f"{relation.field.name}__isnull": False}
            )
            held |= models.Q(pk__in=using.values(relation.field.name))
    return people.filter(held)


@transaction.atomic
def undo_import(*, import_id: int, by: Actor, at: datetime) -> Undone:
    """Remove exactly the people that an import made, but nobody who is in a tandem.

    Who was handed over to another site is no longer this site's to remove.
    Raises IllegalMoveError unless the import was taken.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=import_id)
    kept = set(held_participations(batch.people).values_list("pk", flat=True))
    kept |= set(batch.people.exclude(site=batch.site_id).values_list("pk", flat=True))
    going = batch.people.exclude(pk__in=kept)
    persons = set(going.values_list("person_id", flat=True))
    removed = len(persons)
    Participation.objects.filter(pk__in=list(going.values_list("pk", flat=True))).delete()
    alone = Person.objects.filter(pk__in=persons, participations=None, user=None)
    Person.objects.filter(pk__in=list(alone.values_list("pk", flat=True))).delete()
    move_import(batch, ImportState.UNDONE, at=at)
    changes = {"removed": removed, "kept": len(kept)}
    audit.record(action="intake.undo_import", by=by, at=at, target=batch, changes=changes)
    return Undone(removed=removed, kept=len(kept))


@transaction.atomic
def drop_import(*, import_id: int, by: Actor, at: datetime) -> None:
    """Throw a list away that was not taken. Raises IllegalMoveError."""
    batch = ImportBatch.objects.select_for_update().get(pk=import_id)
    if batch.state not in _DROPPABLE:
        raise IllegalMoveError(batch.state, "dropped")
    audit.record(action="intake.drop_import", by=by, at=at, target=batch)
    forget_file(batch)
    batch.delete()


def forget_old_lists(*, at: datetime) -> int:
    """Remove what is older than KEPT: lists nobody took, and what was handed back of the others.

    Return how many lists were removed. Files without a list go as well.
    """
    old = ImportBatch.objects.filter(created_at__lt=at - KEPT)
    removed = 0
    for batch in old.filter(state__in=_DROPPABLE):
        with transaction.atomic():
            forget_file(batch)
            batch.delete()
        removed += 1
    ended = old.filter(state__in=(ImportState.TAKEN, ImportState.UNDONE))
    ImportRow.objects.filter(sheet__batch__in=ended, participation=None).delete()
    _remove_stray_files(at=at)
    return removed


def _remove_stray_files(*, at: datetime) -> None:
    """Remove files whose upload never came to an end."""
    storage, folder = PrivateStorage(), "private/imports"
    if not storage.exists(folder):
        return
    known = set(ImportBatch.objects.exclude(file="").values_list("file", flat=True))
    for name in storage.listdir(folder)[1]:
        path = f"{folder}/{name}"
        if path not in known and storage.get_modified_time(path) < at - timedelta(days=1):
            storage.delete(path)
