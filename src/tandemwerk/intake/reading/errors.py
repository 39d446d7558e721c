"""Why a file as a whole cannot be read."""

from enum import StrEnum


class FileProblem(StrEnum):
    """Stable codes; the interface turns them into words and advice."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    CELL_TOO_LONG = "cell_too_long"
    PASSWORD_PROTECTED = "password_protected"  # noqa: S105 - a code, no secret
    LEGACY_FORMAT = "legacy_format"
    MACROS = "macros"
    ZIP_BOMB = "zip_bomb"
    BROKEN = "broken"
    NOT_A_SPREADSHEET = "not_a_spreadsheet"


class UnreadableFileError(Exception):
    """The file cannot be read; ``code`` says why."""

    def __init__(self, code: FileProblem) -> None:
        super().__init__(code.value)
        self.code = code
