"""The pairing engine: a pure library that knows neither Django nor the clock.

Plain values and arrays go in, plain values and arrays come out, and the same input always gives
the same result. ``vocabulary`` holds the words and their bits, ``model`` the people,
``assignment`` the exact assignment and ``verification`` the proof that it is one.
"""

from tandemwerk.pairing.assignment import Assignment, assign
from tandemwerk.pairing.errors import InvalidAssignmentError, PairingError, PairingInputError
from tandemwerk.pairing.model import Newcomer, Participant, Volunteer
from tandemwerk.pairing.verification import check_assignment
from tandemwerk.pairing.vocabulary import (
    DAYS,
    GENDERS,
    KINDS,
    LEVELS,
    PARTS,
    SLOTS,
    TOPICS,
    Day,
    Gender,
    GenderWish,
    Kind,
    Level,
    Part,
    Topic,
    from_mask,
    slot_bit,
    to_mask,
)

__all__ = [
    "DAYS",
    "GENDERS",
    "KINDS",
    "LEVELS",
    "PARTS",
    "SLOTS",
    "TOPICS",
    "Assignment",
    "Day",
    "Gender",
    "GenderWish",
    "InvalidAssignmentError",
    "Kind",
    "Level",
    "Newcomer",
    "PairingError",
    "PairingInputError",
    "Part",
    "Participant",
    "Topic",
    "Volunteer",
    "assign",
    "check_assignment",
    "from_mask",
    "slot_bit",
    "to_mask",
]
