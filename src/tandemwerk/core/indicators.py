"""Numbers that rooms contribute to overviews. A room's ``indicators.py`` registers them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A named number of the programme, countable for all or grouped.

    ``count(user, group_by)`` returns key -> number over what ``user`` may see; ``group_by`` is
    one of ``groups`` or None (one key, the empty string).
    """

    name: str
    label: Any
    groups: tuple[str, ...]
    count: Callable[[Any, str | None], dict[str, int]]
    order: int = 50


_indicators: dict[str, Indicator] = {}


def register(*indicators: Indicator) -> None:
    """Add numbers to the overviews."""
    for indicator in indicators:
        _indicators[indicator.name] = indicator


def all_indicators() -> list[Indicator]:
    """Return all numbers in their order."""
    return sorted(_indicators.values(), key=lambda item: (item.order, item.name))
