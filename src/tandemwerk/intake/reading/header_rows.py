"""Where the header stands: under titles and empty rows, in one row or in two."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tandemwerk.intake.reading.cells import Cell, Row, Sheet, cell_text
from tandemwerk.intake.reading.headers import (
    HEADER_LEVELS,
    UNDERSTOOD,
    header_scores,
    is_plain_value,
    is_understood,
)

_ROWS_SEARCHED: Final = 30
_FEWEST_UNDERSTOOD: Final = 2
_LEAST_SHARE_UNDERSTOOD: Final = 0.34
_LONGEST_GROUP_TITLE: Final = 40
#: By how much a header of two rows has to be better than one of them alone.
_WORTH_TWO_ROWS: Final = 0.4
_WORTH_OF_PLAIN_VALUE: Final = 0.1
_COST_OF_DATA: Final = 0.6
_FIGURES: Final = re.compile(r"\d[\d ./-]{3,}|^[\d.,/ -]+$")


@dataclass(frozen=True, slots=True)
class Header:
    """The texts above the columns, and the last row they take; row 0 where there are none."""

    row: int
    texts: tuple[str, ...]


def find_header(sheet: Sheet) -> Header:
    """The row that reads most like headers, if any does."""
    best, best_score = Header(0, ("",) * sheet.width), 0.0
    for number in range(1, min(len(sheet.rows), _ROWS_SEARCHED) + 1):
        one = header_at(sheet, number)
        score = _score(sheet.rows[number - 1])
        two = _two_rows(sheet, number)
        if two is not None:
            score_of_two = _score(two.texts)
            if score_of_two > score + _WORTH_TWO_ROWS:
                one, score = two, score_of_two
        if score > best_score:
            best, best_score = one, score
    return best


def header_at(sheet: Sheet, number: int) -> Header:
    """The header that ends in the row with this number; it may begin in the row above."""
    if not 1 <= number <= len(sheet.rows):
        return Header(0, ("",) * sheet.width)
    texts = [cell_text(cell) for cell in sheet.rows[number - 1]]
    one = Header(number, _padded(texts, sheet.width))
    two = _two_rows(sheet, number)
    if two is not None and _score(two.texts) > _score(one.texts) + _WORTH_TWO_ROWS:
        return two
    return one


def _two_rows(sheet: Sheet, number: int) -> Header | None:
    """The header of this row and the one above, whose texts may reach over several columns."""
    if number < 2:  # noqa: PLR2004 - the second row is the first that can have one above
        return None
    upper = _padded([cell_text(cell) for cell in sheet.rows[number - 2]], sheet.width)
    lower = _padded([cell_text(cell) for cell in sheet.rows[number - 1]], sheet.width)
    titles = [text for text in upper if text]
    if len(titles) < 2 or max(map(len, titles)) > _LONGEST_GROUP_TITLE:  # noqa: PLR2004
        return None
    if any(map(_is_data, sheet.rows[number - 1])) or not _are_headers(lower):
        return None
    texts: list[str] = []
    group = ""
    for above, below in zip(upper, lower, strict=True):
        # A text above nothing ends the group before it; nothing above nothing does as well.
        group = above or (group if below else "")
        texts.append(HEADER_LEVELS.join(filter(None, (group, below))))
    return Header(number, tuple(texts))


def _are_headers(texts: Sequence[str]) -> bool:
    """Whether the lower texts of a header in two rows say something themselves, most of them."""
    filled = [text for text in texts if text]
    understood = sum(map(is_understood, filled))
    return understood >= _FEWEST_UNDERSTOOD and 2 * understood >= len(filled)


def _padded(texts: Sequence[str], width: int) -> tuple[str, ...]:
    return (*texts, *("",) * (width - len(texts)))


def _score(row: Row) -> float:
    """How much a row reads like headers: their sum, less what is clearly data."""
    filled = [cell for cell in row if cell_text(cell)]
    worths = [_worth(cell) for cell in filled]
    understood = [worth for worth in worths if worth >= UNDERSTOOD]
    if len(understood) < _FEWEST_UNDERSTOOD:
        return 0.0
    if len(understood) < len(filled) * _LEAST_SHARE_UNDERSTOOD:
        return 0.0
    return sum(worths)


def _worth(cell: Cell) -> float:
    if _is_data(cell):
        return -_COST_OF_DATA
    text = cell_text(cell)
    worth = max(header_scores(text).values(), default=0.0)
    return min(worth, _WORTH_OF_PLAIN_VALUE) if is_plain_value(text) else worth


def _is_data(cell: Cell) -> bool:
    """Whether a cell can be no header: a number, a date, a mail address, many digits."""
    if cell is not None and not isinstance(cell, str):
        return True
    text = cell_text(cell)
    return "@" in text or _FIGURES.search(text) is not None
