"""The words of the pairing files, and the bit that each has in a mask.

The order inside every enumeration *is* the bit order: the first member is bit 0. Rooms that
store masks (week grid, kinds, topics) use these orders; a new word goes to the end.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import Final

from tandemwerk.pairing.errors import PairingInputError


class Day(StrEnum):
    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"


class Part(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Kind(StrEnum):
    """What a tandem is for: everyday life, one goal, or guidance to offices and services."""

    EVERYDAY = "everyday"
    GOAL = "goal"
    GUIDE = "guide"


class Topic(StrEnum):
    SCHOOL = "school"
    TRAINING = "training"
    WORK = "work"
    AUTHORITIES = "authorities"
    HEALTH = "health"
    HOUSING = "housing"
    CHILDCARE = "childcare"
    LANGUAGE = "language"
    LEISURE = "leisure"


class Gender(StrEnum):
    """As said by the person. ``UNSAID`` meets only the wish ``any``."""

    FEMALE = "f"
    MALE = "m"
    DIVERSE = "d"
    UNSAID = "-"


class GenderWish(StrEnum):
    ANY = "any"
    FEMALE = "f"
    MALE = "m"
    DIVERSE = "d"


class Level(IntEnum):
    """Level of a language (CEFR). ``L1``, the first language, counts as C2 where levels compare."""

    A1 = 1
    A2 = 2
    B1 = 3
    B2 = 4
    C1 = 5
    C2 = 6
    L1 = 7

    @property
    def proficiency(self) -> int:
        """The level as a number from 1 to 6: a first language is no better than C2."""
        return min(self.value, Level.C2.value)


class HardRule(StrEnum):
    """What a pair must fulfil; in the order in which equals are offered for relaxing."""

    DISTANCE = "distance"
    AVAILABILITY = "availability"
    KIND = "kind"
    LANGUAGE = "language"
    GENDER = "gender"
    MINORS = "minors"
    BLOCKED = "blocked"
    GROUP_SIZE = "group_size"


class LeftReason(StrEnum):
    """Why somebody has no tandem: the first that is true of those on the first lines, then hints.

    ``TAKEN`` carries ``candidates``, how many there were.
    """

    NO_PLACE = "no_place"
    TAKEN = "candidates_taken"
    NO_CANDIDATE = "no_candidate"
    # Hints: the person's own record makes a tandem impossible.
    NO_LANGUAGE = "no_language"
    NO_AVAILABILITY = "no_availability"
    NO_KIND = "no_kind"
    NO_LOCATION = "no_location"


#: Below this level two people do not share a language.
MINIMUM_LEVEL: Final = Level.A2

DAYS: Final = tuple(day.value for day in Day)
PARTS: Final = tuple(part.value for part in Part)
#: The week grid: ``mon-morning`` is bit 0, ``sun-evening`` bit 20 (bit = day * 3 + part).
SLOTS: Final = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)
KINDS: Final = tuple(kind.value for kind in Kind)
TOPICS: Final = tuple(topic.value for topic in Topic)
GENDERS: Final = tuple(gender.value for gender in Gender)
LEVELS: Final = tuple(level.name for level in Level)

#: Volunteers have 1 to 3 open places, newcomers a priority of 0 to 3, a group up to 3 volunteers.
MAX_CAPACITY: Final = 3
MAX_PRIORITY: Final = 3
MAX_WANTED: Final = 3


def slot_bit(day: Day, part: Part) -> int:
    """Return the bit of one slot of the week grid, 0 to 20."""
    return DAYS.index(day) * len(PARTS) + PARTS.index(part)


@lru_cache(maxsize=8)
def _bits(vocabulary: tuple[str, ...]) -> dict[str, int]:
    return {word: 1 << bit for bit, word in enumerate(vocabulary)}


def to_mask(words: Iterable[str], vocabulary: Sequence[str]) -> int:
    """Return the words as a bit mask.

    >>> to_mask(["mon-evening", "sat-morning"], SLOTS) == 1 << 2 | 1 << 15
    True
    """
    bits = _bits(tuple(vocabulary))
    mask = 0
    for word in words:
        if word not in bits:
            raise PairingInputError(f"unknown word {word!r}, expected: {' '.join(vocabulary)}")
        mask |= bits[word]
    return mask


def from_mask(mask: int, vocabulary: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a mask, in the order of the vocabulary.

    >>> from_mask(0b101, KINDS)
    ('everyday', 'guide')
    """
    if not 0 <= mask < 1 << len(vocabulary):
        raise PairingInputError(f"mask {mask} has bits beyond {' '.join(vocabulary)}")
    return tuple(word for bit, word in enumerate(vocabulary) if mask >> bit & 1)
