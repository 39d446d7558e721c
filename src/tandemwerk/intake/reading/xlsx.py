"""XLSX through openpyxl, read row by row."""

import warnings
import zipfile
from io import BytesIO
from itertools import chain, repeat
from typing import Any, Final

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from tandemwerk.intake.reading.cells import Cell, Row, Sheet
from tandemwerk.intake.reading.collecting import Budget, RowCollector
from tandemwerk.intake.reading.errors import FileProblem, UnreadableFileError
from tandemwerk.intake.reading.limits import MAX_COLUMNS, MAX_SHEETS

_LAST_ROW_OF_EXCEL: Final = 1_048_576


def read_xlsx(archive: zipfile.ZipFile, data: bytes) -> list[Sheet]:
    """All sheets with the values their formulas had when the file was saved.

    A formula without a saved value is kept as its text, «=HYPERLINK(…)», and never computed.
    Raises whatever openpyxl meets in a broken file; the caller turns that into one clear error.
    """
    with warnings.catch_warnings():
        # openpyxl warns of styles, validations and dates it does not know: nothing people wrote.
        warnings.simplefilter("ignore")
        values = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
        formulas = (
            openpyxl.load_workbook(BytesIO(data), read_only=True)
            if _has_formulas(archive)
            else None
        )
        if len(values.worksheets) > MAX_SHEETS:
            raise UnreadableFileError(FileProblem.TOO_BIG)
        budget = Budget()
        return [
            _read_sheet(worksheet, formulas[worksheet.title] if formulas else None, budget)
            for worksheet in values.worksheets
        ]


def _has_formulas(archive: zipfile.ZipFile) -> bool:
    sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
    return any(b"<f>" in part or b"<f " in part for part in map(archive.read, sheets))


# openpyxl's read-only sheets share no type with its ordinary ones.
def _read_sheet(values: Any, formulas: Any, budget: Budget) -> Sheet:
    collector = RowCollector(budget)
    formula_rows = _rows_of(formulas) if formulas is not None else repeat(())
    for number, (row, texts) in enumerate(zip(_rows_of(values), formula_rows, strict=False), 1):
        if number > _LAST_ROW_OF_EXCEL:
            raise UnreadableFileError(FileProblem.BROKEN)
        if row.count(None) + texts.count(None) == len(row) + len(texts):
            # A sheet may claim a million rows; those without a cell have to cost next to nothing.
            collector.skip(1)
        else:
            collector.add(_with_formula_texts(row, texts))
    return Sheet(values.title, collector.rows, is_hidden=values.sheet_state != "visible")


def _rows_of(worksheet: Any) -> Any:
    """All rows, whatever size the sheet claims; one column more than allowed, to notice it."""
    worksheet.reset_dimensions()
    return worksheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1)


def _with_formula_texts(row: Row, texts: Row) -> list[Cell]:
    pairs = zip(row, chain(texts, repeat(None)), strict=False)
    return [_formula_text(text) if value is None else value for value, text in pairs]


def _formula_text(formula: object) -> str | None:
    match formula:
        case None:
            return None
        case ArrayFormula():
            return str(formula.text or "")
        case DataTableFormula():
            return None
        case _:
            return str(formula)
