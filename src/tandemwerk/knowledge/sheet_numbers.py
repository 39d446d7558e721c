"""What the numbers in a spreadsheet mean: days, shares or just numbers, as their style says."""

import re
from datetime import datetime, timedelta
from typing import Any, Final, Literal

NumberKind = Literal["", "date", "share"]

#: The styles that every program knows by their number (ECMA-376, part 1, 18.8.30).
_DATES: Final = frozenset(
    map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
)
_SHARES: Final = frozenset({"9", "10"})
#: Words in quotes, escaped letters, colours and conditions of a format.
_ASIDE: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_FIRST_DAY: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no time zone
_FIRST_DAY_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001 - the same


def kinds_of_styles(styles: list[str], named: dict[str, str]) -> list[NumberKind]:
    """Return the kind of each style, given its number and the formats that the file brings."""
    return [_kind(style, named.get(style, "")) for style in styles]


def _kind(style: str, format_code: str) -> NumberKind:
    plain = _ASIDE.sub("", format_code[:200]).lower()
    if style in _SHARES or "%" in plain:
        return "share"
    return "date" if style in _DATES or re.search("[dmyh]", plain) else ""


def moment_of(number: float, *, is_1904: bool) -> dict[str, Any] | None:
    """Return the day or the moment that a number stands for, None beyond the calendar.

    >>> moment_of(46351, is_1904=False)
    {'day': '2026-11-25'}
    >>> moment_of(46351.5, is_1904=False)
    {'moment': '2026-11-25T12:00'}
    """
    try:
        found = (_FIRST_DAY_1904 if is_1904 else _FIRST_DAY) + timedelta(days=number)
    except OverflowError:
        return None
    found += timedelta(seconds=30)  # a float misses the minute by a hair
    if 0 <= number < 1:
        return {"time": f"{found:%H:%M}"}
    if number.is_integer():
        return {"day": found.date().isoformat()}
    return {"moment": found.isoformat(timespec="minutes")}
