"""Reading the pairing files: every value checked, every complaint with its file, row and column.

UTF-8 (a byte order mark is allowed), commas, a header row, every column of the format present in
any order. Empty cells mean "not said", except where a value decides about safety or reach (id,
max_km, minors_ok, is_minor). Ids are keys and stay exactly as they are.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any, Final, TypeVar

from tandemwerk.pairing.errors import PairingFileError, PairingInputError
from tandemwerk.pairing.model import Newcomer, Volunteer
from tandemwerk.pairing.scoring import check_weights
from tandemwerk.pairing.vocabulary import (
    KINDS,
    LEVELS,
    MAX_CAPACITY,
    MAX_PRIORITY,
    MAX_WANTED,
    SLOTS,
    TOPICS,
    Gender,
    GenderWish,
    Level,
    to_mask,
)
from tandemwerk.pairing.weights import Weights

_NUMBER: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_WHOLE: Final = re.compile(r"[0-9]{1,9}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LANGUAGE: Final = re.compile(r"([a-z]{2,3}(?:-[a-z0-9]{2,8})*):([a-z][0-9])")
_SLUG: Final = re.compile(r"[\w-]+")
_YEARS: Final = (1900, 2100)
_GROUP: Final = 1000


def _identifier(text: str) -> str:
    if not text.strip():
        raise PairingInputError("is empty")
    if not text.isprintable():
        raise PairingInputError("has characters that cannot be printed")
    return text


def _whole(least: int, most: int, default: int | None) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text and default is not None:
            return default
        if not _WHOLE.fullmatch(text) or not least <= int(text) <= most:
            raise PairingInputError(f"{text!r} is not a whole number from {least} to {most}")
        return int(text)

    return parse


def _kilometres(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise PairingInputError(f"{text!r} is not a number of km (such as 15 or 7.5)")
    return float(text)


def _year(text: str) -> int | None:
    return _whole(*_YEARS, None)(text) if text else None


def _size(text: str) -> int | None:
    return _whole(1, _GROUP, None)(text) if text else None


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise PairingInputError(f"{text!r} is not a date such as 2025-03-01")


def _languages(text: str) -> dict[str, Level]:
    languages: dict[str, Level] = {}
    for word in text.split():
        found = _LANGUAGE.fullmatch(word.lower())
        if not found or found[2].upper() not in LEVELS:
            raise PairingInputError(
                f"{word!r} is not a language with its level (such as de:B1, {' '.join(LEVELS)})"
            )
        if found[1] in languages:
            raise PairingInputError(f"language {found[1]!r} stands twice")
        languages[found[1]] = Level[found[2].upper()]
    return languages


def _interests(text: str) -> frozenset[str]:
    words = text.split()
    for word in words:
        if not _SLUG.fullmatch(word):
            raise PairingInputError(f"{word!r} is not a slug (letters, digits, - and _)")
    return frozenset(words)


def _mask(vocabulary: tuple[str, ...]) -> Callable[[str], int]:
    return lambda text: to_mask(text.split(), vocabulary)


def _one_of(kind: type[Gender] | type[GenderWish], default: str) -> Callable[[str], Any]:
    def parse(text: str) -> Gender | GenderWish:
        try:
            return kind(text or default)
        except ValueError:
            expected = " ".join(kind)
            raise PairingInputError(f"{text!r} is unknown, expected: {expected}") from None

    return parse


def _yes(text: str) -> bool:
    if text not in {"0", "1"}:
        raise PairingInputError(f"{text!r} is neither 0 nor 1")
    return text == "1"


_COMMON: Final[Mapping[str, Callable[[str], Any]]] = {
    "id": _identifier,
    "postcode": str,
    "gender": _one_of(Gender, "-"),
    "wishes_gender": _one_of(GenderWish, "any"),
    "birth_year": _year,
    "languages": _languages,
    "availability": _mask(SLOTS),
    "kinds": _mask(KINDS),
    "interests": _interests,
    "topics": _mask(TOPICS),
    "max_km": _kilometres,
    "waiting_since": _day,
    "group_size": _whole(1, _GROUP, 1),
}
#: The columns of each file and how a cell becomes a value.
VOLUNTEER_COLUMNS: Final = {
    **_COMMON,
    "capacity": _whole(1, MAX_CAPACITY, 1),
    "minors_ok": _yes,
    "max_group": _size,
}
NEWCOMER_COLUMNS: Final = {
    **_COMMON,
    "is_minor": _yes,
    "priority": _whole(0, MAX_PRIORITY, 0),
    "volunteers_wanted": _whole(1, MAX_WANTED, 1),
}
#: Columns that a file need not have.
OPTIONAL: Final = frozenset({"max_group", "volunteers_wanted"})
BLOCKED_COLUMNS: Final = {"volunteer_id": _identifier, "newcomer_id": _identifier}
#: Read without taking away blanks at the ends.
_KEYS: Final = frozenset({"id", *BLOCKED_COLUMNS})


#: Receives one line about something that was left out but does not stop the work.
Warn = Callable[[str], object]


def read_volunteers(path: Path, *, warn: Warn) -> list[Volunteer]:
    """Read ``volunteers.csv``; raises PairingFileError."""
    return _people(path, VOLUNTEER_COLUMNS, Volunteer, warn)


def read_newcomers(path: Path, *, warn: Warn) -> list[Newcomer]:
    """Read ``newcomers.csv``; raises PairingFileError."""
    return _people(path, NEWCOMER_COLUMNS, Newcomer, warn)


def read_blocked(path: Path, *, warn: Warn) -> list[tuple[str, str]]:
    """Read ``blocked.csv``: (volunteer id, newcomer id); raises PairingFileError."""
    return [
        (values["volunteer_id"], values["newcomer_id"])
        for _, values in _read(path, BLOCKED_COLUMNS, warn)
    ]


def read_weights(path: Path) -> Weights:
    """Read a weights file; raises PairingFileError."""
    try:
        weights = Weights.parse(read_bytes(path).decode("utf-8"))
        check_weights(weights)
    except UnicodeDecodeError:
        raise PairingFileError(path.name, "is not UTF-8 text") from None
    except PairingFileError:
        raise
    except PairingInputError as error:
        raise PairingFileError(path.name, str(error)) from None
    return weights


def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise PairingFileError(path.name, f"cannot be read ({reason})") from None


_Person = TypeVar("_Person", Volunteer, Newcomer)


def _people(
    path: Path, columns: Mapping[str, Callable[[str], Any]], kind: type[_Person], warn: Warn
) -> list[_Person]:
    """Read people column by column; where anything is wrong, row by row, to say what and where."""
    people = _quickly(path, columns, kind, warn)
    if people is None:
        return [kind(**values) for values in _read_people(path, columns, warn)]
    return people


def _quickly(
    path: Path, columns: Mapping[str, Callable[[str], Any]], kind: type[_Person], warn: Warn
) -> list[_Person] | None:
    """Return the people of a file without a fault, None otherwise (and then nothing was warned).

    Cells repeat, so each distinct one is understood once: tens of thousands of rows have some
    hundred words in most columns.
    """
    warnings = list[str]()
    try:
        (_, names), *rows = _rows(path)
        header = _header(path.name, names, columns, warnings.append)
        cells = [row for _, row in rows if any(row)]
        by_name = dict(zip(header, zip(*cells, strict=True), strict=False)) if cells else {}
        values: dict[str, list[Any]] = {
            name: _understood(by_name[name], parse, name in _KEYS)
            for name, parse in columns.items()
            if name in by_name
        }
    except (PairingInputError, ValueError):
        return None
    if len(set(values.get("id", ()))) < len(cells) or (cells and len(cells[0]) != len(header)):
        return None
    for warning in warnings:
        warn(warning)
    names = [*values]
    return [
        kind(**dict(zip(names, row, strict=True))) for row in zip(*values.values(), strict=True)
    ]


def _understood(cells: Iterable[str], parse: Callable[[str], Any], is_key: bool) -> list[Any]:
    if is_key:
        return [parse(cell) for cell in cells]
    distinct = dict.fromkeys(cells)
    meanings = {cell: parse(cell.strip()) for cell in distinct}
    return [meanings[cell] for cell in cells]


def _read_people(
    path: Path, columns: Mapping[str, Callable[[str], Any]], warn: Warn
) -> Iterator[dict[str, Any]]:
    rows: dict[str, int] = {}
    for row, values in _read(path, columns, warn):
        first = rows.setdefault(values["id"], row)
        if first != row:
            problem = f"{values['id']!r} stands in row {first} already"
            raise PairingFileError(path.name, problem, row=row, column="id")
        yield values


def _read(
    path: Path, columns: Mapping[str, Callable[[str], Any]], warn: Warn
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (row as a spreadsheet counts, values by column); empty rows are passed over."""
    rows = _rows(path)
    header = _header(path.name, next(rows, (1, []))[1], columns, warn)
    for row, cells in rows:
        if not any(cells):
            continue
        if len(cells) != len(header):
            problem = f"has {len(cells)} cells, the header has {len(header)}"
            raise PairingFileError(path.name, problem, row=row)
        values = {}
        for column, cell in zip(header, cells, strict=True):
            if column in columns:
                try:
                    values[column] = columns[column](cell if column in _KEYS else cell.strip())
                except PairingInputError as error:
                    raise PairingFileError(path.name, str(error), row=row, column=column) from None
        yield row, values


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PairingFileError(path.name, "is not UTF-8 text") from None
    row = 0
    try:
        for row, cells in enumerate(csv.reader(StringIO(text, newline=""), strict=True), start=1):
            yield row, cells
    except csv.Error as error:
        raise PairingFileError(path.name, f"is broken ({error})", row=row + 1) from None


def _header(file: str, cells: list[str], columns: Mapping[str, object], warn: Warn) -> list[str]:
    header = [cell.strip() for cell in cells]
    if not any(header):
        raise PairingFileError(file, "is empty, a header row is expected")
    if len(header) == 1 and re.search(r"[;\t|]", header[0]):
        raise PairingFileError(file, "columns must be separated by commas", row=1)
    twice = [name for name, times in Counter(header).items() if times > 1 and name in columns]
    if twice:
        raise PairingFileError(file, f"column {twice[0]!r} stands twice", row=1)
    missing = [name for name in columns if name not in header and name not in OPTIONAL]
    if missing:
        raise PairingFileError(file, f"columns are missing: {' '.join(missing)}", row=1)
    unknown = [name for name in header if name not in columns]
    if unknown:
        warn(f"{file}: unknown columns are left out: {' '.join(map(repr, unknown))}")
    return header
