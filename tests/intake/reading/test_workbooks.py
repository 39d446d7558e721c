"""The same list in every format, encoding and separator is the same list."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from tandemwerk.intake.reading import read_workbook
from tandemwerk.intake.reading.delimited import decode
from tests.intake.reading.lists import delimited, xlsx
from tests.intake.reading.test_hostile_files import ods

ROWS = [["Name", "Ort", "PLZ"], ["Müßig, Änne", 'Bad "Süd"\nTal', "01239"], ["Öz, Ü", "A;B,C", ""]]


def texts(data: bytes, filename: str = "Liste.csv") -> list[list[str]]:
    (sheet,) = read_workbook(data, filename)
    return [[str(cell or "") for cell in row] for row in sheet.rows]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850"]
)
def test_text_files_are_read_in_any_encoding_with_any_separator(encoding, separator):
    assert texts(delimited(ROWS, separator=separator, encoding=encoding)) == ROWS


def test_a_text_file_is_named_after_its_file_and_knows_its_ragged_rows():
    (sheet,) = read_workbook(b"Name;PLZ;Ort\r\nAnna;01239\r\n", "Paten 2026.csv")

    assert (sheet.name, sheet.is_delimited) == ("Paten 2026", True)
    assert [len(row) for row in sheet.rows] == [3, 2]


def test_the_line_by_which_excel_names_its_separator_is_no_row():
    assert texts(b"sep=,\r\nName,PLZ\r\nA;B,01239\r\n") == [["Name", "PLZ"], ["A;B", "01239"]]


def test_a_single_quotation_mark_does_not_swallow_the_file():
    lines = [b'Name;Note\r\nAnna;"gern\r\n', *(b"Bernd;ok\r\n" for _ in range(5000))]

    assert len(texts(b"".join(lines))) == 5002


def test_titles_above_the_table_do_not_hide_its_separator():
    data = b"Liste der Paten, Stand heute, vertraulich\r\n\r\nName;PLZ\r\nAnna;01239\r\n"

    assert texts(data)[2:] == [["Name", "PLZ"], ["Anna", "01239"]]


def test_control_characters_never_arrive():
    text = "Na\x00me;P\u202eLZ\r\nA\ufeffnna;01239\r\n" + "Ben;01237\r\n" * 400

    (sheet,) = read_workbook(text.encode())

    assert sheet.rows[:2] == [("Name", "PLZ"), ("Anna", "01239")]


def test_decoding_keeps_letters_of_other_alphabets():
    assert decode("Оксана;\u0639\u0644\u064a".encode()) == "Оксана;علي"


def test_workbooks_keep_numbers_dates_and_the_places_of_empty_rows():
    rows = [["Name", "PLZ", "seit"], [], ["Anna", 1239, date(2026, 5, 1)], []]

    (sheet,) = read_workbook(xlsx({"Paten": rows}))

    moment = datetime(2026, 5, 1)  # noqa: DTZ001 - spreadsheets know no time zone
    assert list(sheet.rows) == [("Name", "PLZ", "seit"), (), ("Anna", 1239, moment)]
    assert [sheet.text(3, column) for column in range(4)] == ["Anna", "1239", "2026-05-01", ""]


def test_a_formula_without_a_saved_value_is_kept_as_its_text():
    data = xlsx({"Paten": [["Name"], ['=HYPERLINK("http://example.org")'], ["=1+1"]]})

    (sheet,) = read_workbook(data)

    assert [row[0] for row in sheet.rows] == ["Name", '=HYPERLINK("http://example.org")', "=1+1"]


def test_hidden_sheets_say_so():
    workbook = openpyxl.Workbook()
    workbook.active.append(["Name"])
    workbook.create_sheet("Archiv").append(["Name"])
    workbook["Archiv"].sheet_state = "hidden"
    target = BytesIO()
    workbook.save(target)

    sheets = read_workbook(target.getvalue())

    assert [sheet.name for sheet in sheets if sheet.is_hidden] == ["Archiv"]


def test_open_documents_are_read_with_repetitions_dates_and_without_comments():
    data = ods("""
        <table:table-header-rows><table:table-row>
          <table:table-cell office:value-type="string"><text:p>Name</text:p></table:table-cell>
          <table:table-cell table:number-columns-repeated="2" office:value-type="string">
            <text:p>Zeit</text:p></table:table-cell>
        </table:table-row></table:table-header-rows>
        <table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
        <table:table-row>
          <table:table-cell office:value-type="string">
            <office:annotation><text:p>Wer?</text:p></office:annotation>
            <text:p>Anna<text:s text:c="2"/><text:span>Lang</text:span></text:p>
            <text:p>Köln</text:p>
          </table:table-cell>
          <table:covered-table-cell/>
          <table:table-cell office:value-type="float" office:value="1239"/>
          <table:table-cell office:value-type="date" office:date-value="2026-05-01"/>
          <table:table-cell office:value-type="boolean" office:boolean-value="true"/>
        </table:table-row>
        <table:table-row><table:table-cell table:number-columns-repeated="999"/></table:table-row>
    """)

    (sheet,) = read_workbook(data)

    assert list(sheet.rows) == [
        ("Name", "Zeit", "Zeit"),
        (),
        (),
        ("Anna  Lang\nKöln", None, 1239.0, date(2026, 5, 1), True),
    ]
