"""The guard warns about what gives a person away, and about nothing else."""

import time

import pytest

from tandemwerk.community.guard import find_personal_data

#: text -> what is found in it: kind and words
FOUND = [
    ("Frau Müller braucht Hilfe beim Antrag.", [("name", "Frau Müller")]),
    ("Herr Al-Masri hat einen Bescheid bekommen.", [("name", "Herr Al-Masri")]),
    ("Können wir Herrn Özdemir anmelden?", [("name", "Herrn Özdemir")]),
    ("Wir begleiten Frau Dr. Schneider.", [("name", "Frau Dr. Schneider")]),
    ("Unsere Patin, Fr. Weber, ist krank.", [("name", "Fr. Weber")]),
    ("Frau K. kommt nicht mehr zum Treffen.", [("name", "Frau K.")]),
    ("Familie Rahimi sucht eine Wohnung.", [("name", "Familie Rahimi")]),
    ("Ahmad möchte eine Ausbildung machen.", [("name", "Ahmad")]),
    ("Ahmad Alhalabi möchte eine Ausbildung machen.", [("name", "Ahmad Alhalabi")]),
    ("Wir treffen Fatima el Amrani am Dienstag.", [("name", "Fatima el Amrani")]),
    ("Zahra Hosseini wohnt bei uns.", [("name", "Zahra Hosseini")]),
    ("Oleksandra Kovalenko hat C1 bestanden.", [("name", "Oleksandra Kovalenko")]),
    ("Tesfay und Rahel kommen aus Eritrea.", [("name", "Tesfay"), ("name", "Rahel")]),
    ("Sabine Krüger ist seit zwei Jahren Patin.", [("name", "Sabine Krüger")]),
    ("Das ist Fatimas Mutter.", [("name", "Fatimas Mutter")]),
    ("Ein Mentee namens Xolani fragt nach Geld.", [("name", "Xolani")]),
    ("Meine Mentee heißt Chidera.", [("name", "Chidera")]),
    ("Mr. Okafor needs a lawyer.", [("name", "Mr. Okafor")]),
    ("السيد محمود يحتاج إلى مساعدة", [("name", "السيد محمود")]),
    ("اسمها سناء وتسكن هنا", [("name", "اسمها سناء")]),
    ("سألت فاطمة عن السكن", [("name", "فاطمة")]),
    ("خانم احمدی وقت دکتر دارد", [("name", "خانم احمدی")]),
    ("با مهدی حرف زدم", [("name", "مهدی")]),
    ("Пані Коваль шукає житло.", [("name", "Пані Коваль")]),
    ("Я говорила з Оксаною, Олена Шевченко теж прийде.", [("name", "Олена Шевченко")]),
    ("Ruft mich an: 0176 55512345.", [("phone", "0176 55512345")]),
    ("Telefon +49 821 3240, bitte abends.", [("phone", "+49 821 3240")]),
    ("Meine Nummer ist 0821/32412345", [("phone", "0821/32412345")]),
    ("Ihre Nummer in Kyjiw: +380 44 123 4567", [("phone", "+380 44 123 4567")]),
    ("Schreibt an k.beispiel@example.org bitte.", [("mail", "k.beispiel@example.org")]),
    ("Mail: kim (at) example.org", [("mail", "kim (at) example.org")]),
    ("Sie wohnt in der Maximilianstraße 3.", [("address", "Maximilianstraße 3")]),
    ("Adresse: Lange Gasse 12a, Augsburg", [("address", "Lange Gasse 12a")]),
    ("Wohnung: Karlstr. 45", [("address", "Karlstr. 45")]),
    ("Unterkunft Am Katzenstadel 18", [("address", "Am Katzenstadel 18")]),
    ("Er ist geboren am 12. März 1988.", [("birth", "geboren am 12. März 1988")]),
    ("geb. 03.05.1990", [("birth", "geb. 03.05.1990")]),
    ("Geburtsdatum: 1.1.1999", [("birth", "Geburtsdatum: 1.1.1999")]),
    ("Sie wurde am 2.4.2001 geboren.", [("birth", "2.4.2001 geboren")]),
    ("Konto DE89 3704 0044 0532 0130 00", [("iban", "DE89 3704 0044 0532 0130 00")]),
    ("DE89370400440532013000", [("iban", "DE89370400440532013000")]),
    ("Aktenzeichen 7 K 1234/24", [("file", "Aktenzeichen 7 K 1234/24")]),
    ("Az.: 5 A 12/23", [("file", "Az.: 5 A 12/23")]),
    ("Das BAMF schreibt 8123456-475 darauf.", [("file", "8123456-475")]),
    ("AZR-Nummer 160412345678", [("file", "AZR-Nummer 160412345678")]),
    ("Die Kundennummer ist 123D456789.", [("file", "Kundennummer ist 123D456789")]),
    ("Jobcenter 12345//0012345", [("file", "12345//0012345")]),
]

QUIET = [
    "Herr Bürgermeister hat uns eingeladen.",
    "Sehr geehrte Frau Ministerin, wir danken Ihnen.",
    "Frau Staatssekretärin spricht zum Auftakt.",
    "Wenn eine Frau Hilfe braucht, wen ruft sie an?",
    "Jede Frau Mitte dreißig kennt das.",
    "Der Fachkongress ist am 3. November 2026 in Berlin.",
    "Wir treffen uns am Dienstag, 12.05.2026, um 17:00 Uhr.",
    "Die Robert Bosch Stiftung fördert das.",
    "Die Friedrich-Ebert-Stiftung lädt ein.",
    "Das Treffen ist in der Maria-Ward-Schule.",
    "Wir sind in der Kirche St. Martin.",
    "Am Martinstag gehen wir mit Laternen.",
    "Das Elisabeth-Krankenhaus hat Dolmetscher.",
    "Was heißt Integration für euch?",
    "Wer hat Erfahrung mit § 25 Abs. 5 AufenthG?",
    "BVerwG, Urteil vom 27.04.2021, Az. 1 C 20.21",
    "Wir haben 25.000 Tandems im Jahr 2016 gegründet.",
    "Schreibt an info@example.org.",
    "Das Hilfetelefon ist 0800 0116016, der Notruf 112.",
    "Treffpunkt Sportplatz 14 Uhr.",
    "Mein Arbeitsweg 45 Minuten lang ist zu weit.",
    "Unser Projekt landete auf Platz 3 von 20.",
    "Frau Landrätin und Herr Stadtrat kommen.",
    "Nur wer fragt, bekommt eine Antwort.",
    "Im Jahr 20 nach der Gründung",
    "Im Modul 3 geht es um Trauma.",
    "Kennt jemand einen Sprachkurs in Arabisch oder Dari?",
    "Caritas und Diakonie bieten Beratung an.",
    "هل يوجد كورس لغة في أوغسبورغ؟",
    "السيد الوزير حضر اللقاء",
    "چطور برای کلاس آلمانی ثبت نام کنم؟",
    "Як записатися на курс німецької мови?",
    "Das Grundgesetz vom 23. Mai 1949 gilt für alle.",
    "Förderjahr 2025/26, 210 Euro pro Tandem",
    "Der Zugang über https://example.org/a/1234567890 klappt nicht.",
    "",
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text for text, _ in FOUND])
def test_it_finds_what_gives_a_person_away(text, expected):
    found = find_personal_data(text)

    assert [(each.kind.value, each.words) for each in found] == expected


@pytest.mark.parametrize("text", QUIET)
def test_it_stays_quiet_about_what_is_nobody(text):
    assert find_personal_data(text) == []


def test_the_table_is_long_enough_to_hold_something():
    assert len(FOUND) + len(QUIET) >= 60


def test_a_very_long_text_is_read_in_a_moment():
    text = "Frau Müller fragt nach Wohngeld in der Maximilianstraße 3. " * 400

    began = time.process_time()
    found = find_personal_data(text)

    assert len(found) == 800
    assert time.process_time() - began < 5


@pytest.mark.parametrize("piece", ["A", "Aa ", "12.", "a-", "Frau ", "DE12 ", "1 A ", "«", "ع "])
def test_no_text_makes_it_think_for_long(piece):
    began = time.process_time()
    find_personal_data(piece * (20_000 // len(piece)))

    assert time.process_time() - began < 5
