"""Understands lists of people as sites keep them. Pure Python: no models, no requests, no clock.

    sheets = read_workbook(data, filename)                  # or UnreadableFileError(code)
    for sheet in sheets:
        mapping = guess_mapping(sheet)                      # or recall_mapping(sheet, remembered)
        verdicts = read_people(sheet, mapping, today=today)
    table = write_hand_back([SheetToHandBack(sheet, mapping, verdicts)], labels)

Everything said about a cell is a stable code (``codes``); the interface puts it into words.
"""

from tandemwerk.intake.reading.cells import Sheet, cell_text
from tandemwerk.intake.reading.codes import (
    AssumptionCode,
    DuplicateCode,
    ErrorCode,
    QuestionCode,
    SkipCode,
)
from tandemwerk.intake.reading.drafts import (
    DAYS,
    KINDS,
    PARTS,
    TOPICS,
    ContactPreference,
    Finding,
    Outcome,
    PersonDraft,
    RowVerdict,
)
from tandemwerk.intake.reading.errors import FileProblem, UnreadableFileError
from tandemwerk.intake.reading.fields import SHARED_FIELDS, Field, Side
from tandemwerk.intake.reading.handback import SheetToHandBack, write_hand_back
from tandemwerk.intake.reading.mapping import Mapping, guess_mapping, recall_mapping, signature_of
from tandemwerk.intake.reading.rows import iter_people, read_people
from tandemwerk.intake.reading.values.choices import INTERESTS
from tandemwerk.intake.reading.workbook import read_workbook

__all__ = [
    "DAYS",
    "INTERESTS",
    "KINDS",
    "PARTS",
    "SHARED_FIELDS",
    "TOPICS",
    "AssumptionCode",
    "ContactPreference",
    "DuplicateCode",
    "ErrorCode",
    "Field",
    "FileProblem",
    "Finding",
    "Mapping",
    "Outcome",
    "PersonDraft",
    "QuestionCode",
    "RowVerdict",
    "Sheet",
    "SheetToHandBack",
    "Side",
    "SkipCode",
    "UnreadableFileError",
    "cell_text",
    "guess_mapping",
    "iter_people",
    "read_people",
    "read_workbook",
    "recall_mapping",
    "signature_of",
    "write_hand_back",
]
