"""A list comes in: its file is kept, read, and read again with another mapping."""

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from tandemwerk.core import audit, clock
from tandemwerk.core.actors import Actor
from tandemwerk.core.moves import check_move
from tandemwerk.intake.enums import IMPORT_MOVES, ImportState, RowState
from tandemwerk.intake.models import ImportBatch, ImportRow, ImportSheet, RememberedMapping
from tandemwerk.intake.queries.known import known_people
from tandemwerk.intake.reading import (
    ErrorCode,
    Field,
    Finding,
    Mapping,
    Outcome,
    PersonDraft,
    QuestionCode,
    RowVerdict,
    Sheet,
    Side,
    SkipCode,
    UnreadableFileError,
    cell_text,
    guess_mapping,
    iter_people,
    read_workbook,
    recall_mapping,
)
from tandemwerk.intake.reading.cells import clean
from tandemwerk.intake.reading.duplicates import SeenPeople
from tandemwerk.intake.stored import draft_to_json, findings_to_json
from tandemwerk.people.models import Person, User
from tandemwerk.programme.models import Site

#: How often reading and taking say how far they are.
ROWS_PER_SIGN: Final = 250
_SAMPLES: Final = 3
_SAMPLE_LENGTH: Final = 40
_ROWS_AT_ONCE: Final = 500
_NAME_LENGTH: Final = 120
_LONGEST_NAMES: Final = {
    Field.GIVEN_NAME: Person._meta.get_field("given_name").max_length or 0,
    Field.FAMILY_NAME: Person._meta.get_field("family_name").max_length or 0,
}


class StaleImportError(Exception):
    """The import was changed, taken or dropped in the meantime."""


@transaction.atomic
def upload_list(*, site: Site, data: bytes, filename: str, by: Actor, at: datetime) -> ImportBatch:
    """Keep a file that somebody brought. Reading it is the next step: ``read_list``."""
    batch = ImportBatch(
        site=site,
        filename=clean(filename)[-_NAME_LENGTH:] or "?",
        created_by=by if isinstance(by, User) else None,
        created_at=at,
        moved_at=at,
    )
    batch.file.save("list", ContentFile(data), save=False)
    batch.save()
    audit.record(action="intake.upload_list", by=by, at=at, target=batch)
    return batch


def read_list(*, import_id: int, at: datetime, at_most: int | None = None) -> bool:
    """Read an uploaded list and keep a verdict for every row; return whether it is read.

    With ``at_most`` a list with more rows is left for later. Doing it twice changes nothing, and
    whatever happens in between, the rows are there as a whole or not at all.
    """
    batch = ImportBatch.objects.select_related("site").get(pk=import_id)
    if batch.state != ImportState.UPLOADED:
        return True
    try:
        with batch.file.open("rb") as file:
            workbook = read_workbook(file.read(), batch.filename)
    except UnreadableFileError as error:
        _fail(batch, error.code.value, at=at)
        return True
    sheets = _open_sheets(batch, workbook)
    chosen = [sheet for sheet in sheets if sheet.is_chosen]
    total = sum(len(workbook[sheet.position].rows) for sheet in chosen)
    if at_most is not None and total > at_most:
        ImportBatch.objects.filter(pk=batch.pk).update(total=total)
        return False
    reader = _Reader(batch, known_people(batch.site), total, at)
    rows = [row for sheet in chosen for row in reader.read(sheet, workbook[sheet.position])]
    _keep(batch, sheets, rows, at=at)
    return True


def _open_sheets(batch: ImportBatch, workbook: Sequence[Sheet]) -> list[ImportSheet]:
    """Return the sheets of the batch, with guessed or remembered mappings if they are new."""
    known = list(batch.sheets.order_by("position"))
    if known:
        return known
    remembered = {
        each.signature: Mapping.from_json(each.mapping)
        for each in batch.site.remembered_mappings.all()
    }
    opened = [_open(batch, n, sheet, remembered) for n, sheet in enumerate(workbook)]
    if not any(sheet.is_chosen for sheet in opened):
        longest = max(range(len(workbook)), key=lambda n: (len(workbook[n].rows), -n))
        opened[longest].is_chosen = True
    with transaction.atomic():
        ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if not batch.sheets.exists():
            ImportSheet.objects.bulk_create(opened)
    return list(batch.sheets.order_by("position"))


def _open(
    batch: ImportBatch, position: int, sheet: Sheet, remembered: Dictionary[str, Mapping]
) -> ImportSheet:
    guessed = guess_mapping(sheet)
    before = remembered.get(guessed.signature)
    recalled = recall_mapping(sheet, before) if before else None
    mapping = recalled or guessed
    return ImportSheet(
        batch=batch,
        position=position,
        name=clean(sheet.name)[:_NAME_LENGTH] or str(position + 1),
        mapping=mapping.to_json(),
        samples=samples_of(sheet, mapping),
        is_recalled=recalled is not None,
        is_chosen=mapping.lists_people and not sheet.is_hidden,
    )


def samples_of(sheet: Sheet, mapping: Mapping) -> list[list[str]]:
    """Return for each column the first texts below the header."""
    samples: list[list[str]] = [[] for _ in mapping.headers]
    for row in sheet.rows[mapping.header_row :]:
        for column, cell in enumerate(row[: len(samples)]):
            text = cell_text(cell)
            if text and len(samples[column]) < _SAMPLES:
                samples[column].append(text[:_SAMPLE_LENGTH])
        if all(len(texts) == _SAMPLES for texts in samples):
            break
    return samples


@dataclass
class _Reader:
    """Reads sheet after sheet, tells who is there already, and says how far it is."""

    batch: ImportBatch
    known: SeenPeople
    total: int
    at: datetime
    done: int = 0

    def __post_init__(self) -> None:
        #: Rows of the sheets before, by a running number, to find people on two sheets.
        self.earlier = SeenPeople()
        self.names: list[str] = []

    def read(self, sheet: ImportSheet, content: Sheet) -> list[ImportRow]:
        mapping = Mapping.from_json(sheet.mapping)
        today = timezone.localtime(self.at).date()
        rows = []
        own: list[tuple[str, PersonDraft]] = []
        self.done += mapping.header_row
        for verdict in iter_people(content, mapping, today=today):
            self._sign()
            if verdict.skipped is SkipCode.EMPTY:
                continue
            row = self._row(sheet, content, _within_limits(verdict))
            rows.append(row)
            if row.state == RowState.CLEAN and verdict.person:
                own.append((f"{sheet.name}, {verdict.row}", verdict.person))
        for name, person in own:
            self.earlier.add(len(self.names), person)
            self.names.append(name)
        return rows

    def _sign(self) -> None:
        self.done += 1
        if self.done % ROWS_PER_SIGN == 0:
            tell_progress(self.batch.pk, done=self.done, total=self.total)

    def _row(self, sheet: ImportSheet, content: Sheet, verdict: RowVerdict) -> ImportRow:
        row = ImportRow(
            sheet=sheet,
            number=verdict.row,
            state=RowState.CLEAN,
            draft=draft_to_json(verdict.person) if verdict.person else {},
            cells=[cell_text(cell) for cell in content.rows[verdict.row - 1]],
            findings=findings_to_json(verdict),
        )
        if verdict.outcome is Outcome.SKIP:
            row.state = RowState.SKIPPED
        elif verdict.outcome is Outcome.HAND_BACK:
            row.state = RowState.WRONG
        elif verdict.duplicate_of is not None:
            row.state = RowState.DUPLICATE
            row.same_as_row = str(verdict.duplicate_of)
        elif verdict.person:
            self._compare(row, verdict.person)
        return row

    def _compare(self, row: ImportRow, person: PersonDraft) -> None:
        """See whether somebody of the site or of a sheet before is the same person."""
        match = self.known.same_person(person)
        if match:
            row.same_as_id = match.row
        elif earlier := self.earlier.same_person(person):
            match = earlier
            row.same_as_row = self.names[match.row]
        elif self.known.sharing_contact(person) is not None:
            _ask_about_contact(row)
        if match:
            row.state = RowState.DUPLICATE
            row.findings["by"] = [code.value for code in match.by]


def _ask_about_contact(row: ImportRow) -> None:
    code = QuestionCode.SHARES_CONTACT.value
    questions = row.findings.setdefault("questions", [])
    if all(question["code"] != code for question in questions):
        field = Field.CONTACT.value
        questions.append({"column": None, "field": field, "code": code, "text": ""})


def _within_limits(verdict: RowVerdict) -> RowVerdict:
    """Hand a row back whose names are longer than a person's record holds."""
    person = verdict.person
    if person is None or verdict.outcome is not Outcome.TAKE:
        return verdict
    lengths = {
        Field.GIVEN_NAME: len(person.given_name),
        Field.FAMILY_NAME: len(person.family_name),
    }
    errors = [
        Finding(None, field, ErrorCode.TEXT_TOO_LONG)
        for field, most in _LONGEST_NAMES.items()
        if lengths[field] > most
    ]
    if not errors:
        return verdict
    return replace(verdict, outcome=Outcome.HAND_BACK, errors=tuple(errors))


def tell_progress(import_id: int, *, done: int, total: int) -> None:
    """Say how far the work on an import is, outside of the work's own transaction."""
    ImportBatch.objects.filter(pk=import_id).update(done=done, total=total, moved_at=clock.now())


@transaction.atomic
def _keep(
    batch: ImportBatch, sheets: Sequence[ImportSheet], rows: list[ImportRow], *, at: datetime
) -> None:
    """Keep the rows as a whole, unless somebody was faster or corrected the mapping meanwhile."""
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != ImportState.UPLOADED:
        return
    now = {each.pk: (each.mapping, each.is_chosen) for each in batch.sheets.all()}
    if now != {each.pk: (each.mapping, each.is_chosen) for each in sheets}:
        raise StaleImportError
    ImportRow.objects.filter(sheet__batch=batch).delete()
    ImportRow.objects.bulk_create(rows, batch_size=_ROWS_AT_ONCE)
    move_import(locked, ImportState.REVIEW, at=at)


@transaction.atomic
def _fail(batch: ImportBatch, problem: str, *, at: datetime) -> None:
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state == ImportState.UPLOADED:
        locked.problem = problem
        forget_file(locked)
        move_import(locked, ImportState.FAILED, at=at)


def move_import(batch: ImportBatch, to: ImportState, *, at: datetime) -> None:
    """Move a locked import on and save it. Raises IllegalMoveError."""
    check_move(IMPORT_MOVES, current=ImportState(batch.state), target=to)
    batch.state = to
    batch.moved_at = at
    batch.done = 0
    batch.save()


def forget_file(batch: ImportBatch) -> None:
    """Remove the file once the transaction stands; the row no longer knows it."""
    name, storage = batch.file.name, batch.file.storage
    if name:
        transaction.on_commit(lambda: storage.delete(name))
        batch.file = ""


@transaction.atomic
def correct_sheet(
    *,
    sheet_id: int,
    columns: Dictionary[int, Field],
    side: Side | None,
    header_row: int,
    is_chosen: bool,
    by: Actor,
    at: datetime,
) -> ImportBatch:
    """Correct how a sheet is read, remember it for the site, and have the list read again.

    Another ``header_row`` makes the guess anew; the corrections of columns are dropped then.
    Raises IllegalMoveError when the list is no longer being looked through.
    """
    sheet = ImportSheet.objects.select_related("batch").get(pk=sheet_id)
    batch = ImportBatch.objects.select_for_update().get(pk=sheet.batch_id)
    before = Mapping.from_json(sheet.mapping)
    if header_row != before.header_row:
        with batch.file.open("rb") as file:
            content = read_workbook(file.read(), batch.filename)[sheet.position]
        mapping = guess_mapping(content, header_row=header_row)
        sheet.samples = samples_of(content, mapping)
    else:
        mapping = replace(before.corrected(columns), side=side)
    sheet.mapping, sheet.is_chosen, sheet.is_recalled = mapping.to_json(), is_chosen, False
    sheet.save()
    if is_chosen:
        _remember(batch.site_id, mapping, at=at)
    move_import(batch, ImportState.UPLOADED, at=at)
    audit.record(
        action="intake.correct_sheet",
        by=by,
        at=at,
        target=batch,
        changes={"sheet": sheet.number, "columns": _meanings(mapping)},
    )
    return batch


def _meanings(mapping: Mapping) -> dict[str, Any]:
    return {str(column): field.value for column, field in sorted(mapping.columns.items())}


def _remember(site_id: int, mapping: Mapping, *, at: datetime) -> None:
    RememberedMapping.objects.update_or_create(
        site_id=site_id,
        signature=mapping.signature,
        defaults={"mapping": mapping.to_json(), "changed_at": at},
    )
