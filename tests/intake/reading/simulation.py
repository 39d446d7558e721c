"""A generator of lists with a known truth: other people, other words, other habits every time."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from tandemwerk.intake.reading import Field
from tests.intake.reading.lists import TODAY

FAMILY_NAMES: Final = (
    "Nußbaum Özkan Ülkü Dornbusch Löwe Ahrendt Köster Wünsche Groß Żak Omar Jawadi Fofana Sahak"
    " Ghebremedhin Najafi Rahimi Kovalenko Бондар Шевчук El-Sayed Müller-Lüdenscheidt O'Brien"
)
GIVEN_NAMES: Final = (
    "Margarete Emre Torben Nils Ömer Heike Sabine Walburga Günter Cäcilie Kübra Petra Bilal Iryna"
    " Khadija Rahel Jamal Farida Nasim Оксана Daryna Eyob Anna-Lena Jörg"
)
#: What is written, and what it means.
GENDERS: Final = dict.fromkeys(["w", "weiblich", "Frau"], "f") | {
    "m": "m",
    "männlich": "m",
    "Herr": "m",
    "d": "d",
    "": "-",
}
LANGUAGES: Final = {
    "D, E, F": "de en fr",
    "deutsch / türkisch": "de tr",
    "Deutsch, Russisch fließend": "de ru",
    "Deutsch (Muttersprache), etwas Arabisch": "de ar",
    "Dari (Muttersprache), Deutsch A1": "fa de",
    "Kurmandschi, Arabisch, Deutsch A2": "ku ar de",
    "Farsi; Englisch wenig": "fa en",
    "Ukrainisch, Russisch, Englisch B2": "uk ru en",
    "German, French (a bit)": "de fr",
    "Tigrinya, Deutsch A2": "ti de",
}
EVENINGS: Final = sum(1 << (day * 3 + 2) for day in range(7))
WEEKEND: Final = 0b111111 << 15
TIMES: Final = {
    "abends": EVENINGS,
    "Wochenende": WEEKEND,
    "flexibel": (1 << 21) - 1,
    "Mo+Mi ab 17 Uhr": 1 << 2 | 1 << 8,
    "Samstag vormittags": 1 << 15,
    "Di Vormittag, Do Nachmittag": 1 << 3 | 1 << 10,
    "immer außer Mittwoch": ((1 << 21) - 1) & ~(0b111 << 6),
    "evenings": EVENINGS,
    "Mon & Thu afternoon": 1 << 1 | 1 << 10,
}
KINDS: Final = {"PATE": 1, "MENTOR": 2, "LOTSE": 4}
TOPICS: Final = {
    "Wohnungssuche": 1 << 5,
    "Behörden, Briefe": 1 << 3,
    "Schule / Hausaufgaben": 1,
    "Deutsch üben": 1 << 7,
    "Freizeit, Leute kennenlernen": 1 << 8,
}
WISHES: Final = {"nur Frauen": "f", "egal": "any", "anyone": "any", "male please": "m", "": "any"}
HEADERS: Final = {
    Field.NAME: "Name, Vorname|Nachname, Vorname",
    Field.GIVEN_NAME: "Vorname|First name|VORNAME|Given name",
    Field.FAMILY_NAME: "Nachname|Name|Family name|NACHNAME|Familienname|Surname",
    Field.GENDER: "m/w/d|Geschlecht|Anrede|Gender|ANREDE|w/m/d",
    Field.MAIL: "E-Mail|Mail|Email|EMAIL|E-Mail-Adresse|Mailadresse",
    Field.PHONE: "Telefon|Tel.|Handy|TEL1|Telefonnummer|Mobil|Phone",
    Field.CONTACT: "Kontakt|Contact|Kontaktdaten|Erreichbar unter",
    Field.POSTCODE: "PLZ|PLZ / Ort|Postleitzahl|Zip|ZIP code|PLZ Ort",
    Field.BIRTH: "Jahrgang|geb.|GEBDAT|Geburtsdatum|Geb.-Datum|Date of birth|Geburtsjahr",
    Field.AGE: "Alter|Age",
    Field.LANGUAGES: "Sprachen|Sprachen (Niveau)|Languages I speak|SPRACHEN|Sprachkenntnisse",
    Field.AVAILABILITY: "wann Zeit?|Zeit|I have time|Verfügbarkeit|Availability|Wann?|hat Zeit",
    Field.KINDS: "ART|Art|Art der Patenschaft|Tandemart",
    Field.TOPICS: "sucht Hilfe bei|Bedarf|Hilfe bei|Unterstützung bei|Themen",
    Field.WISHES_GENDER: "I'd like to meet|Wunsch|Tandem mit|Wunschgeschlecht",
    Field.WAITING_SINCE: "wartet seit|EINTRITT|angemeldet am|Eintritt|waiting since|Anmeldedatum",
    Field.CAPACITY: "KAPAZITAET|Kapazität|Plätze|Anzahl Tandems|freie Plätze",
    Field.NOTE: "Bemerkungen|BEM|Notizen|Bemerkung|Comments",
    Field.OTHER: "Führungszeugnis|Herkunft|Beruf",
    Field.IGNORE: "Lfd. Nr.|LFDNR|Nr.|ID",
}
NOTES: Final = ("-2 Termine verpasst", "@Büro anrufen", "nur Familien", "+ Hund", "=SUM(A1)", "")


@dataclass
class Simulated:
    """A table, what its columns mean, and what is to come out of every row by its number."""

    rows: list[list[Any]]
    header_row: int
    columns: list[Field]
    truth: dict[int, dict[str, Any]] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)


class Simulator:
    def __init__(self, seed: int, *, typed: bool) -> None:
        self.dice = random.Random(seed)
        #: Whether the format has numbers and dates, or only texts.
        self.typed = typed
        self.serial = 0
        self.columns = self._columns()
        self.birth_style = self.dice.choice(["year", "date", "short", "iso"])
        self.phone_style = self.dice.choice(["0", "0049 ", "+49 ", "slash"])
        self.loses_zeros = self.dice.random() < 0.5

    def _columns(self) -> list[Field]:
        pick = self.dice.choice
        columns = pick([[Field.NAME], [Field.FAMILY_NAME, Field.GIVEN_NAME]]).copy()
        columns += [Field.POSTCODE, pick([Field.BIRTH, Field.AGE]), Field.LANGUAGES]
        columns += pick([[Field.MAIL, Field.PHONE], [Field.CONTACT], [Field.MAIL]])
        optional = [
            Field.GENDER, Field.AVAILABILITY, Field.KINDS, Field.TOPICS, Field.WISHES_GENDER,
            Field.WAITING_SINCE, Field.CAPACITY, Field.NOTE, Field.OTHER,
        ]  # fmt: skip
        columns += self.dice.sample(optional, self.dice.randint(3, len(optional)))
        self.dice.shuffle(columns)
        return [Field.IGNORE, *columns] if self.dice.random() < 0.4 else columns

    def table(self, people: int) -> Simulated:
        titles = [[], ["Liste des Vereins"], [], ["Stand 02.11.2026 (bitte nicht weitergeben!)"]]
        rows = titles[: self.dice.randint(0, 4)]
        rows.append([self.dice.choice(HEADERS[column].split("|")) for column in self.columns])
        result = Simulated(rows, len(rows), self.columns)
        for _ in range(people):
            if self.dice.random() < 0.05:
                rows.append([])
            self._add_person(result)
        if self.dice.random() < 0.5:
            total = ["", "", f"{people} Personen"]
            rows.append(["Summe", *total[: len(self.columns) - 1]])
        return result

    def _add_person(self, result: Simulated) -> None:
        self.serial += 1
        truth: dict[str, Any] = {}
        cells = [self._CELLS[column](self, truth) for column in self.columns]
        number = len(result.rows) + 1
        if self.dice.random() < 0.12:
            self._spoil(cells, result, number)
        result.rows.append(cells)
        result.truth[number] = truth

    def _spoil(self, cells: list[Any], result: Simulated, number: int) -> None:
        """Make one mistake that people make."""
        mistakes = {
            Field.POSTCODE: ("weiß nicht", "postcode_missing"),
            Field.BIRTH: self.dice.choice(
                [(1853, "birth_year_impossible"), ("31.02.71", "date_does_not_exist")]
            ),
            Field.MAIL: ("keine mail@", "mail_not_valid"),
            Field.CAPACITY: ("viele", "capacity_not_a_number"),
            Field.NAME: (None, "name_missing"),
        }
        column = self.dice.choice([column for column in self.columns if column in mistakes])
        cells[self.columns.index(column)], result.errors[number] = mistakes[column]

    def _name(self, truth: dict[str, Any]) -> str:
        return f"{self._family_name(truth)}, {self._given_name(truth)}"

    def _family_name(self, truth: dict[str, Any]) -> str:
        truth["family_name"] = self.dice.choice(FAMILY_NAMES.split())
        return truth["family_name"]

    def _given_name(self, truth: dict[str, Any]) -> str:
        # Nobody is a duplicate of somebody else by chance.
        letters = "".join("abcdefghij"[int(digit)] for digit in str(self.serial))
        truth["given_name"] = self.dice.choice(GIVEN_NAMES.split()) + letters
        return truth["given_name"]

    def _postcode(self, truth: dict[str, Any]) -> Any:
        truth["postcode"] = self.dice.choice(["01239", "86911", "04109", "50997", "01665", "20357"])
        if self.loses_zeros:
            number = int(truth["postcode"])
            return number if self.typed else str(number)
        return truth["postcode"] + self.dice.choice(["", " Ort", " Stadt"])

    def _birth(self, truth: dict[str, Any]) -> Any:
        born = date(
            self.dice.randint(1940, 2005), self.dice.randint(1, 12), self.dice.randint(1, 28)
        )
        truth["birth_year"] = born.year
        match self.birth_style:
            case "year":
                return born.year if self.typed else str(born.year)
            case "date":
                return born if self.typed and self.dice.random() < 0.5 else f"{born:%d.%m.%Y}"
            case "short":
                return f"{born:%d.%m.%y}"
            case _:
                return born.isoformat()

    def _age(self, truth: dict[str, Any]) -> Any:
        age = self.dice.randint(19, 80)
        truth["birth_year"] = TODAY.year - age
        return age if self.typed else str(age)

    def _mail(self, truth: dict[str, Any]) -> str:
        truth["mail"] = f"person{self.serial}@example.org"
        return truth["mail"].upper() if self.dice.random() < 0.2 else truth["mail"]

    def _phone(self, truth: dict[str, Any]) -> str:
        last = f"{self.serial:03}"
        truth["phone"] = f"+493023125{last}"
        if self.phone_style == "slash":
            return f"030/23125-{last}"
        return f"{self.phone_style}30 23125{last}"

    def _contact(self, truth: dict[str, Any]) -> str:
        return self._phone(truth) if self.dice.random() < 0.7 else self._mail(truth)

    def _languages(self, truth: dict[str, Any]) -> str:
        text = self.dice.choice(list(LANGUAGES))
        truth["languages"] = LANGUAGES[text]
        return text

    def _of(self, name: str, choices: dict[str, Any]) -> Callable[[dict[str, Any]], str]:
        def choose(truth: dict[str, Any]) -> str:
            text = self.dice.choice(list(choices))
            truth[name] = choices[text]
            return text

        return choose

    def _waiting_since(self, truth: dict[str, Any]) -> Any:
        since = date(2026, self.dice.randint(1, 10), 1)
        truth["waiting_since"] = since
        forms = [f"{since:%m/%Y}", since.isoformat(), f"{since:%d.%m.%Y}"]
        return self.dice.choice([*forms, since] if self.typed else forms)

    def _capacity(self, truth: dict[str, Any]) -> Any:
        truth["capacity"] = self.dice.choice([1, 2, 3, None])
        return truth["capacity"] if self.typed else str(truth["capacity"] or "")

    _CELLS: Final = {
        Field.NAME: _name,
        Field.GIVEN_NAME: _given_name,
        Field.FAMILY_NAME: _family_name,
        Field.GENDER: lambda self, truth: self._of("gender", GENDERS)(truth),
        Field.MAIL: _mail,
        Field.PHONE: _phone,
        Field.CONTACT: _contact,
        Field.POSTCODE: _postcode,
        Field.BIRTH: _birth,
        Field.AGE: _age,
        Field.LANGUAGES: _languages,
        Field.AVAILABILITY: lambda self, truth: self._of("availability", TIMES)(truth),
        Field.KINDS: lambda self, truth: self._of("kinds", KINDS)(truth),
        Field.TOPICS: lambda self, truth: self._of("topics", TOPICS)(truth),
        Field.WISHES_GENDER: lambda self, truth: self._of("wishes_gender", WISHES)(truth),
        Field.WAITING_SINCE: _waiting_since,
        Field.CAPACITY: _capacity,
        Field.NOTE: lambda self, _: self.dice.choice(NOTES),
        Field.OTHER: lambda self, _: self.dice.choice(["liegt vor", "Iran", "2024-11-05", ""]),
        Field.IGNORE: lambda self, _: self.serial if self.typed else str(self.serial),
    }
