"""The rows that were not taken, as a spreadsheet with the reason beside each cell."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from tandemwerk.intake.reading.cells import Sheet, cell_text
from tandemwerk.intake.reading.codes import ErrorCode
from tandemwerk.intake.reading.drafts import Finding, Outcome, RowVerdict
from tandemwerk.intake.reading.headers import REASON_MARK
from tandemwerk.intake.reading.mapping import Mapping

_WIDTH_OF_REASON: Final = 30
_WIDEST_COLUMN: Final = 40
_NARROWEST_COLUMN: Final = 8
_LONGEST_SHEET_NAME: Final = 31
_NOT_IN_SHEET_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
#: Dark enough on each other to be read; the reason stands in words as well.
_WRONG_CELL: Final = {"bg_color": "#FDE2E1", "text_wrap": True, "valign": "top"}
_REASON_CELL: Final = {"font_color": "#8A1C1C", "italic": True, "text_wrap": True, "valign": "top"}


@dataclass(frozen=True, slots=True)
class SheetToHandBack:
    """A sheet with the verdicts of its rows."""

    sheet: Sheet
    mapping: Mapping
    verdicts: Sequence[RowVerdict]


def write_hand_back(
    parts: Iterable[SheetToHandBack], labels: Dictionary[str, str], *, right_to_left: bool = False
) -> bytes:
    """An XLSX with every handed-back row as it was, and beside each wrong cell the reason.

    ``labels`` holds the words: «reason» and «row» for the columns added, and one text for every
    ErrorCode. All cells are texts, so that nothing that begins with = + - @ is ever computed.
    The columns added begin with a mark by which a corrected list is understood when it comes back.
    """
    import xlsxwriter  # noqa: PLC0415 - slow to load

    target = BytesIO()
    with xlsxwriter.Workbook(target, _ONLY_TEXTS) as workbook:
        names: set[str] = set()
        for part in parts:
            worksheet = workbook.add_worksheet(_sheet_name(part.sheet.name, names))
            if right_to_left:
                worksheet.right_to_left()
            _SheetWriter(workbook, worksheet, part, labels).write()
        if not names:
            workbook.add_worksheet()
    return target.getvalue()


_ONLY_TEXTS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel accepts and no other sheet of the file has, whatever its case."""
    base = name.translate(_NOT_IN_SHEET_NAMES).strip()[: _LONGEST_SHEET_NAME - 4] or "1"
    unique, number = base, 1
    while unique.casefold() in taken or unique.casefold() == "history":
        number += 1
        unique = f"{base} {number}"
    taken.add(unique.casefold())
    return unique


class _SheetWriter:
    """Writes one sheet. Columns shift to the right by one for every column of reasons before."""

    def __init__(
        self, workbook: Any, worksheet: Any, part: SheetToHandBack, labels: Dictionary[str, str]
    ) -> None:
        self.worksheet = worksheet
        self.part = part
        self.labels = labels
        self.verdicts = [v for v in part.verdicts if v.outcome is Outcome.HAND_BACK]
        self.reasons_after = sorted({
            error.column for verdict in self.verdicts for error in verdict.errors
            if error.column is not None
        })  # fmt: skip
        self.header_format = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.plain_format = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.wrong_format = workbook.add_format(_WRONG_CELL)
        self.reason_format = workbook.add_format(_REASON_CELL)
        width = max([part.sheet.width, *(column + 1 for column in self.reasons_after)])
        self.columns = range(width)
        self.last = self.position(width)

    def position(self, column: int) -> int:
        """Where a column of the list stands in the sheet that is written."""
        return column + sum(reason < column for reason in self.reasons_after)

    def write(self) -> None:
        self._write_header()
        for line, verdict in enumerate(self.verdicts, 1):
            self._write_row(line, verdict)
        self.worksheet.freeze_panes(1, 0)

    def _write_header(self) -> None:
        headers = self.part.mapping.headers
        reason = f"{REASON_MARK} {self._label('reason')}"
        for column in self.columns:
            header = headers[column] if column < len(headers) else ""
            self._write(0, self.position(column), header, self.header_format)
            widest = max([len(header), *map(self._length(column), self.verdicts)])
            width = min(max(widest + 2, _NARROWEST_COLUMN), _WIDEST_COLUMN)
            self.worksheet.set_column(self.position(column), self.position(column), width)
        for column in self.reasons_after:
            header = headers[column] if column < len(headers) else ""
            title = f"{reason}: {header}" if header else reason
            self._write(0, self.position(column) + 1, title, self.header_format)
            beside = self.position(column) + 1
            self.worksheet.set_column(beside, beside, _WIDTH_OF_REASON)
        self._write(0, self.last, reason, self.header_format)
        self._write(0, self.last + 1, f"{REASON_MARK} {self._label('row')}", self.header_format)
        self.worksheet.set_column(self.last, self.last, _WIDTH_OF_REASON)

    def _length(self, column: int) -> Any:
        return lambda verdict: len(self.part.sheet.text(verdict.row, column))

    def _write_row(self, line: int, verdict: RowVerdict) -> None:
        wrong = {error.column for error in verdict.errors}
        for column in self.columns:
            text = cell_text(self.part.sheet.cell(verdict.row, column))
            style = self.wrong_format if column in wrong else self.plain_format
            self._write(line, self.position(column), text, style)
        for column in self.reasons_after:
            reasons = self._reasons(error for error in verdict.errors if error.column == column)
            self._write(line, self.position(column) + 1, reasons, self.reason_format)
        whole_row = self._reasons(error for error in verdict.errors if error.column is None)
        self._write(line, self.last, whole_row, self.reason_format)
        self._write(line, self.last + 1, str(verdict.row), self.plain_format)

    def _reasons(self, errors: Iterable[Finding[ErrorCode]]) -> str:
        return "; ".join(self._label(error.code.value) for error in errors)

    def _label(self, key: str) -> str:
        return str(self.labels.get(key, key))

    def _write(self, line: int, column: int, text: str, style: Any) -> None:
        """One text cell; an empty one keeps its colour."""
        if text:
            self.worksheet.write_string(line, column, text, style)
        else:
            self.worksheet.write_blank(line, column, None, style)
