"""Text files with separators: which encoding, which separator, which rows."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import PurePath
from typing import Final

from tandemwerk.intake.reading.cells import Sheet
from tandemwerk.intake.reading.collecting import Budget, RowCollector
from tandemwerk.intake.reading.errors import FileProblem, UnreadableFileError
from tandemwerk.intake.reading.limits import MAX_CELL_LENGTH

_SEPARATORS: Final = ";\t,|"
_SAMPLE_LINES: Final = 200
_BYTE_ORDER_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OTHER_FORMATS: Final = ("%PDF", "{\\rtf", "<!doctype", "<html", "<?xml", "<svg", "-----BEGIN")
#: ä ö ü Ä Ö Ü ß as DOS wrote them, and as Windows writes them.
_DOS_LETTERS: Final = b"\x84\x94\x81\x8e\x99\x9a\xe1"
_WINDOWS_LETTERS: Final = b"\xe4\xf6\xfc\xc4\xd6\xdc\xdf"
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_delimited(data: bytes, filename: str) -> list[Sheet]:
    """The one sheet of a text file, named after the file."""
    text = decode(data)
    if text.lstrip().casefold().startswith(tuple(map(str.casefold, _OTHER_FORMATS))):
        raise UnreadableFileError(FileProblem.NOT_A_SPREADSHEET)
    separator, text = _separator_line(text)
    separator = separator or _guess_separator(text)
    collector = RowCollector(Budget())
    for row in _records(text, separator):
        collector.add(row, keep_width=True)
    return [Sheet(PurePath(filename).stem, collector.rows, is_delimited=True)]


def decode(data: bytes) -> str:
    """The text in whichever of the usual encodings it was written.

    Byte order marks first, then UTF-16 by its zero bytes, then UTF-8, which other encodings
    hardly ever match by chance, then Windows-1252 or, by its umlauts, the DOS code page 850.
    """
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    encoding = encoding or _utf_16_without_mark(data)
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding:
            raise UnreadableFileError(FileProblem.BROKEN) from None
        dos = _count(data, _DOS_LETTERS) > _count(data, _WINDOWS_LETTERS)
        text = data.decode("cp850" if dos else "cp1252", errors="replace")
    # A text has no control characters to speak of; a picture or a program is full of them.
    if len(_CONTROL.findall(text)) > len(text) // 1000:
        raise UnreadableFileError(FileProblem.NOT_A_SPREADSHEET)
    return text


def _utf_16_without_mark(data: bytes) -> str | None:
    sample = data[:2000]
    if len(sample) < 4:  # noqa: PLR2004 - two letters
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > half * 0.6 and sample[::2].count(0) < half * 0.1:
        return "utf-16-le"
    if sample[::2].count(0) > half * 0.6 and sample[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return None


def _count(data: bytes, letters: bytes) -> int:
    return sum(data.count(letter) for letter in letters)


def _separator_line(text: str) -> tuple[str, str]:
    """Excel's own first line «sep=;», which is no row of the table."""
    found = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    return (found[1], text[found.end() :]) if found else ("", text)


def _guess_separator(text: str) -> str:
    """The separator that cuts most lines into the same number of cells, and into many."""
    sample = "".join(text.splitlines(keepends=True)[:_SAMPLE_LINES])
    return max(_SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: str, separator: str) -> float:
    widths = Counter(len(row) for row in _records(sample, separator) if any(map(str.strip, row)))
    if not widths:
        return 0.0
    (width, rows), *_ = widths.most_common(1)
    return (width - 1) * rows / widths.total()


def _records(text: str, separator: str) -> Iterator[list[str]]:
    """The rows, with quotes understood unless a stray one would swallow half the file."""
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
        if all(len(cell) <= MAX_CELL_LENGTH for row in rows for cell in row):
            return iter(rows)
    except csv.Error:
        # A field longer than any cell, or a line that ends inside one: read it again below.
        pass
    plain = csv.reader(StringIO(text, newline=""), delimiter=separator, quoting=csv.QUOTE_NONE)
    return _guarded(plain)


def _guarded(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error as error:
        raise UnreadableFileError(FileProblem.BROKEN) from error
