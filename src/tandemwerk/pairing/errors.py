"""What can go wrong in the pairing engine. Every message is one line a person can act on."""


class PairingError(Exception):
    """Base of everything that this package raises on purpose."""


class PairingInputError(PairingError, ValueError):
    """People, candidates or weights that cannot be worked with."""


class PairingFileError(PairingInputError):
    """A pairing file that cannot be read or written: names the file, the row and the column."""

    def __init__(
        self, file: str, problem: str, *, row: int | None = None, column: str | None = None
    ) -> None:
        self.file, self.problem, self.row, self.column = file, problem, row, column
        where = [file]
        if row is not None:
            where.append(f"row {row}")
        if column is not None:
            where.append(f"column {column}")
        super().__init__(f"{', '.join(where)}: {problem}")


class InvalidAssignmentError(PairingError, ValueError):
    """An assignment that breaks its own promise; the message names what is broken."""
