"""Lists of other sites, each with habits of its own; at most two guesses may need a correction."""

from datetime import date

import pytest

from tandemwerk.intake.reading import (
    DAYS,
    Field,
    Outcome,
    Side,
    SkipCode,
    guess_mapping,
    read_people,
    read_workbook,
)
from tests.intake.reading.lists import (
    TODAY,
    delimited,
    fields,
    handed_back,
    people,
    read,
    taken,
    xlsx,
)


def bits(*slots: str) -> int:
    """The mask of slots such as «mon-m»."""
    return sum(
        1 << (DAYS.index(slot[:3]) * 3 + "mae".index(part)) for slot in slots for part in slot[4:]
    )


EVENINGS_OF_WORKDAYS = bits("mon-e", "tue-e", "wed-e", "thu-e", "fri-e")
WEEKEND = bits("sat-mae", "sun-mae")

ENGLISH = delimited(
    [
        ["Volunteers 2026 - Leipzig"],
        [],
        [
            "No.", "Full name", "Date of birth", "Gender", "Postal code", "City", "Phone number",
            "Email address", "Languages spoken", "Availability", "Max distance (km)",
            "Number of mentees", "Works with children", "Registered on", "Hobbies", "Comments",
        ],
        [
            "1", "Anna Maria von der Heide", "12/05/1980", "female", "4109", "Leipzig",
            "0341 123456", "anna@example.org", "German (native), English (fluent)",
            "weekdays after 5 pm", "10 km",
            "2", "yes", "2026-03-01", "cooking, hiking", "+ likes cats",
        ],
        [
            "2", "Dr. John Smith", "05/28/1979", "m", "04109", "Leipzig", "0171/1234567",
            "john.smith@example", "English", "anytime except Wednesday", "up to 15km", "1", "no",
            "01.02.2026", "chess", "=2+2",
        ],
        [
            "3", "Peter Groß", "1955", "male", "04109", "", "+49 (0)341 55 66 77",
            "peter@example.org; p2@example.org", "DEU;FAS", "Mon-Fri 9-12", "", "", "x", "", "", "",
        ],
    ],
    separator="\t",
    encoding="utf-16",
)  # fmt: skip


def test_an_english_list_with_tabs_in_utf_16_needs_no_correction():
    _, mapping, verdicts = read(ENGLISH, "list.txt")

    assert mapping.header_row == 3
    assert mapping.side is Side.VOLUNTEER
    assert fields(mapping) == {
        "No.": "ignore",
        "Full name": "name",
        "Date of birth": "birth",
        "Gender": "gender",
        "Postal code": "postcode",
        "City": "place",
        "Phone number": "phone",
        "Email address": "mail",
        "Languages spoken": "languages",
        "Availability": "availability",
        "Max distance (km)": "max_km",
        "Number of mentees": "capacity",
        "Works with children": "minors_ok",
        "Registered on": "waiting_since",
        "Hobbies": "interests",
        "Comments": "note",
    }
    assert taken(verdicts) == [4, 6]
    assert handed_back(verdicts) == {5: ["mail_not_valid"]}


def test_everything_an_english_row_says_arrives_in_its_person():
    _, _, verdicts = read(ENGLISH, "list.txt")

    anna, peter = people(verdicts)

    assert (anna.given_name, anna.family_name) == ("Anna Maria", "von der Heide")
    assert (anna.birth_year, anna.gender, anna.phone) == (1980, "f", "+49341123456")
    assert (anna.postcode, anna.place_name) == ("04109", "Leipzig")
    assert anna.languages == (("de", "L1"), ("en", "C1"))
    assert anna.availability == EVENINGS_OF_WORKDAYS
    assert (anna.max_km, anna.capacity, anna.minors_ok) == (10, 2, True)
    assert anna.interests == ("cooking", "walking")
    assert anna.note == "+ likes cats"
    assert peter.mail == "peter@example.org"
    assert peter.note == "Email address: p2@example.org"
    assert peter.availability == bits("mon-m", "tue-m", "wed-m", "thu-m", "fri-m")


TWO_ROW_HEADER = xlsx(
    {
        "Mentees": [
            ["Warteliste Stadtteilmentoring (Stand: 1.11.26)"],
            [],
            [
                "Lfd. Nr.", "Person", None, None, "Kontakt", None, "Sprache", None,
                "Verfügbarkeit", None, None, None, "Bedarf", "PLZ",
            ],
            [
                None, "Nachname", "Vorname", "geb. am", "Telefon", "E-Mail", "Deutsch", "weitere",
                "Mo", "Di", "Mi", "Sa", None, None,
            ],
            [
                1, "Haddad", "Rami", date(1990, 5, 3), 491711234567, "rami@example.org", "B1",
                "Arabisch", "x", None, "nachm.", "ja", "Wohnung, Arztbesuche", 9111,
            ],
            [
                2, "Омельченко", "Олена", 32874, "0176-1234567", None, "A2",
                "ukrainisch (MS), russisch", None, "vorm.", "nein", None, "Kita-Platz", "09112",
            ],
            [3],
            ["Gesamt:", None, None, 2],
        ]
    },
    merged=("A1:N1", "B3:D3", "E3:F3", "G3:H3", "I3:L3"),
)  # fmt: skip


def test_a_header_of_two_rows_with_merged_cells_is_read_as_one():
    _, mapping, verdicts = read(TWO_ROW_HEADER)

    assert (mapping.header_row, mapping.side) == (4, Side.NEWCOMER)
    assert fields(mapping) == {
        "Lfd. Nr.": "ignore",
        "Person › Nachname": "family_name",
        "Person › Vorname": "given_name",
        "Person › geb. am": "birth",
        "Kontakt › Telefon": "phone",
        "Kontakt › E-Mail": "mail",
        "Sprache › Deutsch": "languages",
        "Sprache › weitere": "languages",
        "Verfügbarkeit › Mo": "availability",
        "Verfügbarkeit › Di": "availability",
        "Verfügbarkeit › Mi": "availability",
        "Verfügbarkeit › Sa": "availability",
        "Bedarf": "topics",
        "PLZ": "postcode",
    }
    rami, olena = people(verdicts)
    assert (rami.birth_year, rami.phone, rami.postcode) == (1990, "+491711234567", "09111")
    assert rami.languages == (("de", "B1"), ("ar", "B1"))
    assert rami.availability == bits("mon-mae", "wed-a", "sat-mae")
    assert (olena.given_name, olena.birth_year) == ("Олена", 1990)
    assert olena.languages == (("de", "A2"), ("uk", "L1"), ("ru", "B1"))
    assert olena.availability == bits("tue-m")
    skipped = {v.row: v.skipped for v in verdicts if v.outcome is Outcome.SKIP}
    assert skipped == {7: SkipCode.EMPTY, 8: SkipCode.SUM}


TICKS = delimited(
    [
        [
            "Vor- und Nachname", "Rolle", "PLZ, Ort", "Alter", "Geschlecht", "Mo vorm.",
            "Mo nachm.", "Mo abends", "Wochenende", "Sprachen", "Handy", "Mail",
            "nur Frauen/Männer?",
            "Patenschaft", "Mentoring", "Behördenbegleitung", "Gruppe",
        ],
        [
            "Frau Sabine Müller", "Patin", "D-01239 Dresden", "54", "", "x", "", "", "x", "D, E",
            "0171-1234567", "s.mueller@web.de", "nur Frauen", "x", "", "x", "",
        ],
        [
            "Familie Haddad", "Geflüchtete", "1239 Dresden", "", "", "", "ja", "nein", "",
            "arab., etwas deutsch", "0351/4567890", "keine", "egal", "", "", "x",
            "Familie mit 3 Kindern",
        ],
        [
            "Hr. Karim Sadat", "Mentee", "01069", "17", "m", "", "", "x", "", "Dari",
            "0049 (0) 351 1234567", "karim(at)example.org", "", "", "x", "", "allein",
        ],
    ],
    encoding="cp1252",
)  # fmt: skip


def test_columns_to_tick_and_both_sides_in_one_list_are_understood():
    _, mapping, verdicts = read(TICKS)

    sabine, haddad, karim = people(verdicts)

    assert mapping.side is None
    assert [person.side for person in (sabine, haddad, karim)] == [
        Side.VOLUNTEER,
        Side.NEWCOMER,
        Side.NEWCOMER,
    ]
    assert (sabine.gender, sabine.wishes_gender, sabine.kinds) == ("f", "f", 0b101)
    assert sabine.availability == bits("mon-m") | WEEKEND
    assert (haddad.family_name, haddad.group_size, haddad.kinds) == ("Haddad", 5, 0b100)
    assert (haddad.availability, haddad.mail) == (bits("mon-a"), "")
    assert haddad.languages == (("ar", "B1"), ("de", "A2"))
    assert (karim.is_minor, karim.mail, karim.kinds) == (True, "karim@example.org", 0b010)
    assert karim.note == "Sprachen: Dari"


def test_the_answers_of_an_online_form_are_understood_by_their_questions():
    data = delimited(
        [
            [
                "Zeitstempel", "Wie heißt du? (Vorname Nachname)", "Wann bist du geboren?",
                "Deine Postleitzahl", "Deine E-Mail-Adresse", "Deine Telefonnummer",
                "Welche Sprachen sprichst du?", "Wann hast du Zeit?", "Ich möchte gerne ... werden",
                "Was machst du gerne in deiner Freizeit?", "Möchtest du uns noch etwas sagen?",
            ],
            [
                "03.05.2026 14:22:10", "Lena Schmidt", "12.03.1999", "01099", "lena@example.org",
                "0151 23456789", "Deutsch, Englisch, Spanisch", "Di+Do nachm.", "Patin",
                "Kochen, Wandern, Bier brauen", "Freue mich!",
            ],
            [
                "04.05.2026 09:02:44", "Ahmed El-Sayed", "1.1.95", "01097", "ahmed@example.org",
                "015123456780", "Arabisch (Muttersprache), Deutsch (C1)", "Wochenende", "Mentor",
                "Fußball", "",
            ],
        ],
        separator=",",
    )  # fmt: skip

    _, mapping, verdicts = read(data, "Antworten.csv")

    lena, ahmed = people(verdicts)
    assert mapping.side is Side.VOLUNTEER
    assert (lena.given_name, lena.birth_year, lena.postcode) == ("Lena", 1999, "01099")
    assert (lena.kinds, ahmed.kinds) == (0b001, 0b010)
    assert lena.interests == ("cooking", "walking")
    assert lena.note.splitlines() == [
        "Was machst du gerne in deiner Freizeit: Bier brauen",
        "Möchtest du uns noch etwas sagen: Freue mich!",
    ]
    assert ahmed.languages == (("ar", "L1"), ("de", "C1"))


def test_headings_between_the_rows_part_a_list_into_its_sides():
    data = xlsx(
        {
            "Tabelle1": [
                ["Tandemprojekt Chemnitz"],
                ["Name", "Vorname", "PLZ", "Tel.", "Email", "Spr.", "Zeiten"],
                ["Ehrenamtliche"],
                ["Müller", "Jan", 9111, "0371 123456", "jan@x.de", "dt., engl.", "immer außer Mi"],
                ["Name", "Vorname", "PLZ", "Tel.", "Email", "Spr.", "Zeiten"],
                ["Geflüchtete"],
                ["Khalil", "Nour", 9112.0, 3711234567, None, "arab.", "Schichtdienst, wechselnd"],
                ["* = Führungszeugnis liegt vor"],
                ["Anzahl", 2],
            ]
        }
    )

    _, mapping, verdicts = read(data)

    jan, nour = people(verdicts)
    assert "side" not in mapping.missing
    assert (jan.side, nour.side) == (Side.VOLUNTEER, Side.NEWCOMER)
    assert (nour.postcode, nour.phone) == ("09112", "+493711234567")
    assert nour.note == "Zeiten: Schichtdienst, wechselnd"
    assert [v.skipped for v in verdicts if v.skipped] == [
        SkipCode.SECTION,
        SkipCode.HEADER_AGAIN,
        SkipCode.SECTION,
        SkipCode.REMARK,
        SkipCode.SUM,
    ]


def test_a_list_without_a_header_is_understood_by_its_cells():
    data = """
Müller;Anna;01239;anna@example.org;0351 123456;w;deutsch, englisch;abends;1980
Meier;Bernd;01237;bernd@example.org;0351 123457;m;deutsch;Mo-Mi ab 17 Uhr;1975
Kühn;Carla;01219;carla@example.org;0351 123458;w;deutsch, russisch;Wochenende;1990
""".lstrip().encode()

    _, mapping, verdicts = read(data, "Freiwillige.csv")

    assert (mapping.header_row, mapping.side) == (0, Side.VOLUNTEER)
    assert [field.value for field in mapping.columns.values()] == [
        "family_name", "given_name", "postcode", "mail", "phone", "gender", "languages",
        "availability", "birth",
    ]  # fmt: skip
    assert taken(verdicts) == [1, 2, 3]


def test_languages_to_tick_and_levels_in_columns_are_understood():
    data = delimited(
        [
            [
                "Name",
                "PLZ",
                "Deutsch",
                "Englisch",
                "Arabisch",
                "Muttersprache",
                "Behörden",
                "Wohnung",
            ],
            ["Rana Saleh", "01239", "B1", "nein", "", "Kurdisch", "x", ""],
            ["Omid Karimi", "01237", "A2", "x", "gut", "Farsi", "", "x"],
            ["Sara Yusuf", "01219", "wenig", "", "", "Somali", "x", "x"],
        ]
    )

    _, _, verdicts = read(data, "Mentees.csv")

    rana, omid, sara = people(verdicts)
    assert rana.languages == (("de", "B1"), ("ku", "L1"))
    assert omid.languages == (("de", "A2"), ("en", "B1"), ("ar", "B2"), ("fa", "L1"))
    assert sara.languages == (("de", "A1"), ("so", "L1"))
    assert [person.topics for person in (rana, omid, sara)] == [1 << 3, 1 << 5, 1 << 3 | 1 << 5]


def test_a_workbook_has_one_list_for_each_side_and_a_legend_that_is_none():
    data = xlsx(
        {
            "Info": [["Diese Liste gehört dem Büro"], ["Rot = hat abgesagt"]],
            "Mentoren": [["Name", "PLZ", "Mail"], ["Anna Lang", "01239", "anna@example.org"]],
            "Mentees": [["Name", "PLZ", "Tel"], ["Ali Omar", "01239", "0351 123456"]],
        }
    )

    sheets = read_workbook(data)
    mappings = [guess_mapping(sheet) for sheet in sheets]

    assert [sheet.name for sheet in sheets] == ["Info", "Mentoren", "Mentees"]
    assert [mapping.lists_people for mapping in mappings] == [False, True, True]
    assert [mapping.side for mapping in mappings[1:]] == [Side.VOLUNTEER, Side.NEWCOMER]


@pytest.mark.parametrize(
    ("title", "headers", "side"),
    [
        ("Patinnen und Paten", ["Name", "PLZ", "Mail"], Side.VOLUNTEER),
        ("Liste der Geflüchteten", ["Name", "PLZ", "Mail"], Side.NEWCOMER),
        ("Liste", ["Name", "PLZ", "Herkunft", "wartet seit"], Side.NEWCOMER),
        ("Liste", ["Name", "PLZ", "Führungszeugnis", "Kapazität"], Side.VOLUNTEER),
        ("Our volunteers", ["Name", "Zip", "Mail"], Side.VOLUNTEER),
        ("Liste", ["Name", "PLZ", "Mail"], None),
    ],
)
def test_whose_list_it_is_shows_in_its_title_or_its_columns(title, headers, side):
    _, mapping, _ = read(xlsx({"Tabelle1": [[title], headers, ["Anna Lang", "01239"]]}))

    assert mapping.side is side


@pytest.mark.parametrize("above", range(10))
def test_the_header_is_found_under_any_number_of_rows(above):
    titles = [[f"Zeile {n}"] if n % 2 else [] for n in range(above)]
    rows = [*titles, ["Name", "PLZ", "Mail"], ["Anna Lang", "01239", "anna@example.org"]]

    _, mapping, verdicts = read(xlsx({"Paten": rows}))

    assert mapping.header_row == above + 1
    assert taken(verdicts) == [above + 2]


def test_side_by_words_of_one_column_wins_over_the_kind_of_tandem():
    rows = [["Name", "PLZ", "Art"], ["A Eins", "01239", "Pate"], ["B Zwei", "01239", "Mentee"]]

    _, mapping, verdicts = read(delimited(rows))

    assert mapping.column_of(Field.SIDE) == 2
    assert [person.side for person in people(verdicts)] == [Side.VOLUNTEER, Side.NEWCOMER]


def test_a_person_of_the_wrong_side_column_is_handed_back():
    rows = [
        ["Name", "PLZ", "Rolle"],
        ["A Eins", "01239", "Pate"],
        ["B Zwei", "01239", "Mentee"],
        ["C Drei", "01239", "blau"],
        ["D Vier", "01239", ""],
    ]

    _, _, verdicts = read(delimited(rows))

    assert handed_back(verdicts) == {4: ["side_unknown"], 5: ["side_unknown"]}


def test_the_same_list_reads_the_same_from_every_sheet_of_a_file():
    rows = [["Name", "PLZ"], ["Anna Lang", 1239]]

    verdicts = [
        read_people(sheet, guess_mapping(sheet), today=TODAY)
        for sheet in read_workbook(xlsx({"Paten": rows, "Paten 2": rows}))
    ]

    assert verdicts[0] == verdicts[1]
