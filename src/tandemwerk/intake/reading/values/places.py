"""Postcodes with or without a place, alone or in an address."""

import re
from dataclasses import dataclass
from typing import Final

from tandemwerk.intake.reading.codes import AssumptionCode, ErrorCode
from tandemwerk.intake.reading.values.reading import Reading

_FIVE: Final = re.compile(r"(?<!\d)(\d{5})(?:\.0)?(?!\d)")
_FOUR: Final = re.compile(r"(?<![\d-])(\d{4})(?:\.0)?(?!\d)")
_COUNTRY: Final = re.compile(r"^(?:DE|D|GER)[\s-]+(?=\d)", re.IGNORECASE)
_ABROAD: Final = re.compile(r"^(?:A|AT|CH|L|LU|B|BE|NL|F|FR|PL|CZ|DK)[\s-]*\d", re.IGNORECASE)
_LOWEST: Final = 1001
_HIGHEST: Final = 99998


@dataclass(frozen=True, slots=True)
class Place:
    postcode: str = ""
    name: str = ""


def parse_postcode(text: str) -> Reading[Place]:
    """A German postcode, with the place behind it if there is one.

    Four digits have lost their zero, in a number (1239) as in a text that once was one (1239.0).

    >>> parse_postcode("1239").value
    Place(postcode='01239', name='')
    >>> parse_postcode("86759 Ort").value
    Place(postcode='86759', name='Ort')
    """
    tidy = _COUNTRY.sub("", text.strip())
    tidy = re.sub(r"^(\d{2}) (\d{3})\b", r"\1\2", tidy)
    if not re.search(r"\d", tidy):
        return Reading(Place(name=_place_name(tidy)), text, error=ErrorCode.POSTCODE_MISSING)
    found = None if _ABROAD.match(tidy) else _FIVE.search(tidy) or _FOUR.search(tidy)
    if not found or not _LOWEST <= int(found[1]) <= _HIGHEST:
        return Reading(Place(), text, error=ErrorCode.POSTCODE_NOT_VALID)
    assumption = AssumptionCode.ZERO_RESTORED if len(found[1]) == 4 else None  # noqa: PLR2004
    name = f"{tidy[: found.start()]} {tidy[found.end() :]}".strip(" ,;-/()")
    return Reading(Place(found[1].zfill(5), " ".join(name.split())), assumption=assumption)


def parse_address(text: str) -> Reading[Place]:
    """Street, postcode and place in one cell; the street is kept as a remark."""
    found = list(_FIVE.finditer(text))
    if not found or not _LOWEST <= int(found[-1][1]) <= _HIGHEST:
        return Reading(Place(), text)
    street = " ".join(text[: found[-1].start()].split()).strip(" ,;-")
    name = " ".join(text[found[-1].end() :].split()).strip(" ,;-")
    return Reading(Place(found[-1][1], name), street)


def _place_name(text: str) -> str:
    """The words of a cell that has no postcode, if they may be the name of a place."""
    return text.strip() if re.fullmatch(r"[A-ZÄÖÜ][\w .()/-]+", text.strip()) else ""
