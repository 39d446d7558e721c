"""Whatever bytes arrive: sheets, or one clear reason, and never anything else."""

import zipfile
from io import BytesIO
from string import ascii_uppercase

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tandemwerk.intake.reading import (
    FileProblem,
    Sheet,
    SheetToHandBack,
    UnreadableFileError,
    guess_mapping,
    read_people,
    read_workbook,
    write_hand_back,
)
from tests.intake.reading.lists import REAL_LISTS, TODAY, delimited, xlsx

FILES = {path.name: path.read_bytes() for path in REAL_LISTS.iterdir() if path.suffix != ".json"}

#: The same examples in every run, however busy the machine is.
slowly = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow],
)


def go_all_the_way(data: bytes, filename: str = "Liste.csv") -> str:
    """Read a file to its end and hand everything back; the problem's code if it is refused."""
    try:
        sheets = read_workbook(data, filename)
    except UnreadableFileError as error:
        return error.code
    for sheet in sheets:
        hand_everything_back(sheet)
    return "read"


def hand_everything_back(sheet: Sheet) -> None:
    mapping = guess_mapping(sheet)
    verdicts = read_people(sheet, mapping, today=TODAY)
    write_hand_back([SheetToHandBack(sheet, mapping, verdicts)], {})


@st.composite
def damaged_files(draw):
    """A real file with some bytes changed, cut off, doubled or swapped for another file's."""
    data = bytearray(draw(st.sampled_from(sorted(FILES.values()))))
    for _ in range(draw(st.integers(1, 12))):
        place = draw(st.integers(0, len(data) - 1))
        match draw(st.sampled_from(["change", "cut", "insert", "double", "splice"])):
            case "change":
                data[place] = draw(st.integers(0, 255))
            case "cut":
                del data[place : place + draw(st.integers(1, 400))]
            case "insert":
                data[place:place] = draw(st.binary(min_size=1, max_size=40))
            case "double":
                data[place:place] = data[place : place + 300]
            case "splice":
                other = draw(st.sampled_from(sorted(FILES.values())))
                data[place : place + 200] = other[place : place + 200]
        if not data:
            break
    return bytes(data)


@st.composite
def repacked_files(draw):
    """A real archive whose parts are damaged and packed again, so that the damage is reached."""
    name = draw(st.sampled_from(["Interessierte.xlsx", "buddies.ods"]))
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(FILES[name])) as archive,
        zipfile.ZipFile(target, "w") as repacked,
    ):
        for member in archive.namelist():
            part = bytearray(archive.read(member))
            if part and draw(st.integers(0, 2)) == 0:
                place = draw(st.integers(0, len(part) - 1))
                length = draw(st.integers(0, 30))
                part[place : place + length] = draw(st.binary(max_size=30))
            if draw(st.integers(0, 30)):
                repacked.writestr(member, bytes(part))
    return target.getvalue()


@slowly
@given(damaged_files())
def test_a_damaged_file_is_read_or_refused_with_a_reason(data):
    result = go_all_the_way(data)

    assert result == "read" or result in list(FileProblem)


@slowly
@given(repacked_files())
def test_a_file_with_damaged_parts_is_read_or_refused_with_a_reason(data):
    result = go_all_the_way(data)

    assert result == "read" or result in list(FileProblem)


@slowly
@given(st.binary(max_size=3000))
def test_random_bytes_are_read_or_refused_with_a_reason(data):
    result = go_all_the_way(data)

    assert result == "read" or result in list(FileProblem)


@slowly
@given(st.text(max_size=1500))
def test_random_text_is_read_or_refused_with_a_reason(text):
    result = go_all_the_way(text.encode("utf-8", errors="replace"))

    assert result == "read" or result in list(FileProblem)


HEADERS = """Name|Vorname|PLZ|Jahrgang|Alter|Geschlecht|Sprachen|Niveau|Zeit|Mo vorm.|Telefon|Mail
Kontakt|Rolle|Art|Themen|km|Kapazität|wartet seit|Gruppe|Wunsch|Prio|Kinder ok|minderjährig|Adresse
Ort|Hobbys|Bemerkung|Deutsch|Anzahl Freiwillige|max. Gruppe|""".replace("\n", "|")
NASTY = """31.02.71|0|-1|1e400|=1+1|Mo-|ab Uhr|99 Uhr|bis 24|+49|@|a@b|Deutsch B|kein|C1|Summe|#REF!
Familie mit Kindern|vor 999 Jahren|9999-99-99|00.00.0000|1.1.0001|31.12.9999|((|))|,|,,|Frau|Dr.
0000000000000000""".replace("\n", "|")
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.text(max_size=60),
    st.sampled_from(NASTY.split("|")),
)


@slowly
@given(st.lists(st.lists(CELLS, max_size=32), max_size=8), st.booleans())
def test_any_cells_below_known_headers_become_verdicts(rows, is_delimited):
    sheet = Sheet("Liste", [HEADERS.split("|"), *rows], is_delimited=is_delimited)

    mapping = guess_mapping(sheet, header_row=1)
    verdicts = read_people(sheet, mapping, today=TODAY)

    assert [verdict.row for verdict in verdicts] == list(range(2, len(rows) + 2))


@slowly
@given(st.lists(st.lists(CELLS, max_size=12), min_size=1, max_size=10))
def test_any_cells_at_all_become_verdicts(rows):
    sheet = Sheet("Liste", rows)

    hand_everything_back(sheet)


def archive_of(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def encrypted(data: bytes) -> bytes:
    """Mark every member as encrypted, as archivers with a password do."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(signature)
        while place >= 0:
            changed[place + offset] |= 1
            place = changed.find(signature, place + 4)
    return bytes(changed)


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
ODS_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
ODS_START = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Liste">'
)
ODS_END = "</table:table></office:spreadsheet></office:body></office:document-content>"


def ods(rows: str) -> bytes:
    content = f"{ODS_START}{rows}{ODS_END}".encode()
    return archive_of({"mimetype": ODS_MIMETYPE, "content.xml": content})


def last_cell(reference: str) -> bytes:
    """A workbook with one cell at A1 and another one far away."""
    data = BytesIO()
    number = reference.lstrip(ascii_uppercase)
    far = f'<row r="{number}"><c r="{reference}"><v>1</v></c></row></sheetData>'.encode()
    with zipfile.ZipFile(BytesIO(xlsx({"A": [["x"]]}))) as source, zipfile.ZipFile(data, "w") as to:
        for name in source.namelist():
            part = source.read(name)
            is_sheet = name == "xl/worksheets/sheet1.xml"
            to.writestr(name, part.replace(b"</sheetData>", far) if is_sheet else part)
    return data.getvalue()


LAUGHS = "".join(
    f'<!ENTITY {big} "&{small};&{small};">' for small, big in zip("abcdefg", "bcdefgh", strict=True)
)
BILLION_LAUGHS = f'<!DOCTYPE x [<!ENTITY a "ha">{LAUGHS}]><x>&h;</x>'.encode()

PROBLEMS = {
    "no bytes": (b"", FileProblem.EMPTY),
    "only spaces": (b" \r\n\t\n", FileProblem.EMPTY),
    "only separators": (b";;;\r\n;;;\r\n", FileProblem.EMPTY),
    "a workbook without cells": (xlsx({"A": [], "B": [[]]}), FileProblem.EMPTY),
    "eleven megabytes": (b"a;b\n" * 3_000_000, FileProblem.TOO_BIG),
    "an encrypted workbook": (
        COMPOUND + "EncryptedPackage".encode("utf-16-le"),
        FileProblem.PASSWORD_PROTECTED,
    ),
    "an encrypted archive": (encrypted(FILES["buddies.ods"]), FileProblem.PASSWORD_PROTECTED),
    "an encrypted document": (
        archive_of(
            {
                "mimetype": ODS_MIMETYPE,
                "content.xml": b"\x13\x37",
                "META-INF/manifest.xml": b"<manifest:encryption-data/>",
            }
        ),
        FileProblem.PASSWORD_PROTECTED,
    ),
    "an old workbook": (COMPOUND + "Workbook".encode("utf-16-le"), FileProblem.LEGACY_FORMAT),
    "a very old workbook": (
        b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(90),
        FileProblem.LEGACY_FORMAT,
    ),
    "a binary workbook": (archive_of({"xl/workbook.bin": b"x"}), FileProblem.LEGACY_FORMAT),
    "another compound file": (COMPOUND, FileProblem.NOT_A_SPREADSHEET),
    "macros": (
        archive_of({"xl/workbook.xml": b"<x/>", "xl/vbaProject.bin": b"x"}),
        FileProblem.MACROS,
    ),
    "an archive of something else": (archive_of({"a.txt": b"x"}), FileProblem.NOT_A_SPREADSHEET),
    "a text document": (
        archive_of({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"x"}),
        FileProblem.NOT_A_SPREADSHEET,
    ),
    "a PDF": (b"%PDF-1.7\n1 0 obj", FileProblem.NOT_A_SPREADSHEET),
    "a web page": (b"<!DOCTYPE html><table><tr><td>Name", FileProblem.NOT_A_SPREADSHEET),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, FileProblem.NOT_A_SPREADSHEET),
    "half an archive": (FILES["Interessierte.xlsx"][:3000], FileProblem.BROKEN),
    "an archive without its workbook's parts": (
        archive_of({"xl/workbook.xml": b"<workbook/>"}),
        FileProblem.BROKEN,
    ),
    "entities that grow": (
        archive_of({"mimetype": ODS_MIMETYPE, "content.xml": BILLION_LAUGHS}),
        FileProblem.BROKEN,
    ),
    "an archive that unpacks to a hundred megabytes": (
        archive_of({"xl/workbook.xml": bytes(100_000_000)}),
        FileProblem.ZIP_BOMB,
    ),
    "an archive of two thousand parts": (
        archive_of({f"{n}.xml": b"" for n in range(2000)}),
        FileProblem.ZIP_BOMB,
    ),
    "a cell in the last row": (last_cell("A1048576"), FileProblem.TOO_MANY_ROWS),
    "a row far behind the last row": (last_cell("A99999999"), FileProblem.BROKEN),
    "too many rows": (delimited([["Name", "PLZ"]] * 20_001), FileProblem.TOO_MANY_ROWS),
    "a row repeated to the end": (
        ods(
            '<table:table-row table:number-rows-repeated="1048576"><table:table-cell'
            ' office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
        ),
        FileProblem.TOO_MANY_ROWS,
    ),
    "a cell repeated to the edge": (
        ods(
            '<table:table-row><table:table-cell table:number-columns-repeated="999999999"'
            ' office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
        ),
        FileProblem.TOO_MANY_COLUMNS,
    ),
    "too many columns": (delimited([["x"] * 201] * 3), FileProblem.TOO_MANY_COLUMNS),
    "a cell as long as a book": (("x" * 40_000 + ";y\n").encode(), FileProblem.CELL_TOO_LONG),
    "a broken UTF-16 file": (b"\xff\xfea\x00b\x00\x00", FileProblem.BROKEN),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_file_that_cannot_be_read_gets_its_own_reason(name):
    data, problem = PROBLEMS[name]

    with pytest.raises(UnreadableFileError) as caught:
        read_workbook(data, "Liste.xlsx")

    assert caught.value.code is problem


def test_a_cell_in_the_far_corner_is_not_laid_out_as_a_full_rectangle():
    data = last_cell("XFD2")

    (sheet,) = read_workbook(data, "Liste.xlsx")

    assert list(sheet.rows) == [("x",)]


def test_empty_cells_repeated_to_the_edge_of_the_sheet_cost_nothing():
    data = ods(
        '<table:table-row><table:table-cell office:value-type="string"><text:p>Name</text:p>'
        '</table:table-cell><table:table-cell table:number-columns-repeated="16383"/>'
        '</table:table-row><table:table-row table:number-rows-repeated="1048575"><table:table-cell'
        ' table:number-columns-repeated="16384"/></table:table-row>'
    )

    (sheet,) = read_workbook(data, "Liste.ods")

    assert list(sheet.rows) == [("Name",)]
