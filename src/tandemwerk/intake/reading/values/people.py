"""Names."""

import re
from dataclasses import dataclass
from typing import Final

from tandemwerk.intake.reading.cells import fold
from tandemwerk.intake.reading.codes import ErrorCode
from tandemwerk.intake.reading.values.reading import Reading, says_nothing

#: What a person record holds of a given or family name.
MAX_NAME_LENGTH: Final = 80

_TITLES: Final = frozenset(["dr", "prof", "dipl", "ing", "med", "phil", "med.", "mag"])
_SALUTATIONS: Final = {
    "herr": "m",
    "herrn": "m",
    "hr": "m",
    "mr": "m",
    "frau": "f",
    "fr": "f",
    "mrs": "f",
    "ms": "f",
    "miss": "f",
}
_PARTICLES: Final = frozenset(
    [
        "von",
        "van",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "der",
        "den",
        "zu",
        "zur",
        "zum",
        "vom",
        "al",
        "el",
        "ben",
        "bin",
        "ibn",
        "abu",
        "ter",
        "ten",
        "le",
        "la",
    ]
)
_GROUPS: Final = frozenset(["familie", "fam", "family", "ehepaar", "eheleute"])
_BETWEEN_TWO: Final = re.compile(r"\s+(?:und|u\.|and|&|\+)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    given: str = ""
    family: str = ""
    #: From a salutation before the name; - where there is none.
    gender: str = "-"
    #: 2 where two given names stand before one family name.
    people: int = 1


def parse_name(text: str, *, family_first: bool = False) -> Reading[Name]:
    """A name in one cell: «Nußbaum, Margarete», «Frau Dr. Anna von der Heide», «Familie Omar».

    ``family_first`` says how to read «Omar Bilal», without a comma. What stands in brackets is
    kept as a remark.
    """
    bare, remark = _without_brackets(text)
    if not is_name(bare):
        return Reading(Name(), text if remark else "", error=ErrorCode.NAME_MISSING)
    family, comma, given = (part.strip() for part in bare.partition(","))
    family_words, gender = _without_salutation(family.split())
    if comma and given:
        given_words, gender_of_given = _without_salutation(given.split())
        gender = gender if gender != "-" else gender_of_given
        name = Name(" ".join(given_words), " ".join(family_words), gender, _people(given))
    else:
        name = _split(family_words, gender, family_first=family_first)
    if max(len(name.given), len(name.family)) > MAX_NAME_LENGTH:
        return Reading(Name(), error=ErrorCode.TEXT_TOO_LONG)
    return Reading(name, remark)


def parse_part_of_name(text: str) -> Reading[str]:
    """A given or a family name in its own cell; empty where nothing like a name stands there."""
    bare, remark = _without_brackets(text)
    if not is_name(bare):
        return Reading("", text if fold(text) and not says_nothing(text) else "")
    if len(bare) > MAX_NAME_LENGTH:
        return Reading("", error=ErrorCode.TEXT_TOO_LONG)
    words, _ = _without_salutation(bare.split())
    return Reading(" ".join(words).strip(" ,;"), remark)


def is_name(text: str) -> bool:
    """Whether the text may be a name: letters, no digits, no «unbekannt»."""
    has_letters = any(mark.isalpha() for mark in text)
    return has_letters and not re.search(r"[\d@]", text) and not says_nothing(text)


def _without_brackets(text: str) -> tuple[str, str]:
    """The text and what stood in brackets, which is a remark, not a name."""
    remarks = re.findall(r"[(\[]([^)\]]*)[)\]]", text)
    bare = re.sub(r"[(\[][^)\]]*[)\]]", " ", text)
    return " ".join(bare.split()), ", ".join(filter(None, map(str.strip, remarks)))


def _without_salutation(words: list[str]) -> tuple[list[str], str]:
    gender = "-"
    while len(words) > 1 and (fold(words[0]) in _SALUTATIONS or fold(words[0]) in _TITLES):
        gender = _SALUTATIONS.get(fold(words[0]), gender)
        words = words[1:]
    return words, gender


def _people(given: str) -> int:
    return len(_BETWEEN_TWO.split(given))


def _split(words: list[str], gender: str, *, family_first: bool) -> Name:
    """Part a name without a comma: the last word, and the particles before it, are the family."""
    if fold(words[0]) in _GROUPS and len(words) > 1:
        return Name("", " ".join(words[1:]), gender)
    if len(words) == 1:
        return Name(words[0], "", gender)
    if family_first:
        cut = next((n for n, word in enumerate(words) if fold(word) not in _PARTICLES), 0) + 1
        return Name(
            " ".join(words[cut:]), " ".join(words[:cut]), gender, _people(" ".join(words[cut:]))
        )
    cut = len(words) - 1
    while cut > 1 and fold(words[cut - 1]) in _PARTICLES and words[cut - 1][0].islower():
        cut -= 1
    given = " ".join(words[:cut])
    return Name(given, " ".join(words[cut:]), gender, _people(given))
