"""From rows to verdicts: who is taken, who is handed back and why, what is asked for."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final

from tandemwerk.intake.reading.cell_readers import CELL_READERS, read_side
from tandemwerk.intake.reading.cells import Row, Sheet, cell_text
from tandemwerk.intake.reading.codes import ErrorCode, QuestionCode, SkipCode
from tandemwerk.intake.reading.drafts import Finding, Outcome, RowVerdict
from tandemwerk.intake.reading.duplicates import SeenPeople
from tandemwerk.intake.reading.entry import Column, Entry
from tandemwerk.intake.reading.fields import Field, Side
from tandemwerk.intake.reading.finishing import finish
from tandemwerk.intake.reading.mapping import Mapping
from tandemwerk.intake.reading.not_people import heading_of, why_no_person
from tandemwerk.intake.reading.values.reading import is_formula_error

#: What a cell may hold; remarks may be longer.
MAX_TEXT_LENGTH: Final = 1_000
MAX_REMARK_LENGTH: Final = 10_000
#: In how many rows of a text file all columns have to be there before a short row is a broken one.
_REGULAR: Final = 0.8

Progress = Callable[[int, int], None]


def read_people(
    sheet: Sheet, mapping: Mapping, *, today: date, progress: Progress | None = None
) -> list[RowVerdict]:
    """A verdict for every row below the header; ``progress`` hears of rows done and rows in all."""
    total = len(sheet.rows) - mapping.header_row
    verdicts = []
    for done, verdict in enumerate(iter_people(sheet, mapping, today=today), 1):
        verdicts.append(verdict)
        if progress:
            progress(done, total)
    return verdicts


def iter_people(sheet: Sheet, mapping: Mapping, *, today: date) -> Iterator[RowVerdict]:
    """The verdicts one by one, in the order of the rows."""
    columns = [
        Column.of(index, field, mapping.headers[index] if index < len(mapping.headers) else "")
        for index, field in sorted(mapping.columns.items())
    ]
    expected_width = _expected_width(sheet, mapping)
    header_width = len(sheet.rows[mapping.header_row - 1]) if mapping.header_row else 0
    seen = SeenPeople()
    side = mapping.side
    for number, row in enumerate(sheet.rows[mapping.header_row :], mapping.header_row + 1):
        skipped = why_no_person(row, columns, mapping.headers)
        if skipped is SkipCode.SECTION:
            side = heading_of(row) or side
        if skipped:
            yield RowVerdict(number, Outcome.SKIP, skipped=skipped)
            continue
        entry = _read_row(row, columns, side=side, today=today)
        _check_width(entry, row, expected_width, header_width)
        yield _verdict(number, entry, seen)


def _read_row(row: Row, columns: Sequence[Column], *, side: Side | None, today: date) -> Entry:
    entry = Entry(today)
    entry.person.side = side
    # Whether a year of birth is possible depends on the side, wherever its column stands.
    for column in sorted(columns, key=lambda column: column.field is not Field.SIDE):
        cell = row[column.index] if column.index < len(row) else None
        text = cell_text(cell)
        longest = (
            MAX_REMARK_LENGTH if column.field in {Field.NOTE, Field.OTHER} else MAX_TEXT_LENGTH
        )
        if len(text) > longest:
            code = ErrorCode.TEXT_TOO_LONG
            entry.errors.append(Finding(column.index, column.field, code, f"{text[:100]}…"))
        elif is_formula_error(text):
            entry.ask(column, QuestionCode.FORMULA_ERROR, text)
        elif column.field is Field.SIDE:
            read_side(entry, column, cell)
        elif text:
            CELL_READERS[column.field](entry, column, cell)
    finish(entry, columns)
    return entry


def _expected_width(sheet: Sheet, mapping: Mapping) -> int:
    """How many cells every row of a text file has; 0 where rows are of any length anyway."""
    if not sheet.is_delimited or not mapping.header_row:
        return 0
    named = [index for index, header in enumerate(mapping.headers) if header]
    width = max(named, default=-1) + 1
    lengths = [len(row) for row in sheet.rows[mapping.header_row :] if row]
    regular = sum(length >= width for length in lengths)
    return width if regular >= _REGULAR * len(lengths) else 0


def _check_width(entry: Entry, row: Row, expected: int, most: int) -> None:
    if expected and len(row) < expected:
        entry.errors.insert(0, Finding(len(row), None, ErrorCode.ROW_ENDS_EARLY))
    elif expected and any(cell_text(cell) for cell in row[most:]):
        entry.errors.insert(0, Finding(most, None, ErrorCode.ROW_TOO_LONG, cell_text(row[most])))


def _verdict(number: int, entry: Entry, seen: SeenPeople) -> RowVerdict:
    match = seen.same_person(entry.person)
    if match is None and (shared := seen.sharing_contact(entry.person)):
        finding = Finding(None, Field.CONTACT, QuestionCode.SHARES_CONTACT, str(shared))
        entry.questions.append(finding)
    if not entry.errors:
        seen.add(number, entry.person)
    return RowVerdict(
        number,
        Outcome.HAND_BACK if entry.errors else Outcome.TAKE,
        person=entry.person,
        errors=tuple(entry.errors),
        questions=tuple(entry.questions),
        assumptions=tuple(entry.assumptions),
        duplicate_of=match.row if match else None,
        duplicate_by=match.by if match else (),
    )
