"""Whom to look for: the few kinds of volunteers who would help most of those who wait.

Every newcomer without a tandem is turned into the volunteers who would fit: a language of the
newcomer's, a gender where one is wished, a part of the week, a region. One such volunteer serves
many newcomers, so the list is a cover: again and again the kind that serves most of those not yet
on the list (the greedy rule for set cover, within ln n of the best; Chvátal, Mathematics of
Operations Research 4, 1979). Of kinds that serve equally many, the one that asks least comes first.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from tandemwerk.pairing.assignment import IntArray
from tandemwerk.pairing.population import Population
from tandemwerk.pairing.vocabulary import (
    DAYS,
    GENDERS,
    MINIMUM_LEVEL,
    PARTS,
    TOPICS,
    from_mask,
)

#: The parts of a week that people think in, as masks over SLOTS.
_WEEKDAYS: Final = 5
_REGION: Final = 2
_TOPIC_BITS: Final = np.arange(len(TOPICS), dtype=np.uint32)
_EVERY_GENDER: Final = (1 << len(GENDERS)) - 1


def _blocks() -> dict[str, int]:
    def mask(days: range, parts: range) -> int:
        return sum(1 << day * len(PARTS) + part for day in days for part in parts)

    blocks = {
        part: mask(range(_WEEKDAYS), range(number, number + 1)) for number, part in enumerate(PARTS)
    }
    return blocks | {"weekend": mask(range(_WEEKDAYS, len(DAYS)), range(len(PARTS)))}


#: ``morning``, ``afternoon``, ``evening`` from Monday to Friday, and ``weekend``.
BLOCKS: Final = _blocks()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of volunteer, and the newcomers who wait for one.

    ``language`` is a code, ``gender`` a letter or "any", ``time`` one of BLOCKS, ``region`` the
    first digits of postcodes, ``place`` the postcode where most of them live. ``newcomers`` of them
    are counted here and nowhere else in the list; ``minors`` of those are minors, ``groups``
    families. ``days`` is their mean wait, ``topics`` what most of them want help with.
    """

    language: str
    gender: str
    time: str
    region: str
    place: str
    newcomers: int
    minors: int
    groups: int
    days: float
    topics: tuple[str, ...]
    ids: tuple[str, ...]


_Kind = tuple[int, int, str, str]


def whom_to_recruit(
    population: Population, waiting: IntArray, *, digits: int = _REGION, preferred: str = "de"
) -> tuple[Wanted, ...]:
    """Return the kinds of volunteers to look for, the one that helps most newcomers first.

    ``waiting`` are the positions of newcomers without a tandem, ``digits`` how much of the postcode
    makes a region, ``preferred`` the language that is easiest to find. Newcomers who have no
    language, time or postcode on record are left out: what is missing there is a conversation.
    Nearly linear in the number of newcomers times their languages.
    """
    serves: dict[_Kind, set[int]] = {}
    for newcomer in waiting.tolist():
        for kind in _kinds_for(population, newcomer, digits):
            serves.setdefault(kind, set()).add(newcomer)
    return tuple(
        _wanted(population, kind, sorted(members))
        for kind, members in _cover(population, serves, preferred)
    )


def _kinds_for(population: Population, newcomer: int, digits: int) -> Iterator[_Kind]:
    people = population.newcomers
    region = population.places.postcodes[people.place[newcomer]][:digits]
    if not region:
        return
    languages = np.flatnonzero(people.levels[newcomer] >= MINIMUM_LEVEL).tolist()
    free, accepts = int(people.availability[newcomer]), int(people.accepts[newcomer])
    # Somebody without a wish is not counted as asking for a woman, though she would be as welcome.
    gender = -1 if accepts == _EVERY_GENDER else accepts.bit_length() - 1
    for language in languages:
        for time, mask in BLOCKS.items():
            if free & mask:
                yield language, gender, time, region


def _cover(
    population: Population, serves: dict[_Kind, set[int]], preferred: str
) -> Iterator[tuple[_Kind, set[int]]]:
    """Yield kinds, the most helpful first, each with those who are on no earlier one's list."""

    def asks(kind: _Kind) -> tuple[bool, bool, _Kind]:
        return kind[1] >= 0, population.languages[kind[0]] != preferred, kind

    heap = [(-len(members), asks(kind), kind) for kind, members in serves.items()]
    heapq.heapify(heap)
    served = set[int]()
    while heap:
        count, key, kind = heapq.heappop(heap)
        members = serves[kind]
        members -= served
        if -len(members) != count:  # some were served since: look again in its new place
            if members:
                heapq.heappush(heap, (-len(members), key, kind))
            continue
        served |= members
        yield kind, set(members)


def _wanted(population: Population, kind: _Kind, members: list[int]) -> Wanted:
    language, gender, time, region = kind
    people, who = population.newcomers, np.array(members)
    places, often = np.unique(people.place[who], return_counts=True)
    asked = (people.topics[who, None] >> _TOPIC_BITS & 1).sum(axis=0)
    common = sum(1 << bit for bit in np.flatnonzero(asked * 2 >= len(who)).tolist())
    return Wanted(
        language=population.languages[language],
        gender="any" if gender < 0 else GENDERS[gender],
        time=time,
        region=region,
        place=population.places.postcodes[int(places[often.argmax()])],
        newcomers=len(members),
        minors=int(population.is_minor[who].sum()),
        groups=int((population.group_size[who] > 1).sum()),
        days=round(float(people.waiting[who].mean()), 1),
        topics=from_mask(common, TOPICS),
        ids=tuple(people.ids[one] for one in members),
    )
