"""What rooms above add to the pages of a room below: panels of a record, marks in a list.

A room's ``panels.py`` registers functions for a place, which is the name of an address
(``intake:person``). The page asks for what was registered and never learns who did it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A part of a page: a template of the room that adds it; it sees ``panel`` and ``record``."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    area: Literal["content", "aside"] = "content"
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A word beside a row of a list, in a tone of the design system."""

    text: Any
    tone: str = "neutral"
    url: str = ""


#: record, user -> a panel, or None where there is nothing to show
PanelFunction = Callable[[Any, Any], Panel | None]
#: the records of one page of a list -> primary key -> mark. One query for all of them.
MarksFunction = Callable[[Sequence[Any]], Mapping[int, Mark]]

_panels: defaultdict[str, list[PanelFunction]] = defaultdict(list)
_marks: defaultdict[str, list[MarksFunction]] = defaultdict(list)


def panel(place: str) -> Callable[[PanelFunction], PanelFunction]:
    """Register a panel for the page of one record. Use as decorator."""

    def register(function: PanelFunction) -> PanelFunction:
        _panels[place].append(function)
        return function

    return register


def marks(place: str) -> Callable[[MarksFunction], MarksFunction]:
    """Register marks for the rows of a list. Use as decorator."""

    def register(function: MarksFunction) -> MarksFunction:
        _marks[place].append(function)
        return function

    return register


def panels_for(place: str, record: Any, user: Any) -> list[Panel]:
    """Return the panels of a page in their order."""
    found = [function(record, user) for function in _panels[place]]
    return sorted((each for each in found if each is not None), key=lambda each: each.order)


def marks_for(place: str, records: Sequence[Any]) -> dict[int, list[Mark]]:
    """Return the marks of the rows: primary key -> marks."""
    found: defaultdict[int, list[Mark]] = defaultdict(list)
    for function in _marks[place]:
        for key, mark in function(records).items():
            found[key].append(mark)
    return dict(found)
