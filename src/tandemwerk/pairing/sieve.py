"""The kernels that look at pairs of people one by one: the hard rules once more, compiled.

``hardrules`` says them over arrays, which is as fast up to some million pairs; beyond, a compiled
loop takes a fraction of the time and no memory. Both give the same result (tests hold one against
the other). Kernels release the interpreter's lock, so that two threads share the work where it is
large; results do not depend on how it is shared.

What a rule compares is packed into one word a person, so that ``and`` of two words answers five
rules at once: each has a field, and a rule is kept where its field is not empty.
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from tandemwerk.pairing.assignment import FloatArray, IntArray
from tandemwerk.pairing.population import Population

Words = npt.NDArray[np.uint64]

#: The fields of a word: 21 slots, 3 kinds, two times 4 genders, 2 for minors.
_KINDS_AT, _HERS_AT, _HIS_AT, _MINORS_AT = 21, 24, 28, 32
_SLOTS: Final = np.uint64((1 << 21) - 1)
_KINDS: Final = np.uint64(0b111 << _KINDS_AT)
_HERS: Final = np.uint64(0b1111 << _HERS_AT)
_HIS: Final = np.uint64(0b1111 << _HIS_AT)
_MINORS: Final = np.uint64(0b11 << _MINORS_AT)
_NONE: Final = np.uint64(0)


class Codes(NamedTuple):
    """People of one side as the kernels read them.

    ``language`` has 64 languages a column; ``size`` is a newcomer's group, or the greatest that a
    volunteer takes.
    """

    word: Words
    language: Words
    size: IntArray
    max_km: FloatArray


class Groups(NamedTuple):
    """Pairs of places with the people who live there: ``members[start:start + size]``."""

    newcomer_start: IntArray
    newcomer_size: IntArray
    volunteer_start: IntArray
    volunteer_size: IntArray
    km: FloatArray


def volunteer_codes(population: Population, who: IntArray) -> Codes:
    """Return these volunteers, packed."""
    people, one = population.volunteers, np.uint64(1)
    word = people.availability[who].astype(np.uint64)
    word |= people.kinds[who].astype(np.uint64) << np.uint64(_KINDS_AT)
    word |= one << (people.gender[who].astype(np.uint64) + np.uint64(_HERS_AT))
    word |= people.accepts[who].astype(np.uint64) << np.uint64(_HIS_AT)
    word |= np.where(population.minors_ok[who], 0b11, 0b10).astype(np.uint64) << np.uint64(
        _MINORS_AT
    )
    languages = np.ascontiguousarray(people.languages[:, who].T)
    return Codes(word, languages, population.max_group[who], people.max_km[who])


def newcomer_codes(population: Population, who: IntArray) -> Codes:
    """Return these newcomers, packed."""
    people, one = population.newcomers, np.uint64(1)
    word = people.availability[who].astype(np.uint64)
    word |= people.kinds[who].astype(np.uint64) << np.uint64(_KINDS_AT)
    word |= people.accepts[who].astype(np.uint64) << np.uint64(_HERS_AT)
    word |= one << (people.gender[who].astype(np.uint64) + np.uint64(_HIS_AT))
    word |= np.where(population.is_minor[who], 0b01, 0b11).astype(np.uint64) << np.uint64(
        _MINORS_AT
    )
    languages = np.ascontiguousarray(people.languages[:, who].T)
    return Codes(word, languages, population.group_size[who], people.max_km[who])


@njit(cache=True, nogil=True)
def _kept(both: int) -> bool:
    """Tell whether no field of two words is empty: time, kind, both wishes, minors."""
    return (
        (both & _SLOTS != _NONE)
        & (both & _KINDS != _NONE)
        & (both & _HERS != _NONE)
        & (both & _HIS != _NONE)
        & (both & _MINORS != _NONE)
    )


@njit(cache=True, nogil=True)
def _in(sorted_keys: IntArray, key: int) -> bool:
    """Tell whether ``key`` is one of the ascending keys."""
    low, high = 0, len(sorted_keys)
    while low < high:
        middle = (low + high) >> 1
        if sorted_keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low < len(sorted_keys) and sorted_keys[low] == key


@njit(cache=True, nogil=True)
def _is_blocked(blocked: IntArray, taker: int, giver: int, volunteers: int) -> bool:
    return len(blocked) > 0 and _in(blocked, taker * volunteers + giver)


@njit(cache=True, nogil=True)
def _members(start: IntArray, size: IntArray, row: int) -> tuple[int, int]:
    """Return where the people of a place begin and end."""
    return start[row], start[row] + size[row]


@njit(cache=True, nogil=True)
def _share(ours: Words, giver: int, theirs: Words, taker: int) -> bool:
    """Tell whether two people have a language in common."""
    shared = _NONE
    for column in range(ours.shape[1]):
        shared |= ours[giver, column] & theirs[taker, column]
    return shared != _NONE


@njit(cache=True, nogil=True)
def sift(  # noqa: PLR0917  flat arrays: in a compiled loop a tuple of arrays costs more than the loop
    groups: Groups,
    givers: IntArray,
    takers: IntArray,
    giver_codes: Codes,
    taker_codes: Codes,
    blocked: IntArray,
    volunteers: int,
    found: tuple[IntArray, IntArray, FloatArray],
) -> int:
    """Write the pairs that break no rule into ``found``, as far as there is room; count them.

    ``givers`` and ``takers`` are the people by place, their codes in the same order.
    """
    out_volunteer, out_newcomer, out_km = found
    our_word, our_language, our_size, our_km = giver_codes
    word, language, size, max_km = taker_codes
    count = 0
    for row in range(len(groups.km)):
        km = groups.km[row]
        start, end = _members(groups.volunteer_start, groups.volunteer_size, row)
        first, last = _members(groups.newcomer_start, groups.newcomer_size, row)
        for taker in range(first, last):
            if not km <= max_km[taker]:
                continue
            for giver in range(start, end):
                if not _kept(our_word[giver] & word[taker]) or not km <= our_km[giver]:
                    continue
                if (
                    not _share(our_language, giver, language, taker)
                    or size[taker] > our_size[giver]
                ):
                    continue
                if _is_blocked(blocked, takers[taker], givers[giver], volunteers):
                    continue
                if count < len(out_km):
                    out_volunteer[count] = givers[giver]
                    out_newcomer[count] = takers[taker]
                    out_km[count] = km
                count += 1
    return count


@njit(cache=True, nogil=True)
def count_one_rule_away(  # noqa: PLR0917  as above
    groups: Groups,
    givers: IntArray,
    takers: IntArray,
    giver_codes: Codes,
    taker_codes: Codes,
    blocked: IntArray,
    volunteers: int,
    counts: tuple[IntArray, IntArray],
) -> None:
    """Add to (rule x volunteer, rule x newcomer) the near pairs that break just that rule."""
    of_volunteer, of_newcomer = counts
    our_word, our_language, our_size, our_km = giver_codes
    word, language, size, max_km = taker_codes
    for row in range(len(groups.km)):
        km = groups.km[row]
        start, end = _members(groups.volunteer_start, groups.volunteer_size, row)
        first, last = _members(groups.newcomer_start, groups.newcomer_size, row)
        for taker in range(first, last):
            if not km <= max_km[taker]:
                continue
            for giver in range(start, end):
                if not km <= our_km[giver]:
                    continue
                both = our_word[giver] & word[taker]
                # In the order of HardRule; the distance is kept.
                no_time, no_kind = both & _SLOTS == _NONE, both & _KINDS == _NONE
                no_wish = (both & _HERS == _NONE) | (both & _HIS == _NONE)
                no_minor = both & _MINORS == _NONE
                no_word = not _share(our_language, giver, language, taker)
                no_size = size[taker] > our_size[giver]
                broken = int(no_time) + int(no_kind) + int(no_word) + int(no_wish)
                broken += int(no_minor) + int(no_size)
                if broken > 1:
                    continue
                no_pair = _is_blocked(blocked, takers[taker], givers[giver], volunteers)
                if broken + int(no_pair) != 1:
                    continue
                rule = 1 * int(no_time) + 2 * int(no_kind) + 3 * int(no_word) + 4 * int(no_wish)
                rule += 5 * int(no_minor) + 6 * int(no_pair) + 7 * int(no_size)
                of_volunteer[rule, givers[giver]] += 1
                of_newcomer[rule, takers[taker]] += 1
