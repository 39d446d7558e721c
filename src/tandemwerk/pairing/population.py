"""People as columns: what the vectorised rules read instead of one object per person."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from tandemwerk.pairing.assignment import FloatArray, IntArray
from tandemwerk.pairing.errors import PairingInputError
from tandemwerk.pairing.geography import Locate, Places
from tandemwerk.pairing.model import Newcomer, Participant, Volunteer
from tandemwerk.pairing.vocabulary import GENDERS, MINIMUM_LEVEL, GenderWish, Level

BoolArray = npt.NDArray[np.bool_]
MaskArray = npt.NDArray[np.uint32]
#: Sets over an open vocabulary, as bits: one row per 64 words, one column per person.
BitRows = npt.NDArray[np.uint64]

#: Greater than any group.
ANY_SIZE: Final = 2**31
_WORD: Final = 64


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """One side, a person per position.

    ``gender`` is the position in GENDERS, ``accepts`` a mask over GENDERS of whom the person
    would meet. ``languages`` are the ones spoken well enough to share, ``levels`` all of them
    (person x language, 0 = not spoken). ``birth_year`` is 0 where unknown, ``waiting`` in days.
    """

    ids: tuple[str, ...]
    place: IntArray
    max_km: FloatArray
    gender: MaskArray
    accepts: MaskArray
    availability: MaskArray
    kinds: MaskArray
    topics: MaskArray
    languages: BitRows
    levels: npt.NDArray[np.uint8]
    interests: BitRows
    birth_year: IntArray
    waiting: IntArray

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """Both sides of a run, with the vocabularies that they share.

    ``blocked`` holds ``newcomer * volunteers + volunteer`` of each pair that must not be, sorted.
    ``group_size``, ``wanted`` (how many volunteers) and ``found`` (how many of them are there
    already) are the newcomers', ``max_group`` is the volunteers', ``ANY_SIZE`` where any group is
    welcome.
    """

    volunteers: Columns
    newcomers: Columns
    capacity: IntArray
    minors_ok: BoolArray
    is_minor: BoolArray
    priority: IntArray
    group_size: IntArray
    max_group: IntArray
    wanted: IntArray
    found: IntArray
    places: Places
    languages: tuple[str, ...]
    interests: tuple[str, ...]
    blocked: IntArray

    @classmethod
    def of(
        cls,
        volunteers: Sequence[Volunteer],
        newcomers: Sequence[Newcomer],
        *,
        locate: Locate,
        today: date,
        blocked: Iterable[tuple[str, str]] = (),
    ) -> "Population":
        """Turn people into columns. Pairs in ``blocked`` that name nobody here are ignored."""
        everybody: list[Participant] = [*volunteers, *newcomers]
        places = Places.of((person.postcode for person in everybody), locate)
        languages = tuple(sorted({code for person in everybody for code in person.languages}))
        interests = tuple(sorted({slug for person in everybody for slug in person.interests}))
        vocabularies = _Vocabularies(
            today=today,
            postcodes=_positions(places.postcodes),
            languages=_positions(languages),
            interests=_positions(interests),
        )
        sides = (
            _columns("volunteer", volunteers, vocabularies),
            _columns("newcomer", newcomers, vocabularies),
        )
        return cls(
            *sides,
            capacity=_integers(person.capacity for person in volunteers),
            minors_ok=np.array([person.minors_ok for person in volunteers], dtype=bool),
            is_minor=np.array([person.is_minor for person in newcomers], dtype=bool),
            priority=_integers(person.priority for person in newcomers),
            group_size=_integers(person.group_size for person in newcomers),
            max_group=_integers(person.max_group or ANY_SIZE for person in volunteers),
            wanted=_integers(person.volunteers_wanted for person in newcomers),
            found=_integers(person.volunteers_found for person in newcomers),
            places=places,
            languages=languages,
            interests=interests,
            blocked=_blocked_keys(blocked, *sides),
        )


@dataclass(frozen=True, slots=True)
class _Vocabularies:
    today: date
    postcodes: Mapping[str, int]
    languages: Mapping[str, int]
    interests: Mapping[str, int]


def _columns(side: str, people: Sequence[Participant], known: _Vocabularies) -> Columns:
    ids = tuple(person.id for person in people)
    twice = [name for name, times in Counter(ids).items() if times > 1]
    if twice:
        raise PairingInputError(f"two people on the {side} side have the id {twice[0]!r}")
    levels = _levels([person.languages for person in people], known.languages)
    interests = _has([person.interests for person in people], known.interests)
    return Columns(
        ids=ids,
        place=_integers(known.postcodes[person.postcode] for person in people),
        max_km=np.array([person.max_km for person in people], dtype=np.float64),
        gender=_masks(GENDERS.index(person.gender) for person in people),
        accepts=_masks(_accepted(person.wishes_gender) for person in people),
        availability=_masks(person.availability for person in people),
        kinds=_masks(person.kinds for person in people),
        topics=_masks(person.topics for person in people),
        languages=_bit_rows(levels >= MINIMUM_LEVEL),
        levels=levels,
        interests=_bit_rows(interests),
        birth_year=_integers(person.birth_year or 0 for person in people),
        waiting=_integers(_days(person.waiting_since, known.today) for person in people),
    )


def _levels(
    spoken: Sequence[Mapping[str, Level]], codes: Mapping[str, int]
) -> npt.NDArray[np.uint8]:
    """Return person x language; people who share one mapping (as readers give them) share a row."""
    rows, row_of = list[npt.NDArray[np.uint8]](), dict[int, int]()
    for languages in spoken:
        if id(languages) not in row_of:
            row_of[id(languages)] = len(rows)
            row = np.zeros(len(codes), dtype=np.uint8)
            for code, level in languages.items():
                row[codes[code]] = level
            rows.append(row)
    table = np.array(rows, dtype=np.uint8).reshape(len(rows), len(codes))
    return table[_integers(row_of[id(languages)] for languages in spoken)]


def _has(sets: Sequence[frozenset[str]], words: Mapping[str, int]) -> BoolArray:
    """Return person x word; each distinct set is looked at once."""
    distinct = {one: row for row, one in enumerate(dict.fromkeys(sets))}
    table = np.zeros((len(distinct), len(words)), dtype=bool)
    for one, row in distinct.items():
        table[row, [words[word] for word in one]] = True
    return table[_integers(distinct[one] for one in sets)]


def _accepted(wish: GenderWish) -> int:
    return (1 << len(GENDERS)) - 1 if wish is GenderWish.ANY else 1 << GENDERS.index(wish)


def _days(since: date | None, today: date) -> int:
    return max((today - since).days, 0) if since else 0


def _bit_rows(has: BoolArray) -> BitRows:
    """Pack a table of persons x words into 64 words a row."""
    rows = -(-has.shape[1] // _WORD)
    padded = np.zeros((len(has), rows * _WORD), dtype=bool)
    padded[:, : has.shape[1]] = has
    packed = np.packbits(padded, axis=1, bitorder="little").view("<u8")
    return np.ascontiguousarray(packed.reshape(len(has), rows).T.astype(np.uint64))


def _positions(words: Sequence[str]) -> dict[str, int]:
    return {word: position for position, word in enumerate(words)}


def _integers(values: Iterable[int]) -> IntArray:
    return np.fromiter(values, dtype=np.int64)


def _masks(values: Iterable[int]) -> MaskArray:
    return np.fromiter(values, dtype=np.uint32)


def _blocked_keys(
    blocked: Iterable[tuple[str, str]], volunteers: Columns, newcomers: Columns
) -> IntArray:
    volunteer, newcomer = _positions(volunteers.ids), _positions(newcomers.ids)
    keys = {
        newcomer[n] * len(volunteers) + volunteer[v]
        for v, n in blocked
        if v in volunteer and n in newcomer
    }
    return np.array(sorted(keys), dtype=np.int64)
