"""Rows of a list that are not people: sums, headers repeated on every page, headings, remarks."""

import re
from collections.abc import Sequence
from typing import Final

from tandemwerk.intake.reading.cells import Cell, Row, cell_text, fold, soften
from tandemwerk.intake.reading.codes import SkipCode
from tandemwerk.intake.reading.entry import Column
from tandemwerk.intake.reading.fields import Field, Side
from tandemwerk.intake.reading.values.choices import parse_side
from tandemwerk.intake.reading.values.people import is_name

_SUM: Final = re.compile(
    r"(?:zwischen|gesamt|end)?(?:summen?|anzahl|total|gesamt|insgesamt|sum|subtotal|ergebnis|durchschnitt"
    r"|mittelwert|average|count|grand total|in total)\b.*"
)
_COUNTED: Final = re.compile(
    r"(?:=.*|\d+(?:[.,]\d+)?\s*(?:personen|eintraege|leute|people|persons|entries|paten|patinnen|freiwillige"
    r"|volunteers|newcomers|mentees|stueck|gesamt|total|insgesamt)?\.?)"
)
_NAME_FIELDS: Final = frozenset({Field.NAME, Field.GIVEN_NAME, Field.FAMILY_NAME})
_FEW: Final = 3
_MOST_WORDS_OF_NAME: Final = 4
_MOST_WORDS_OF_HEADING: Final = 6
_SHARE_OF_HEADER: Final = 0.6


def why_no_person(row: Row, columns: Sequence[Column], headers: Sequence[str]) -> SkipCode | None:
    """Why a row is to be left out, or None if somebody stands in it."""
    ignored = {column.index for column in columns if column.field is Field.IGNORE}
    filled = {
        index: text
        for index, cell in enumerate(row)
        if index not in ignored and (text := cell_text(cell))
    }
    if not filled:
        return SkipCode.SUM if _begins_with_sum(row) else SkipCode.EMPTY
    if len(filled) > 1 and _repeats_header(filled, headers):
        return SkipCode.HEADER_AGAIN
    if _is_sum(row, list(filled.values()), most=max(_FEW, len(columns) // 3)):
        return SkipCode.SUM
    if len(filled) == 1:
        return _why_no_person_in_one_cell(*filled.popitem(), columns)
    is_label = len(filled) < _FEW and next(iter(filled.values())).endswith(":")
    return SkipCode.REMARK if is_label else None


def _is_sum(row: Row, texts: Sequence[str], *, most: int) -> bool:
    """Whether a row with few cells begins with «Summe», or holds nothing but figures."""
    if len(texts) > most:
        return False
    return _begins_with_sum(row) or all(_COUNTED.fullmatch(soften(text)) for text in texts)


def _why_no_person_in_one_cell(index: int, text: str, columns: Sequence[Column]) -> SkipCode | None:
    """A heading, a remark, or somebody of whom the list knows only the name."""
    if side_of_heading(text) is not None:
        return SkipCode.SECTION
    in_name_column = any(c.index == index and c.field in _NAME_FIELDS for c in columns)
    return None if in_name_column and _may_be_a_name(text) else SkipCode.REMARK


def side_of_heading(text: str) -> Side | None:
    """The side of the rows below a heading such as «Patinnen und Paten»."""
    words = text.split()
    if len(words) > _MOST_WORDS_OF_HEADING or "," in text:
        return None
    return parse_side(text)


def heading_of(row: Row) -> Side | None:
    texts = [text for cell in row if (text := cell_text(cell))]
    return side_of_heading(texts[0]) if texts else None


def _begins_with_sum(row: Row) -> bool:
    first: Cell = next((cell for cell in row if cell_text(cell)), None)
    return _SUM.fullmatch(fold(cell_text(first))) is not None


def _repeats_header(filled: dict[int, str], headers: Sequence[str]) -> bool:
    same = sum(
        index < len(headers) and fold(text) != "" and fold(text) == fold(headers[index])
        for index, text in filled.items()
    )
    return same >= len(filled) * _SHARE_OF_HEADER


def _may_be_a_name(text: str) -> bool:
    words = text.split()
    short = len(words) <= _MOST_WORDS_OF_NAME and not text.endswith((":", "!", "."))
    return is_name(text) and short and words[0][0].isupper()
