"""Postcodes and the places that use them.

8,168 postcodes of places, with the middle of their area. Postcodes of PO boxes and of single large
recipients are not among them and count as unknown; nothing is guessed for them from their first
digits, because 45 kilometres may lie between two neighbours. Sources: ``docs/data-sources.md``.
"""

import csv
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

_PREFIX: Final = re.compile(r"^(?:DE|D)[\s-]*(?=\d)", re.IGNORECASE)
_WITH_PLACE: Final = re.compile(r"^(\d{5})[\s,]+[^\W\d]")
_DIGITS_APART: Final = re.compile(r"(?<=\d)\s(?=\d)")
_LENGTH: Final = 5
#: Where the part begins that tells a place from its namesakes: (Saale), am Main, a. d. Lahn.
_QUALIFIER: Final = re.compile(r"[(/]| (?:a|am|an|auf|b|bei|i|im|in|ob|v|vor)[ .]")


@dataclass(frozen=True, slots=True)
class Place:
    """A place and one of its postcodes. Coordinates are of the middle of the postcode's area."""

    postcode: str
    name: str
    district: str
    district_key: str  # official key (AGS), five digits
    land: str  # ISO 3166-2:DE, «DE-BY»
    lat: float
    lon: float

    def __str__(self) -> str:
        return f"{self.postcode} {self.name}"

    @property
    def point(self) -> tuple[float, float]:
        return self.lat, self.lon


def normalise_postcode(text: str) -> str | None:
    """Return the five digits somebody meant, or None if that was no German postcode.

    Understands a country in front (``D-86150``), the place behind (``86150 Augsburg``), a space
    between the digits, digits of other scripts, and what spreadsheets make of numbers
    (``86150.0``). Exactly four digits have lost their leading zero: ``1239`` is ``01239``.
    Whether the postcode exists is another question: ask :func:`find_place`.
    """
    plain = "".join(_plain_characters(text)).strip()
    plain = _PREFIX.sub("", plain)
    if with_place := _WITH_PLACE.match(plain):
        plain = with_place[1]
    plain = _DIGITS_APART.sub("", plain.removesuffix(".0"))
    if not (plain.isascii() and plain.isdigit()):
        return None
    if len(plain) == _LENGTH - 1:
        plain = f"0{plain}"
    return plain if len(plain) == _LENGTH and not plain.startswith("00") else None


def _plain_characters(text: str) -> Iterator[str]:
    """Yield the characters with digits, spaces and dashes of every script made plain."""
    for character in text:
        category = unicodedata.category(character)
        if category == "Nd":
            yield str(unicodedata.digit(character))
        elif category in {"Zs", "Cc"}:
            yield " "
        elif category == "Pd":
            yield "-"
        elif category != "Cf":  # marks of direction, zero-width spaces
            yield character


def find_place(postcode: str) -> Place | None:
    """Return the place a postcode is best known by, None if we do not know the postcode."""
    return _places().get(postcode) or _places().get(normalise_postcode(postcode) or "")


def all_places() -> list[Place]:
    """Return every known postcode with its place, in the order of the postcodes."""
    return [_places()[code] for code in _sorted_postcodes()]


def locate_many(
    postcodes: Iterable[str],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return latitudes and longitudes in the same order, nan where a postcode is unknown.

    The postcodes must be normalised: this is the fast way for many stored ones.
    """
    known, unknown = _places(), (float("nan"), float("nan"))
    points = [place.point if (place := known.get(code)) else unknown for code in postcodes]
    lat, lon = np.array(points, dtype=np.float64).reshape(-1, 2).T
    return lat, lon


def search_places(text: str, limit: int = 10) -> list[Place]:
    """Find places by the beginning of their postcode or of words of their name.

    «Augs», «muenchen», «Homburg» (Bad Homburg), «Frankfurt/M», «861», «D-8615». Every place comes
    with one of its postcodes; where there is room its others follow. Names that begin so come
    before those with a later word, the very name before longer ones, and then large places (many
    postcodes) before small.
    """
    if limit <= 0:
        return []
    if digits := _leading_digits(text):
        return _by_postcode(digits, limit)
    wanted = _fold(text).split()
    return _by_name(wanted, limit) if wanted else []


def _leading_digits(text: str) -> str:
    plain = _PREFIX.sub("", "".join(_plain_characters(text)).strip())
    found = re.match(r"\d+", plain)
    return found[0] if found else ""


def _by_postcode(digits: str, limit: int) -> list[Place]:
    codes = _sorted_postcodes()
    start = bisect_left(codes, digits)
    hits = islice(codes, start, start + limit)
    return [_places()[code] for code in hits if code.startswith(digits)]


def _by_name(wanted: list[str], limit: int) -> list[Place]:
    index, towns = _name_index(), _towns()
    best: dict[int, tuple[bool, bool]] = {}  # town: begins late, is longer than what was typed
    for key in islice(index, bisect_left(index, _Key(wanted[0], 0, 0)), None):
        if not key.text.startswith(wanted[0]):
            break
        if _continues(key.text.split(), wanted):
            rank = (key.word > 0, towns[key.town].bare_name != " ".join(wanted))
            best[key.town] = min(best.get(key.town, rank), rank)
    ranked = sorted(best, key=lambda town: (best[town], -towns[town].size, town))[:limit]
    room = limit - len(ranked)
    found: list[Place] = []
    for town in ranked:
        first, *others = towns[town].places
        others = others[:room]
        room -= len(others)
        found += [first, *others]
    return found


def _continues(words: list[str], wanted: list[str]) -> bool:
    """Whether each wanted word begins a word, in this order: «frankfurt main», «frankfurt a m»."""
    rest = iter(words)
    return all(any(word.startswith(part) for word in rest) for part in wanted)


class _Town(NamedTuple):
    """A municipality with its postcodes: first those it is the main place of."""

    bare_name: str  # folded, without what tells it from its namesakes: «halle» of Halle (Saale)
    size: int  # how many postcodes it is the main place of
    places: list[Place]


class _Key(NamedTuple):
    """An entry of the index of names: the name from one of its words on."""

    text: str
    word: int  # which word: 0 is the whole name
    town: int  # position in _towns()


def _fold(text: str) -> str:
    """Small letters without accents, words parted by one space: «Bad Düben» is «bad duben»."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in letters if not _is_mark(c))))


def _is_mark(character: str) -> bool:
    return unicodedata.combining(character) != 0


def _spellings(name: str) -> set[str]:
    """Return the folded name as typed without umlauts and with «ae», «oe», «ue» for them."""
    spelled_out = name.casefold().translate({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue"})
    return {_fold(name), _fold(spelled_out)}


@cache
def _places() -> dict[str, Place]:
    """Every postcode and its main place, in the order of the postcodes."""
    districts = {row["district_key"]: row for row in _rows("districts.csv")}
    places = {}
    for row in _rows("postcodes.csv"):
        district = districts[row["district_key"]]
        places[row["postcode"]] = Place(
            postcode=row["postcode"],
            name=row["name"],
            district=district["name"],
            district_key=row["district_key"],
            land=district["land"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
        )
    return places


@cache
def _sorted_postcodes() -> list[str]:
    return sorted(_places())


@cache
def _towns() -> list[_Town]:
    """Every municipality, by name and district."""
    districts = {row["district_key"]: row for row in _rows("districts.csv")}
    towns: dict[tuple[str, str], list[Place]] = {}
    for place in _places().values():
        towns.setdefault((place.name, place.district_key), []).append(place)
    sizes = {key: len(places) for key, places in towns.items()}
    for row in _rows("also.csv"):
        district = districts[row["district_key"]]
        other = replace(
            _places()[row["postcode"]],
            name=row["name"],
            district=district["name"],
            district_key=row["district_key"],
            land=district["land"],
        )
        towns.setdefault((other.name, other.district_key), []).append(other)
    return [
        _Town(_fold(_QUALIFIER.split(key[0])[0]), sizes.get(key, 0), towns[key])
        for key in sorted(towns)
    ]


@cache
def _name_index() -> list[_Key]:
    index = set()
    for town, entry in enumerate(_towns()):
        for spelling in _spellings(entry.places[0].name):
            words = spelling.split()
            index |= {_Key(" ".join(words[i:]), i, town) for i in range(len(words))}
    return sorted(index)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with files("tandemwerk.places").joinpath("data", name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)
