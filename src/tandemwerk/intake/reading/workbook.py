"""One door for every file: bytes in, sheets out, or one clear reason why not."""

import logging
import zipfile
from io import BytesIO
from typing import Final

from tandemwerk.intake.reading.cells import Sheet
from tandemwerk.intake.reading.delimited import read_delimited
from tandemwerk.intake.reading.errors import FileProblem, UnreadableFileError
from tandemwerk.intake.reading.limits import (
    MAX_ARCHIVE_MEMBERS,
    MAX_BYTES,
    MAX_UNPACKED_BYTES,
)
from tandemwerk.intake.reading.ods import read_ods

_logger = logging.getLogger(__name__)

_COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_EXCEL: Final = (
    b"\x09\x08\x10\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x02\x06\x00",
)
_ENCRYPTED_BIT: Final = 0x1
#: No list of people shrinks to a two-hundredth, once it is larger than a few megabytes.
_MOST_COMPRESSION: Final = 200
_COMPRESSION_CHECKED_FROM: Final = 4 * 1024 * 1024


def read_workbook(data: bytes, filename: str = "") -> list[Sheet]:
    """The sheets of an XLSX, ODS, CSV or TSV file that hold anything, in their order.

    The kind is told by the content; ``filename`` only names the sheet of a text file.
    Raises UnreadableFileError, and nothing else, for whatever bytes.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFileError(FileProblem.TOO_BIG)
    if not data.strip():
        raise UnreadableFileError(FileProblem.EMPTY)
    try:
        sheets = [sheet for sheet in _read(data, filename) if sheet.rows]
    except UnreadableFileError:
        raise
    except Exception as error:
        # What the parsers of broken files raise is not documented: KeyError, ValueError, struct
        # and zlib errors, recursion and many more. All mean the same to the person in front.
        _logger.info("A spreadsheet could not be read: %s", type(error).__name__)
        raise UnreadableFileError(FileProblem.BROKEN) from error
    if not sheets:
        raise UnreadableFileError(FileProblem.EMPTY)
    return sheets


def _read(data: bytes, filename: str) -> list[Sheet]:
    if data.startswith(_COMPOUND_FILE):
        raise UnreadableFileError(_problem_of_compound_file(data))
    if data.startswith(_OLD_EXCEL):
        raise UnreadableFileError(FileProblem.LEGACY_FORMAT)
    if data.startswith(b"PK"):
        return _read_archive(data)
    return read_delimited(data, filename)


def _problem_of_compound_file(data: bytes) -> FileProblem:
    """What Microsoft's container holds: an encrypted XLSX, an old XLS, or something else."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return FileProblem.PASSWORD_PROTECTED
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return FileProblem.LEGACY_FORMAT
    return FileProblem.NOT_A_SPREADSHEET


def _read_archive(data: bytes) -> list[Sheet]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        _check_members(archive)
        names = set(archive.namelist())
        if any(name.endswith("vbaProject.bin") for name in names):
            raise UnreadableFileError(FileProblem.MACROS)
        if "xl/workbook.bin" in names:
            raise UnreadableFileError(FileProblem.LEGACY_FORMAT)
        if "xl/workbook.xml" in names:
            from tandemwerk.intake.reading.xlsx import read_xlsx  # noqa: PLC0415 - slow to load

            return read_xlsx(archive, data)
        if "content.xml" in names and b"spreadsheet" in _mimetype(archive):
            return read_ods(archive)
    raise UnreadableFileError(FileProblem.NOT_A_SPREADSHEET)


def _check_members(archive: zipfile.ZipFile) -> None:
    """Refuse what would not fit before a byte is unpacked.

    ``zipfile`` never hands out more than the size a member claims, so claims can be trusted.
    """
    members = archive.infolist()
    if any(member.flag_bits & _ENCRYPTED_BIT for member in members):
        raise UnreadableFileError(FileProblem.PASSWORD_PROTECTED)
    if len(members) > MAX_ARCHIVE_MEMBERS:
        raise UnreadableFileError(FileProblem.ZIP_BOMB)
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES or (
        unpacked > _COMPRESSION_CHECKED_FROM and unpacked > _MOST_COMPRESSION * max(packed, 1)
    ):
        raise UnreadableFileError(FileProblem.ZIP_BOMB)


def _mimetype(archive: zipfile.ZipFile) -> bytes:
    """ODS names itself in its first member; some writers leave that out."""
    try:
        return archive.read("mimetype")
    except KeyError:
        return archive.read("META-INF/manifest.xml")
