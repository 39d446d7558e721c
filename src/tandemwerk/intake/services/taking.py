"""The clean rows of a list become people, in steps that can stop anywhere and go on.

Each step takes some rows in one transaction and notes in the rows who they became, so that a row
is taken once, whoever does it, and however often.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tandemwerk.core import audit
from tandemwerk.core.actors import SYSTEM, Actor
from tandemwerk.intake.enums import ImportState, RowState
from tandemwerk.intake.models import ImportBatch, ImportRow, Participation
from tandemwerk.intake.queries.known import known_people
from tandemwerk.intake.reading import PersonDraft
from tandemwerk.intake.reading.duplicates import SeenPeople
from tandemwerk.intake.services.lists import forget_file, move_import
from tandemwerk.intake.stored import draft_from_json, questions_to_keep
from tandemwerk.people.consent_texts import current_version
from tandemwerk.people.enums import SPOKEN_LANGUAGES, ConsentPurpose, ConsentWay, Level
from tandemwerk.people.models import Consent, Person, PersonLanguage, User

ROWS_PER_STEP: Final = 250
_FARTHEST_KM: Final = 200
_INTERFACE: Final = {code for code, _name in settings.LANGUAGES}
#: Languages that somebody reads without effort.
_READS: Final = frozenset({"C1", "C2", "L1"})


@transaction.atomic
def confirm_row(*, row_id: int, is_somebody_else: bool, by: Actor, at: datetime) -> ImportRow:
    """Say that a row which looks like somebody is somebody else, or take that back."""
    row = ImportRow.objects.select_related("sheet").get(pk=row_id)
    batch = ImportBatch.objects.select_for_update().get(pk=row.sheet.batch_id)
    looks_alike = row.state == RowState.DUPLICATE or row.is_somebody_else
    if batch.state != ImportState.REVIEW or not looks_alike:
        return row
    row.is_somebody_else = is_somebody_else
    row.state = RowState.CLEAN if is_somebody_else else RowState.DUPLICATE
    row.save(update_fields=["is_somebody_else", "state"])
    changes = {"sheet": row.sheet.number, "row": row.number, "is_somebody_else": is_somebody_else}
    audit.record(action="intake.confirm_row", by=by, at=at, target=batch, changes=changes)
    return row


@transaction.atomic
def start_taking(
    *, import_id: int, consents: Sequence[ConsentPurpose], by: Actor, at: datetime
) -> ImportBatch:
    """Decide that the clean rows are taken, of people who agreed to ``consents``.

    ``take_rows`` does it. Raises IllegalMoveError unless the list is being looked through.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=import_id)
    batch.total = waiting_rows(batch).count()
    batch.consents = [ConsentPurpose(purpose).value for purpose in consents]
    batch.taken_by = by if isinstance(by, User) else None
    move_import(batch, ImportState.TAKING, at=at)
    changes = {"rows": batch.total, "consents": batch.consents}
    audit.record(action="intake.take_import", by=by, at=at, target=batch, changes=changes)
    return batch


def waiting_rows(batch: ImportBatch) -> Any:
    """Return the rows that are to be taken and have not been yet."""
    return ImportRow.objects.filter(
        sheet__batch=batch, sheet__is_chosen=True, state=RowState.CLEAN, participation=None
    )


def take_rows(*, import_id: int, at: datetime) -> ImportBatch:
    """Take what is left to take of an import, and end it. Can be stopped and done again."""
    batch = ImportBatch.objects.select_related("site").get(pk=import_id)
    known = known_people(batch.site, besides=batch)
    while _take_some(import_id, known, at=at):
        pass
    batch.refresh_from_db()
    return batch


def take_import(
    *, import_id: int, consents: Sequence[ConsentPurpose], by: Actor, at: datetime
) -> ImportBatch:
    """Take all clean rows of a list now."""
    start_taking(import_id=import_id, consents=consents, by=by, at=at)
    return take_rows(import_id=import_id, at=at)


@transaction.atomic
def _take_some(import_id: int, known: SeenPeople, *, at: datetime) -> bool:
    """Take the next rows; return whether there may be more."""
    batch = (
        ImportBatch.objects.select_for_update(of=("self",))
        .select_related("site", "taken_by")
        .get(pk=import_id)
    )
    if batch.state != ImportState.TAKING:
        return False
    rows = list(waiting_rows(batch).order_by("sheet__position", "number")[:ROWS_PER_STEP])
    if not rows:
        batch.taken_at = at
        forget_file(batch)
        move_import(batch, ImportState.TAKEN, at=at)
        return False
    _make_people(batch, _still_new(rows, known), at=at)
    batch.done += len(rows)
    batch.moved_at = at
    batch.save(update_fields=["done", "moved_at"])
    return True


def _still_new(rows: Sequence[ImportRow], known: SeenPeople) -> list[ImportRow]:
    """Return the rows of people who have not come to the site since the list was read."""
    new = []
    for row in rows:
        match = None if row.is_somebody_else else known.same_person(draft_from_json(row.draft))
        if match is None:
            new.append(row)
            continue
        row.state, row.same_as_id = RowState.DUPLICATE, match.row
        row.findings["by"] = [code.value for code in match.by]
        row.save(update_fields=["state", "same_as", "findings"])
    return new


def _make_people(batch: ImportBatch, rows: Sequence[ImportRow], *, at: datetime) -> None:
    drafts = [draft_from_json(row.draft) for row in rows]
    people = Person.objects.bulk_create(_person(draft) for draft in drafts)
    participations = Participation.objects.bulk_create(
        _participation(batch, row, draft, person, at=at)
        for row, draft, person in zip(rows, drafts, people, strict=True)
    )
    PersonLanguage.objects.bulk_create(
        PersonLanguage(person=person, code=code, level=Level[level])
        for draft, person in zip(drafts, people, strict=True)
        for code, level in draft.languages
        if code in SPOKEN_LANGUAGES
    )
    Consent.objects.bulk_create(
        Consent(
            person=person,
            purpose=purpose,
            text_version=current_version(ConsentPurpose(purpose)),
            way=ConsentWay.LIST,
            given_at=at,
        )
        for person in people
        for purpose in batch.consents
    )
    for row, participation in zip(rows, participations, strict=True):
        row.participation = participation
        row.draft, row.cells, row.findings = {}, [], {}
    # An upsert in one statement; bulk_update's CASE for each row and column takes seconds.
    ImportRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["participation", "draft", "cells", "findings"],
    )
    audit.record_many(
        action="intake.add_participation",
        by=batch.taken_by or SYSTEM,
        at=at,
        targets=participations,
        scope=batch.audit_scope,
        changes={"import": batch.pk},
    )


def _person(draft: PersonDraft) -> Person:
    return Person(
        given_name=draft.given_name,
        family_name=draft.family_name,
        mail=draft.mail,
        phone=draft.phone,
        contact_preference=draft.contact_preference.value,
        language=_language_of_messages(draft),
        postcode=draft.postcode,
        birth_year=draft.birth_year,
        gender=draft.gender,
        availability=draft.availability,
        interests=list(draft.interests),
        note=draft.note,
    )


def _language_of_messages(draft: PersonDraft) -> str:
    """Return German if somebody reads it with ease, else an interface language that they do."""
    read = [code for code, level in draft.languages if level in _READS and code in _INTERFACE]
    return "de" if "de" in read or not read else read[0]


def _participation(
    batch: ImportBatch, row: ImportRow, draft: PersonDraft, person: Person, *, at: datetime
) -> Participation:
    site = batch.site
    return Participation(
        person=person,
        site=site,
        side=draft.side.value if draft.side else "",
        waiting_since=draft.waiting_since or timezone.localtime(at).date(),
        kinds=draft.kinds or site.kinds or 1,
        topics=draft.topics,
        wishes_gender=draft.wishes_gender,
        max_km=min(draft.max_km or site.catchment_km, _FARTHEST_KM),
        group_size=draft.group_size,
        volunteers_wanted=draft.volunteers_wanted or 1,
        capacity=draft.capacity or 1,
        max_group=draft.max_group,
        minors_ok=bool(draft.minors_ok),
        is_minor=draft.is_minor,
        priority=draft.priority,
        questions=questions_to_keep(row.findings),
        created_by=batch.taken_by,
    )
