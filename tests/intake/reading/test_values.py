"""What people write into cells, and what is understood of it."""

from datetime import date, datetime

import pytest

from tandemwerk.intake.reading import DAYS, INTERESTS, KINDS, PARTS, TOPICS, ContactPreference, Side
from tandemwerk.intake.reading.values.availability import parse_availability
from tandemwerk.intake.reading.values.choices import (
    parse_gender,
    parse_interests,
    parse_kinds,
    parse_priority,
    parse_side,
    parse_topics,
    parse_wished_gender,
)
from tandemwerk.intake.reading.values.contact import (
    parse_contact,
    parse_contact_preference,
    parse_mail,
    parse_phone,
)
from tandemwerk.intake.reading.values.dates import parse_age, parse_birth, parse_waiting_since
from tandemwerk.intake.reading.values.languages import CODES, parse_languages, parse_level
from tandemwerk.intake.reading.values.numbers import (
    parse_capacity,
    parse_group_size,
    parse_km,
    parse_max_group,
    parse_volunteers_wanted,
)
from tandemwerk.intake.reading.values.people import parse_name, parse_part_of_name
from tandemwerk.intake.reading.values.places import parse_address, parse_postcode
from tandemwerk.people import enums as people_enums
from tandemwerk.programme.enums import TandemKind
from tests.intake.reading.lists import TODAY

EVERY_DAY = " ".join(DAYS)


def week(mask: int) -> str:
    """The slots of a mask in the letters m, a, e: «mon-e wed-e»."""
    slots = []
    for day, name in enumerate(DAYS):
        parts = [PARTS[part][0] for part in range(3) if mask >> (day * 3 + part) & 1]
        if parts:
            slots.append(f"{name}-{''.join(parts)}")
    return " ".join(slots)


def on(days: str, parts: str) -> str:
    return " ".join(f"{day}-{parts}" for day in days.split())


WORKDAYS = "mon tue wed thu fri"


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("abends", on(EVERY_DAY, "e")),
        ("vormittags", on(EVERY_DAY, "m")),
        ("Wochenende", on("sat sun", "mae")),
        ("am Wochenende", on("sat sun", "mae")),
        ("flexibel", on(EVERY_DAY, "mae")),
        ("jederzeit", on(EVERY_DAY, "mae")),
        ("Mo-Fr ab 17 Uhr", on(WORKDAYS, "e")),
        ("Mo+Mi ab 17 Uhr", on("mon wed", "e")),
        ("Di+Do nachm.", on("tue thu", "a")),
        ("Di Vormittag, Do Nachmittag", "tue-m thu-a"),
        ("Samstag vormittags", "sat-m"),
        ("immer außer Mittwoch", on("mon tue thu fri sat sun", "mae")),
        ("nachmittags außer Fr", on("mon tue wed thu sat sun", "a")),
        ("nicht am Wochenende", on(WORKDAYS, "mae")),
        ("immer, nicht Mo", on("tue wed thu fri sat sun", "mae")),
        ("kann nicht abends", on(EVERY_DAY, "ma")),
        ("abends und Wochenende", f"{on(WORKDAYS, 'e')} sat-mae sun-mae"),
        ("Wochenende, abends", f"{on(WORKDAYS, 'e')} sat-mae sun-mae"),
        ("Mo, Mi nachmittags, Sa", "mon-a wed-a sat-mae"),
        ("Mo/Mi/Fr", on("mon wed fri", "mae")),
        ("Sa/So", on("sat sun", "mae")),
        ("Fr-Mo abends", on("mon fri sat sun", "e")),
        ("Montagabend", "mon-e"),
        ("Freitagnachmittag", "fri-a"),
        ("Mo bis Do 18:00-20:00", on("mon tue wed thu", "e")),
        ("Mo., Mi., Fr. 15.00 - 18.00 Uhr", on("mon wed fri", "a")),
        ("Mo 9-12, Di 14-18 Uhr", "mon-m tue-a"),
        ("werktags 9-12 Uhr", on(WORKDAYS, "m")),
        ("werktags, abends", on(WORKDAYS, "e")),
        ("unter der Woche ab 18h", on(WORKDAYS, "e")),
        ("mittwochs 16 Uhr", "wed-a"),
        ("bis 12 Uhr", on(EVERY_DAY, "m")),
        ("abends (Mo, Do)", on("mon thu", "e")),
        ("Mo-Do vormittags, Fr ganztags", f"{on('mon tue wed thu', 'm')} fri-mae"),
        ("Mo flexibel, Di abends", "mon-mae tue-e"),
        ("evenings", on(EVERY_DAY, "e")),
        ("weekend", on("sat sun", "mae")),
        ("Mon & Thu afternoon", on("mon thu", "a")),
        ("weekdays after 5 pm", on(WORKDAYS, "e")),
        ("anytime except Wednesday", on("mon tue thu fri sat sun", "mae")),
        ("Thursdays 2pm-4pm", "thu-a"),
        ("", ""),
        ("-", ""),
    ],
)
def test_times_of_the_week_are_understood(text, slots):
    reading = parse_availability(text)

    assert week(reading.value) == slots
    assert (reading.leftover, reading.question) == ("", None)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("vormittags wenn Kinder in der Schule", on(WORKDAYS, "m")),
        ("nach dem Sprachkurs (ab 14 Uhr)", on(EVERY_DAY, "ae")),
        ("2x pro Woche abends", on(EVERY_DAY, "e")),
        ("am liebsten Samstag", "sat-mae"),
        ("ab 01.12.2026 abends", on(EVERY_DAY, "e")),
    ],
)
def test_what_else_is_said_about_times_is_kept_as_a_remark(text, slots):
    reading = parse_availability(text)

    assert week(reading.value) == slots
    assert (reading.leftover, reading.question) == (text, None)


@pytest.mark.parametrize("text", ["Schichtdienst", "nach Absprache", "wechselnd"])
def test_times_that_say_nothing_are_kept_and_asked_for(text):
    reading = parse_availability(text)

    assert (reading.value, reading.leftover, reading.question) == (0, text, "not_understood")


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("D, E, F", "de en fr"),
        ("deutsch/arab.", "de ar"),
        ("deutsch / türkisch", "de tr"),
        ("DEU;FAS", "de fa"),
        ("de en fa", "de en fa"),
        ("de:C1 ar:L1 en:B1", "de:C1 ar:L1 en:B1"),
        ("ukrainisch", "uk"),
        ("Farsi", "fa"),
        ("Farsi; Englisch wenig", "fa en:A1"),
        ("Deutsch, Russisch fließend", "de ru:C1"),
        ("Deutsch (Muttersprache), etwas Arabisch", "de:L1 ar:A2"),
        ("Kurmandschi, Arabisch, Deutsch A2", "ku ar de:A2"),
        ("Ukrainisch, Russisch, Englisch B2", "uk ru en:B2"),
        ("German, French (a bit)", "de fr:A2"),
        ("Deutsch - gut; Arabisch - Muttersprache", "de:B2 ar:L1"),
        ("Muttersprache: Arabisch; Deutsch: B1", "ar:L1 de:B1"),
        ("Deutsch A1/A2, Englisch B1-B2", "de:A1 en:B1"),
        ("etwas Deutsch A2", "de:A2"),
        ("Deutsch B1 Englisch A2", "de:B1 en:A2"),
        ("Deutsch, B1", "de:B1"),
        ("sehr gut Deutsch", "de:C1"),
        ("Türkisch (MS) Deutsch (fl.)", "tr:L1 de:C1"),
        ("noch kein Deutsch, Arabisch", "ar"),
        ("Englsich, Paschto u. Tigrinja", "en ps ti"),
        ("українська, російська", "uk ru"),
        ("العربية", "ar"),
        ("keine", ""),
        ("", ""),
    ],
)
def test_languages_and_levels_are_understood(text, languages):
    reading = parse_languages(text)

    assert " ".join(f"{code}:{level}".strip(":") for code, level in reading.value) == languages
    assert (reading.leftover, reading.question) == ("", None)


def test_dari_is_paired_as_persian_and_stays_as_a_remark():
    reading = parse_languages("Dari (Mutterspr.), etwas Deutsch A2")

    assert reading.value == (("fa", "L1"), ("de", "A2"))
    assert (reading.leftover, reading.question) == ("Dari", None)


@pytest.mark.parametrize(
    ("text", "known"),
    [("Deutsch, Klingonisch", (("de", ""),)), ("Kurdisch (Sorani)", ()), ("viele", ())],
)
def test_a_language_nobody_knows_is_kept_and_asked_for(text, known):
    reading = parse_languages(text)

    assert (reading.value, reading.leftover) == (known, text)
    assert reading.question == "not_understood"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("B1", "B1"),
        ("b 2", "B2"),
        ("telc B2", "B2"),
        ("MS", "L1"),
        ("Muttersprache", "L1"),
        ("gut", "B2"),
        ("sehr gut", "C1"),
        ("fließend", "C1"),
        ("wenig", "A1"),
        ("keine", ""),
    ],
)
def test_levels_in_a_column_of_their_own_are_understood(text, level):
    assert parse_level(text).value == level


@pytest.mark.parametrize(
    ("cell", "since"),
    [
        ("Mai 2026", date(2026, 5, 1)),
        ("2026-07-01", date(2026, 7, 1)),
        ("12.05.2026", date(2026, 5, 12)),
        ("12.5.26", date(2026, 5, 12)),
        ("03/2026", date(2026, 3, 1)),
        ("seit März 2026", date(2026, 3, 1)),
        ("Sommer 2025", date(2025, 6, 1)),
        ("5. Januar 2026", date(2026, 1, 5)),
        ("May 12, 2026", date(2026, 5, 12)),
        ("2025", date(2025, 1, 1)),
        ("seit 3 Wochen", date(2026, 11, 1)),
        (datetime(2026, 1, 15, 10, 30), date(2026, 1, 15)),  # noqa: DTZ001 - spreadsheets know none
        (date(2026, 1, 15), date(2026, 1, 15)),
        (46037, date(2026, 1, 15)),
        ("46037", date(2026, 1, 15)),
        ("03.05.2026 14:22:10", date(2026, 5, 3)),
    ],
)
def test_the_beginning_of_waiting_is_understood(cell, since):
    assert parse_waiting_since(cell, today=TODAY).value == since


@pytest.mark.parametrize(
    ("cell", "question", "error"),
    [
        ("Sommer", "not_understood", None),
        ("schon lange", "not_understood", None),
        ("1912", "not_understood", None),
        ("01.01.2030", "date_in_future", None),
        ("31.02.2026", None, "date_does_not_exist"),
        ("2026-13-01", None, "date_does_not_exist"),
    ],
)
def test_a_beginning_of_waiting_that_cannot_be_is_said(cell, question, error):
    reading = parse_waiting_since(cell, today=TODAY)

    assert (reading.value, reading.question, reading.error) == (None, question, error)


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        (1983, 1983),
        (1983.0, 1983),
        ("1983", 1983),
        ("83", 1983),
        ("'83", 1983),
        ("04", 2004),
        ("28.08.79", 1979),
        ("01.01.2006", 2006),
        ("00.00.1980", 1980),
        ("1979-08-28", 1979),
        ("28081979", 1979),
        ("8/28/1979", 1979),
        ("28. August 1979", 1979),
        ("ca. 1980", 1980),
        ("* 1980", 1980),
        ("35 Jahre", TODAY.year - 35),
        (29095, 1979),
        (datetime(1979, 8, 28), 1979),  # noqa: DTZ001 - spreadsheets know none
        (None, None),
        ("unbekannt", None),
    ],
)
def test_years_of_birth_are_understood(cell, year):
    assert parse_birth(cell, side=Side.VOLUNTEER, today=TODAY).value.year == year


@pytest.mark.parametrize(
    ("cell", "side", "error"),
    [
        (1853, Side.VOLUNTEER, "birth_year_impossible"),
        ("2031", Side.NEWCOMER, "birth_year_impossible"),
        ("01.01.2020", Side.VOLUNTEER, "birth_year_impossible"),
        ("3", Side.VOLUNTEER, "birth_year_impossible"),
        ("31.02.71", Side.VOLUNTEER, "date_does_not_exist"),
        ("29.02.2023", Side.NEWCOMER, "date_does_not_exist"),
    ],
)
def test_births_that_cannot_be_are_errors(cell, side, error):
    assert parse_birth(cell, side=side, today=TODAY).error == error


def test_a_child_may_be_new_here_but_no_volunteer():
    as_newcomer = parse_birth("01.01.2020", side=Side.NEWCOMER, today=TODAY)

    assert (as_newcomer.value.year, as_newcomer.error) == (2020, None)


@pytest.mark.parametrize(
    ("cell", "year", "error"),
    [
        ("51", 1975, None),
        (51.0, 1975, None),
        ("51 J.", 1975, None),
        ("1975", 1975, None),
        ("155", None, "birth_year_impossible"),
        ("", None, None),
    ],
)
def test_ages_become_years_of_birth(cell, year, error):
    reading = parse_age(cell, side=Side.VOLUNTEER, today=TODAY)

    assert (reading.value.year, reading.error) == (year, error)


@pytest.mark.parametrize(
    ("text", "postcode", "place"),
    [
        ("86911", "86911", ""),
        ("1239", "01239", ""),
        ("1239.0", "01239", ""),
        ("86759 Ort", "86759", "Ort"),
        ("01665 Stadt", "01665", "Stadt"),
        ("D-01239 Dresden", "01239", "Dresden"),
        ("DE 01239", "01239", ""),
        ("Meißen, 01665", "01665", "Meißen"),
        ("01 239", "01239", ""),
    ],
)
def test_postcodes_are_understood_with_their_place(text, postcode, place):
    reading = parse_postcode(text)

    assert (reading.value.postcode, reading.value.name, reading.error) == (postcode, place, None)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("weiß nicht", "postcode_missing"),
        ("", "postcode_missing"),
        ("867", "postcode_not_valid"),
        ("999999", "postcode_not_valid"),
        ("00000", "postcode_not_valid"),
        ("A-1010 Wien", "postcode_not_valid"),
    ],
)
def test_postcodes_that_cannot_be_are_errors(text, error):
    assert parse_postcode(text).error == error


def test_an_address_gives_its_postcode_and_keeps_its_street():
    reading = parse_address("Hauptstr. 12, 01665 Meißen")

    assert (reading.value.postcode, reading.value.name) == ("01665", "Meißen")
    assert reading.leftover == "Hauptstr. 12"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+49 30 23125274", "+493023125274"),
        ("0049 89 99998189", "+498999998189"),
        ("0049-89-99998949", "+498999998949"),
        ("089 99998 304", "+498999998304"),
        ("030/23125-833", "+493023125833"),
        ("(030) 23125833", "+493023125833"),
        ("+49 (0)30 23125274", "+493023125274"),
        ("0049 (0) 30 23125274", "+493023125274"),
        ("030.23125274", "+493023125274"),
        ("1711234567", "+491711234567"),
        ("491711234567", "+491711234567"),
        ("Tel.: 0171-1234567", "+491711234567"),
        ("mobil 0171 / 123 45 67", "+491711234567"),
        ("+380 67 123 4567", "+380671234567"),
        ("", ""),
        ("keins", ""),
    ],
)
def test_telephone_numbers_of_every_style_become_international(text, number):
    reading = parse_phone(text)

    assert (reading.value, reading.leftover, reading.error) == (number, "", None)


def test_a_second_number_and_words_are_kept_as_a_remark():
    reading = parse_phone("0171 1234567 / 030 23125274 (nach 18 Uhr)")

    assert reading.value == "+491711234567"
    assert reading.leftover.startswith("+493023125274")


def test_numbers_too_short_are_errors_and_words_are_asked_for():
    assert parse_phone("12345").error == "phone_not_valid"
    assert parse_phone("über Sozialarbeiterin").question == "not_understood"


@pytest.mark.parametrize(
    ("text", "mail", "error"),
    [
        ("NILS.ULKU3@EXAMPLE.ORG", "nils.ulku3@example.org", None),
        ("anna(at)example.org", "anna@example.org", None),
        ("anna [at] example [dot] org", "anna@example.org", None),
        ("Anna <anna@example.org>", "anna@example.org", None),
        ("mailto:anna@example.org", "anna@example.org", None),
        ("anna @ example.org", "anna@example.org", None),
        ("keine", "", None),
        ("-", "", None),
        ("", "", None),
        ("keine mail@", "", "mail_not_valid"),
        ("anna.example.org", "", "mail_not_valid"),
        ("anna@example", "", "mail_not_valid"),
        ("anna@example..org", "", "mail_not_valid"),
    ],
)
def test_mail_addresses_are_checked(text, mail, error):
    reading = parse_mail(text)

    assert (reading.value, reading.error) == (mail, error)


@pytest.mark.parametrize(
    ("text", "mail", "phone"),
    [
        ("030 23125950", "", "+493023125950"),
        ("anna@example.org", "anna@example.org", ""),
        ("030 23125950, anna@example.org", "anna@example.org", "+493023125950"),
        ("anna@example.org / 0171 1234567", "anna@example.org", "+491711234567"),
        ("keiner", "", ""),
    ],
)
def test_a_contact_is_a_mail_address_a_number_or_both(text, mail, phone):
    reading = parse_contact(text)

    assert (reading.value.mail, reading.value.phone, reading.error) == (mail, phone, None)


@pytest.mark.parametrize(
    ("text", "preference"),
    [
        ("per Mail", ContactPreference.MAIL),
        ("telefonisch", ContactPreference.PHONE),
        ("WhatsApp", ContactPreference.PHONE),
        ("Mail oder Telefon", ContactPreference.BOTH),
        ("egal", ContactPreference.BOTH),
        ("", None),
    ],
)
def test_ways_to_be_reached_are_understood(text, preference):
    assert parse_contact_preference(text).value == preference


@pytest.mark.parametrize(
    ("text", "given", "family", "gender"),
    [
        ("Nußbaum, Margarete", "Margarete", "Nußbaum", "-"),
        ("Margarete Nußbaum", "Margarete", "Nußbaum", "-"),
        ("Anna Maria von der Heide", "Anna Maria", "von der Heide", "-"),
        ("von der Heide, Anna", "Anna", "von der Heide", "-"),
        ("Frau Dr. Sabine Müller", "Sabine", "Müller", "f"),
        ("Müller, Hr. Jan", "Jan", "Müller", "m"),
        ("Familie Haddad", "", "Haddad", "-"),
        ("Ahmed El-Sayed", "Ahmed", "El-Sayed", "-"),
        ("Omar al Sayed", "Omar", "al Sayed", "-"),
        ("Оксана Шевчук", "Оксана", "Шевчук", "-"),
        ("Fatima", "Fatima", "", "-"),
    ],
)
def test_names_in_one_cell_are_parted(text, given, family, gender):
    name = parse_name(text).value

    assert (name.given, name.family, name.gender) == (given, family, gender)


def test_the_header_says_which_name_comes_first_where_no_comma_does():
    name = parse_name("Omar Bilal", family_first=True).value

    assert (name.given, name.family) == ("Bilal", "Omar")


def test_two_people_in_one_cell_are_counted_and_brackets_are_a_remark():
    couple = parse_name("Anna und Peter Müller (Ehepaar)")

    assert (couple.value.given, couple.value.family) == ("Anna und Peter", "Müller")
    assert (couple.value.people, couple.leftover) == (2, "Ehepaar")


@pytest.mark.parametrize("text", ["", "-", "???", "N.N.", "unbekannt", "1234"])
def test_what_is_no_name_is_missing(text):
    assert parse_name(text).error == "name_missing"
    assert parse_part_of_name(text).value == ""


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("weiblich", "f"),
        ("w", "f"),
        ("Frau", "f"),
        ("weibl.", "f"),
        ("female", "f"),
        ("männl.", "m"),
        ("Herr", "m"),
        ("m", "m"),
        ("male", "m"),
        ("d", "d"),
        ("divers", "d"),
        ("m/w/d", "-"),
        ("", "-"),
        ("k.A.", "-"),
    ],
)
def test_genders_are_understood(text, gender):
    reading = parse_gender(text)

    assert (reading.value, reading.question) == (gender, None)


@pytest.mark.parametrize(
    ("text", "wish", "leftover"),
    [
        ("nur Frauen", "f", ""),
        ("women only", "f", ""),
        ("male please", "m", ""),
        ("lieber Mann", "m", ""),
        ("keine Männer", "f", ""),
        ("egal", "any", ""),
        ("anyone", "any", ""),
        ("no preference", "any", ""),
        ("Mann oder Frau", "any", ""),
        ("", "any", ""),
        ("Frau mit Kindern", "f", "Frau mit Kindern"),
    ],
)
def test_wishes_are_understood(text, wish, leftover):
    reading = parse_wished_gender(text)

    assert (reading.value, reading.leftover, reading.question) == (wish, leftover, None)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Buddy (local)", Side.VOLUNTEER),
        ("local", Side.VOLUNTEER),
        ("Patin", Side.VOLUNTEER),
        ("Ehrenamtliche", Side.VOLUNTEER),
        ("Lotse", Side.VOLUNTEER),
        ("refugee", Side.NEWCOMER),
        ("international", Side.NEWCOMER),
        ("international buddy", Side.NEWCOMER),
        ("Geflüchtete/r", Side.NEWCOMER),
        ("Mentee", Side.NEWCOMER),
        ("Patenkind", Side.NEWCOMER),
        ("Patin für Geflüchtete", None),
        ("blau", None),
    ],
)
def test_sides_are_told_apart(text, side):
    assert parse_side(text) is side


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("PATE", "everyday"),
        ("Patenschaft", "everyday"),
        ("MENTOR", "goal"),
        ("Hausaufgabenhilfe", "goal"),
        ("LOTSE", "guide"),
        ("Behördenbegleitung", "guide"),
        ("Mentorin oder Lotsin", "goal guide"),
        ("egal", "everyday goal guide"),
        ("", ""),
    ],
)
def test_kinds_of_tandem_are_understood(text, kinds):
    bits = parse_kinds(text).value

    assert " ".join(kind for bit, kind in enumerate(KINDS) if bits >> bit & 1) == kinds


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Schule / Hausaufgaben", "school"),
        ("Ausbildung, Bewerbung", "training work"),
        ("Behörden, Briefe", "authorities"),
        ("Wohnungssuche", "housing"),
        ("Deutsch üben", "language"),
        ("Freizeit, Leute kennenlernen", "leisure"),
        ("Kita-Platz, Kinderarzt", "health childcare"),
        ("help with letters and finding a job", "work authorities"),
    ],
)
def test_topics_are_understood(text, topics):
    bits = parse_topics(text).value

    assert " ".join(topic for bit, topic in enumerate(TOPICS) if bits >> bit & 1) == topics


def test_a_topic_nobody_knows_is_kept():
    reading = parse_topics("Wohnungssuche, Drachenzähmen")

    assert reading.leftover == "Drachenzähmen"


def test_interests_become_slugs_and_others_are_kept():
    reading = parse_interests("Kochen, Fußball, Bier brauen")

    assert (reading.value, reading.leftover) == (("cooking", "football"), "Bier brauen")


@pytest.mark.parametrize(
    ("text", "priority"),
    [("hoch", 3), ("dringend!", 3), ("2", 2), ("mittel", 2), ("niedrig", 1), ("x", 3), ("", 0)],
)
def test_priorities_are_understood(text, priority):
    assert parse_priority(text).value == priority


@pytest.mark.parametrize(
    ("text", "capacity", "error", "question"),
    [
        ("2", 2, None, None),
        ("2.0", 2, None, None),
        ("zwei", 2, None, None),
        ("1-2", 2, None, None),
        ("max. 3 Tandems", 3, None, None),
        ("", None, None, None),
        ("-", None, None, None),
        ("5", 3, None, "capacity_above_limit"),
        ("0", None, None, "no_capacity"),
        ("viele", None, "capacity_not_a_number", None),
        ("unbegrenzt", None, "capacity_not_a_number", None),
    ],
)
def test_open_places_are_counted(text, capacity, error, question):
    reading = parse_capacity(text)

    assert (reading.value, reading.error, reading.question) == (capacity, error, question)


@pytest.mark.parametrize(
    ("text", "km"),
    [("10 km", 10), ("bis 15km", 15), ("10", 10), ("5-10 km", 10), ("egal", None), ("", None)],
)
def test_distances_are_understood(text, km):
    reading = parse_km(text)

    assert (reading.value, reading.leftover, reading.question) == (km, "", None)


def test_a_distance_in_minutes_is_asked_for():
    assert parse_km("30 Minuten mit dem Bus").question == "not_understood"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("1", 1),
        ("4", 4),
        ("2 Personen", 2),
        ("allein", 1),
        ("Paar", 2),
        ("Familie mit 3 Kindern", 5),
        ("Mutter mit zwei Kindern", 3),
        ("alleinerziehend, 2 Kinder", 3),
        ("", 1),
    ],
)
def test_groups_are_counted(text, people):
    reading = parse_group_size(text)

    assert (reading.value, reading.question) == (people, None)


@pytest.mark.parametrize(
    ("text", "wanted", "question"),
    [
        ("2", 2, None),
        ("zwei", 2, None),
        ("1-2", 2, None),
        ("3 Paten", 3, None),
        ("", None, None),
        ("-", None, None),
        ("0", None, "not_understood"),
        ("4", 3, "wanted_above_limit"),
        ("mehrere", None, "not_understood"),
    ],
)
def test_volunteers_wanted_are_counted(text, wanted, question):
    reading = parse_volunteers_wanted(text)

    assert (reading.value, reading.error, reading.question) == (wanted, None, question)


@pytest.mark.parametrize(
    ("text", "most", "question"),
    [
        ("4", 4, None),
        ("bis 5 Personen", 5, None),
        ("nur Einzelpersonen", 1, None),
        ("egal", None, None),
        ("", None, None),
        ("99", 20, None),
        ("kommt drauf an", None, "not_understood"),
    ],
)
def test_the_greatest_group_is_understood(text, most, question):
    reading = parse_max_group(text)

    assert (reading.value, reading.question) == (most, question)


def test_every_code_that_reading_gives_is_known_where_it_is_stored():
    assert people_enums.SPOKEN_LANGUAGES.keys() >= CODES
    assert set(INTERESTS) == set(people_enums.INTERESTS)
    assert [topic.name.lower() for topic in people_enums.Topic] == list(TOPICS)
    assert [preference.value for preference in ContactPreference] == list(
        people_enums.ContactPreference.values
    )
    assert [kind.name.lower() for kind in TandemKind] == list(KINDS)
