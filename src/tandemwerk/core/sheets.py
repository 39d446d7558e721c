"""Lists as files that spreadsheets open: nothing in them is ever a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final, Literal, get_args

from django.http import HttpResponse
from django.utils import timezone

Format = Literal["csv", "xlsx"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
_CONTENT_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: What spreadsheets take for the beginning of a formula, spaces in front notwithstanding.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_WIDEST: Final = 48

Row = Sequence[Any]


def safe_text(text: str) -> str:
    """Return ``text`` so that no spreadsheet computes it.

    >>> safe_text("=1+1")
    "'=1+1"
    """
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def _cell(value: Any) -> Any:
    """Return numbers and dates as they are, everything else as harmless text."""
    if value is None or isinstance(value, bool):
        return "" if value is None else int(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    if isinstance(value, (int, float, date)):
        return value
    return safe_text(str(value))


def as_csv(head: Row, rows: Iterable[Row]) -> bytes:
    """Return a file that Excel opens with its letters right: UTF-8 with mark, semicolons."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([safe_text(str(label)) for label in head])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_xlsx(head: Row, rows: Iterable[Row], *, title: str = "") -> bytes:
    """Return a workbook of one sheet with a fixed head."""
    import xlsxwriter  # noqa: PLC0415 - slow to load

    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        for column, label in enumerate(head):
            sheet.set_column(column, column, min(max(len(str(label)) + 4, 12), _WIDEST))
        for column, label in enumerate(head):
            sheet.write_string(0, column, str(label), bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            for column, raw in enumerate(row):
                value = _cell(raw)
                if isinstance(value, datetime):
                    sheet.write_datetime(number, column, value, moment)
                elif isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, (int, float)):
                    sheet.write_number(number, column, value)
                else:
                    sheet.write_string(number, column, value)
    return file.getvalue()


def _sheet_name(title: str) -> str:
    """Return a name that a sheet may have."""
    return "".join(" " if sign in r"[]:*?/\'" else sign for sign in title)[:31].strip() or "1"


def download(
    kind: Format, *, name: str, head: Row, rows: Iterable[Row], title: str = ""
) -> HttpResponse:
    """Answer with the list as a file to keep. ``name`` has no ending and names nobody."""
    content = as_csv(head, rows) if kind == "csv" else as_xlsx(head, rows, title=title)
    response = HttpResponse(content, content_type=_CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response
