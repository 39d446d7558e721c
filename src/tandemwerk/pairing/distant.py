"""Who is only too far: everybody left beside everybody on the other side, compiled.

Billions of pairs for a country, so people are looked at 64 at a time. For each word of the rules (a
slot, a language) one row of bits says who of the others has it; the rows of what a person has are
put together, and what remains are those who fit in everything but the distance. Only these are
measured. Kernels release the interpreter's lock, so that threads share the people; the result does
not depend on how they are shared.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from tandemwerk.pairing.assignment import BoolArray, FloatArray, IntArray
from tandemwerk.pairing.population import Columns, Population
from tandemwerk.pairing.vocabulary import GENDERS, KINDS, MINIMUM_LEVEL, SLOTS

Words = npt.NDArray[np.uint64]

#: Cosines this close are the same place (about a metre).
SAME: Final = 1e-14
_WORD: Final = 64


class Having(NamedTuple):
    """For each word of the rules, who of the others has it: rows of bits.

    ``accepting`` are those who would meet a gender; ``minors`` has everybody in row 0, and in row 1
    those whom a minor (or somebody not cleared for minors) can be paired with.
    """

    slot: Words
    kind: Words
    language: Words
    gender: Words
    accepting: Words
    minors: Words


class Asking(NamedTuple):
    """What each person whose others are looked for has. ``language`` is person x language."""

    slot: npt.NDArray[np.uint32]
    kind: npt.NDArray[np.uint32]
    language: BoolArray
    gender: npt.NDArray[np.uint32]
    accepts: npt.NDArray[np.uint32]
    minors: IntArray
    size: IntArray


class Where(NamedTuple):
    """Where people live and how far they go: points on the sphere, cosines of reaches."""

    points: FloatArray
    reach: FloatArray
    place: IntArray
    named: BoolArray


def having(population: Population, side: int, others: IntArray) -> Having:
    """Return the rows of bits of the others, who are on the other side than ``side``."""
    people, is_paired_with_minors = population.newcomers, ~population.is_minor
    if side:
        people, is_paired_with_minors = population.volunteers, population.minors_ok
    everybody = np.ones(len(others), dtype=bool)
    return Having(
        slot=_masks(people.availability[others], len(SLOTS)),
        kind=_masks(people.kinds[others], len(KINDS)),
        language=_rows((people.levels[others] >= MINIMUM_LEVEL).T),
        gender=_masks(np.uint32(1) << people.gender[others], len(GENDERS)),
        accepting=_masks(people.accepts[others], len(GENDERS)),
        minors=_rows(np.array([everybody, is_paired_with_minors[others]])),
    )


def asking(population: Population, side: int, who: IntArray) -> Asking:
    """Return what the people of a side have whose others are looked for."""
    if side:
        people, sizes, minors = population.newcomers, population.group_size, population.is_minor
    else:
        people, sizes = population.volunteers, population.max_group
        minors = ~population.minors_ok
    return Asking(
        slot=people.availability[who],
        kind=people.kinds[who],
        language=people.levels[who] >= MINIMUM_LEVEL,
        gender=people.gender[who],
        accepts=people.accepts[who],
        minors=minors[who].astype(np.int64),
        size=sizes[who],
    )


def where(population: Population, side: Columns, reach: FloatArray, who: IntArray) -> Where:
    """Return where these people live; ``reach`` has the cosine of how far each goes."""
    places, at = population.places, side.place[who]
    return Where(places.points(at), reach, at, places.named[at])


def in_parts(size: int, work: Callable[[int, int], Any]) -> Iterator[Any]:
    """Yield ``work(start, end)`` for parts of a range, in order; two or more at the same time."""
    workers = max(1, min(cpu_count() or 1, 4))
    bounds = np.linspace(0, size, 4 * workers + 1).astype(int).tolist()
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(work, bounds[:-1], bounds[1:])


def _masks(masks: npt.NDArray[np.uint32], bits: int) -> Words:
    return _rows(masks[None, :] >> np.arange(bits, dtype=np.uint32)[:, None] & 1 == 1)


def _rows(has: BoolArray) -> Words:
    """Pack a table of words x persons into 64 persons a number."""
    padded = np.zeros((len(has), -(-has.shape[1] // _WORD) * _WORD), dtype=bool)
    padded[:, : has.shape[1]] = has
    packed = np.packbits(padded, axis=1, bitorder="little").view("<u8")
    return np.ascontiguousarray(packed.astype(np.uint64))


@njit(cache=True, nogil=True)
def _add_masked(fits: Words, rows: Words, mask: int, buffer: Words) -> None:
    """Keep in ``fits`` those who have any of the words in the mask."""
    buffer[:] = 0
    for row in range(len(rows)):
        if mask >> row & 1:
            buffer |= rows[row]
    fits &= buffer


@njit(cache=True, nogil=True)
def count_too_far(  # noqa: C901, PLR0917  one loop; flat arrays, as tuples cost more inside than it
    asks: Asking,
    here: Where,
    own_key: IntArray,
    has: Having,
    there: Where,
    other_key: IntArray,
    other_size: IntArray,
    blocked: IntArray,
    is_volunteer: bool,
    start: int,
    end: int,
) -> tuple[IntArray, IntArray]:
    """Count, for a part of the people, the others who are only too far; name the nearest (or -1).

    A pair's key among the blocked is the sum of both keys.
    """
    slot, kind, language, gender, accepts, minors, size = asks
    my_point, my_reach, my_place, my_named = here
    point, reach, place, _ = there
    gained = np.zeros(end - start, np.int64)
    nearest = np.full(end - start, -1, np.int64)
    fits, buffer = np.empty_like(has.minors[0]), np.empty_like(has.minors[0])
    for row in range(start, end):
        fits[:] = has.minors[minors[row]]
        _add_masked(fits, has.slot, slot[row], buffer)
        _add_masked(fits, has.kind, kind[row], buffer)
        _add_masked(fits, has.gender, accepts[row], buffer)
        fits &= has.accepting[gender[row]]
        buffer[:] = 0
        for code in range(language.shape[1]):
            if language[row, code]:
                buffer |= has.language[code]
        fits &= buffer
        x, y, z = my_point[row, 0], my_point[row, 1], my_point[row, 2]
        closest = -np.inf
        for word in range(len(fits)):
            bits = fits[word]
            column = word * 64
            while bits:
                # the next bit that is set: the count of zeros below it
                low = bits & (~bits + np.uint64(1))
                other = column + _bit_of(low)
                bits ^= low
                if is_volunteer:
                    if other_size[other] > size[row]:
                        continue
                elif size[row] > other_size[other]:
                    continue
                if my_named[row] and my_place[row] == place[other]:
                    continue
                cosine = x * point[other, 0] + y * point[other, 1] + z * point[other, 2]
                if not cosine < max(my_reach[row], reach[other]) - SAME:
                    continue
                if len(blocked) and _in(blocked, own_key[row] + other_key[other]):
                    continue
                gained[row - start] += 1
                if cosine > closest:
                    closest = cosine
                    nearest[row - start] = other
    return gained, nearest


@njit(cache=True, nogil=True)
def _bit_of(single: int) -> int:
    """Return the position of the only bit that is set, by a De Bruijn sequence.

    Leiserson, Prokop and Randall, Using de Bruijn Sequences to Index a 1 in a Computer Word (1998).
    """
    return _POSITION[(single * _DE_BRUIJN) >> np.uint64(58)]


@njit(cache=True, nogil=True)
def _in(sorted_keys: IntArray, key: int) -> bool:
    at = np.searchsorted(sorted_keys, key)
    return at < len(sorted_keys) and sorted_keys[at] == key


_DE_BRUIJN: Final = np.uint64(0x03F79D71B4CB0A89)


def _positions() -> IntArray:
    positions = np.zeros(64, dtype=np.int64)
    for bit in range(64):
        positions[((1 << bit) * int(_DE_BRUIJN) & (1 << 64) - 1) >> 58] = bit
    return positions


_POSITION: Final = _positions()
