"""What reading a list results in: drafts of people and a verdict for every row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Generic, TypeVar

from tandemwerk.intake.reading.codes import (
    AssumptionCode,
    DuplicateCode,
    ErrorCode,
    QuestionCode,
    SkipCode,
)
from tandemwerk.intake.reading.fields import Field, Side

#: The order of bits in ``PersonDraft.kinds`` and ``PersonDraft.topics``.
KINDS: Final = ("everyday", "goal", "guide")
TOPICS: Final = (
    "school",
    "training",
    "work",
    "authorities",
    "health",
    "housing",
    "childcare",
    "language",
    "leisure",
)
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS: Final = ("morning", "afternoon", "evening")


class ContactPreference(StrEnum):
    MAIL = "mail"
    PHONE = "phone"
    BOTH = "both"
    NEITHER = "neither"


@dataclass(slots=True)
class PersonDraft:
    """One person of a list, in the units and codes of the pairing files."""

    side: Side | None = None
    given_name: str = ""
    #: Where only one name is known, it stands here.
    family_name: str = ""
    mail: str = ""
    #: E.164: «+493023125274».
    phone: str = ""
    contact_preference: ContactPreference = ContactPreference.NEITHER
    postcode: str = ""
    place_name: str = ""
    birth_year: int | None = None
    #: f, m, d or - where nothing was said.
    gender: str = "-"
    #: ISO 639-1 code and level A1 to C2 or L1.
    languages: tuple[tuple[str, str], ...] = ()
    #: 21 bits, ``day * 3 + part``; Monday morning is bit 0.
    availability: int = 0
    #: Bits in the order of ``KINDS``.
    kinds: int = 0
    #: Bits in the order of ``TOPICS``.
    topics: int = 0
    interests: tuple[str, ...] = ()
    max_km: int | None = None
    #: Open places of a volunteer, 1 to 3; None where nothing was said.
    capacity: int | None = None
    #: The greatest group a volunteer accompanies; None for any, and where nothing was said.
    max_group: int | None = None
    waiting_since: date | None = None
    group_size: int = 1
    #: How many volunteers a newcomer's group needs, 1 to 3; None where nothing was said.
    volunteers_wanted: int | None = None
    #: None where nothing was said.
    minors_ok: bool | None = None
    is_minor: bool = False
    #: any, f, m or d.
    wishes_gender: str = "any"
    #: 0 to 3.
    priority: int = 0
    note: str = ""


Code = TypeVar("Code", ErrorCode, QuestionCode, AssumptionCode)


@dataclass(frozen=True, slots=True)
class Finding(Generic[Code]):
    """Something said about one cell; ``column`` counts from 0, None means the whole row."""

    column: int | None
    field: Field | None
    code: Code
    #: What stands in the cell, or what was concluded from it.
    text: str = ""


class Outcome(StrEnum):
    TAKE = "take"
    HAND_BACK = "hand_back"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """What becomes of one row, numbered as in the spreadsheet."""

    row: int
    outcome: Outcome
    #: Also there for a row that is handed back, as far as it was understood.
    person: PersonDraft | None = None
    errors: Sequence[Finding[ErrorCode]] = ()
    questions: Sequence[Finding[QuestionCode]] = ()
    assumptions: Sequence[Finding[AssumptionCode]] = ()
    #: The earlier row of the same sheet that is the same person. Such a row is clean, hence TAKE:
    #: whoever imports decides that the person is not made twice.
    duplicate_of: int | None = None
    duplicate_by: Sequence[DuplicateCode] = ()
    skipped: SkipCode | None = None
