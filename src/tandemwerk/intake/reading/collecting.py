"""Rows as they arrive from a reader, held to the limits."""

from tandemwerk.intake.reading.cells import Cell, Row, clean
from tandemwerk.intake.reading.errors import FileProblem, UnreadableFileError
from tandemwerk.intake.reading.limits import (
    MAX_CELL_LENGTH,
    MAX_COLUMNS,
    MAX_ROW_NUMBER,
    MAX_ROWS,
)


class Budget:
    """How many rows the whole file may still bring."""

    def __init__(self) -> None:
        self.rows_left = MAX_ROWS

    def spend(self) -> None:
        self.rows_left -= 1
        if self.rows_left < 0:
            raise UnreadableFileError(FileProblem.TOO_MANY_ROWS)


class RowCollector:
    """Keeps the rows of one sheet, without empty cells at their ends or empty rows at its end.

    A gap of a million empty rows costs nothing until something stands behind it, and that is
    refused. Texts are cleaned here, once for all formats.
    """

    def __init__(self, budget: Budget) -> None:
        self.rows: list[Row] = []
        self._budget = budget
        self._pending_blank = 0

    def add(self, cells: Row, *, keep_width: bool = False) -> None:
        """Add one row; with ``keep_width``, empty cells at its end are kept as well."""
        row = [self._checked(cell) for cell in cells]
        used = len(row)
        while used and row[used - 1] is None:
            used -= 1
        if not used:
            self.skip(1)
            return
        if used > MAX_COLUMNS:
            raise UnreadableFileError(FileProblem.TOO_MANY_COLUMNS)
        if len(self.rows) + self._pending_blank >= MAX_ROW_NUMBER:
            raise UnreadableFileError(FileProblem.TOO_MANY_ROWS)
        self._budget.spend()
        self.rows.extend(() for _ in range(self._pending_blank))
        self._pending_blank = 0
        self.rows.append(tuple(row[: min(len(row), MAX_COLUMNS)] if keep_width else row[:used]))

    def skip(self, count: int) -> None:
        self._pending_blank += count

    @staticmethod
    def _checked(cell: Cell) -> Cell:
        if not isinstance(cell, str):
            return cell
        if len(cell) > MAX_CELL_LENGTH:
            raise UnreadableFileError(FileProblem.CELL_TOO_LONG)
        return clean(cell) or None
