"""Finds what gives a person away in a text, before it is posted.

It warns and never forbids: whoever writes decides. So it would rather ask once too often about a
name than let one through, and stays quiet about offices, organisations and days of events. Pure:
no database, no clock.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import phonenumbers
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tandemwerk.community.given_names import ARABIC, CYRILLIC, LATIN


class FindingKind(TextChoices):
    """What was found, in words for whoever writes."""

    NAME = "name", _("a name")
    PHONE = "phone", _("a phone number")
    MAIL = "mail", _("a mail address")
    ADDRESS = "address", _("a street with its number")
    BIRTH = "birth", _("a day of birth")
    IBAN = "iban", _("a bank account")
    FILE = "file", _("a file number")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A piece of the text: ``text[start:end]`` is ``words``."""

    kind: FindingKind
    start: int
    end: int
    words: str


_K = FindingKind
_CAPITAL: Final = r"[A-ZÄÖÜÇŞİĞÉÈÊÎÛ][\wäöüßçşığéèêîûʼ’']+"
_PART: Final = rf"{_CAPITAL}(?:-{_CAPITAL})*"
_CYRILLIC: Final = r"[А-ЯІЇЄҐ][а-яіїєґʼ’']+"
_ARABIC: Final = r"[\u0621-\u064A\u0670-\u06D3\u200c]+"

#: What may follow «Frau» or «Herr» and is an office, not a name.
_OFFICES: Final = re.compile(
    r"(?:\w*(?:meister|minister|präsident|kanzler|direktor|senator|dezernent|referent|professor|"
    r"doktor|pfarrer|pastor|richter|anwalt|anwält|staatssekretär|vorsitzend|beauftragt|leiter|"
    r"koordinator|lehrer|abgeordnet|landrät|stadträt|sprecher|kolleg|nachbar|chef)\w*"
    r"|\w*rat|\w*rätin|Prof|Dr|Gott|Mitte|Anfang|Ende|Holle)$",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(
    r"(?:\b(?:eine[rn]?|jede[rn]?|keine[rn]?|manche|ein|kein|jeder|alleinstehende|junge|ältere)"
    r"\s+)$",
    re.IGNORECASE,
)
_TITLED: Final = re.compile(
    r"\b(?P<title>Frau|Herrn?|Fr\.|Hr\.|Familie|Fam\.|Mrs\.?|Mr\.?|Ms\.?|Dr\.|Prof\.)"
    rf"(?:\s+(?:Dr\.|Prof\.|med\.))*\s+(?P<name>(?:(?:al|el|von|van|de)[- ])?{_PART}"
    rf"|[A-ZÄÖÜ]\.(?!\w)|[A-ZÄÖÜ](?!\w))"
)
_CALLED: Final = re.compile(
    r"\b(?:namens|(?:[Mm]entee|[Pp]atin|[Pp]ate|[Mm]ann|[Ff]rau|[Ss]ohn|[Tt]ochter|[Kk]ind|"
    r"[Jj]unge|[Mm]ädchen|[Tt]eilnehmer(?:in)?|[Ee]r|[Ss]ie|[Ii]ch)\s+heißt|"
    rf"Name\s+(?:ist|lautet|is)|(?:is|named)\s+called|named)\s+(?P<name>{_PART}(?:\s+{_PART})?)"
)
_WORD: Final = re.compile(rf"(?<![\w-]){_PART}")
_AL_NAME: Final = re.compile(r"\s+(?:(?:[Aa]l|[Ee]l|[Vv]on|[Vv]an|[Bb]in|[Ii]bn)[- ])?" + _PART)
#: Named after somebody: a foundation, a school, a street.
_NAMED_AFTER: Final = re.compile(
    r"[-\s](?:\w{1,30}[-\s]){0,2}?(?:\w{0,30}(?:stiftung|schule|gymnasium|kirche|platz|straße|str\.|allee|"
    r"weg|haus|preis|institut|universität|klinik|klinikum|gemeinde|werk|zentrum|verein|heim|"
    r"akademie|tag|markt|krankenhaus)\b|gGmbH|GmbH|e\.\s?V\.)",
    re.IGNORECASE,
)
_HOLY: Final = re.compile(r"(?:\bSt\.|\bSankt|\bSanta|\bHeilige[rn]?|\bKirche)\s+$")
_COMMON_AFTER: Final = re.compile(r"(?:Projekt|Programm|Tandem|Treffen|Gruppe)\w*$")

_MAIL: Final = re.compile(
    r"(?<![\w.+-])(?P<box>[\w.+-]+)\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}\b"
)
_OFFICE_BOXES: Final = frozenset(
    [
        "info",
        "kontakt",
        "contact",
        "office",
        "post",
        "poststelle",
        "mail",
        "team",
        "service",
        "hallo",
        "presse",
        "noreply",
    ]
)
_PUBLIC_NUMBERS: Final = frozenset(
    {
        phonenumbers.PhoneNumberType.TOLL_FREE,
        phonenumbers.PhoneNumberType.PREMIUM_RATE,
        phonenumbers.PhoneNumberType.SHARED_COST,
        phonenumbers.PhoneNumberType.UAN,
    }
)
#: «Sportplatz 14 Uhr», «Umweg 3 Mal»: a number of something else.
_NO_HOUSE: Final = (
    r"(?!\s?(?:Uhr|Minuten|Min\b|Stunden|Tage|Wochen|Monate|Jahre|Personen|Leute|Kinder|Mal\b|"
    r"Plätze|Prozent|%|km\b|m\b|Euro|€|\.\s?(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)"
    r"|[:.]\d))"
)
_ADDRESS: Final = re.compile(
    r"\b(?P<street>(?:[A-ZÄÖÜ][\w.-]{0,30}\s)?[\w-]{0,30}?"
    r"(?:[Ss]traße|[Ss]trasse|[Ss]tr\.|[Ww]eg|[Pp]latz|[Aa]llee|[Gg]asse|[Rr]ing|[Dd]amm|[Uu]fer|"
    r"[Cc]haussee|[Pp]fad|[Ss]tieg|[Hh]of)"
    r"|(?:Am|An der|Im|In der|Auf der|Zum|Zur)\s+[A-ZÄÖÜ][\w-]{1,40})"
    r"\s(?P<number>\d{1,3}\s?[a-z]?)\b" + _NO_HOUSE
)
#: «Platz 2», «Weg 1»: no name before it.
_ONLY_THE_WORD: Final = re.compile(
    r"(?:(?:Erste|Zweite|Dritte|Letzte|Ein)[rn]?\s)?"
    r"(?:Straße|Strasse|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer|Pfad|Hof)$"
)
_NO_STREET: Final = re.compile(
    r"(?:Arbeits|Schul|Rechts|Um|Heim|Aus|Lebens|Bildungs|Sport|Spiel|Park|Studien|Ausbildungs|"
    r"Praktikums|Kita|Therapie|Kurs|Arbeit|Markt(?=weg))(?:weg|platz)$|\b(?:Bahnhof|Einstieg|"
    r"Anstieg|Ausstieg|Umstieg|Jahr|Schuljahr|Training|Monitoring|Mentoring|Sponsoring)$"
    r"|^(?:Am|Im|Zum|Zur|In der|An der|Auf der)\s+(?:Tag|Jahr|Modul|Kapitel|Abschnitt|Punkt|Raum|"
    r"Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Montag|"
    r"Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Alter|Durchschnitt|Schnitt|Paragraf|"
    r"Klasse|Stufe|Seite|Folie|Woche|Frage|Thema|Fall|Tabelle|Anlage)$"
)
_DATE: Final = (
    r"(?:\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}|"
    r"\d{1,2}\.?\s?\w{3,10}\s\d{4})"
)
_BIRTH: Final = re.compile(
    r"(?:\bgeb\.|\bgeboren(?:\s+ist)?|[Gg]eburtsdatum|[Gg]eburtstag|\bGeb\.-?Datum|\bborn|"
    r"date of birth|\bDOB|\*|متولد|مواليد|تاريخ الميلاد|تاریخ تولد|"
    r"народи(?:вся|лася)|дата народження|д\.\s?н\.)"
    rf"(?:\s?[:(]|\s(?:ist\s)?(?:am|on|is))?\s*(?P<date>{_DATE})"
    rf"|(?P<before>{_DATE})\s(?:geboren|born)",
    re.IGNORECASE,
)
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b")
_FILE: Final = re.compile(
    r"\b(?:(?:Az|AZ)\b\.?:?|Aktenzeichen:?|Geschäftszeichen:?|Gz\.:?|AZR(?:-?(?:Nummer|Nr\.?))?:?|"
    r"Ausländerzentralregister:?|Kundennummer:?|Pass-?(?:Nummer|Nr\.?):?|BG-?(?:Nummer|Nr\.?):?|"
    r"(?:Aufenthaltstitel|Ausweis|Versicherungs|Steuer)-?\s?(?:[Nn]ummer|Nr\.?|ID):?|file number:?)"
    r"\s*(?:ist\s|is\s|lautet\s)?(?P<number>[\w/.-]{0,20}\d[\w/-]{0,20}"
    r"(?:[ /.][\w/-]{0,20}\d[\w/-]{0,20}"
    r"|\s[A-Z]{1,3}(?=\s\d)){0,4})"
    r"|\b\d{7}-\d{3}\b|\b\d{5}//\d{7}\b|\b\d{5}BG\d{7}\b|\b\d{3}[A-Z]\d{6}\b|\b\d{8}[A-Z]\d{3}\b"
    r"|\b\d{1,2}\s[A-Z]{1,2}\s\d{1,5}/\d{2}(?:\.\w{1,2})?\b"
)
_COURT: Final = re.compile(
    r"(?:BVerfG|BVerwG|BGH|EuGH|BSG|OVG|VGH|LSG|\bVG|Urteil|Beschluss|Entscheidung)[^.!?]{0,60}"
    r"(?:\d{1,2}\.[^.!?]{0,30}){0,2}$"
)
_ARABIC_TITLED: Final = re.compile(
    rf"(?:السيدة?|الأخت|الأخ|آقای|خانم|جناب|اسمه|اسمها|اسمي|نامش|نامم)\s+(?P<name>{_ARABIC})"
)
_ARABIC_OFFICES: Final = frozenset(
    [
        "الرئيس",
        "الوزير",
        "الوزيرة",
        "المدير",
        "المديرة",
        "العمدة",
        "رئیس",
        "وزیر",
        "مدیر",
        "شهردار",
        "دکتر",
        "معلم",
    ]
)
#: Shorter words that begin with «and» or «for» are other words.
_SHORTEST_WITH_PREFIX: Final = 4
_CYRILLIC_TITLED: Final = re.compile(rf"\b[Пп]ан(?:і|а|у|ові|ом|ею)?\s+(?P<name>{_CYRILLIC})")
_CYRILLIC_WORD: Final = re.compile(rf"{_CYRILLIC}(?:\s{_CYRILLIC})?")

Found = Iterator[tuple[FindingKind, int, int]]


def find_personal_data(text: str) -> list[Finding]:
    """Return what may tell who somebody is, in the order of the text, nothing twice.

    Linear in the length of the text; 10,000 characters take some milliseconds.
    """
    spans = sorted(
        (span for finder in _FINDERS for span in finder(text)),
        key=lambda span: (span[1], -span[2]),
    )
    found: list[Finding] = []
    for kind, start, end in spans:
        if not found or start >= found[-1].end:
            found.append(Finding(kind=kind, start=start, end=end, words=text[start:end]))
    return found


def _titled(text: str) -> Found:
    for match in _TITLED.finditer(text):
        name = match["name"]
        if _OFFICES.match(name):
            continue
        if _ARTICLE.search(text[max(0, match.start() - 20) : match.start()]) and (
            name.lower() not in LATIN
        ):
            continue  # «eine Frau Hilfe braucht»
        yield _K.NAME, match.start(), match.end()


def _called(text: str) -> Found:
    for match in _CALLED.finditer(text):
        yield _K.NAME, *match.span("name")


def _given(text: str) -> Found:
    for match in _WORD.finditer(text):
        first = match.group().split("-")[0].lower().replace("’", "").removesuffix("'s")
        known = first in LATIN or (first.endswith("s") and first[:-1] in LATIN)
        if not known or ("-" in match.group() and _NAMED_AFTER.search("-" + match.group())):
            continue
        if _NAMED_AFTER.match(text, match.end()) or _HOLY.search(
            text[max(0, match.start() - 12) : match.start()]
        ):
            continue
        family = _AL_NAME.match(text, match.end())
        is_named = family is not None and not _COMMON_AFTER.search(family.group())
        yield _K.NAME, match.start(), family.end() if family and is_named else match.end()


def _arabic_names(text: str) -> Found:
    for match in _ARABIC_TITLED.finditer(text):
        if match["name"] not in _ARABIC_OFFICES:
            yield _K.NAME, match.start(), match.end()
    for match in re.finditer(_ARABIC, text):
        word = match.group()
        # «and», «with» and «for» are written onto the name
        if word in ARABIC or (
            len(word) > _SHORTEST_WITH_PREFIX and word[0] in "وبل" and word[1:] in ARABIC
        ):
            yield _K.NAME, match.start(), match.end()


def _cyrillic_names(text: str) -> Found:
    for match in _CYRILLIC_TITLED.finditer(text):
        yield _K.NAME, match.start(), match.end()
    for match in _CYRILLIC_WORD.finditer(text):
        words = match.group().split()
        for number, word in enumerate(words):
            if word.lower() in CYRILLIC:
                start = match.start() + (len(words[0]) + 1 if number else 0)
                yield _K.NAME, start, match.end()
                break


def _phones(text: str) -> Found:
    for match in phonenumbers.PhoneNumberMatcher(text, "DE"):
        if phonenumbers.number_type(match.number) not in _PUBLIC_NUMBERS:
            yield _K.PHONE, match.start, match.end


def _mails(text: str) -> Found:
    for match in _MAIL.finditer(text):
        if match["box"].lower() not in _OFFICE_BOXES:
            yield _K.MAIL, match.start(), match.end()


def _addresses(text: str) -> Found:
    for match in _ADDRESS.finditer(text):
        street = match["street"]
        is_name = street[0].isupper() and not _ONLY_THE_WORD.match(street)
        if is_name and not _NO_STREET.search(street):
            yield _K.ADDRESS, match.start(), match.end()


def _births(text: str) -> Found:
    for match in _BIRTH.finditer(text):
        yield _K.BIRTH, match.start(), match.end()


def _ibans(text: str) -> Found:
    for match in _IBAN.finditer(text):
        if _is_iban(re.sub(r"\s", "", match.group())):
            yield _K.IBAN, match.start(), match.end()


def _is_iban(iban: str) -> bool:
    """Check the two digits of ISO 13616: the number modulo 97 is 1."""
    digits = "".join(str(int(each, 36)) for each in iban[4:] + iban[:4])
    return int(digits) % 97 == 1


def _files(text: str) -> Found:
    for match in _FILE.finditer(text):
        if not _COURT.search(text[max(0, match.start() - 100) : match.start()]):
            yield _K.FILE, match.start(), match.end()


_FINDERS: Final[tuple[Callable[[str], Found], ...]] = (
    _ibans,
    _files,
    _mails,
    _phones,
    _births,
    _addresses,
    _titled,
    _called,
    _given,
    _arabic_names,
    _cyrillic_names,
)
