"""What can be found by words. A room's ``search.py`` registers a source; the portal collects."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

#: Longer searches are cut; nobody types more, and every word costs a comparison.
MAX_WORDS: Final = 5
MAX_LENGTH: Final = 80


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing found."""

    title: Any
    url: str
    text: Any = ""


@dataclass(frozen=True, kw_only=True)
class Hits:
    """What a source found: the first hits and whether there are more."""

    hits: list[Hit]
    has_more: bool = False


@dataclass(frozen=True, kw_only=True)
class SearchSource:
    """A kind of things that can be found.

    ``find(user, words, limit)`` returns at most ``limit`` hits among what ``user`` may see, which
    for somebody who has not signed in is what is public.
    """

    name: str
    label: Any
    icon: str
    find: Callable[[Any, list[str], int], Hits]
    order: int = 50


_sources: dict[str, SearchSource] = {}


def register(*sources: SearchSource) -> None:
    """Make things findable."""
    for source in sources:
        _sources[source.name] = source


def words_of(text: str) -> list[str]:
    """Return the words of a search.

    >>> words_of("  Sahar   Augsburg ")
    ['Sahar', 'Augsburg']
    """
    return text.replace("\x00", " ")[:MAX_LENGTH].split()[:MAX_WORDS]


def find(user: Any, text: str, *, limit: int) -> list[tuple[SearchSource, Hits]]:
    """Return what every source found, without those that found nothing, in order."""
    words = words_of(text)
    if not words:
        return []
    sources = sorted(_sources.values(), key=lambda source: (source.order, source.name))
    found = [(source, source.find(user, words, limit)) for source in sources]
    return [(source, hits) for source, hits in found if hits.hits]
