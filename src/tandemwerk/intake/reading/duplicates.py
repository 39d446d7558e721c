"""The same person twice in one list, and people who only share a telephone."""

import difflib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from tandemwerk.intake.reading.cells import fold
from tandemwerk.intake.reading.codes import DuplicateCode
from tandemwerk.intake.reading.drafts import PersonDraft

#: Spellings of one name are at least this alike; «Ali» and «Alia Omar» are kept apart by the year.
_ALIKE: Final = 0.85
_YEARS_APART: Final = 1
#: A number that stands in more rows than this is a shelter's or an office's.
_MOST_ROWS_COMPARED: Final = 20


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier row, and by what it was found."""

    row: int
    by: tuple[DuplicateCode, ...]


@dataclass(slots=True)
class SeenPeople:
    """The people of a list so far, found again by name and year, mail or telephone."""

    _rows: dict[int, PersonDraft] = field(default_factory=dict)
    _by_key: defaultdict[tuple[str, ...], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, row: int, person: PersonDraft) -> None:
        self._rows[row] = person
        for _, key in _keys(person):
            self._by_key[key].append(row)

    def same_person(self, person: PersonDraft) -> Match | None:
        """The earliest row with the same person.

        The same name and year of birth, or the same name and postcode where a year is unknown, or
        the same mail address or telephone number under a similar name and no other year of birth.
        """
        found: defaultdict[int, list[DuplicateCode]] = defaultdict(list)
        for code, key in _keys(person):
            for row in self._by_key.get(key, ())[:_MOST_ROWS_COMPARED]:
                if _is_same(code, person, self._rows[row]):
                    found[row].append(code)
        if not found:
            return None
        row = min(found)
        return Match(row, tuple(found[row]))

    def sharing_contact(self, person: PersonDraft) -> int | None:
        """The earliest row of somebody else with the same mail address or telephone number."""
        rows = [
            row
            for code, key in _keys(person)
            if code in {DuplicateCode.MAIL, DuplicateCode.PHONE}
            for row in self._by_key.get(key, ())[:_MOST_ROWS_COMPARED]
        ]
        return min(rows, default=None)


def _keys(person: PersonDraft) -> list[tuple[DuplicateCode, tuple[str, ...]]]:
    side, name = str(person.side), _name(person)
    keys: list[tuple[DuplicateCode, tuple[str, ...]]] = []
    if name and person.birth_year:
        keys.append((DuplicateCode.NAME_AND_BIRTH_YEAR, (side, name, str(person.birth_year))))
    if name and person.postcode:
        keys.append((DuplicateCode.NAME_AND_POSTCODE, (side, name, person.postcode)))
    if person.mail:
        keys.append((DuplicateCode.MAIL, (side, person.mail)))
    if person.phone:
        keys.append((DuplicateCode.PHONE, (side, person.phone)))
    return keys


def _name(person: PersonDraft) -> str:
    """The name with its words in alphabetical order: given and family names get mixed up."""
    return " ".join(sorted(fold(f"{person.given_name} {person.family_name}").split()))


def _is_same(code: DuplicateCode, one: PersonDraft, other: PersonDraft) -> bool:
    match code:
        case DuplicateCode.NAME_AND_BIRTH_YEAR:
            return True
        case DuplicateCode.NAME_AND_POSTCODE:
            return one.birth_year is None or other.birth_year is None
        case DuplicateCode.MAIL | DuplicateCode.PHONE:
            return _has_similar_name(one, other) and _may_be_as_old(one, other)


def _has_similar_name(one: PersonDraft, other: PersonDraft) -> bool:
    return difflib.SequenceMatcher(None, _name(one), _name(other)).ratio() >= _ALIKE


def _may_be_as_old(one: PersonDraft, other: PersonDraft) -> bool:
    if one.birth_year is None or other.birth_year is None:
        return True
    return abs(one.birth_year - other.birth_year) <= _YEARS_APART
