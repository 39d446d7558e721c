"""Invented lists of people spread over Germany, as the pairing files have them."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from tandemwerk.pairing import KINDS, SLOTS, TOPICS
from tandemwerk.pairing.reading import NEWCOMER_COLUMNS, VOLUNTEER_COLUMNS
from tandemwerk.places import all_places

_LEVELS: Final = ("A1", "A2", "B1", "B2", "C1", "C2")
_SPOKEN: Final = ("ar", "fa", "uk", "ti", "tr", "ru", "ps", "ku", "fr", "so")
_INTERESTS: Final = ("cooking", "football", "music", "gardens", "chess", "cycling", "film", "art")
_LAST_DAY: Final = date(2025, 10, 31)


def write_lists(folder: Path, size: int, *, seed: int = 1) -> tuple[Path, Path]:
    """Write ``size`` volunteers and ``size`` newcomers. The same seed gives the same people."""
    rng = np.random.default_rng(seed)
    postcodes = [place.postcode for place in all_places()]
    volunteers, newcomers = folder / "volunteers.csv", folder / "newcomers.csv"
    _write(volunteers, list(VOLUNTEER_COLUMNS), _volunteers(rng, postcodes, size))
    _write(newcomers, list(NEWCOMER_COLUMNS), _newcomers(rng, postcodes, size))
    return volunteers, newcomers


def _write(path: Path, columns: list[str], rows: Iterator[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _volunteers(
    rng: np.random.Generator, postcodes: list[str], size: int
) -> Iterator[dict[str, object]]:
    for number in range(size):
        spoken = [("de", "L1" if rng.random() < 0.8 else "C1"), ("en", _pick(rng, _LEVELS))]
        if rng.random() < 0.25:
            spoken.append((_pick(rng, _SPOKEN), "L1"))
        yield _person(rng, postcodes, f"V{number:06}", spoken) | {
            "capacity": int(rng.integers(1, 4)),
            "minors_ok": int(rng.random() < 0.5),
        }


def _newcomers(
    rng: np.random.Generator, postcodes: list[str], size: int
) -> Iterator[dict[str, object]]:
    for number in range(size):
        spoken = [(_pick(rng, _SPOKEN), "L1"), ("de", _pick(rng, _LEVELS[:4]))]
        if rng.random() < 0.4:
            spoken.append(("en", _pick(rng, _LEVELS)))
        yield _person(rng, postcodes, f"N{number:06}", spoken) | {
            "is_minor": int(rng.random() < 0.15),
            "priority": int(rng.choice(4, p=[0.7, 0.15, 0.1, 0.05])),
        }


def _person(
    rng: np.random.Generator, postcodes: list[str], name: str, spoken: list[tuple[str, str]]
) -> dict[str, object]:
    return {
        "id": name,
        "postcode": _pick(rng, postcodes),
        "gender": rng.choice(["f", "m", "d", "-"], p=[0.5, 0.45, 0.02, 0.03]),
        "wishes_gender": rng.choice(["any", "f", "m"], p=[0.75, 0.15, 0.1]),
        "birth_year": int(rng.integers(1945, 2012)),
        "languages": " ".join(f"{code}:{level}" for code, level in spoken),
        "availability": " ".join(_some(rng, SLOTS, 4)),
        "kinds": " ".join(_some(rng, KINDS, 2)),
        "interests": " ".join(_some(rng, _INTERESTS, 3)),
        "topics": " ".join(_some(rng, TOPICS, 3)),
        "max_km": int(rng.choice([5, 10, 15, 20, 25, 30, 50])),
        "waiting_since": _LAST_DAY - timedelta(days=int(rng.exponential(120))),
        "group_size": 1,
    }


def _pick(rng: np.random.Generator, words: tuple[str, ...] | list[str]) -> str:
    return words[int(rng.integers(len(words)))]


def _some(rng: np.random.Generator, words: tuple[str, ...], most: int) -> list[str]:
    chosen = rng.permutation(len(words))[: rng.integers(1, most + 1)]
    return [words[position] for position in sorted(chosen)]
