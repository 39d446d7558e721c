"""What a spreadsheet holds, free of the format it came in."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

Cell = str | int | float | bool | datetime | date | time | timedelta | None
Row = Sequence[Cell]

#: Texts by which Excel, LibreOffice and others show a formula that failed, German ones included.
FORMULA_ERRORS: Final = frozenset(
    [
        "#NAME?",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#N/A",
        "#NUM!",
        "#NULL!",
        "#NV",
        "#BEZUG!",
        "#WERT!",
        "#ZAHL!",
        "#SPILL!",
        "#GETTING_DATA",
        "Err:501",
        "Err:502",
        "Err:504",
        "Err:508",
        "Err:509",
        "Err:511",
        "Err:522",
    ]
)

#: Up to here a float holds every whole number.
_EXACT: Final = 2**53
_LONGEST_REMEMBERED: Final = 40
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe"})
_UNUSABLE: Final = re.compile(
    # Control characters, halves of surrogate pairs, embeddings and overrides of writing direction:
    # no database stores the first two, and the last make a text look like another one.
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``rows[0]`` is row 1 of the spreadsheet; empty rows stand in place as ``()``."""

    name: str
    rows: Sequence[Row]
    #: A text file ends a row where its line ends, so a row that is too short has lost something.
    is_delimited: bool = False
    is_hidden: bool = False
    width: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", max(map(len, self.rows), default=0))

    def cell(self, row: int, column: int) -> Cell:
        """The cell in the row numbered from 1 and the column numbered from 0, None outside."""
        if not 1 <= row <= len(self.rows):
            return None
        cells = self.rows[row - 1]
        return cells[column] if 0 <= column < len(cells) else None

    def text(self, row: int, column: int) -> str:
        return cell_text(self.cell(row, column))


def clean(text: str) -> str:
    """The text without what no list of people means: control characters, stray spaces."""
    text = _UNUSABLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\u00a0", " ").replace("\u202f", " ").strip()


def cell_text(cell: Cell) -> str:
    """The cell as a person would read it: 1239.0 is «1239», a date is in ISO form."""
    match cell:
        case None:
            text = ""
        case str():
            text = clean(cell)
        case bool():
            text = "true" if cell else "false"
        case float() if cell.is_integer() and abs(cell) < _EXACT:
            text = str(int(cell))
        case datetime() if cell.time() != time():
            text = cell.isoformat(" ", "minutes")
        case datetime():
            text = cell.date().isoformat()
        case time():
            text = cell.isoformat("minutes")
        case _:
            text = str(cell)
    return text


def is_blank(row: Row) -> bool:
    return all(cell is None or (isinstance(cell, str) and not clean(cell)) for cell in row)


def soften(text: str) -> str:
    """Lower case, «ü» as «ue», other accents gone; punctuation stays."""
    return _soften(text) if len(text) > _LONGEST_REMEMBERED else _soften_again(text)


def fold(text: str) -> str:
    """Words only, softened, one space between them: «PLZ / Ort» becomes «plz ort»."""
    return _fold(text) if len(text) > _LONGEST_REMEMBERED else _fold_again(text)


def _soften(text: str) -> str:
    text = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


def _fold(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", soften(text)))


# «abends» and «Deutsch» come again in every row; long texts do not, and are not to be kept.
_soften_again = lru_cache(maxsize=2_000)(_soften)
_fold_again = lru_cache(maxsize=2_000)(_fold)
