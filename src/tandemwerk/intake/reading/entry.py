"""One row while it is read: what was understood so far, and what there is to say about it."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from tandemwerk.intake.reading.codes import AssumptionCode, ErrorCode, QuestionCode
from tandemwerk.intake.reading.drafts import ContactPreference, Finding, PersonDraft
from tandemwerk.intake.reading.fields import Field
from tandemwerk.intake.reading.headers import REASON_MARK
from tandemwerk.intake.reading.values.availability import parse_availability
from tandemwerk.intake.reading.values.choices import parse_kinds, parse_topics
from tandemwerk.intake.reading.values.dates import Birth
from tandemwerk.intake.reading.values.languages import language_in
from tandemwerk.intake.reading.values.reading import Reading

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the mapping, with what its header says of every cell below."""

    index: int
    field: Field
    header: str
    #: The slots, language, kinds and topics that the header names: a tick below means them.
    slots: int
    language: str
    kinds: int
    topics: int

    @classmethod
    def of(cls, index: int, meaning: Field, header: str) -> "Column":
        return cls(
            index,
            meaning,
            header,
            parse_availability(header).value,
            language_in(header),
            parse_kinds(header).value,
            parse_topics(header).value,
        )


@dataclass(slots=True)
class Entry:
    today: date
    person: PersonDraft = field(default_factory=PersonDraft)
    errors: list[Finding[ErrorCode]] = field(default_factory=list)
    questions: list[Finding[QuestionCode]] = field(default_factory=list)
    assumptions: list[Finding[AssumptionCode]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    birth: Birth = field(default_factory=Birth)
    #: Languages in the order of the row; the level is empty where none was said.
    spoken: dict[str, str] = field(default_factory=dict)
    contact_preference: ContactPreference | None = None
    is_minor: bool | None = None
    #: Why there is no postcode: it counts only if no other column has one.
    postcode_error: Finding[ErrorCode] | None = None

    def take(self, column: Column, reading: Reading[Value], text: str) -> Value:
        """The value of a reading, with all that is to be said about it noted."""
        if reading.error:
            self.errors.append(Finding(column.index, column.field, reading.error, text))
        if reading.question:
            self.ask(column, reading.question, text)
        if reading.assumption:
            self.assume(column, reading.assumption, text)
        if reading.leftover:
            self.remark(column, reading.leftover)
        return reading.value

    def ask(self, column: Column, code: QuestionCode, text: str) -> None:
        self.questions.append(Finding(column.index, column.field, code, text))

    def assume(self, column: Column | None, code: AssumptionCode, text: str) -> None:
        index, meaning = (column.index, column.field) if column else (None, None)
        self.assumptions.append(Finding(index, meaning, code, text))

    def remark(self, column: Column, text: str) -> None:
        """Keep words with the column's header before them, except from a column of remarks."""
        header = column.header.strip(" :?.").replace("\n", " ")
        bare = column.field is Field.NOTE or not header or header.startswith(REASON_MARK)
        line = text if bare else f"{header}: {text}"
        if line not in self.remarks:
            self.remarks.append(line)
