"""What the pages of an import show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tandemwerk.intake.enums import RowState
from tandemwerk.intake.import_words import (
    ASSUMPTIONS,
    DUPLICATES,
    ERRORS,
    FIELDS,
    QUESTIONS,
    SKIPS,
    worded,
)
from tandemwerk.intake.models import ImportBatch, ImportRow, ImportSheet
from tandemwerk.intake.reading import (
    AssumptionCode,
    Field,
    Mapping,
    PersonDraft,
    SheetToHandBack,
    write_hand_back,
)
from tandemwerk.intake.stored import draft_from_json, sheet_to_hand_back
from tandemwerk.intake.words import kinds_in_words, language_in_words, listed, place_in_words
from tandemwerk.people.enums import Level

ROWS_PER_PAGE: Final = 25
_HANDED_BACK: Final = (RowState.WRONG, RowState.DUPLICATE)
_LONGEST_CELL: Final = 120


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many rows of an import there are of each verdict; those who were taken apart."""

    clean: int
    wrong: int
    duplicate: int
    skipped: int
    taken: int

    def of(self, state: str) -> int:
        return int(getattr(self, state))

    @property
    def back(self) -> int:
        """Return how many are handed back."""
        return self.wrong + self.duplicate


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something about a cell: where, what stands there, and what is to be said."""

    kind: str
    where: str
    cell: str
    words: str


@dataclass(frozen=True, kw_only=True)
class RowShown:
    """A row with its verdict in words."""

    row: ImportRow
    name: str
    facts: list[str]
    remarks: list[Remark]


def counts_of(batch: ImportBatch) -> Counts:
    """Count the rows of the chosen sheets, in one query."""
    open_rows = Q(participation=None)
    numbers = ImportRow.objects.filter(sheet__batch=batch, sheet__is_chosen=True).aggregate(
        **{state.value: Count("pk", filter=Q(state=state) & open_rows) for state in RowState},
        taken=Count("pk", filter=~open_rows),
    )
    return Counts(**numbers)


def rows_of(batch: ImportBatch, state: str) -> QuerySet[ImportRow]:
    """Return the rows with that verdict, in the order of the file."""
    rows = ImportRow.objects.filter(
        sheet__batch=batch, sheet__is_chosen=True, state=state, participation=None
    )
    return rows.select_related("sheet", "same_as__person").order_by("sheet__position", "number")


def page_of_rows(batch: ImportBatch, state: str, number: Any) -> Page[ImportRow]:
    """Return one page of the rows with that verdict."""
    return Paginator(rows_of(batch, state), ROWS_PER_PAGE).get_page(number)


def show_rows(rows: Iterable[ImportRow]) -> list[RowShown]:
    """Return rows as a page shows them."""
    mappings: dict[int, Mapping] = {}
    shown = []
    for row in rows:
        if row.sheet_id not in mappings:
            mappings[row.sheet_id] = Mapping.from_json(row.sheet.mapping)
        shown.append(_show(row, mappings[row.sheet_id]))
    return shown


def _show(row: ImportRow, mapping: Mapping) -> RowShown:
    readable = row.state != RowState.SKIPPED and bool(row.draft.get("side"))
    draft = draft_from_json(row.draft) if readable else None
    given, family = row.draft.get("given_name", ""), row.draft.get("family_name", "")
    return RowShown(
        row=row,
        name=f"{given} {family}".strip(),
        facts=_facts(draft) if draft else [],
        remarks=[*_remarks(row, mapping)],
    )


def _facts(draft: PersonDraft) -> list[str]:
    """Return what was understood of somebody, in a few words each."""
    facts = [_("volunteer") if draft.side == "volunteer" else _("newcomer")]
    if draft.birth_year:
        facts.append(_("born %(year)s") % {"year": draft.birth_year})
    if draft.postcode:
        facts.append(place_in_words(draft.postcode))
    if draft.languages:
        facts.append(
            listed(language_in_words(code, Level[level]) for code, level in draft.languages)
        )
    if draft.availability:
        times = draft.availability.bit_count()
        words = ngettext("%(number)s free time", "%(number)s free times", times)
        facts.append(words % {"number": times})
    if draft.kinds:
        facts.append(listed(kinds_in_words(draft.kinds)))
    return facts


def _remarks(row: ImportRow, mapping: Mapping) -> Iterable[Remark]:
    found = row.findings
    for kind, words in (("errors", ERRORS), ("questions", QUESTIONS), ("assumptions", ASSUMPTIONS)):
        for each in found.get(kind, ()):
            yield Remark(
                kind=kind,
                where=_where(each, mapping),
                cell=_cell(each, row),
                words=worded(each["code"], words),
            )
    if found.get("skipped"):
        text = " · ".join(filter(None, row.cells))[:_LONGEST_CELL]
        yield Remark(kind="skipped", where="", cell=text, words=worded(found["skipped"], SKIPS))
    if row.state == RowState.DUPLICATE or row.is_somebody_else:
        by = listed(worded(code, DUPLICATES) for code in found.get("by", ()))
        yield Remark(kind="duplicate", where="", cell="", words=by)


def _where(finding: dict[str, Any], mapping: Mapping) -> str:
    """Return the column's header, or what it means, or «the whole row»."""
    column = finding["column"]
    header = mapping.headers[column] if column is not None and column < len(mapping.headers) else ""
    if header:
        return header
    if finding["code"] == AssumptionCode.LEVEL:
        return worded(Field.LANGUAGES.value, FIELDS)
    return worded(finding["field"], FIELDS) if finding["field"] else _("The whole row")


def _cell(finding: dict[str, Any], row: ImportRow) -> str:
    if finding["code"] == AssumptionCode.LEVEL:
        spoken = (each.split(":") for each in finding["text"].split())
        return listed(language_in_words(code, Level[level]) for code, level in spoken)
    column = finding["column"]
    text = row.cells[column] if column is not None and column < len(row.cells) else ""
    return str(text or finding["text"])[:_LONGEST_CELL]


def hand_back(batch: ImportBatch, *, right_to_left: bool) -> bytes:
    """Return what is not taken as a spreadsheet, with reasons in the reader's language."""
    labels = {code.value: str(words) for code, words in ERRORS.items()}
    labels |= {"reason": _("Reason"), "row": _("Row")}
    parts = []
    for sheet in batch.sheets.filter(is_chosen=True).order_by("position"):
        rows = list(_rows_to_hand_back(sheet))
        if rows:
            content, verdicts = sheet_to_hand_back(sheet, rows, RowState.DUPLICATE)
            parts.append(SheetToHandBack(content, Mapping.from_json(sheet.mapping), verdicts))
    return write_hand_back(parts, labels, right_to_left=right_to_left)


def _rows_to_hand_back(sheet: ImportSheet) -> QuerySet[ImportRow]:
    rows = sheet.rows.filter(state__in=_HANDED_BACK, participation=None)
    return rows.order_by("number")
