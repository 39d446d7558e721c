"""The plain things that views hand to the components."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

Tone = Literal["neutral", "good", "careful", "bad", "note", "primary", "accent"]
Shape = Literal["half", "whole", "ring", "dot", "square", "triangle", "bar", "none"]

#: Each tone has a shape of its own, so that a state is never colour alone.
SHAPE_OF_TONE: Final[Mapping[str, Shape]] = {
    "neutral": "ring",
    "good": "whole",
    "careful": "triangle",
    "bad": "square",
    "note": "half",
    "primary": "whole",
    "accent": "half",
}

#: Icon of a message or notice by tone.
ICON_OF_TONE: Final[Mapping[str, str]] = {
    "neutral": "info-circle",
    "good": "check-circle",
    "careful": "exclamation-triangle",
    "bad": "exclamation-octagon",
    "note": "info-circle",
    "primary": "info-circle",
    "accent": "info-circle",
}


@dataclass(frozen=True)
class Crumb:
    """One step of the way to this page; the last one has no address."""

    label: Any
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A tab is a link to a page of its own."""

    label: Any
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, kw_only=True)
class TimelineEntry:
    """Something that happened, newest first in the list."""

    at: datetime | date
    title: Any
    text: Any = ""
    by: Any = ""
    tone: Tone = "neutral"
    icon: str = "circle"
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number with its name. ``note`` says since when, of how many, or what it means."""

    label: Any
    value: int | float | str
    note: Any = ""
    url: str = ""
    tone: Tone = "primary"


@dataclass(frozen=True, kw_only=True)
class MapPoint:
    """A place on the map.

    ``kind``: half is waiting or looking, whole is complete; of places searched for, near is one
    that was found and here is where the search began.
    """

    label: str
    lat: float
    lon: float
    url: str = ""
    text: str = ""
    kind: Literal["half", "whole", "near", "here"] = "whole"

    def as_json(self) -> dict[str, Any]:
        """Return what the map's script reads."""
        return {
            "label": str(self.label),
            "lat": self.lat,
            "lon": self.lon,
            "url": self.url,
            "text": str(self.text),
            "kind": self.kind,
        }


@dataclass(frozen=True, kw_only=True)
class PageLanguage:
    """This page in another language; where there is none, what stands in for it."""

    code: str
    name: str
    url: str
    is_rtl: bool
    is_current: bool
    is_translation: bool = True


@dataclass(frozen=True, kw_only=True)
class Chip:
    """A filter that is set, and the address of the page without it."""

    label: Any
    value: Any
    remove_url: str
