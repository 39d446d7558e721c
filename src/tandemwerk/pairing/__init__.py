"""The pairing engine: a pure library that knows neither Django nor the clock.

Plain values and arrays go in, plain values and arrays come out, and the same input always gives
the same result. From the bottom up: ``vocabulary`` (words and their bits) and ``model`` (people);
``assignment`` (the exact assignment; ``shortlist`` where it is middling, ``bidding`` and ``market``
where it is large) and ``verification`` (its proof); ``geography``, ``population`` (people as
columns), ``hardrules`` and ``candidates``; ``walls`` (people of several sites); ``weights`` and
``scoring``; ``relaxation`` and ``explanation``; ``run`` (a whole run in memory); ``reading`` and
``files``. Beside a run: ``ledger`` (what any other pair would cost, the second best, one place
more), ``questions``, ``openings`` (what one person could change), ``givenup``, ``fairness`` and
``recruiting`` (the reports).

What computes is imported at its first use, so a room that only needs the words does not load SciPy
and OR-Tools.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from tandemwerk.pairing.errors import (
    InvalidAssignmentError,
    PairingError,
    PairingFileError,
    PairingInputError,
)
from tandemwerk.pairing.model import Newcomer, Participant, Volunteer
from tandemwerk.pairing.vocabulary import (
    DAYS,
    GENDERS,
    KINDS,
    LEVELS,
    MAX_CAPACITY,
    MAX_PRIORITY,
    PARTS,
    SLOTS,
    TOPICS,
    Day,
    Gender,
    GenderWish,
    HardRule,
    Kind,
    LeftReason,
    Level,
    Part,
    Topic,
    from_mask,
    slot_bit,
    to_mask,
)

if TYPE_CHECKING:
    from tandemwerk.pairing.assignment import Assignment, assign
    from tandemwerk.pairing.explanation import Left, PairExplanation, Reason, Share, explain_pair
    from tandemwerk.pairing.fairness import GroupRow, fairness_report
    from tandemwerk.pairing.files import FileRun, run_files
    from tandemwerk.pairing.geography import Locate, haversine_km
    from tandemwerk.pairing.givenup import GivenUp, given_up
    from tandemwerk.pairing.ledger import Change, Ledger, Move
    from tandemwerk.pairing.openings import Opening, openings
    from tandemwerk.pairing.questions import WhyNot, why_not
    from tandemwerk.pairing.recruiting import Wanted, whom_to_recruit
    from tandemwerk.pairing.relaxation import Relaxation
    from tandemwerk.pairing.run import Counts, PairingResult, Stage, pair_people
    from tandemwerk.pairing.scoring import RULES
    from tandemwerk.pairing.verification import check_assignment
    from tandemwerk.pairing.walls import Walls
    from tandemwerk.pairing.weights import Parameters, Weights

__all__ = [
    "DAYS",
    "GENDERS",
    "KINDS",
    "LEVELS",
    "MAX_CAPACITY",
    "MAX_PRIORITY",
    "PARTS",
    "RULES",
    "SLOTS",
    "TOPICS",
    "Assignment",
    "Change",
    "Counts",
    "Day",
    "FileRun",
    "Gender",
    "GenderWish",
    "GivenUp",
    "GroupRow",
    "HardRule",
    "InvalidAssignmentError",
    "Kind",
    "Ledger",
    "Left",
    "LeftReason",
    "Level",
    "Locate",
    "Move",
    "Newcomer",
    "Opening",
    "PairExplanation",
    "PairingError",
    "PairingFileError",
    "PairingInputError",
    "PairingResult",
    "Parameters",
    "Part",
    "Participant",
    "Reason",
    "Relaxation",
    "Share",
    "Stage",
    "Topic",
    "Volunteer",
    "Walls",
    "Wanted",
    "Weights",
    "WhyNot",
    "assign",
    "check_assignment",
    "explain_pair",
    "fairness_report",
    "from_mask",
    "given_up",
    "haversine_km",
    "openings",
    "pair_people",
    "run_files",
    "slot_bit",
    "to_mask",
    "whom_to_recruit",
    "why_not",
]

_HOMES: Final = {
    name: module
    for module, names in {
        "assignment": ("Assignment", "assign"),
        "explanation": ("Left", "PairExplanation", "Reason", "Share", "explain_pair"),
        "fairness": ("GroupRow", "fairness_report"),
        "files": ("FileRun", "run_files"),
        "geography": ("Locate", "haversine_km"),
        "givenup": ("GivenUp", "given_up"),
        "ledger": ("Change", "Ledger", "Move"),
        "openings": ("Opening", "openings"),
        "questions": ("WhyNot", "why_not"),
        "recruiting": ("Wanted", "whom_to_recruit"),
        "relaxation": ("Relaxation",),
        "run": ("Counts", "PairingResult", "Stage", "pair_people"),
        "scoring": ("RULES",),
        "verification": ("check_assignment",),
        "walls": ("Walls",),
        "weights": ("Parameters", "Weights"),
    }.items()
    for name in names
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
