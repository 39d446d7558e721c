"""The page of the search: confidential things asked live, texts from the index, kind by kind."""

from dataclasses import dataclass, field
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tandemwerk.core.search import Found, Hits, IndexedSource, Result, SearchSource, find, search

#: How many of each kind a page shows that shows all kinds, and one that shows this kind.
FIRST_HITS: Final = 4
MANY_HITS: Final = 50
PER_PAGE: Final = 15


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A chip: one kind of things that were found, or all of them."""

    label: Any
    url: str
    count: int
    has_more: bool = False
    is_current: bool = False


@dataclass(frozen=True, kw_only=True)
class SearchPage:
    """What the page of the search shows."""

    text: str
    kinds: list[Kind] = field(default_factory=list)
    live: list[tuple[SearchSource, Hits, str]] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    pages: Page[Any] | None = None
    suggestion: str = ""
    suggestion_url: str = ""
    is_corrected: bool = False
    count: int = 0
    #: There are more results than ``count`` says.
    has_more: bool = False


def search_page(user: Any, text: str, *, kind: str, page: int) -> SearchPage:
    """Return what ``user`` may find for ``text``; of one ``kind``, or of all if it is unknown."""
    if not text:
        return SearchPage(text=text)
    live = find(user, text, limit=MANY_HITS)
    names = {source.name for source, _hits in live}
    language = get_language() or "de"
    one = (kind,) if kind and kind not in names else ()
    found = search(user, text, language=language, sources=one, page=page, size=PER_PAGE)
    kinds = {source.name for source, _count in found.counts} | names
    if kind and kind not in kinds:
        kind = ""
        found = search(user, text, language=language, page=page, size=PER_PAGE)
    shown = [each for each in live if kind in {"", each[0].name}] if page <= 1 or kind else []
    is_indexed = kind not in names
    return SearchPage(
        text=text,
        kinds=_kinds(text, kind, live, found),
        live=[
            (source, _first(hits, everything=bool(kind)), _address(text, source.name))
            for source, hits in shown
        ],
        results=found.results if is_indexed else [],
        pages=_pages(found) if is_indexed else None,
        suggestion=found.suggestion,
        suggestion_url=_address(found.suggestion) if found.suggestion else "",
        is_corrected=found.is_corrected,
        count=sum(len(hits.hits) for _source, hits in live) + found.total,
        has_more=bool(found.more.intersection(one) if one else found.more),
    )


def _kinds(text: str, kind: str, live: list[tuple[SearchSource, Hits]], found: Found) -> list[Kind]:
    """Return the chips: everything first; none if there is only one kind."""
    counted: list[tuple[int, SearchSource | IndexedSource, int, bool]] = [
        (each.order, each, len(hits.hits), hits.has_more) for each, hits in live
    ]
    counted += [(each.order, each, count, each.name in found.more) for each, count in found.counts]
    counted.sort(key=lambda each: (each[0], each[1].name))
    if len(counted) < 2:  # noqa: PLR2004 - one kind is no choice
        return []
    total = sum(count for _order, _source, count, _more in counted)
    has_more = any(more for *_rest, more in counted)
    everything = Kind(
        label=_("Everything"),
        url=_address(text),
        count=total,
        has_more=has_more,
        is_current=not kind,
    )
    return [
        everything,
        *(
            Kind(
                label=source.label,
                url=_address(text, source.name),
                count=count,
                has_more=more,
                is_current=kind == source.name,
            )
            for _order, source, count, more in counted
        ),
    ]


def _first(hits: Hits, *, everything: bool) -> Hits:
    if everything:
        return hits
    has_more = hits.has_more or len(hits.hits) > FIRST_HITS
    return Hits(hits=hits.hits[:FIRST_HITS], has_more=has_more)


def _pages(found: Found) -> Page[Any] | None:
    if not found.results:
        return None
    return Paginator(range(found.listed), PER_PAGE).page(found.page)


def _address(text: str, kind: str = "") -> str:
    query = QueryDict(mutable=True)
    query["q"] = text
    if kind:
        query["kind"] = kind
    return f"?{query.urlencode()}"
