"""Guesses can be corrected, stored, and found again."""

import json

import pytest

from tandemwerk.intake.reading import (
    Field,
    Mapping,
    Side,
    guess_mapping,
    read_people,
    read_workbook,
    recall_mapping,
    signature_of,
)
from tests.intake.reading.lists import TODAY, delimited, fields, people, read

ROWS = [
    ["Wer", "PLZ", "Kürzel", "Mail"],
    ["Anna Lang", "01239", "flexibel", "anna@example.org"],
    ["Ben Kurz", "01237", "abends", "ben@example.org"],
]


def sheet_of(rows, name="Liste.csv"):
    return read_workbook(delimited(rows), name)[0]


def test_a_stored_mapping_comes_back_as_it_was():
    _, mapping, _ = read(delimited(ROWS))

    stored = json.loads(json.dumps(mapping.to_json()))

    assert Mapping.from_json(stored) == mapping


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"header_row": 1},
        {"columns": []},
        {**Mapping(1, (), {}).to_json(), "columns": {"0": "x"}},
    ],
)
def test_anything_else_is_no_stored_mapping(stored):
    with pytest.raises(ValueError, match=r"."):
        Mapping.from_json(stored)


def test_a_corrected_mapping_is_read_as_corrected():
    sheet = sheet_of(ROWS)

    mapping = guess_mapping(sheet).corrected({2: Field.AVAILABILITY}, side=Side.NEWCOMER)

    anna, ben = people(read_people(sheet, mapping, today=TODAY))
    assert (anna.side, anna.note) == (Side.NEWCOMER, "")
    assert ben.availability == sum(1 << (day * 3 + 2) for day in range(7))


def test_a_field_that_only_one_column_may_have_moves_when_another_gets_it():
    sheet = sheet_of([["Name", "Vorname", "PLZ"], ["Lang", "Anna", "01239"]])

    mapping = guess_mapping(sheet).corrected({0: Field.GIVEN_NAME, 1: Field.FAMILY_NAME})

    assert fields(mapping) == {"Name": "given_name", "Vorname": "family_name", "PLZ": "postcode"}


def test_a_remembered_mapping_fits_a_list_with_the_same_headers_elsewhere():
    remembered = guess_mapping(sheet_of(ROWS)).corrected(
        {2: Field.AVAILABILITY}, side=Side.VOLUNTEER
    )
    moved = [["Stand heute"], [], ["Mail", "⚠ Grund: Mail", "Kürzel", "PLZ", "Wer"]]
    sheet = sheet_of([*moved, ["anna@example.org", "falsch", "abends", "01239", "Anna Lang"]])

    mapping = recall_mapping(sheet, remembered)

    assert mapping is not None
    assert mapping.signature == remembered.signature
    assert (mapping.header_row, mapping.side) == (3, Side.VOLUNTEER)
    assert fields(mapping) == {
        "Mail": "mail",
        "⚠ Grund: Mail": "ignore",
        "Kürzel": "availability",
        "PLZ": "postcode",
        "Wer": fields(remembered)["Wer"],
    }


def test_a_list_with_other_headers_does_not_get_the_remembered_mapping():
    remembered = guess_mapping(sheet_of(ROWS))

    assert recall_mapping(sheet_of([["Name", "PLZ"], ["Anna Lang", "01239"]]), remembered) is None


def test_signatures_ignore_order_case_and_reasons_but_not_words():
    signature = signature_of(["Name", "PLZ / Ort", ""])

    assert signature == signature_of(["plz/ort", "⚠ Grund", "NAME"])
    assert signature != signature_of(["Name", "PLZ"])


def test_the_header_row_can_be_chosen_by_hand():
    sheet = sheet_of([["Eins", "Zwei"], ["Name", "PLZ"], ["Anna Lang", "01239"]])

    assert guess_mapping(sheet).header_row == 2
    assert guess_mapping(sheet, header_row=1).headers == ("Eins", "Zwei")
    assert guess_mapping(sheet, header_row=0).header_row == 0


def test_a_mapping_says_what_the_list_does_not_tell():
    _, mapping, _ = read(delimited([["Name", "Alter"], ["Anna Lang", "51"]]))

    assert mapping.missing == ("side", "postcode", "contact", "languages", "availability")


def test_columns_without_a_meaning_are_kept_as_remarks():
    rows = [["Name", "PLZ", "Schuhgröße", ""], ["Anna Lang", "01239", "38", "frei dazu"]]

    _, mapping, verdicts = read(delimited(rows), "Paten.csv")

    assert mapping.columns[2] is Field.OTHER
    assert people(verdicts)[0].note.splitlines() == ["Schuhgröße: 38", "frei dazu"]
