"""What each room keeps about a person. A room's ``privacy.py`` registers it.

The export a person may ask for and the erasure at its end go through the same list, so a room
that stores personal data and is not in it is found by a test.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tandemwerk.core.actors import Actor


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """One kind of data about a person: what for, how long, how it is shown and erased."""

    name: str
    title: Any
    purpose: Any
    kept: Any
    #: models it covers, as ``app.model``
    models: tuple[str, ...]
    #: person's number -> rows as plain values
    export: Callable[[int], list[dict[str, Any]]]
    #: person's number, actor, moment: removes or empties the rows
    erase: Callable[[int, Actor, datetime], None]


_kinds: list[PersonalData] = []


def register(*kinds: PersonalData) -> None:
    """Tell that the room keeps these kinds of personal data."""
    _kinds.extend(kinds)


def kinds() -> list[PersonalData]:
    """Return all kinds, those of the higher rooms first, so that erasing meets no key in use."""
    return list(_kinds)
