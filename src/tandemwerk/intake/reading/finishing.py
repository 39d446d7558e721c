"""What can only be said once the whole row is read."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from tandemwerk.intake.reading.codes import AssumptionCode, ErrorCode, QuestionCode
from tandemwerk.intake.reading.drafts import ContactPreference, Finding
from tandemwerk.intake.reading.entry import Column, Entry
from tandemwerk.intake.reading.fields import Field, Side
from tandemwerk.intake.reading.values.dates import Birth

#: What somebody who lists a language without a level is taken to speak: enough to talk.
ASSUMED_LEVEL: Final = "B1"
#: German is what volunteers live in and newcomers are learning.
ASSUMED_GERMAN: Final = {Side.VOLUNTEER: "C1", Side.NEWCOMER: "A2"}
FULL_AGE: Final = 18

_NAME_FIELDS: Final = (Field.NAME, Field.FAMILY_NAME, Field.GIVEN_NAME)
_CONTACT_FIELDS: Final = (Field.MAIL, Field.PHONE, Field.CONTACT)


def finish(entry: Entry, columns: Sequence[Column]) -> None:
    """Put the entry's parts together into its person and say what is missing."""
    person = entry.person
    if person.side is None and not any(e.code is ErrorCode.SIDE_UNKNOWN for e in entry.errors):
        entry.errors.append(Finding(None, Field.SIDE, ErrorCode.SIDE_UNKNOWN))
    _finish_name(entry, columns)
    _finish_postcode(entry, columns)
    _finish_languages(entry)
    _finish_contact(entry, columns)
    person.birth_year = entry.birth.year
    person.is_minor = _is_minor(entry.birth, entry.today) or bool(entry.is_minor)
    if person.birth_year is None:
        _ask_for(entry, columns, Field.BIRTH, Field.AGE)
    if not person.languages:
        _ask_for(entry, columns, Field.LANGUAGES)
    if not person.availability:
        _ask_for(entry, columns, Field.AVAILABILITY)
    person.note = "\n".join(entry.remarks)


def _finish_name(entry: Entry, columns: Sequence[Column]) -> None:
    person = entry.person
    if not person.family_name:
        person.given_name, person.family_name = "", person.given_name
    if person.family_name:
        return
    column = _first(columns, *_NAME_FIELDS)
    index = column.index if column else None
    meaning = column.field if column else Field.NAME
    entry.errors.append(Finding(index, meaning, ErrorCode.NAME_MISSING))


def _finish_postcode(entry: Entry, columns: Sequence[Column]) -> None:
    """A row without a postcode is handed back, unless the list has no place for postcodes."""
    if entry.person.postcode:
        return
    if entry.postcode_error:
        entry.errors.append(entry.postcode_error)
        return
    column = _first(columns, Field.POSTCODE, Field.ADDRESS)
    if column:
        entry.errors.append(Finding(column.index, column.field, ErrorCode.POSTCODE_MISSING))
    else:
        entry.questions.append(Finding(None, Field.POSTCODE, QuestionCode.MISSING))


def _finish_languages(entry: Entry) -> None:
    side = entry.person.side
    assumed = {
        code: ASSUMED_GERMAN.get(side, ASSUMED_LEVEL) if code == "de" and side else ASSUMED_LEVEL
        for code, level in entry.spoken.items()
        if not level
    }
    entry.person.languages = tuple(
        (code, level or assumed[code]) for code, level in entry.spoken.items()
    )
    if assumed:
        text = " ".join(f"{code}:{level}" for code, level in assumed.items())
        entry.assume(None, AssumptionCode.LEVEL, text)


def _finish_contact(entry: Entry, columns: Sequence[Column]) -> None:
    person = entry.person
    by_what_is_there = {
        (True, True): ContactPreference.BOTH,
        (True, False): ContactPreference.MAIL,
        (False, True): ContactPreference.PHONE,
        (False, False): ContactPreference.NEITHER,
    }
    there = by_what_is_there[bool(person.mail), bool(person.phone)]
    person.contact_preference = entry.contact_preference or there
    wrong = any(error.field in _CONTACT_FIELDS for error in entry.errors)
    if there is ContactPreference.NEITHER and not wrong:
        _ask_for(entry, columns, *_CONTACT_FIELDS)


def _is_minor(birth: Birth, today: date) -> bool:
    if birth.on is not None:
        before_birthday = (today.month, today.day) < (birth.on.month, birth.on.day)
        return today.year - birth.on.year - before_birthday < FULL_AGE
    return birth.year is not None and today.year - birth.year < FULL_AGE


def _ask_for(entry: Entry, columns: Sequence[Column], *fields: Field) -> None:
    """Ask for what is missing, unless something about it is asked or wrong already."""
    if any(question.field in fields for question in entry.questions):
        return
    if any(error.field in fields for error in entry.errors):
        return
    column = _first(columns, *fields)
    index = column.index if column else None
    entry.questions.append(
        Finding(index, column.field if column else fields[0], QuestionCode.MISSING)
    )


def _first(columns: Sequence[Column], *fields: Field) -> Column | None:
    return next((column for field in fields for column in columns if column.field is field), None)
