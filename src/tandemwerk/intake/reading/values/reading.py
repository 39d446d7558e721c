"""The common answer of all parsers."""

from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from tandemwerk.intake.reading.cells import FORMULA_ERRORS, fold
from tandemwerk.intake.reading.codes import AssumptionCode, ErrorCode, QuestionCode

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Reading(Generic[Value]):
    """What was understood of a cell, and what was not."""

    value: Value
    #: Words to keep as a remark.
    leftover: str = ""
    error: ErrorCode | None = None
    question: QuestionCode | None = None
    assumption: AssumptionCode | None = None


#: What people write for «nothing», folded. Dashes and question marks fold to the empty text.
_NOTHING: Final = frozenset(
    {
        "",
        "x x",
        "k a",
        "ka",
        "n a",
        "na",
        "nn",
        "n n",
        "keine",
        "kein",
        "keins",
        "keiner",
        "hat keine",
        "hat keins",
        "keine angabe",
        "keine angaben",
        "ohne angabe",
        "nicht vorhanden",
        "nicht bekannt",
        "unbekannt",
        "weiss nicht",
        "none",
        "nothing",
        "not known",
        "unknown",
        "no",
        "null",
        "nan",
        "tba",
        "tbd",
        "folgt",
        "noch offen",
        "fehlt",
        "fehlt noch",
        "?",
    }
)
_YES: Final = frozenset(
    [
        "ja",
        "j",
        "yes",
        "y",
        "x",
        "xx",
        "true",
        "wahr",
        "1",
        "ok",
        "okay",
        "gern",
        "gerne",
        "klar",
        "ja",
        "gern",
        "ja",
        "gerne",
        "v",
        "ja gern",
        "ja gerne",
        "auf jeden fall",
        "of course",
        "sure",
        "moeglich",
    ]
)
_YES_MARKS: Final = frozenset(["✓", "✔", "☑", "☒", "✗", "×", "+", "●"])
_NO: Final = frozenset(
    [
        "nein",
        "n",
        "no",
        "0",
        "false",
        "falsch",
        "nicht",
        "nie",
        "never",
        "nein danke",
        "lieber nicht",
        "not",
    ]
)
_NO_MARKS: Final = frozenset(["-", "–", "—", "☐", "○", "/"])


def says_nothing(text: str) -> bool:
    """Whether a cell is empty or says that there is nothing: «-», «k. A.», «keine»."""
    return fold(text) in _NOTHING and text.strip() not in _YES_MARKS


def is_formula_error(text: str) -> bool:
    return text in FORMULA_ERRORS


def parse_yes_no(text: str) -> bool | None:
    """Whether a mark or word means yes or no; None where it means neither."""
    stripped, folded = text.strip(), fold(text)
    if stripped in _YES_MARKS or folded in _YES:
        return True
    if stripped in _NO_MARKS or folded in _NO:
        return False
    return None
