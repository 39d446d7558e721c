"""Which row is the header, what each column means, and whose list it is.

A guess is made of the header's words and the column's cells together, so that «Kontakt» above
telephone numbers and «Art» above «Pate, Mentee, Pate» come out right. It can be corrected column
by column, stored as JSON, and found again for the next list with the same headers, even when
columns have moved or reasons of a list handed back stand between them.
"""

import hashlib
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from tandemwerk.intake.reading.cells import Cell, Sheet, cell_text, fold, is_blank
from tandemwerk.intake.reading.contents import fit, names_both_sides
from tandemwerk.intake.reading.fields import SHARED_FIELDS, Field, Side
from tandemwerk.intake.reading.header_rows import Header, find_header, header_at
from tandemwerk.intake.reading.headers import REASON_MARK, header_scores, side_of_header
from tandemwerk.intake.reading.not_people import side_of_heading
from tandemwerk.intake.reading.values.choices import parse_side, sides_in

_SAMPLE_ROWS: Final = 200
_ACCEPTED: Final = 0.4
#: Fields that cells alone can tell, where the header says nothing; with the least share of cells.
_TOLD_BY_CELLS: Final = (
    Field.MAIL,
    Field.PHONE,
    Field.POSTCODE,
    Field.LANGUAGES,
    Field.AVAILABILITY,
    Field.GENDER,
    Field.SIDE,
    Field.BIRTH,
    Field.NAME,
    Field.LEVEL,
)
_LEAST_SHARE: Final = 0.8
_FEWEST_CELLS: Final = 3
_NAMES: Final = frozenset({Field.NAME, Field.GIVEN_NAME, Field.FAMILY_NAME})
_PLACES: Final = frozenset({Field.POSTCODE, Field.ADDRESS, Field.PLACE})
_CONTACTS: Final = frozenset({Field.MAIL, Field.PHONE, Field.CONTACT})


@dataclass(frozen=True, slots=True)
class Mapping:
    """How one sheet is read. Columns count from 0, rows from 1; header row 0 means none."""

    header_row: int
    headers: tuple[str, ...]
    columns: Dictionary[int, Field]
    #: The side of everybody in the list; None where a column says it, or nobody knows yet.
    side: Side | None = None
    #: 0 to 1, for choosing what to show first; not a probability.
    confidence: float = 0.0

    @property
    def signature(self) -> str:
        """The same for every list with these headers, in whatever order, under whatever title."""
        return signature_of(self.headers)

    @property
    def missing(self) -> tuple[str, ...]:
        """What the list seems not to tell.

        Of «name», «side», «postcode», «contact», «languages» and «availability».
        """
        fields = set(self.columns.values())
        known = {
            "name": bool(fields & _NAMES),
            "side": self.side is not None or Field.SIDE in fields,
            "postcode": bool(fields & _PLACES),
            "contact": bool(fields & _CONTACTS),
            "languages": Field.LANGUAGES in fields,
            "availability": Field.AVAILABILITY in fields,
        }
        return tuple(name for name, is_known in known.items() if not is_known)

    @property
    def lists_people(self) -> bool:
        """Whether the sheet is a list of people at all, and not a legend or a summary."""
        fields = set(self.columns.values()) - {Field.OTHER, Field.IGNORE, Field.NOTE}
        return bool(fields & _NAMES) and len(fields) > 2  # noqa: PLR2004 - a name and two facts

    def column_of(self, field: Field) -> int | None:
        return next(
            (column for column, found in sorted(self.columns.items()) if found is field), None
        )

    def corrected(
        self, columns: Dictionary[int, Field] | None = None, *, side: Side | None = None
    ) -> "Mapping":
        """The mapping with some columns changed; a field that others may not share moves here."""
        changes = columns or {}
        taken = {field for field in changes.values() if field not in SHARED_FIELDS}
        kept = {
            column: Field.OTHER if field in taken and column not in changes else field
            for column, field in self.columns.items()
        }
        return replace(self, columns={**kept, **changes}, side=side or self.side)

    def to_json(self) -> dict[str, Any]:
        return {
            "header_row": self.header_row,
            "headers": list(self.headers),
            "columns": {str(column): field.value for column, field in self.columns.items()},
            "side": self.side.value if self.side else "",
            "confidence": self.confidence,
        }

    @classmethod
    def from_json(cls, stored: Dictionary[str, Any]) -> "Mapping":
        """The mapping that ``to_json`` gave. Raises ValueError for anything else."""
        try:
            return cls(
                header_row=int(stored["header_row"]),
                headers=tuple(map(str, stored["headers"])),
                columns={int(column): Field(field) for column, field in stored["columns"].items()},
                side=Side(stored["side"]) if stored["side"] else None,
                confidence=float(stored["confidence"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("This is no stored mapping") from error


def signature_of(headers: Sequence[str]) -> str:
    words = {fold(header) for header in headers if not header.startswith(REASON_MARK)} - {""}
    text = "\n".join(sorted(words)) or f"{len(headers)} columns without headers"
    return hashlib.sha256(text.encode()).hexdigest()


def guess_mapping(sheet: Sheet, *, header_row: int | None = None) -> Mapping:
    """The most likely reading of a sheet; ``header_row`` overrides the guessed one (0: none)."""
    header = find_header(sheet) if header_row is None else header_at(sheet, header_row)
    cells = _sample(sheet, header)
    scores = [_column_scores(header.texts[n], cells[n]) for n in range(len(header.texts))]
    columns = _assign(scores, cells)
    _settle_names(columns, header, cells)
    side = None if Field.SIDE in columns.values() else _guess_side(sheet, header, columns, cells)
    mapping = Mapping(header.row, header.texts, columns, side)
    return replace(mapping, confidence=_confidence(mapping, scores))


def recall_mapping(sheet: Sheet, stored: Mapping) -> Mapping | None:
    """A mapping remembered from an earlier list, laid over this sheet by its headers.

    None where the headers are others. Columns that were not there are kept as remarks.
    """
    header = find_header(sheet)
    if signature_of(header.texts) != stored.signature:
        return None
    fields: dict[str, list[Field]] = {}
    for column, field in sorted(stored.columns.items()):
        text = stored.headers[column] if column < len(stored.headers) else ""
        fields.setdefault(fold(text), []).append(field)
    columns: dict[int, Field] = {}
    for column, text in enumerate(header.texts):
        known = fields.get(fold(text), [])
        if text.startswith(REASON_MARK):
            columns[column] = Field.IGNORE
        else:
            columns[column] = known.pop(0) if known else Field.OTHER
    return replace(stored, header_row=header.row, headers=header.texts, columns=columns)


def _sample(sheet: Sheet, header: Header) -> list[list[Cell]]:
    rows = [row for row in sheet.rows[header.row :] if not is_blank(row)][:_SAMPLE_ROWS]
    return [
        [row[column] for row in rows if column < len(row) and row[column] is not None]
        for column in range(len(header.texts))
    ]


def _column_scores(header: str, cells: Sequence[Cell]) -> dict[Field, float]:
    by_header = header_scores(header)
    scores = {field: _weigh(field, score, cells, header) for field, score in by_header.items()}
    if max(scores.values(), default=0.0) < _ACCEPTED and len(cells) >= _FEWEST_CELLS:
        for field in _TOLD_BY_CELLS:
            share = fit(field, cells, header) or 0.0
            if share >= _LEAST_SHARE and (field is not Field.SIDE or names_both_sides(cells)):
                scores[field] = 0.5 * share
    return scores


def _weigh(field: Field, by_header: float, cells: Sequence[Cell], header: str) -> float:
    share = fit(field, cells, header)
    if share is None:
        return by_header
    score = by_header * (0.4 + 0.6 * share) + 0.25 * share
    if field is Field.SIDE:
        # «Art» and «Status» are about sides only where both sides occur below.
        score += 0.3 if names_both_sides(cells) else -0.2
    return score


def _assign(
    scores: Sequence[Dictionary[Field, float]], cells: Sequence[Sequence[Cell]]
) -> dict[int, Field]:
    """Give every column its best field; a field that is not shared goes to the best column."""
    ranked = sorted(
        (
            (score, -column, field)
            for column, found in enumerate(scores)
            for field, score in found.items()
        ),
        key=lambda claim: (-claim[0], -claim[1], claim[2]),
    )
    columns: dict[int, Field] = {}
    taken: set[Field] = set()
    for score, negative_column, field in ranked:
        column = -negative_column
        if score < _ACCEPTED or column in columns or field in taken:
            continue
        columns[column] = field
        if field not in SHARED_FIELDS:
            taken.add(field)
    for column in range(len(scores)):
        if column not in columns and (cells[column] or scores[column]):
            columns[column] = Field.OTHER
    return dict(sorted(columns.items()))


def _settle_names(
    columns: dict[int, Field], header: Header, cells: Sequence[Sequence[Cell]]
) -> None:
    """«Name» beside «Vorname» is the family name; alone it is the whole one."""
    by_field = {field: column for column, field in columns.items()}
    if header.row == 0 and not _NAMES & by_field.keys():
        single = [
            column
            for column, field in columns.items()
            if field is Field.OTHER
            and (fit(Field.FAMILY_NAME, cells[column], "") or 0) >= _LEAST_SHARE
        ]
        columns.update(zip(single, (Field.FAMILY_NAME, Field.GIVEN_NAME), strict=False))
    elif Field.FAMILY_NAME in by_field and Field.GIVEN_NAME not in by_field:
        column = by_field[Field.FAMILY_NAME]
        if fold(header.texts[column]) == "name" and Field.NAME not in by_field:
            columns[column] = Field.NAME
    elif (
        Field.NAME in by_field
        and Field.GIVEN_NAME in by_field
        and Field.FAMILY_NAME not in by_field
    ):
        column = by_field[Field.NAME]
        if not any("," in cell_text(cell) for cell in cells[column]):
            columns[column] = Field.FAMILY_NAME


def _guess_side(
    sheet: Sheet, header: Header, columns: Dictionary[int, Field], cells: Sequence[Sequence[Cell]]
) -> Side | None:
    """Whose list it is, by the sheet's name, the title above, the headers and the kinds below."""
    if headings := _headings(sheet, header):
        # The rows below each heading get its side; the first stands for rows above all of them.
        return headings[0]
    points = dict.fromkeys(Side, 0)
    titles = " ".join(
        cell_text(cell) for row in sheet.rows[: max(header.row - 1, 0)] for cell in row
    )
    # «Paten gewünscht» names volunteers and stands in a list of newcomers.
    plain = " ".join(text for text in header.texts if side_of_header(text) is None)
    for text, weight in ((sheet.name, 4), (titles, 3), (plain, 1)):
        for side, count in sides_in(text).items():
            points[side] += weight * min(count, 2)
    for text in header.texts:
        if found := side_of_header(text):
            points[found] += 1
    for column, field in columns.items():
        named = {word for cell in cells[column] if (word := parse_side(cell_text(cell)))}
        if field is Field.KINDS and len(named) == 1:
            points[named.pop()] += 2
    most = max(points.values())
    best = [side for side, count in points.items() if count == most]
    return best[0] if most and len(best) == 1 else None


def _headings(sheet: Sheet, header: Header) -> list[Side]:
    """The sides that rows such as «Patinnen und Paten» announce."""
    alone = (
        texts[0]
        for row in sheet.rows[header.row :]
        if len(texts := [text for cell in row if (text := cell_text(cell))]) == 1
    )
    return [side for text in alone if (side := side_of_heading(text))]


def _confidence(mapping: Mapping, scores: Sequence[Dictionary[Field, float]]) -> float:
    certain = [
        min(scores[column].get(field, 0.7), 1.0)
        for column, field in mapping.columns.items()
        if field not in {Field.OTHER, Field.IGNORE}
    ]
    if not certain or not mapping.lists_people:
        return 0.0
    missing = len(set(mapping.missing) & {"side", "postcode", "contact"})
    return round(sum(certain) / len(certain) * 0.8**missing, 2)
