"""Rows that were not taken go back with the reason beside each cell."""

from io import BytesIO

import openpyxl
import pytest

from tandemwerk.intake.reading import (
    ErrorCode,
    SheetToHandBack,
    guess_mapping,
    read_people,
    read_workbook,
    recall_mapping,
    write_hand_back,
)
from tests.intake.reading.lists import TODAY, delimited, handed_back, read, taken, xlsx

LABELS = {"reason": "Grund", "row": "Zeile", **{code: f"<{code}>" for code in ErrorCode}}
HEADER = ["Name", "PLZ", "Mail", "Bemerkung"]
ROWS = [
    HEADER,
    ["Anna Lang", "01239", "anna@example.org", ""],
    ["Ben Kurz", "weiß nicht", "ben@", "=1+1"],
    ["", "01239", "cem@example.org", "-2 Termine"],
    ["@Dora Tief", 1239, "dora@example.org", "+ Hund"],
    ["Emil Hoch", "867", "", '=HYPERLINK("http://example.org","klick")'],
]


def handed(data: bytes, **options):
    """The cells of the file that goes back, and its first sheet."""
    sheet, mapping, verdicts = read(data, "Paten.csv")
    result = write_hand_back([SheetToHandBack(sheet, mapping, verdicts)], LABELS, **options)
    worksheet = openpyxl.load_workbook(BytesIO(result)).worksheets[0]
    return [[cell.value for cell in row] for row in worksheet.iter_rows()], worksheet, result


def test_each_wrong_cell_has_its_reason_beside_it():
    cells, worksheet, _ = handed(delimited(ROWS))

    assert worksheet.title == "Paten"
    assert cells == [
        [
            "Name", "⚠ Grund: Name", "PLZ", "⚠ Grund: PLZ", "Mail", "⚠ Grund: Mail", "Bemerkung",
            "⚠ Grund", "⚠ Zeile",
        ],
        [
            "Ben Kurz", None, "weiß nicht", "<postcode_missing>", "ben@", "<mail_not_valid>",
            "=1+1", None, "3",
        ],
        [None, "<name_missing>", "01239", None, "cem@example.org", None, "-2 Termine", None, "4"],
        [
            "@Dora Tief", "<name_missing>", "1239", None, "dora@example.org", None, "+ Hund",
            None, "5",
        ],
        [
            "Emil Hoch", None, "867", "<postcode_not_valid>", None, None,
            '=HYPERLINK("http://example.org","klick")', None, "6",
        ],
    ]  # fmt: skip


def test_wrong_cells_are_coloured_and_others_are_not():
    _, worksheet, _ = handed(delimited(ROWS))

    colours = {cell.coordinate: cell.fill.fgColor.rgb for row in worksheet["A2:E2"] for cell in row}

    assert {place for place, colour in colours.items() if colour == "FFFDE2E1"} == {"C2", "E2"}


def test_no_cell_is_ever_a_formula_or_a_link():
    _, worksheet, result = handed(delimited(ROWS))

    kinds = {cell.data_type for row in worksheet.iter_rows() for cell in row if cell.value}

    assert kinds == {"s"}
    assert b"<f>" not in result
    assert not any(cell.hyperlink for row in worksheet.iter_rows() for cell in row)


def test_a_corrected_list_comes_back_without_a_new_mapping():
    sheet, mapping, verdicts = read(delimited(ROWS), "Paten.csv")
    returned = write_hand_back([SheetToHandBack(sheet, mapping, verdicts)], LABELS)
    workbook = openpyxl.load_workbook(BytesIO(returned))
    worksheet = workbook.worksheets[0]
    for place, text in {"C2": "01237", "E2": "ben@example.org", "A3": "Cem Weit"}.items():
        worksheet[place] = text
    for place, text in {"A4": "Dora Tief", "C5": "08670"}.items():
        worksheet[place] = text
    target = BytesIO()
    workbook.save(target)

    (again,) = read_workbook(target.getvalue())
    remembered = recall_mapping(again, mapping)
    result = read_people(again, remembered, today=TODAY)

    assert guess_mapping(again).columns == remembered.columns
    assert (taken(result), handed_back(result)) == ([2, 3, 4, 5], {})
    assert result[0].person.note == "=1+1"


def test_a_row_that_ends_early_names_the_place_where_it_ends():
    text = "\r\n".join(["Name;PLZ;Mail", *["A Lang;01239;a@example.org"] * 9, "B Kurz;01239"])

    cells, _, _ = handed(text.encode())

    assert cells == [
        ["Name", "PLZ", "Mail", "⚠ Grund: Mail", "⚠ Grund", "⚠ Zeile"],
        ["B Kurz", "01239", None, "<row_ends_early>", None, "11"],
    ]


def test_sheets_of_one_file_go_back_in_one_file_whatever_their_names():
    rows = [["Name", "PLZ"], ["Anna Lang", "x"]]
    names = ["Paten [alt]: 1/2", "PATEN  alt   1 2", "History", "A" * 31]
    sheets = read_workbook(xlsx({"1": rows, "2": rows, "3": rows, "4": rows}))
    parts = []
    for sheet, name in zip(sheets, names, strict=True):
        object.__setattr__(sheet, "name", name)
        mapping = guess_mapping(sheet)
        parts.append(SheetToHandBack(sheet, mapping, read_people(sheet, mapping, today=TODAY)))

    result = openpyxl.load_workbook(BytesIO(write_hand_back(parts, LABELS)))

    assert len(result.worksheets) == 4


@pytest.mark.parametrize("right_to_left", [True, False])
def test_the_sheet_can_be_written_from_right_to_left(right_to_left):
    _, worksheet, _ = handed(delimited(ROWS), right_to_left=right_to_left)

    assert bool(worksheet.sheet_view.rightToLeft) is right_to_left
