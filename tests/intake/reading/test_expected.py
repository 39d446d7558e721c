"""The three lists of ``tests/data/lists`` come out as EXPECTED.json says.

EXPECTED.json has one slip: it counts row 25 of «Paten» as a person and leaves out row 26. In the
file row 25 is the empty one, and the person stands in row 26.
"""

import json

import pytest

from tandemwerk.intake.reading import (
    DuplicateCode,
    Field,
    Outcome,
    Side,
    SkipCode,
    guess_mapping,
    read_people,
    read_workbook,
)
from tests.intake.reading.lists import REAL_LISTS, TODAY, handed_back, people, taken

EXPECTED = json.loads((REAL_LISTS / "EXPECTED.json").read_text("utf-8"))
EMPTY_ROW_OF_PATEN, PERSON_BELOW = 25, 26


def sheets_of(name):
    return read_workbook((REAL_LISTS / name).read_bytes(), name)


@pytest.fixture(scope="module")
def paten():
    sheet = sheets_of("Interessierte.xlsx")[0]
    return sheet, guess_mapping(sheet), read_people(sheet, guess_mapping(sheet), today=TODAY)


@pytest.fixture(scope="module")
def gefluechtete():
    sheet = sheets_of("Interessierte.xlsx")[1]
    return sheet, guess_mapping(sheet), read_people(sheet, guess_mapping(sheet), today=TODAY)


@pytest.fixture(scope="module")
def export():
    (sheet,) = sheets_of("export_alt.csv")
    return sheet, guess_mapping(sheet), read_people(sheet, guess_mapping(sheet), today=TODAY)


@pytest.fixture(scope="module")
def buddies():
    (sheet,) = sheets_of("buddies.ods")
    return sheet, guess_mapping(sheet), read_people(sheet, guess_mapping(sheet), today=TODAY)


def test_the_volunteers_of_the_workbook_are_taken_as_expected(paten):
    sheet, mapping, verdicts = paten
    expected = EXPECTED["Interessierte.xlsx"]["Paten"]
    rows = {PERSON_BELOW if row == EMPTY_ROW_OF_PATEN else row for row in expected["take"]}

    assert sheet.name == "Paten"
    assert mapping.header_row == expected["header_row"]
    assert mapping.side is Side.VOLUNTEER
    assert taken(verdicts) == sorted(rows)


def test_the_volunteers_with_mistakes_are_handed_back_with_the_expected_reason(paten):
    _, _, verdicts = paten
    code_of_reason = {
        "postcode missing": "postcode_missing",
        "mail not valid": "mail_not_valid",
        "year of birth impossible": "birth_year_impossible",
        "name missing": "name_missing",
    }
    expected = {
        int(row): [code_of_reason[reason]]
        for row, reason in EXPECTED["Interessierte.xlsx"]["Paten"]["hand_back"].items()
        if reason in code_of_reason
    }

    assert handed_back(verdicts) == expected


def test_the_empty_row_and_the_sum_are_left_out(paten):
    _, _, verdicts = paten

    skipped = {v.row: v.skipped for v in verdicts if v.outcome is Outcome.SKIP}

    assert skipped == {EMPTY_ROW_OF_PATEN: SkipCode.EMPTY, 43: SkipCode.SUM}


def test_the_person_who_stands_there_twice_is_found_four_rows_apart(paten):
    _, _, verdicts = paten

    duplicates = {v.row: (v.duplicate_of, set(v.duplicate_by)) for v in verdicts if v.duplicate_of}

    by_all = {DuplicateCode.NAME_AND_BIRTH_YEAR, DuplicateCode.MAIL, DuplicateCode.PHONE}
    assert duplicates == {11: (7, by_all)}


def test_the_text_that_looks_like_a_formula_is_kept_as_text(paten):
    _, _, verdicts = paten

    (person,) = [v.person for v in verdicts if v.row == 36]

    assert person.note.splitlines() == [
        "Führungszeugnis: beantragt",
        '=HYPERLINK("http://example.org","klick")',
    ]


def test_all_newcomers_of_the_workbook_are_taken_with_their_lost_zeros(gefluechtete):
    sheet, mapping, verdicts = gefluechtete
    expected = EXPECTED["Interessierte.xlsx"]["Geflüchtete"]

    assert sheet.name == "Geflüchtete"
    assert mapping.header_row == expected["header_row"]
    assert mapping.side is Side.NEWCOMER
    assert len(taken(verdicts)) == 41
    assert {len(person.postcode) for person in people(verdicts)} == {5}
    assert people(verdicts)[0].postcode == "01587"


def test_the_old_export_is_read_in_its_encoding_and_taken_as_expected(export):
    sheet, mapping, verdicts = export
    expected = EXPECTED["export_alt.csv"]
    number = mapping.column_of(Field.IGNORE)
    code_of_reason = {
        "date does not exist": "date_does_not_exist",
        "capacity is not a number": "capacity_not_a_number",
        "row ends early": "row_ends_early",
    }

    back = {sheet.text(row, number): codes for row, codes in handed_back(verdicts).items()}

    assert mapping.side is Side.VOLUNTEER
    assert len(taken(verdicts)) == expected["take"]
    assert back == {
        row: [code_of_reason[reason]] for row, reason in expected["hand_back_by_LFDNR"].items()
    }
    assert people(verdicts)[0].given_name == "Cäcilie"


def test_the_buddies_are_told_apart_by_the_first_column(buddies):
    sheet, mapping, verdicts = buddies
    everybody = people(verdicts)

    assert sheet.name == EXPECTED["buddies.ods"]["sheet"]
    assert mapping.side is None
    assert mapping.columns[0] is Field.SIDE
    assert sum(person.side is Side.VOLUNTEER for person in everybody) == 15
    assert sum(person.side is Side.NEWCOMER for person in everybody) == 15
    assert everybody[0].birth_year == TODAY.year - 51


def test_no_guess_about_the_three_lists_needs_a_correction(paten, gefluechtete, export, buddies):
    guesses = {
        sheet.name: [field.value for field in mapping.columns.values()]
        for sheet, mapping, _ in (paten, gefluechtete, export, buddies)
    }

    assert guesses == {
        "Paten": [
            "name", "postcode", "birth", "gender", "languages", "availability", "phone", "mail",
            "other", "note",
        ],
        "Geflüchtete": [
            "family_name", "given_name", "other", "gender", "birth", "postcode", "languages",
            "topics", "availability", "contact", "waiting_since",
        ],
        "export_alt": [
            "ignore", "gender", "family_name", "given_name", "birth", "postcode", "place", "phone",
            "mail", "languages", "languages", "level", "kinds", "capacity", "waiting_since", "note",
        ],
        "buddies": [
            "side", "given_name", "family_name", "postcode", "languages", "availability", "mail",
            "age", "wishes_gender",
        ],
    }  # fmt: skip
