"""Invented people on an invented map, and the hard rules said once more in plain Python."""

from collections.abc import Collection
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any

import numpy as np

from tandemwerk.pairing import (
    KINDS,
    SLOTS,
    TOPICS,
    Gender,
    GenderWish,
    Level,
    Newcomer,
    Participant,
    Volunteer,
    to_mask,
)

TODAY = date(2025, 11, 22)

#: Augsburg, Friedberg (5 km), München (56 km), Berlin.
POINTS = {
    "86150": (48.364, 10.893),
    "86316": (48.351, 10.980),
    "80331": (48.137, 11.575),
    "10115": (52.532, 13.385),
}
_INTERESTS = ("chess", "football", "cooking", "music", "gardens")


def locate(postcode: str) -> tuple[float, float] | None:
    return POINTS.get(postcode)


def _person(identifier: str, change: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": identifier,
        "postcode": "86150",
        "languages": {"de": Level.B1},
        "availability": to_mask(["tue-evening"], SLOTS),
        "kinds": to_mask(["everyday"], KINDS),
        "max_km": 10.0,
    } | change


def volunteer(identifier: str = "V1", **change: Any) -> Volunteer:
    """Return a volunteer who fits ``newcomer()``."""
    return Volunteer(**_person(identifier, change))


def newcomer(identifier: str = "N1", **change: Any) -> Newcomer:
    return Newcomer(**_person(identifier, change))


def random_map(seed: int, *, places: int = 40) -> dict[str, tuple[float, float] | None]:
    """Return postcodes within some 60 km; every tenth has no coordinates."""
    rng = np.random.default_rng(seed)
    return {
        f"{80000 + number}": None
        if number % 10 == 9
        else (48 + 0.6 * float(rng.random()), 10.5 + 0.8 * float(rng.random()))
        for number in range(places)
    }


def random_people(
    seed: int, *, volunteers: int = 40, newcomers: int = 40, places: int = 40
) -> tuple[list[Volunteer], list[Newcomer]]:
    """Return people of whom some pairs fit and many do not."""
    rng = np.random.default_rng(seed)
    givers = [
        Volunteer(
            **_drawn(rng, f"V{number:03}", places),
            capacity=int(rng.integers(0, 4)),
            minors_ok=bool(rng.random() < 0.5),
            max_group=None if rng.random() < 0.7 else int(rng.integers(1, 4)),
        )
        for number in range(volunteers)
    ]
    takers = [
        Newcomer(
            **_drawn(rng, f"N{number:03}", places),
            is_minor=bool(rng.random() < 0.3),
            priority=int(rng.integers(0, 4)),
        )
        for number in range(newcomers)
    ]
    return givers, takers


def _drawn(rng: np.random.Generator, identifier: str, places: int) -> dict[str, Any]:
    codes = rng.choice(["de", "en", "ar", "fa", "uk", "ti"], int(rng.integers(0, 5)), replace=False)
    wishes = [*[GenderWish.ANY] * 6, *GenderWish]
    return {
        "id": identifier,
        "postcode": "" if rng.random() < 0.03 else str(80000 + int(rng.integers(0, places))),
        "languages": {str(code): Level(int(rng.integers(1, 8))) for code in codes},
        "availability": int(rng.integers(0, 1 << 21)) & 0x3F,
        "kinds": int(rng.integers(0, 8)),
        "max_km": float(rng.choice([0, 10, 30, 60, 400])),
        "gender": Gender(str(rng.choice(list(Gender)))),
        "wishes_gender": wishes[int(rng.integers(0, len(wishes)))],
        "birth_year": None if rng.random() < 0.3 else int(rng.integers(1950, 2008)),
        "interests": frozenset(str(slug) for slug in rng.choice(_INTERESTS, int(rng.integers(3)))),
        "topics": int(rng.integers(0, 1 << len(TOPICS))) & int(rng.integers(0, 1 << len(TOPICS))),
        "waiting_since": None
        if rng.random() < 0.2
        else TODAY - timedelta(days=int(rng.integers(0, 700))),
        "group_size": int(rng.choice([1, 1, 2, 5])),
    }


def plain_km(
    one: Participant, other: Participant, points: dict[str, tuple[float, float] | None]
) -> float:
    """Return the distance, ``inf`` where there is none. Haversine, one pair at a time."""
    if one.postcode and one.postcode == other.postcode:
        return 0.0
    here, there = points.get(one.postcode), points.get(other.postcode)
    if here is None or there is None:
        return float("inf")
    lat_a, lon_a, lat_b, lon_b = map(radians, (*here, *there))
    half = sin((lat_b - lat_a) / 2) ** 2
    half += cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half))


def plain_broken(
    giver: Volunteer,
    taker: Newcomer,
    *,
    points: dict[str, tuple[float, float] | None],
    blocked: Collection[tuple[str, str]] = (),
) -> set[str]:
    """Return the names of the hard rules that a pair breaks, as the published rules say them."""
    good = {Level.A2, Level.B1, Level.B2, Level.C1, Level.C2, Level.L1}
    shared = [
        code
        for code in giver.languages
        if giver.languages[code] in good and taker.languages.get(code) in good
    ]
    broken = {
        "distance": plain_km(giver, taker, points) > min(giver.max_km, taker.max_km),
        "availability": giver.availability & taker.availability == 0,
        "kind": giver.kinds & taker.kinds == 0,
        "language": not shared,
        "gender": giver.wishes_gender not in ("any", str(taker.gender))
        or taker.wishes_gender not in ("any", str(giver.gender)),
        "minors": taker.is_minor and not giver.minors_ok,
        "blocked": (giver.id, taker.id) in blocked,
        "group_size": giver.max_group is not None and taker.group_size > giver.max_group,
    }
    return {rule for rule, is_broken in broken.items() if is_broken}
