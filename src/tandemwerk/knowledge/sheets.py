"""The first rows of a spreadsheet, read once when it is brought.

However large a file is or claims to be, only the beginning of a few of its parts is unpacked:
``MAX_READ`` bytes of each, and of those no more than the first rows.
"""

import csv
import io
import math
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import iterparse

from tandemwerk.core.uploads import CSV, ODS, XLSX, Upload
from tandemwerk.knowledge.sheet_numbers import NumberKind, kinds_of_styles, moment_of

#: What is shown, and what one cell may say.
MAX_ROWS: Final = 12
MAX_COLUMNS: Final = 8
MAX_LETTERS: Final = 120
#: Bytes of a part that are unpacked, and rows that are looked at to find some with words.
MAX_READ: Final = 512 * 1024
MAX_LOOKED_AT: Final = 500
_MAX_STRINGS: Final = 20_000

#: Words, a number, or ``{"day": "2026-11-25"}``, ``{"moment": "…"}``, ``{"share": 0.19}``.
Cell = str | int | float | dict[str, Any]
Row = list[Cell]
_SEPARATORS: Final = ";\t,|"
#: Control letters, halves of letters, and marks that turn the direction of what follows.
_UNUSABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]+")


class _Part(NamedTuple):
    """A sheet as it is found in a file: its name and its rows, read as they are asked for."""

    name: str
    rows: Iterable[Row]


def first_rows(upload: Upload) -> dict[str, Any]:
    """Return ``{"name", "rows", "is_cut"}`` of the first sheet, or nothing where there is none.

    A strange file has no first rows; it never is an error.
    """
    read = _READERS.get(upload.media_type)
    if read is None:
        return {}
    try:
        part = read(upload.content)
        rows, is_cut = _with_words(part.rows)
    except Exception:  # noqa: BLE001 - parsers of broken files raise anything; it is a courtesy
        return {}
    return {"name": part.name, "rows": rows, "is_cut": is_cut} if rows else {}


def _with_words(rows: Iterable[Row]) -> tuple[list[Row], bool]:
    """Return the first rows that say something, all of one width, and whether there is more."""
    found: list[Row] = []
    width, is_cut = 0, False
    for number, row in enumerate(_until_it_breaks(rows)):
        filled = [place for place, cell in enumerate(row) if cell != ""]
        if filled and len(found) == MAX_ROWS:
            is_cut = True
        if is_cut or number == MAX_LOOKED_AT:
            break
        if filled:
            width = max(width, filled[-1] + 1)
            found.append(row[:MAX_COLUMNS])
    is_cut |= width > MAX_COLUMNS
    width = min(width, MAX_COLUMNS)
    square = [[*row, *[""] * width][:width] for row in found]
    used = [place for place in range(width) if any(row[place] != "" for row in square)]
    rows = [[row[place] for place in used] for row in square]
    return [row for row in rows if any(cell != "" for cell in row)], is_cut


def _until_it_breaks(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows until the part that was unpacked ends in the middle of one."""
    try:
        yield from rows
    except ParseError:
        return


def _text(words: str) -> str:
    return " ".join(_UNUSABLE.sub(" ", words[: MAX_LETTERS * 4]).split())[:MAX_LETTERS]


def _number(words: str, kind: NumberKind, *, is_1904: bool = False) -> Cell:
    """Return what a cell with a number shows; whatever is no number stays text."""
    try:
        number = float(words)
    except ValueError:
        return _text(words)
    if not math.isfinite(number):
        return _text(words)
    if kind == "date" and (moment := moment_of(number, is_1904=is_1904)):
        return moment
    if kind == "share":
        return {"share": number}
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


# --- text -----------------------------------------------------------------------------------------


def _read_csv(content: bytes) -> _Part:
    text = content[:MAX_READ].decode("utf-8-sig", errors="ignore")
    first, _line_end, rest = text.partition("\n")
    if named := re.fullmatch(r"sep=(.)\r?", first):
        text, separator = rest, named[1]
    else:
        separator = max(_SEPARATORS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return _Part("", ([_text(cell) for cell in line[: MAX_COLUMNS + 1]] for line in lines))


# --- parts of an office file ----------------------------------------------------------------------


class _Beginning(io.RawIOBase):
    """The first bytes of a part; what comes after them is never unpacked."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._part = archive.open(name)
        self._left = MAX_READ

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        given = self._part.read(wanted)
        self._left -= len(given)
        return given


def _elements(archive: zipfile.ZipFile, name: str, wanted: str) -> Iterator[Element]:
    """Yield the elements called ``wanted`` as they end; each is emptied before the next one."""
    for _event, element in iterparse(_Beginning(archive, name), events=("end",)):
        if _name(element) == wanted:
            yield element
            element.clear()


def _name(element: Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _attribute(element: Element, name: str) -> str:
    """Return an attribute, whatever namespace it stands in."""
    return next(
        (value for key, value in element.attrib.items() if key.rsplit("}", 1)[-1] == name), ""
    )


# --- XLSX -----------------------------------------------------------------------------------------


def _read_xlsx(content: bytes) -> _Part:
    archive = zipfile.ZipFile(io.BytesIO(content))
    sheets = [
        (each.get("name", ""), _attribute(each, "id"))
        for each in _elements(archive, "xl/workbook.xml", "sheet")
        if each.get("state", "visible") == "visible"
    ]
    name, number = sheets[0]
    targets = {
        each.get("Id"): each.get("Target", "")
        for each in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    target = targets[number]
    part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    facts = [
        each.get("date1904", "") for each in _elements(archive, "xl/workbook.xml", "workbookPr")
    ]
    return _Part(_text(name), _xlsx_rows(archive, part, is_1904=facts[:1] in (["1"], ["true"])))


def _xlsx_rows(archive: zipfile.ZipFile, part: str, *, is_1904: bool) -> Iterator[Row]:
    strings = _Strings(archive)
    kinds = _styles(archive)
    for row in _elements(archive, part, "row"):
        cells: dict[int, Cell] = {}
        for place, cell in enumerate(row):
            column = _column(cell.get("r", ""), place)
            if column <= MAX_COLUMNS:
                cells[column] = _xlsx_cell(cell, strings, kinds, is_1904=is_1904)
        yield [cells.get(place, "") for place in range(max(cells, default=-1) + 1)]


def _column(reference: str, place: int) -> int:
    """Return the number of a column: 0 for «A7», 27 for «AB7», ``place`` where none is named."""
    letters = re.match("[A-Z]{1,3}", reference)
    if letters is None:
        return place
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _xlsx_cell(
    cell: Element, strings: "_Strings", kinds: list[NumberKind], *, is_1904: bool
) -> Cell:
    value = next((each.text or "" for each in cell if _name(each) == "v"), "")
    match cell.get("t", "n"):
        case "s":
            return strings[int(value)] if value else ""
        case "inlineStr":
            return _text(_words_of(cell))
        case "b":
            return "✓" if value == "1" else "✗"
        case "n" if value:
            style = int(cell.get("s", "0"))
            kind = kinds[style] if 0 <= style < len(kinds) else ""
            return _number(value, kind, is_1904=is_1904)
        case _:
            return _text(value)


class _Strings:
    """The texts that cells point to, read as far as somebody asks."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        is_there = "xl/sharedStrings.xml" in archive.namelist()
        self._more = _elements(archive, "xl/sharedStrings.xml", "si") if is_there else iter(())
        self._read: list[str] = []

    def __getitem__(self, place: int) -> str:
        if not 0 <= place < _MAX_STRINGS:
            return "…"
        while place >= len(self._read):
            try:
                self._read.append(_text(_words_of(next(self._more))))
            except (StopIteration, ParseError):
                return "…"
        return self._read[place]


def _words_of(element: Element) -> str:
    """Return the words in an element, without how they are pronounced."""
    spoken = {each for part in element.iter() if _name(part) == "rPh" for each in part.iter()}
    return "".join(
        each.text or "" for each in element.iter() if _name(each) == "t" and each not in spoken
    )


def _styles(archive: zipfile.ZipFile) -> list[NumberKind]:
    if "xl/styles.xml" not in archive.namelist():
        return []
    named = {
        each.get("numFmtId", ""): each.get("formatCode", "")
        for each in _elements(archive, "xl/styles.xml", "numFmt")
    }
    for each in _elements(archive, "xl/styles.xml", "cellXfs"):
        return kinds_of_styles([style.get("numFmtId", "0") for style in each], named)
    return []


# --- ODS ------------------------------------------------------------------------------------------


def _read_ods(content: bytes) -> _Part:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return _Part(_ods_name(archive), _ods_rows(archive))


def _ods_name(archive: zipfile.ZipFile) -> str:
    for _event, each in iterparse(_Beginning(archive, "content.xml"), events=("start",)):
        if _name(each) == "table":
            return _text(_attribute(each, "name"))
    return ""


def _ods_rows(archive: zipfile.ZipFile) -> Iterator[Row]:
    """Yield the rows of the first sheet. What repeats is counted before anything is laid out."""
    for _event, element in iterparse(_Beginning(archive, "content.xml"), events=("end",)):
        match _name(element):
            case "table":
                return
            case "table-row":
                row = _ods_row(element)
                repeated = _repeated(element, "number-rows-repeated") if any(row) else 1
                element.clear()
                yield from [row] * min(repeated, MAX_ROWS + 1)


def _ods_row(element: Element) -> Row:
    row: Row = []
    for cell in element:
        if _name(cell) not in {"table-cell", "covered-table-cell"} or len(row) > MAX_COLUMNS:
            continue
        paragraphs = ("".join(each.itertext()) for each in cell if _name(each) == "p")
        words = _text(" ".join(paragraphs))
        row += [words] * min(_repeated(cell, "number-columns-repeated"), MAX_COLUMNS + 1)
    while row and row[-1] == "":
        row.pop()
    return row


def _repeated(element: Element, name: str) -> int:
    words = _attribute(element, name)
    return int(words) if words.isdecimal() and len(words) < 10 else 1  # noqa: PLR2004 - digits


_READERS: Final[dict[str, Callable[[bytes], _Part]]] = {
    CSV: _read_csv,
    XLSX: _read_xlsx,
    ODS: _read_ods,
}
