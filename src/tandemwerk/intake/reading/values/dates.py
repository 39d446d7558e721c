"""Dates, years and ages as they stand in lists."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from tandemwerk.intake.reading.cells import Cell, cell_text, fold, soften
from tandemwerk.intake.reading.codes import AssumptionCode, ErrorCode, QuestionCode
from tandemwerk.intake.reading.fields import Side
from tandemwerk.intake.reading.values.reading import Reading, says_nothing

MAX_AGE: Final = 110
MIN_AGE_OF_VOLUNTEERS: Final = 12
_LONGEST_WAIT: Final = 30

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januar jaenner january jan",
            "februar feber february feb",
            "maerz march mar mrz maer",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "dezember december dez dec",
        ),
        1,
    )
    for name in names.split()
}
#: Where in a year a season or a vague word begins.
_SEASONS: Final = {
    "fruehjahr": 3,
    "fruehling": 3,
    "spring": 3,
    "sommer": 6,
    "summer": 6,
    "herbst": 9,
    "autumn": 9,
    "winter": 12,
    "anfang": 1,
    "early": 1,
    "mitte": 7,
    "ende": 11,
    "late": 11,
    "q1": 1,
    "q2": 4,
    "q3": 7,
    "q4": 10,
}
_LEADING: Final = re.compile(
    r"^(?:seit|since|ca\.?|circa|ungefaehr|etwa|about|around|ab|vom|am|im|in|um|from|the|geb\.?|\*|~)\s+"
)
_YEAR: Final = r"(?P<year>\d{4}|'?\d{2})"
_DAY_FIRST: Final = re.compile(
    rf"(?P<day>\d{{1,2}})\s*[./-]\s*(?P<month>\d{{1,2}})\s*[./-]\s*{_YEAR}"
)
_YEAR_FIRST: Final = re.compile(
    r"(?P<year>\d{4})\s*[-/.]\s*(?P<month>\d{1,2})\s*[-/.]\s*(?P<day>\d{1,2})"
)
_DAY_WORD_YEAR: Final = re.compile(
    rf"(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?\s*(?P<word>[a-z]+)\.?,?\s*{_YEAR}"
)
_WORD_DAY_YEAR: Final = re.compile(
    rf"(?P<word>[a-z]+)\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}"
)
_WORD_YEAR: Final = re.compile(rf"(?P<word>[a-z]+\d?)\.?\s*[/ ]?\s*{_YEAR}")
_MONTH_YEAR: Final = re.compile(r"(?P<month>\d{1,2})\s*[./-]\s*(?P<year>\d{4}|\d{2})")
_YEAR_MONTH: Final = re.compile(r"(?P<year>\d{4})\s*[-/.]\s*(?P<month>\d{1,2})")
_ONLY_YEAR: Final = re.compile(r"(?P<year>\d{4})")
_EIGHT_DIGITS: Final = re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>(?:19|20)\d{2})")
_EIGHT_DIGITS_ISO: Final = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_FORMS: Final = (
    _YEAR_FIRST,
    _DAY_FIRST,
    _EIGHT_DIGITS_ISO,
    _EIGHT_DIGITS,
    _DAY_WORD_YEAR,
    _WORD_DAY_YEAR,
    _WORD_YEAR,
    _YEAR_MONTH,
    _MONTH_YEAR,
    _ONLY_YEAR,
)
_AGO: Final = re.compile(
    r"(?:vor|seit)?\s*(?P<count>\d{1,3}|ein(?:em|er|en)?|a|one|zwei|two|drei|three)\s*"
    r"(?P<unit>tag|day|woche|week|wo|monat|month|mon|jahr|year)\w*\.?(?:\s*ago)?"
)
_COUNTS: Final = {"zwei": 2, "two": 2, "drei": 3, "three": 3}
_DAYS_OF_UNIT: Final = {"t": 1, "d": 1, "w": 7, "m": 30.44, "j": 365.25, "y": 365.25}
_AGE: Final = re.compile(
    r"(?P<age>\d{1,3})\s*(?:j|j\.|jahre?|jaehrig|years?(?: old)?|yrs?|y/?o)?(?: alt)?"
)
#: Day 0 of the calendar that Excel and LibreOffice count in.
_SPREADSHEET_EPOCH: Final = date(1899, 12, 30)
#: 1 January 1910 and 31 December 2079 in that calendar; no year is written with five digits.
_SERIALS: Final = range(3654, 65745)
_YEARS: Final = range(1800, 2101)


@dataclass(frozen=True, slots=True)
class Birth:
    year: int | None = None
    #: The whole date, where it is known: it alone tells whether somebody is 17 or 18.
    on: date | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """A date that was read, or the knowledge that there is no such day."""

    on: date | None = None
    has_day: bool = False
    two_digits: bool = False


def parse_waiting_since(cell: Cell, *, today: date) -> Reading[date | None]:
    """Since when somebody waits.

    A date, a month («Mai 2026», «03/2026»: its first day), a year or a span («seit 3 Monaten»).
    «Sommer» without a year is asked for.
    """
    text = cell_text(cell)
    if says_nothing(text):
        return Reading(None)
    found = _find(cell, text, newest=today)
    if found and found.on is None:
        return Reading(None, error=ErrorCode.DATE_DOES_NOT_EXIST)
    ago = _days_ago(soften(text)) if found is None else None
    since = found.on if found else today - timedelta(days=ago) if ago is not None else None
    if since is None or since.year < today.year - _LONGEST_WAIT:
        return Reading(None, text, question=QuestionCode.NOT_UNDERSTOOD)
    if since > today:
        return Reading(None, text, question=QuestionCode.DATE_IN_FUTURE)
    return Reading(since)


def parse_birth(cell: Cell, *, side: Side | None, today: date) -> Reading[Birth]:
    """Year of birth from a date, a year, two digits of a year, or «35 Jahre»."""
    text = cell_text(cell)
    if says_nothing(text):
        return Reading(Birth())
    youngest = MIN_AGE_OF_VOLUNTEERS if side is Side.VOLUNTEER else 0
    newest = today.replace(year=today.year - youngest, day=min(today.day, 28))
    if re.fullmatch(r"'?\d{2}", text):
        year = _full_year(text, newest.year)
        return Reading(Birth(year), assumption=_century(year, today))
    found = _find(cell, text, newest=newest)
    if found is None:
        return _birth_from_words(text, side=side, today=today)
    return _birth_from_date(found, side=side, today=today)


def _birth_from_date(found: _Found, *, side: Side | None, today: date) -> Reading[Birth]:
    if found.on is None:
        return Reading(Birth(), error=ErrorCode.DATE_DOES_NOT_EXIST)
    born = Birth(found.on.year, found.on if found.has_day else None)
    if not _is_plausible(born.year, side, today) or found.on > today:
        return Reading(Birth(), error=ErrorCode.BIRTH_YEAR_IMPOSSIBLE)
    return Reading(born, assumption=_century(found.on.year, today) if found.two_digits else None)


def parse_age(cell: Cell, *, side: Side | None, today: date) -> Reading[Birth]:
    """Year of birth from an age; a year in the same column is read as one."""
    text = cell_text(cell)
    if says_nothing(text):
        return Reading(Birth())
    found = _AGE.fullmatch(soften(text))
    if not found:
        return parse_birth(cell, side=side, today=today)
    year = today.year - int(found["age"])
    if not _is_plausible(year, side, today):
        return Reading(Birth(), error=ErrorCode.BIRTH_YEAR_IMPOSSIBLE)
    return Reading(Birth(year), assumption=AssumptionCode.YEAR_FROM_AGE)


def _birth_from_words(text: str, *, side: Side | None, today: date) -> Reading[Birth]:
    age = _AGE.fullmatch(_LEADING.sub("", soften(text)))
    if age and not text.strip().isdigit():
        return parse_age(age["age"], side=side, today=today)
    if re.fullmatch(r"-?\d+(?:[.,]\d+)?", text):
        return Reading(Birth(), error=ErrorCode.BIRTH_YEAR_IMPOSSIBLE)
    return Reading(Birth(), text, question=QuestionCode.NOT_UNDERSTOOD)


def _century(year: int, today: date) -> AssumptionCode | None:
    """Two digits are a guess only where somebody might as well be a hundred years older."""
    return AssumptionCode.CENTURY if year - 100 >= today.year - MAX_AGE else None


def _is_plausible(year: int | None, side: Side | None, today: date) -> bool:
    youngest = MIN_AGE_OF_VOLUNTEERS if side is Side.VOLUNTEER else 0
    return year is not None and today.year - MAX_AGE <= year <= today.year - youngest


def _find(cell: Cell, text: str, *, newest: date) -> _Found | None:
    if isinstance(cell, datetime):
        return _Found(cell.date(), has_day=True)
    if isinstance(cell, date):
        return _Found(cell, has_day=True)
    serial = _serial(cell, text)
    if serial is not None:
        return _Found(_SPREADSHEET_EPOCH + timedelta(days=serial), has_day=True)
    return _find_in_text(text, newest)


def _serial(cell: Cell, text: str) -> int | None:
    """The day a spreadsheet counts from 1899, where a date lost its format."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell == cell:  # noqa: PLR0124
        number = int(cell) if abs(cell) < _SERIALS.stop else 0
    elif re.fullmatch(r"\d{5}", text):
        number = int(text)
    else:
        return None
    return number if number in _SERIALS and number not in _YEARS else None


@lru_cache(maxsize=1_000)
def _find_in_text(text: str, newest: date) -> _Found | None:
    tidy = soften(text).strip(" .,()")
    tidy = re.sub(r"[t ]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:z| uhr)?$", "", tidy)
    for _ in range(3):
        tidy = _LEADING.sub("", tidy)
    for form in _FORMS:
        found = form.fullmatch(tidy)
        if found and (result := _date(found, newest, month_may_come_first="/" in tidy)):
            return result
    return None


def _date(found: re.Match[str], newest: date, *, month_may_come_first: bool) -> _Found | None:
    parts = found.groupdict()
    year_text = parts["year"].strip("'")
    year = _full_year(year_text, newest.year)
    month = _month(parts)
    if month is None or year not in range(1, 10_000):
        return None
    day = int(parts.get("day") or 1)
    if month_may_come_first and month > 12 >= day:  # noqa: PLR2004 - months
        month, day = day, month
    two_digits = len(year_text) < 4  # noqa: PLR2004
    if day == month == 0:
        # «00.00.1980» is how offices write that only the year is known.
        return _Found(date(year, 1, 1), two_digits=two_digits)
    try:
        return _Found(date(year, month, day), "day" in parts, two_digits)
    except ValueError:
        return _Found(None, "day" in parts, two_digits)


def _month(parts: dict[str, str]) -> int | None:
    if "word" in parts:
        word = fold(parts["word"])
        return _MONTHS.get(word) or _SEASONS.get(word)
    return int(parts.get("month") or 1)


def _full_year(text: str, newest: int) -> int:
    """«79» is the latest year ending so that is not after ``newest``."""
    digits = text.strip("'")
    if len(digits) > 2:  # noqa: PLR2004
        return int(digits)
    year = newest - newest % 100 + int(digits)
    return year if year <= newest else year - 100


def _days_ago(text: str) -> int | None:
    found = _AGO.fullmatch(text.strip(" ."))
    if not found:
        return None
    count = _COUNTS.get(found["count"], 1) if not found["count"].isdigit() else int(found["count"])
    return round(count * _DAYS_OF_UNIT[found["unit"][0]])
