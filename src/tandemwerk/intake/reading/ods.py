"""OpenDocument spreadsheets, read as a stream.

python-calamine reads them too, but lays every sheet out as a full rectangle: a file of five
kilobytes with one cell in the far corner asks for half a terabyte, and the allocation failure
ends the process. Repetitions are therefore counted here before anything is laid out.
"""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from tandemwerk.intake.reading.cells import Cell, Sheet
from tandemwerk.intake.reading.collecting import Budget, RowCollector
from tandemwerk.intake.reading.errors import FileProblem, UnreadableFileError
from tandemwerk.intake.reading.limits import MAX_COLUMNS, MAX_SHEETS

_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_MANY: Final = 10_000_000


def read_ods(archive: zipfile.ZipFile) -> list[Sheet]:
    """All sheets. Raises ParseError, KeyError or ValueError where the document is broken."""
    if b"encryption-data" in _manifest(archive):
        raise UnreadableFileError(FileProblem.PASSWORD_PROTECTED)
    sheets: list[Sheet] = []
    budget = Budget()
    collector = RowCollector(budget)
    with archive.open("content.xml") as content:
        for event, element in iterparse(content, events=("start", "end")):
            if event == "start":
                if element.tag == f"{_TABLE}table":
                    collector = RowCollector(budget)
            elif element.tag == f"{_TABLE}table-row":
                _add_row(collector, element)
                element.clear()
            elif element.tag == f"{_TABLE}table":
                name = element.get(f"{_TABLE}name") or f"Tabelle{len(sheets) + 1}"
                sheets.append(Sheet(name, collector.rows))
                element.clear()
                if len(sheets) > MAX_SHEETS:
                    raise UnreadableFileError(FileProblem.TOO_BIG)
    return sheets


def _manifest(archive: zipfile.ZipFile) -> bytes:
    try:
        return archive.read("META-INF/manifest.xml")
    except KeyError:
        return b""


def _add_row(collector: RowCollector, element: Element) -> None:
    row = list(_cells(element))
    repeated = _count(element, "number-rows-repeated")
    if not any(cell is not None for cell in row):
        collector.skip(repeated)
        return
    for _ in range(repeated):
        collector.add(row)


def _cells(row: Element) -> Iterator[Cell]:
    """The cells of a row; what repeats an empty cell to the sheet's edge is cut."""
    width = 0
    empty = 0
    for element in row:
        if element.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        repeated = _count(element, "number-columns-repeated")
        value = _value(element)
        if value is None:
            empty += repeated
            continue
        if width + empty + repeated > MAX_COLUMNS:
            raise UnreadableFileError(FileProblem.TOO_MANY_COLUMNS)
        yield from [None] * empty
        yield from [value] * repeated
        width += empty + repeated
        empty = 0


def _count(element: Element, name: str) -> int:
    return min(max(int(element.get(f"{_TABLE}{name}", "1")), 1), _MANY)


def _value(element: Element) -> Cell:
    text = "\n".join(_text(paragraph) for paragraph in element.findall(f"{_TEXT}p"))
    match element.get(f"{_OFFICE}value-type"):
        case "float" | "currency" | "percentage":
            number = float(element.get(f"{_OFFICE}value", "nan"))
            return number if number == number else text or None  # noqa: PLR0124 - NaN is unlike itself
        case "boolean":
            return element.get(f"{_OFFICE}boolean-value") == "true"
        case "date":
            return _moment(element.get(f"{_OFFICE}date-value", "")) or text or None
        case "string":
            return text or element.get(f"{_OFFICE}string-value") or None
        case _:
            return text or None


def _moment(text: str) -> datetime | date | None:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return None


def _text(element: Element) -> str:
    """The words of a paragraph with its spaces, tabs and line breaks, without comments."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(int(child.get(f"{_TEXT}c", "1")), 100))
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif not child.tag.startswith(_OFFICE):
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
