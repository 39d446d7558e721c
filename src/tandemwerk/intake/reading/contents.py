"""What the cells of a column say about it: how many of them read as a given field."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from tandemwerk.intake.reading.cells import Cell, cell_text, fold
from tandemwerk.intake.reading.fields import Field
from tandemwerk.intake.reading.values.availability import parse_availability
from tandemwerk.intake.reading.values.choices import (
    parse_gender,
    parse_interests,
    parse_kinds,
    parse_priority,
    parse_side,
    parse_topics,
    parse_wished_gender,
)
from tandemwerk.intake.reading.values.contact import parse_contact_preference, parse_phone
from tandemwerk.intake.reading.values.dates import parse_age, parse_birth, parse_waiting_since
from tandemwerk.intake.reading.values.languages import language_in, parse_languages, parse_level
from tandemwerk.intake.reading.values.numbers import (
    parse_capacity,
    parse_group_size,
    parse_km,
    parse_max_group,
    parse_volunteers_wanted,
)
from tandemwerk.intake.reading.values.people import is_name
from tandemwerk.intake.reading.values.places import parse_postcode
from tandemwerk.intake.reading.values.reading import parse_yes_no, says_nothing

#: A day on which every date of today's lists lies in the past; guesses do not depend on the clock.
_ANY_DAY: Final = date(2099, 12, 31)
#: Between them, everybody born from 1910 on is alive.
_DAYS_OF_LIVES: Final = (date(2020, 12, 31), date(2060, 12, 31))
_FEWEST_PHONE_DIGITS: Final = 6
#: Longer texts are remarks, whatever words they contain.
_LONGEST_TELLING: Final = 300


def fit(field: Field, cells: Sequence[Cell], header: str) -> float | None:
    """The share of cells that read as the field; None where cells cannot tell, or are empty."""
    reads = _READERS.get(field)
    filled = [cell for cell in cells if _may_tell(cell_text(cell))]
    if reads is None or not filled:
        return None
    if _is_grid(field, header):
        return sum(_reads_in_grid(reads, cell) for cell in filled) / len(filled)
    return sum(reads(cell) for cell in filled) / len(filled)


def _may_tell(text: str) -> bool:
    return len(text) <= _LONGEST_TELLING and not says_nothing(text)


def names_both_sides(cells: Sequence[Cell]) -> bool:
    return len({parse_side(cell_text(cell)) for cell in cells} - {None}) > 1


def _is_grid(field: Field, header: str) -> bool:
    """Whether the header is a value and the cells only tick it: «Mo vorm.» above «x»."""
    match field:
        case Field.AVAILABILITY:
            return bool(parse_availability(header).value)
        case Field.LANGUAGES:
            return bool(language_in(header))
        case Field.KINDS:
            return bool(parse_kinds(header).value)
        case Field.TOPICS:
            return bool(parse_topics(header).value)
        case _:
            return False


def _reads_in_grid(reads: Callable[[Cell], bool], cell: Cell) -> bool:
    text = cell_text(cell)
    return parse_yes_no(text) is not None or bool(parse_level(text).value) or reads(cell)


def _phone(cell: Cell) -> bool:
    text = cell_text(cell)
    digits = sum(map(str.isdigit, text))
    return digits >= _FEWEST_PHONE_DIGITS and "@" not in text and bool(parse_phone(text).value)


def _languages(cell: Cell) -> bool:
    found = parse_languages(cell_text(cell))
    return bool(found.value) and found.question is None


def _level(cell: Cell) -> bool:
    text = cell_text(cell)
    return bool(parse_level(text).value) and not parse_languages(text).value


def _birth(cell: Cell) -> bool:
    births = (parse_birth(cell, side=None, today=day).value for day in _DAYS_OF_LIVES)
    return any(birth.year for birth in births)


def _full_name(cell: Cell) -> bool:
    text = cell_text(cell)
    return is_name(text) and len(fold(text).split()) > 1


def _one_name(cell: Cell) -> bool:
    text = cell_text(cell)
    return is_name(text) and len(text.split()) == 1 and "," not in text


def _running_number(cell: Cell) -> bool:
    text = cell_text(cell)
    return len(text) < 12 and "@" not in text and not _phone(cell)  # noqa: PLR2004


def _capacity(cell: Cell) -> bool:
    found = parse_capacity(cell_text(cell))
    return found.error is None and found.question is None


def _waiting_since(cell: Cell) -> bool:
    return parse_waiting_since(cell, today=_ANY_DAY).value is not None


_READERS: Final[dict[Field, Callable[[Cell], bool]]] = {
    Field.SIDE: lambda cell: parse_side(cell_text(cell)) is not None,
    Field.NAME: _full_name,
    Field.GIVEN_NAME: lambda cell: is_name(cell_text(cell)) and "," not in cell_text(cell),
    Field.FAMILY_NAME: _one_name,
    Field.GENDER: lambda cell: parse_gender(cell_text(cell)).value != "-",
    Field.MAIL: lambda cell: "@" in cell_text(cell),
    Field.PHONE: _phone,
    Field.CONTACT: lambda cell: "@" in cell_text(cell) or _phone(cell),
    Field.CONTACT_PREFERENCE: lambda cell: (
        parse_contact_preference(cell_text(cell)).value is not None
    ),
    Field.POSTCODE: lambda cell: bool(parse_postcode(cell_text(cell)).value.postcode),
    Field.PLACE: lambda cell: re.search(r"[^\W\d_]{2}", cell_text(cell)) is not None,
    Field.ADDRESS: lambda cell: re.search(r"[^\W\d_]{3}.*\d", cell_text(cell)) is not None,
    Field.BIRTH: _birth,
    Field.AGE: lambda cell: parse_age(cell, side=None, today=_ANY_DAY).value.year is not None,
    Field.LANGUAGES: _languages,
    Field.LEVEL: _level,
    Field.AVAILABILITY: lambda cell: bool(parse_availability(cell_text(cell)).value),
    Field.KINDS: lambda cell: bool(parse_kinds(cell_text(cell)).value),
    Field.TOPICS: lambda cell: bool(parse_topics(cell_text(cell)).value),
    Field.INTERESTS: lambda cell: bool(parse_interests(cell_text(cell)).value),
    Field.MAX_KM: lambda cell: parse_km(cell_text(cell)).question is None,
    Field.CAPACITY: _capacity,
    Field.MAX_GROUP: lambda cell: parse_max_group(cell_text(cell)).question is None,
    Field.WAITING_SINCE: _waiting_since,
    Field.GROUP_SIZE: lambda cell: parse_group_size(cell_text(cell)).question is None,
    Field.VOLUNTEERS_WANTED: lambda cell: parse_volunteers_wanted(cell_text(cell)).question is None,
    Field.MINORS_OK: lambda cell: parse_yes_no(cell_text(cell)) is not None,
    Field.IS_MINOR: lambda cell: parse_yes_no(cell_text(cell)) is not None,
    Field.WISHES_GENDER: lambda cell: parse_wished_gender(cell_text(cell)).question is None,
    Field.PRIORITY: lambda cell: parse_priority(cell_text(cell)).question is None,
    Field.IGNORE: _running_number,
}
