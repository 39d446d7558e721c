"""What becomes of a row: errors, questions, assumptions, duplicates."""

import pytest

from tandemwerk.intake.reading import (
    ContactPreference,
    DuplicateCode,
    Outcome,
    Side,
    SkipCode,
    guess_mapping,
    iter_people,
    read_people,
    read_workbook,
)
from tests.intake.reading.lists import (
    REAL_LISTS,
    TODAY,
    delimited,
    handed_back,
    people,
    read,
    taken,
    xlsx,
)

HEADER = ["Name", "PLZ", "Jahrgang", "Mail", "Telefon", "Sprachen", "Zeit", "Bemerkung"]


def row(name="Lang, Anna", postcode="01239", year="1980", mail="", phone="", **other):
    languages = other.get("languages", "Deutsch C1")
    return [
        name,
        postcode,
        year,
        mail,
        phone,
        languages,
        other.get("time", "abends"),
        other.get("note"),
    ]


def verdicts_of(*rows, header=HEADER, name="Paten.csv"):
    return read(delimited([header, *rows]), name)[2]


def findings(found):
    return [(finding.field.value, finding.code.value, finding.text) for finding in found]


def test_a_clean_row_leaves_no_question():
    (verdict,) = verdicts_of(row(mail="anna@example.org"))

    assert verdict.outcome is Outcome.TAKE
    assert (verdict.row, list(verdict.questions), list(verdict.assumptions)) == (2, [], [])
    assert verdict.person.contact_preference is ContactPreference.MAIL


def test_what_a_person_does_not_say_is_asked_for():
    (verdict,) = verdicts_of(row(year="", languages="", time="", note="ruhig"))

    assert findings(verdict.questions) == [
        ("mail", "missing", ""),
        ("birth", "missing", ""),
        ("languages", "missing", ""),
        ("availability", "missing", ""),
    ]


def test_what_is_not_understood_is_asked_for_once_and_kept():
    (verdict,) = verdicts_of(row(languages="Klingonisch", time="Schicht", phone="030 23125274"))

    assert findings(verdict.questions) == [
        ("languages", "not_understood", "Klingonisch"),
        ("availability", "not_understood", "Schicht"),
    ]
    assert verdict.person.note.splitlines() == ["Sprachen: Klingonisch", "Zeit: Schicht"]


def test_conclusions_are_named():
    rows = row(postcode="1239", year="20", languages="Deutsch, Englisch A2", phone="030 23125274")

    (verdict,) = verdicts_of(rows)

    assert [(finding.code.value, finding.text) for finding in verdict.assumptions] == [
        ("zero_restored", "1239"),
        ("level", "de:C1"),
    ]
    assert verdict.person.birth_year == 1920


def test_every_error_names_its_cell():
    (verdict,) = verdicts_of(row(name="", postcode="867", year="1853", mail="x@", phone="123"))

    assert [(e.column, e.field.value, e.code.value, e.text) for e in verdict.errors] == [
        (2, "birth", "birth_year_impossible", "1853"),
        (3, "mail", "mail_not_valid", "x@"),
        (4, "phone", "phone_not_valid", "123"),
        (0, "name", "name_missing", ""),
        (1, "postcode", "postcode_not_valid", "867"),
    ]


def test_a_list_without_postcodes_is_taken_and_asked_for_them():
    (verdict,) = verdicts_of(["Anna Lang", "a@example.org"], header=["Name", "Mail"])

    assert verdict.outcome is Outcome.TAKE
    assert ("postcode", "missing", "") in findings(verdict.questions)


def test_a_postcode_in_the_address_is_good_enough():
    header = ["Name", "Adresse"]

    verdicts = verdicts_of(
        ["A Lang", "Weg 1, 1239 Ort"], ["B Kurz", "Weg 2, 01239 Ort"], header=header
    )

    assert handed_back(verdicts) == {2: ["postcode_missing"]}
    assert [(p.postcode, p.note) for p in people(verdicts)] == [("01239", "Adresse: Weg 2")]


def test_one_name_alone_stands_as_the_family_name():
    (verdict,) = verdicts_of(["", "Fatima", "01239"], header=["Nachname", "Vorname", "PLZ"])

    assert (verdict.person.given_name, verdict.person.family_name) == ("", "Fatima")


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (row("Anna Lang", postcode="99999", phone="1"), DuplicateCode.NAME_AND_BIRTH_YEAR),
        (row("Anna Lang", year=""), DuplicateCode.NAME_AND_POSTCODE),
        (row("Lang, Ana", year="", postcode="01067", mail="ANNA@example.org"), DuplicateCode.MAIL),
        (row("Lang, Anne", "01067", "1981", phone="0049 30 23125274"), DuplicateCode.PHONE),
    ],
)
def test_the_same_person_is_found_again(second, code):
    first = row(mail="anna@example.org", phone="030 23125274")

    verdicts = verdicts_of(first, row("Jemand, Anders"), second)

    assert (verdicts[2].duplicate_of, verdicts[2].duplicate_by) == (2, (code,))


@pytest.mark.parametrize(
    "second",
    [
        row("Lang, Peter", year="1979", mail="familie@example.org", phone="030 23125274"),
        row("Lang, Anna", year="2008", postcode="01067", phone="030 23125274"),
    ],
)
def test_people_who_only_share_a_contact_are_not_the_same_but_named(second):
    first = row(mail="familie@example.org", phone="030 23125274")

    _, verdict = verdicts_of(first, second)

    assert (verdict.outcome, verdict.duplicate_of) == (Outcome.TAKE, None)
    assert findings(verdict.questions) == [("contact", "shares_contact", "2")]


def test_a_row_that_is_handed_back_is_nobodys_original():
    verdicts = verdicts_of(row(postcode=""), row())

    assert [verdict.duplicate_of for verdict in verdicts] == [None, None]


def test_the_same_person_may_stand_on_both_sides():
    header = ["Name", "PLZ", "Jahrgang", "Rolle"]

    verdicts = verdicts_of(
        ["Anna Lang", "01239", "1980", "Patin"],
        ["Anna Lang", "01239", "1980", "Mentee"],
        header=header,
    )

    assert [verdict.duplicate_of for verdict in verdicts] == [None, None]


def test_a_row_that_ends_early_is_broken_only_where_rows_are_whole():
    whole = "\r\n".join(["Name;PLZ;Ort", *["A Lang;01239;Ort"] * 9, "B Kurz;01239"])
    ragged = "\r\n".join(["Name;PLZ;Ort", *["A Lang;01239"] * 9, "B Kurz;01239;Ort"])

    of_whole, of_ragged = (read(text.encode())[2] for text in (whole, ragged))

    assert handed_back(of_whole)[11][0] == "row_ends_early"
    assert handed_back(of_ragged) == {row: ["side_unknown"] for row in range(2, 12)}


def test_a_row_with_a_separator_too_many_is_handed_back():
    text = "\r\n".join(
        ["Name;PLZ;Mail", *["A Lang;01239;a@example.org"] * 9, "B;K;01239;b@example.org"]
    )

    verdicts = read(text.encode(), "Paten.csv")[2]

    assert handed_back(verdicts)[11][0] == "row_too_long"


def test_texts_that_begin_like_formulas_are_kept_as_they_are():
    notes = ["-2 Termine verpasst", "@Büro anrufen", "+ Hund", "=1+1", "'=x"]

    verdicts = verdicts_of(
        *[row(f"Person {chr(65 + n)}", note=text) for n, text in enumerate(notes)]
    )

    assert [person.note for person in people(verdicts)] == notes


def test_a_formula_that_failed_is_asked_for():
    (verdict,) = verdicts_of(row(note="#NAME?", mail="a@example.org"))

    assert findings(verdict.questions) == [("note", "formula_error", "#NAME?")]


def test_a_text_that_is_no_cell_any_more_is_handed_back():
    (verdict,) = verdicts_of(row(time="abends " * 300))

    assert [error.code.value for error in verdict.errors] == ["text_too_long"]


def test_who_is_not_yet_of_age_is_known_by_the_day_where_there_is_one():
    cells = ["22.11.2008", "23.11.2008", "2008", "2009"]

    verdicts = verdicts_of(
        *[row(f"Person {chr(65 + n)}", year=text) for n, text in enumerate(cells)]
    )

    assert [person.is_minor for person in people(verdicts)] == [False, True, False, True]


def test_assumed_levels_differ_by_side():
    rows = [["Name", "PLZ", "Rolle", "Sprachen"]]
    rows += [[f"{role} X", "01239", role, "Deutsch, Farsi"] for role in ("Patin", "Mentee")]

    verdicts = read(delimited(rows))[2]

    assert [(person.side, person.languages) for person in people(verdicts)] == [
        (Side.VOLUNTEER, (("de", "C1"), ("fa", "B1"))),
        (Side.NEWCOMER, (("de", "A2"), ("fa", "B1"))),
    ]


@pytest.mark.parametrize(
    ("cells", "skipped"),
    [
        (["Summe", None, None, "38 Personen"], SkipCode.SUM),
        (["Gesamt: 38"], SkipCode.SUM),
        ([None, None, None, 38], SkipCode.SUM),
        ([None, None, "Total", 38], SkipCode.SUM),
        (["name", "plz", "jahrgang", "mail"], SkipCode.HEADER_AGAIN),
        (["Patinnen und Paten"], SkipCode.SECTION),
        (["* = noch nicht bestätigt"], SkipCode.REMARK),
        (["Bitte alle anrufen!"], SkipCode.REMARK),
        (["Stand:", "02.11.2026"], SkipCode.REMARK),
        ([None, " "], SkipCode.EMPTY),
    ],
)
def test_rows_that_are_no_people_are_left_out(cells, skipped):
    data = xlsx({"Paten": [HEADER, row(), cells, row("Kurz, Ben")]})

    _, _, verdicts = read(data)

    assert taken(verdicts) == [2, 4]
    assert verdicts[1].skipped is skipped


@pytest.mark.parametrize("name", ["Lang, Anna", "Summer, Anna", "Anna Total", "Gesamtheit, Eva"])
def test_people_are_not_taken_for_sums_because_of_their_names(name):
    (verdict,) = verdicts_of(row(name))

    assert verdict.outcome is Outcome.TAKE


def test_a_name_alone_is_somebody_whose_data_are_missing():
    verdicts = verdicts_of(row(), ["Kurz, Ben"])

    assert handed_back(verdicts)[3][-1] == "postcode_missing"


def test_progress_hears_of_every_row():
    sheet = read_workbook((REAL_LISTS / "buddies.ods").read_bytes())[0]
    heard = []

    read_people(
        sheet, guess_mapping(sheet), today=TODAY, progress=lambda done, of: heard.append((done, of))
    )

    assert heard == [(done, 30) for done in range(1, 31)]


def test_rows_can_be_read_one_by_one():
    sheet = read_workbook((REAL_LISTS / "buddies.ods").read_bytes())[0]

    first = next(iter_people(sheet, guess_mapping(sheet), today=TODAY))

    assert (first.row, first.person.family_name) == (2, "Ahrendt")


def test_a_long_list_is_read_whole():
    rows = [
        row(
            f"Lang, Anna{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}",
            mail=f"anna{n}@example.org",
            phone=f"030 2312{n:04}",
            languages=f"Deutsch C1, Farsi A{1 + n % 2}",
            time=f"Mo ab {8 + n % 12} Uhr",
            note=f"Nummer {n}",
        )
        for n in range(1000)
    ]
    data = xlsx({"Paten": [HEADER, *rows]})

    verdicts = read(data)[2]

    assert len(taken(verdicts)) == 1000
