"""Asking the index: candidates from the database, order and hits from here."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tandemwerk.core.models import SearchDocument
from tandemwerk.core.search.sources import (
    Hit,
    IndexedSource,
    audiences_of,
    indexed_source,
    indexed_sources,
)
from tandemwerk.core.search.store import Matches
from tandemwerk.core.search.words import term_of, tokens_of

PAGE_SIZE: Final = 20
#: How many of the best are put in order; nobody leafs further.
CANDIDATES: Final = 300
#: Words of a question that ``similar`` looks at.
QUESTION_WORDS: Final = 12


@dataclass(frozen=True, kw_only=True)
class Result:
    """One thing found, ready to show: title and snippet with what matched in ``<mark>``."""

    source: IndexedSource
    object_id: int
    hit: Hit
    title: SafeString
    snippet: SafeString
    language: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """One page of results. ``counts``: how many each source has, without those that have none."""

    results: list[Result]
    counts: list[tuple[IndexedSource, int]] = field(default_factory=list)
    total: int = 0
    page: int = 1
    pages: int = 1
    #: Another spelling that finds something: «Did you mean …?».
    suggestion: str = ""


def search(
    user: Any,
    text: str,
    *,
    language: str,
    sources: Collection[str] = (),
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Found:
    """Return a page of what ``user`` may find for ``text``, best first.

    ``language`` is the reader's: it decides between equals. ``sources`` are names; none means all.
    """
    groups = _groups(text, language)
    if not groups:
        return Found(results=[])
    documents = _readable(user, sources=()).filter(Matches(groups))
    counted = Counter(documents.values_list("source", flat=True))
    chosen = documents.filter(source__in=sources) if sources else documents
    rows = list(chosen.order_by("-weight", "-at", "pk")[(page - 1) * size : page * size])
    total = sum(number for name, number in counted.items() if not sources or name in sources)
    return Found(
        results=_hydrated(user, rows),
        counts=[(each, counted[each.name]) for each in indexed_sources() if counted[each.name]],
        total=total,
        page=page,
        pages=max(1, -(-total // size)),
    )


def similar(
    user: Any,
    text: str,
    *,
    sources: Collection[str] = (),
    language: str = "de",
    limit: int = 5,
    without: tuple[str, int] | None = None,
) -> list[Result]:
    """Return what is most like ``text`` among what ``user`` may read: best first, quickly.

    ``without`` names one object, as (source, id), that is not its own neighbour.
    """
    groups = _groups(text, language)[:QUESTION_WORDS]
    if not groups:
        return []
    either = [[term for group in groups for term in group]]
    rows = _readable(user, sources=sources).filter(Matches(either, in_title=True))
    found = list(rows.order_by("-weight", "-at", "pk")[: limit + 1])
    results = _hydrated(user, found)
    return [each for each in results if (each.source.name, each.object_id) != without][:limit]


def _groups(text: str, language: str) -> list[list[str]]:
    words = [word.casefold() for word in tokens_of(text)]
    return [sorted({term_of(word, each) for each in (language, "en")}) for word in words]


def _readable(user: Any, *, sources: Collection[str]) -> QuerySet[SearchDocument]:
    documents = SearchDocument.objects.filter(audience__in=audiences_of(user))
    names = {source.name for source in indexed_sources()}
    return documents.filter(source__in=names.intersection(sources) if sources else names)


def _hydrated(user: Any, rows: list[SearchDocument]) -> list[Result]:
    """Ask each source for its hits, so that only what ``user`` may see is left."""
    ids: dict[str, list[int]] = {}
    for row in rows:
        ids.setdefault(row.source, []).append(row.object_id)
    hits = {name: indexed_source(name).hits(user, wanted) for name, wanted in ids.items()}
    results = []
    for row in rows:
        hit = hits[row.source].get(row.object_id)
        if hit is not None:
            results.append(
                Result(
                    source=indexed_source(row.source),
                    object_id=row.object_id,
                    hit=hit,
                    title=mark_safe(escape(hit.title)),  # noqa: S308 - escaped
                    snippet=mark_safe(escape(row.text[:200])),  # noqa: S308 - escaped
                    language=row.language,
                )
            )
    return results
