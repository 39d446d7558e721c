"""The registry of what can be found, and of who belongs to which audience."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tandemwerk.core.search.words import words_of

#: The audience of what everybody may find.
PUBLIC: Final = "public"


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing found. ``text`` is a short line that says where it belongs."""

    title: Any
    url: str
    text: Any = ""


@dataclass(frozen=True, kw_only=True)
class Hits:
    """What a live source found: the first hits and whether there are more."""

    hits: list[Hit]
    has_more: bool = False


@dataclass(frozen=True, kw_only=True)
class Document:
    """What the index keeps of one thing in one language.

    ``text`` is plain text, without markup; what is longer than ``index.MAX_TEXT`` is cut.
    ``keywords`` are found like the text and never shown.
    ``weight`` multiplies the rank: 1 is usual, up to 2 for what has proved its worth, 0.4 for what
    is out of date. ``at`` decides between equals: the newer comes first.
    """

    object_id: int
    language: str
    audience: str
    title: str
    text: str = ""
    keywords: str = ""
    weight: float = 1.0
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SearchSource:
    """Confidential things that are found live in their own tables.

    ``find(user, words, limit)`` returns at most ``limit`` hits among what ``user`` may see, which
    for somebody who has not signed in is what is public.
    """

    name: str
    label: Any
    icon: str
    find: Callable[[Any, list[str], int], Hits]
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class IndexedSource:
    """A kind of texts that the index keeps.

    ``documents(ids)`` gives the documents of these objects, or of all for ``None``; one object may
    have a document in each language. ``hits(user, ids)`` returns what ``user`` may see of them; it
    asks ``visible_to`` and costs a fixed number of queries.
    """

    name: str
    label: Any
    icon: str
    documents: Callable[[list[int] | None], Iterator[Document]]
    hits: Callable[[Any, list[int]], dict[int, Hit]]
    order: int = 50


Audiences = Callable[[Any], Iterable[str]]

_live: dict[str, SearchSource] = {}
_indexed: dict[str, IndexedSource] = {}
_audiences: list[Audiences] = []


def register(*sources: SearchSource | IndexedSource) -> None:
    """Make things findable."""
    for source in sources:
        if isinstance(source, IndexedSource):
            _indexed[source.name] = source
        else:
            _live[source.name] = source


def register_audiences(belongs_to: Audiences) -> None:
    """Let a room say which audiences somebody belongs to; strangers get nothing more."""
    _audiences.append(belongs_to)


def audiences_of(user: Any) -> frozenset[str]:
    """Return every audience that ``user`` belongs to; for everybody that is ``public``."""
    more = (belongs_to(user) for belongs_to in _audiences)
    return frozenset({PUBLIC}.union(*more))


def live_sources() -> list[SearchSource]:
    """Return the sources that are asked live, in order."""
    return sorted(_live.values(), key=lambda source: (source.order, source.name))


def indexed_sources() -> list[IndexedSource]:
    """Return the sources that the index keeps, in order."""
    return sorted(_indexed.values(), key=lambda source: (source.order, source.name))


def indexed_source(name: str) -> IndexedSource:
    """Return the source of that name. Raises KeyError."""
    return _indexed[name]


def find_live(user: Any, text: str, *, limit: int) -> list[tuple[SearchSource, Hits]]:
    """Return what every live source found, without those that found nothing, in order."""
    words = words_of(text)
    if not words:
        return []
    found = [(source, source.find(user, words, limit)) for source in live_sources()]
    return [(source, hits) for source, hits in found if hits.hits]
