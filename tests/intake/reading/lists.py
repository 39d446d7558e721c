"""Invented lists of people, written in the formats and with the habits of real sites."""

import csv
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl

from tandemwerk.intake.reading import (
    Mapping,
    Outcome,
    PersonDraft,
    RowVerdict,
    Sheet,
    guess_mapping,
    read_people,
    read_workbook,
)

TODAY = date(2026, 11, 22)
REAL_LISTS = Path(__file__).parents[2] / "data" / "lists"

Rows = Sequence[Sequence[Any]]


def xlsx(sheets: Dictionary[str, Rows], *, merged: Sequence[str] = ()) -> bytes:
    """An XLSX file; ``merged`` are ranges of the first sheet."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        worksheet = workbook.create_sheet(title)
        for row in rows:
            worksheet.append(row)
    for cells in merged:
        workbook.worksheets[0].merge_cells(cells)
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


def delimited(rows: Rows, *, separator: str = ";", encoding: str = "utf-8") -> bytes:
    target = StringIO(newline="")
    csv.writer(target, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return target.getvalue().encode(encoding)


def read(data: bytes, filename: str = "Liste.csv") -> tuple[Sheet, Mapping, list[RowVerdict]]:
    """The first sheet of a file, its guessed mapping, and the verdicts."""
    sheet = read_workbook(data, filename)[0]
    mapping = guess_mapping(sheet)
    return sheet, mapping, read_people(sheet, mapping, today=TODAY)


def people(verdicts: Sequence[RowVerdict]) -> list[PersonDraft]:
    return [v.person for v in verdicts if v.outcome is Outcome.TAKE and v.person]


def taken(verdicts: Sequence[RowVerdict]) -> list[int]:
    return [verdict.row for verdict in verdicts if verdict.outcome is Outcome.TAKE]


def handed_back(verdicts: Sequence[RowVerdict]) -> dict[int, list[str]]:
    """The codes of the errors of every row that is handed back."""
    return {
        verdict.row: [error.code.value for error in verdict.errors]
        for verdict in verdicts
        if verdict.outcome is Outcome.HAND_BACK
    }


def fields(mapping: Mapping) -> dict[str, str]:
    """What every header was taken for."""
    return {mapping.headers[column]: field.value for column, field in mapping.columns.items()}
