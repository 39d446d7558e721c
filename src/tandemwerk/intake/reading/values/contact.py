"""Mail addresses, telephone numbers and how somebody wants to be reached."""

import re
from dataclasses import dataclass
from typing import Final

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from tandemwerk.intake.reading.cells import fold
from tandemwerk.intake.reading.codes import ErrorCode, QuestionCode
from tandemwerk.intake.reading.drafts import ContactPreference
from tandemwerk.intake.reading.values.reading import Reading, says_nothing

#: What a person record holds.
MAX_MAIL_LENGTH: Final = 254
_valid_mail = EmailValidator()
_MAIL: Final = re.compile(r"[^\s<>,;:/()\[\]\"']+@[^\s<>,;/()\[\]\"']*")
_AT: Final = re.compile(r"\s*[(\[]\s*(?:at|ät)\s*[)\]]\s*|\s+@\s*|\s*@\s+", re.IGNORECASE)
_DOT: Final = re.compile(r"\s*[(\[]\s*(?:dot|punkt)\s*[)\]]\s*", re.IGNORECASE)

_NO_MAIL: Final = frozenset(
    {
        "keine mail",
        "keine e mail",
        "keine email",
        "hat keine mail",
        "hat keine e mail",
        "no mail",
        "no email",
    }
)

_BETWEEN_NUMBERS: Final = re.compile(
    r"[;,\n|]|\s(?:oder|od\.|or|bzw\.?|und|u\.|and|&)\s|\s/\s(?=\s*[+0(])|(?<=\d)\s*/\s*(?=\+|00|01[567])",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?:\+|\(\+)?\(?\d[\d\s()/.\-–—]*\d")
_FEWEST_DIGITS: Final = 6
_LABELS: Final = frozenset(
    [
        "tel",
        "telefon",
        "phone",
        "handy",
        "mobil",
        "mobile",
        "fest",
        "festnetz",
        "privat",
        "p",
        "d",
        "dienstlich",
        "whatsapp",
        "wa",
        "signal",
        "nr",
        "nummer",
        "nur",
        "von",
        "zuhause",
        "cell",
        "home",
        "work",
        "mail",
        "email",
        "e",
        "per",
        "mailto",
        "kontakt",
        "ueber",
    ]
)


@dataclass(frozen=True, slots=True)
class Contact:
    mail: str = ""
    phone: str = ""


def parse_mail(text: str) -> Reading[str]:
    """One mail address, lower case; a second one is kept as a remark.

    >>> parse_mail("NILS.ULKU3@EXAMPLE.ORG").value
    'nils.ulku3@example.org'
    """
    if "@" not in text and (says_nothing(text) or fold(text) in _NO_MAIL):
        return Reading("")
    tidy = _AT.sub("@", _DOT.sub(".", text))
    found = [address.strip(".").casefold() for address in _MAIL.findall(tidy)]
    valid = [address for address in found if _is_mail(address)]
    if not valid or len(valid) < len(found):
        return Reading("", text if not found else "", error=ErrorCode.MAIL_NOT_VALID)
    rest = _words(_MAIL.sub(" ", tidy))
    return Reading(valid[0], ", ".join([*valid[1:], *([rest] if rest else [])]))


def _is_mail(address: str) -> bool:
    try:
        _valid_mail(address)
    except ValidationError:
        return False
    return len(address) <= MAX_MAIL_LENGTH


def parse_phone(text: str) -> Reading[str]:
    """The first telephone number in E.164; others and words beside it are kept as a remark.

    >>> parse_phone("030/23125-833").value
    '+493023125833'
    """
    if says_nothing(text):
        return Reading("")
    numbers: list[str] = []
    not_valid = False
    for piece in _BETWEEN_NUMBERS.split(text):
        for found in _NUMBER.findall(piece):
            number = _e164(found)
            if number:
                numbers.append(number)
            elif sum(map(str.isdigit, found)) >= _FEWEST_DIGITS or not numbers:
                not_valid = True
    rest = _words(_NUMBER.sub(" ", text))
    if numbers:
        return Reading(numbers[0], ", ".join([*numbers[1:], *([rest] if rest else [])]))
    if not_valid or re.search(r"\d", text):
        return Reading("", error=ErrorCode.PHONE_NOT_VALID)
    return Reading("", text, question=QuestionCode.NOT_UNDERSTOOD)


def _e164(text: str) -> str | None:
    """The number in E.164, read as a German one unless it names its country; None if impossible.

    A spreadsheet that took the number for a figure has dropped the zero: «1712345678». A leading
    49 or another country code without its plus is believed only where it makes a valid number.
    """
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    plus = text.lstrip("( ").startswith("+")
    if len(digits) < _FEWEST_DIGITS:
        return None
    candidates = [f"+{digits}"] if plus else [digits]
    if not plus and not digits.startswith("0"):
        candidates = [f"+{digits}", f"0{digits}"] if digits.startswith("49") else [f"0{digits}"]
    parsed = [number for candidate in candidates if (number := _parsed(candidate))]
    chosen = next(filter(phonenumbers.is_valid_number, parsed), None) or next(iter(parsed), None)
    if chosen is None:
        return None
    return phonenumbers.format_number(chosen, phonenumbers.PhoneNumberFormat.E164)


def _parsed(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, "DE")
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


def parse_contact(text: str) -> Reading[Contact]:
    """A cell that may hold a mail address, a telephone number, or both."""
    if says_nothing(text):
        return Reading(Contact())
    tidy = _AT.sub("@", text)
    mail = parse_mail(" ".join(_MAIL.findall(tidy))) if "@" in tidy else Reading("")
    rest = _MAIL.sub(" ", tidy)
    has_number = sum(map(str.isdigit, rest)) >= _FEWEST_DIGITS
    phone = parse_phone(rest.strip(" ,;/|")) if has_number else Reading("", _words(rest))
    contact = Contact(mail.value, phone.value)
    leftover = ", ".join(filter(None, [mail.leftover, phone.leftover]))
    error = mail.error or phone.error
    nothing = not contact.mail and not contact.phone and not error
    question = QuestionCode.NOT_UNDERSTOOD if nothing else None
    return Reading(contact, text if nothing else leftover, error, question)


def parse_contact_preference(text: str) -> Reading[ContactPreference | None]:
    """How somebody wants to be reached; None where nothing is said."""
    words = set(fold(text).split())
    by_mail = bool(words & {"mail", "email", "emails", "mails", "schriftlich"})
    by_phone = bool(
        words
        & {"telefon", "tel", "telefonisch", "anruf", "anrufen", "handy", "mobil", "phone", "call"}
        | words & {"whatsapp", "sms", "signal", "telegram", "calls"}
    )
    if words & {"beides", "both", "egal", "any"} or (by_mail and by_phone):
        return Reading(ContactPreference.BOTH)
    if by_mail or by_phone:
        return Reading(ContactPreference.MAIL if by_mail else ContactPreference.PHONE)
    if words & {"nichts", "gar", "neither", "none", "persoenlich"}:
        return Reading(ContactPreference.NEITHER)
    if says_nothing(text):
        return Reading(None)
    return Reading(None, text, question=QuestionCode.NOT_UNDERSTOOD)


def _words(text: str) -> str:
    """What is left beside numbers and addresses, without labels such as «Tel.:»."""
    words = [word for word in text.split() if fold(word) and fold(word) not in _LABELS]
    return " ".join(words).strip(" ,;:/|()<>")
