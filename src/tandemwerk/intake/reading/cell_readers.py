"""What a cell of each field adds to the entry of its row."""

import re
from collections.abc import Callable
from typing import Final

from tandemwerk.intake.reading.cells import Cell, cell_text, fold
from tandemwerk.intake.reading.codes import AssumptionCode, ErrorCode, QuestionCode
from tandemwerk.intake.reading.drafts import Finding
from tandemwerk.intake.reading.entry import Column, Entry
from tandemwerk.intake.reading.fields import Field, Side
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
from tandemwerk.intake.reading.values.contact import (
    parse_contact,
    parse_contact_preference,
    parse_mail,
    parse_phone,
)
from tandemwerk.intake.reading.values.dates import parse_age, parse_birth, parse_waiting_since
from tandemwerk.intake.reading.values.languages import parse_languages, parse_level
from tandemwerk.intake.reading.values.numbers import (
    parse_capacity,
    parse_group_size,
    parse_km,
    parse_max_group,
    parse_volunteers_wanted,
)
from tandemwerk.intake.reading.values.people import parse_name, parse_part_of_name
from tandemwerk.intake.reading.values.places import Place, parse_address, parse_postcode
from tandemwerk.intake.reading.values.reading import Reading, parse_yes_no, says_nothing

CellReader = Callable[[Entry, Column, Cell], None]

_FAMILY_FIRST: Final = re.compile(
    r"^(?:nach|familien|zu)?name\b.*\bvorname|^surname\b.*\bfirst|^last\b"
)
_CHILDREN: Final = re.compile(r"\bkinder|\bchildren")
_FIRST_LANGUAGE: Final = re.compile(
    r"muttersprache|erstsprache|mother tongue|native|first language"
)


def read_side(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    side = parse_side(text)
    if side is not None:
        entry.person.side = side
    elif not says_nothing(text) or entry.person.side is None:
        entry.errors.append(Finding(column.index, column.field, ErrorCode.SIDE_UNKNOWN, text))


def _read_name(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    family_first = _FAMILY_FIRST.search(fold(column.header)) is not None
    reading = parse_name(text, family_first=family_first)
    if reading.error is ErrorCode.NAME_MISSING:
        # Another column may hold the name; ``finish`` looks.
        if text and not says_nothing(text):
            entry.remark(column, text)
        return
    name = entry.take(column, reading, text)
    person = entry.person
    person.given_name = person.given_name or name.given
    person.family_name = person.family_name or name.family
    _gender_from_name(entry, name.gender)
    if name.people > person.group_size:
        person.group_size = name.people
        entry.assume(column, AssumptionCode.GROUP_SIZE, text)


def _gender_from_name(entry: Entry, gender: str) -> None:
    if entry.person.gender == "-":
        entry.person.gender = gender


def _read_given_name(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    entry.person.given_name = entry.take(column, parse_part_of_name(text), text)


def _read_family_name(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    if "," in text and not entry.person.given_name:
        _read_name(entry, column, cell)
    else:
        entry.person.family_name = entry.take(column, parse_part_of_name(text), text)


def _read_gender(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    gender = entry.take(column, parse_gender(text), text)
    if gender != "-":
        entry.person.gender = gender


def _read_mail(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    _keep_mail(entry, column, entry.take(column, parse_mail(text), text))


def _read_phone(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    _keep_phone(entry, column, entry.take(column, parse_phone(text), text))


def _read_contact(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    contact = entry.take(column, parse_contact(text), text)
    _keep_mail(entry, column, contact.mail)
    _keep_phone(entry, column, contact.phone)


def _keep_mail(entry: Entry, column: Column, mail: str) -> None:
    if mail and entry.person.mail and mail != entry.person.mail:
        entry.remark(column, mail)
    entry.person.mail = entry.person.mail or mail


def _keep_phone(entry: Entry, column: Column, phone: str) -> None:
    if phone and entry.person.phone and phone != entry.person.phone:
        entry.remark(column, phone)
    entry.person.phone = entry.person.phone or phone


def _read_contact_preference(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    entry.contact_preference = entry.take(column, parse_contact_preference(text), text)


def _read_postcode(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    reading = parse_postcode(text)
    if reading.error:
        entry.postcode_error = Finding(column.index, column.field, reading.error, text)
        if text and not says_nothing(text):
            entry.remark(column, text)
        return
    _keep_place(entry, entry.take(column, reading, text))


def _read_place(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    reading = parse_address(text)
    if reading.value.postcode:
        _keep_place(entry, entry.take(column, reading, text))
    elif not says_nothing(text):
        _keep_place(entry, Place(name=text))


def _read_address(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    if says_nothing(text):
        return
    _keep_place(entry, entry.take(column, parse_address(text), text))


def _keep_place(entry: Entry, place: Place) -> None:
    entry.person.postcode = entry.person.postcode or place.postcode
    entry.person.place_name = entry.person.place_name or place.name


def _read_birth(entry: Entry, column: Column, cell: Cell) -> None:
    reading = parse_birth(cell, side=entry.person.side, today=entry.today)
    birth = entry.take(column, reading, cell_text(cell))
    entry.birth = birth if birth.year else entry.birth


def _read_age(entry: Entry, column: Column, cell: Cell) -> None:
    if entry.birth.year is None:
        reading = parse_age(cell, side=entry.person.side, today=entry.today)
        entry.birth = entry.take(column, reading, cell_text(cell))


def _read_languages(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    if column.language and _speaks_language_of_header(entry, column, text):
        return
    default = "L1" if _FIRST_LANGUAGE.search(fold(column.header)) else ""
    for code, level in entry.take(column, parse_languages(text), text):
        if level or default or code not in entry.spoken:
            entry.spoken[code] = level or default


def _speaks_language_of_header(entry: Entry, column: Column, text: str) -> bool:
    """Whether the cell only says how well, or whether at all, its header's language is spoken."""
    answer = parse_yes_no(text)
    level = parse_level(text).value
    if answer is None and not level and not says_nothing(text):
        return False
    if level and parse_languages(text).value:
        return False
    if level or answer:
        entry.spoken[column.language] = level or entry.spoken.get(column.language, "")
    return True


def _read_level(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    language = column.language or "de"
    if parse_yes_no(text) is True:
        entry.spoken.setdefault(language, "")
        return
    level = entry.take(column, parse_level(text), text)
    if level:
        entry.spoken[language] = level


def _read_availability(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    answer = parse_yes_no(text)
    if answer is not None and column.slots:
        entry.person.availability |= column.slots if answer else 0
        return
    slots = entry.take(column, parse_availability(text), text)
    if column.slots:
        # «ab 17 Uhr» below «Montag» is Monday evening.
        slots = (slots & column.slots) or slots
    entry.person.availability |= slots


def _read_kinds(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    entry.person.kinds |= _ticked_bits(entry, column, text, column.kinds, parse_kinds)


def _read_topics(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    entry.person.topics |= _ticked_bits(entry, column, text, column.topics, parse_topics)


def _ticked_bits(
    entry: Entry, column: Column, text: str, ticked: int, parse: Callable[[str], Reading[int]]
) -> int:
    answer = parse_yes_no(text)
    if answer is not None and ticked:
        return ticked if answer else 0
    return entry.take(column, parse(text), text)


def _read_interests(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    slugs = entry.take(column, parse_interests(text), text)
    known = entry.person.interests
    entry.person.interests = known + tuple(slug for slug in slugs if slug not in known)


def _read_max_km(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    entry.person.max_km = entry.take(column, parse_km(text), text)


def _read_capacity(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    if entry.person.side is not Side.NEWCOMER:
        entry.person.capacity = entry.take(column, parse_capacity(text), text)
    elif not says_nothing(text):
        entry.remark(column, text)


def _read_max_group(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    if entry.person.side is not Side.NEWCOMER:
        entry.person.max_group = entry.take(column, parse_max_group(text), text)
    elif not says_nothing(text):
        entry.remark(column, text)


def _read_waiting_since(entry: Entry, column: Column, cell: Cell) -> None:
    reading = parse_waiting_since(cell, today=entry.today)
    entry.person.waiting_since = entry.take(column, reading, cell_text(cell))


def _read_group_size(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    counts_children = _CHILDREN.search(fold(column.header)) and text.isdigit()
    size = entry.take(
        column, parse_group_size(f"mit {text} Kindern" if counts_children else text), text
    )
    entry.person.group_size = max(size, entry.person.group_size)


def _read_volunteers_wanted(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    if entry.person.side is not Side.VOLUNTEER:
        entry.person.volunteers_wanted = entry.take(column, parse_volunteers_wanted(text), text)
    elif not says_nothing(text):
        entry.remark(column, text)


def _read_minors_ok(entry: Entry, column: Column, cell: Cell) -> None:
    entry.person.minors_ok = _yes_no(entry, column, cell_text(cell))


def _read_is_minor(entry: Entry, column: Column, cell: Cell) -> None:
    entry.is_minor = _yes_no(entry, column, cell_text(cell))


def _yes_no(entry: Entry, column: Column, text: str) -> bool | None:
    answer = parse_yes_no(text)
    if answer is None and not says_nothing(text):
        entry.ask(column, QuestionCode.NOT_UNDERSTOOD, text)
        entry.remark(column, text)
    return answer


def _read_wished_gender(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    entry.person.wishes_gender = entry.take(column, parse_wished_gender(text), text)


def _read_priority(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    entry.person.priority = entry.take(column, parse_priority(text), text)


def _read_remark(entry: Entry, column: Column, cell: Cell) -> None:
    text = cell_text(cell)
    if fold(text) or parse_yes_no(text):
        entry.remark(column, text)


def _leave_out(entry: Entry, column: Column, cell: Cell) -> None:
    """Running numbers and the reasons of an earlier hand-back are no facts about a person."""


#: ``Field.SIDE`` is read before all others, by ``read_side``.
CELL_READERS: Final[dict[Field, CellReader]] = {
    Field.NAME: _read_name,
    Field.GIVEN_NAME: _read_given_name,
    Field.FAMILY_NAME: _read_family_name,
    Field.GENDER: _read_gender,
    Field.MAIL: _read_mail,
    Field.PHONE: _read_phone,
    Field.CONTACT: _read_contact,
    Field.CONTACT_PREFERENCE: _read_contact_preference,
    Field.POSTCODE: _read_postcode,
    Field.PLACE: _read_place,
    Field.ADDRESS: _read_address,
    Field.BIRTH: _read_birth,
    Field.AGE: _read_age,
    Field.LANGUAGES: _read_languages,
    Field.LEVEL: _read_level,
    Field.AVAILABILITY: _read_availability,
    Field.KINDS: _read_kinds,
    Field.TOPICS: _read_topics,
    Field.INTERESTS: _read_interests,
    Field.MAX_KM: _read_max_km,
    Field.CAPACITY: _read_capacity,
    Field.MAX_GROUP: _read_max_group,
    Field.WAITING_SINCE: _read_waiting_since,
    Field.GROUP_SIZE: _read_group_size,
    Field.VOLUNTEERS_WANTED: _read_volunteers_wanted,
    Field.MINORS_OK: _read_minors_ok,
    Field.IS_MINOR: _read_is_minor,
    Field.WISHES_GENDER: _read_wished_gender,
    Field.PRIORITY: _read_priority,
    Field.NOTE: _read_remark,
    Field.OTHER: _read_remark,
    Field.IGNORE: _leave_out,
}
