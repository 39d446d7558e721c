"""Asking the index: candidates from the database, order and hits from here."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.cache import caches
from django.db.models import F, QuerySet
from django.db.models.functions import Left
from django.utils.safestring import SafeString

from tandemwerk.core.kept import keep
from tandemwerk.core.models import SearchDocument
from tandemwerk.core.search.highlights import highlight, snippet
from tandemwerk.core.search.ranking import Candidate, Ranked, rank
from tandemwerk.core.search.sources import (
    Hit,
    IndexedSource,
    audiences_of,
    indexed_source,
    indexed_sources,
)
from tandemwerk.core.search.store import Matches, first_of, walking_in_order
from tandemwerk.core.search.understanding import Meaning, Question, understand

PAGE_SIZE: Final = 20
#: How many of the best are put in order; nobody leafs further.
CANDIDATES: Final = 200
#: With so many that have all words nobody needs those that have some.
ENOUGH: Final = 40
#: So many of a kind are counted; beyond, nobody asks for the number, and counting takes long.
MOST_COUNTED: Final = 300
#: Characters of the terms of a text that ranking reads.
_RANKED_TERMS: Final = 4_000
#: Words of a question that ``similar`` looks for, the rarest, and how frequent they may be.
_SIMILAR_WORDS: Final = 6
_SIMILAR_DOCUMENTS: Final = 20_000
_SIMILAR_LEAST: Final = 0.3
_SIZE_KEPT_SECONDS: Final = 600
_COUNTS_KEPT_SECONDS: Final = 60


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
    """One page of results. ``counts``: how many each source has, without those that have none.

    Nothing is counted beyond ``MOST_COUNTED``: ``more`` names the sources that have more. No page
    lies behind ``CANDIDATES``, however many there are.
    """

    results: list[Result] = field(default_factory=list)
    counts: list[tuple[IndexedSource, int]] = field(default_factory=list)
    more: frozenset[str] = frozenset()
    total: int = 0
    #: How many of them the pages show.
    listed: int = 0
    page: int = 1
    pages: int = 1
    #: Another spelling that finds something: «Did you mean …?».
    suggestion: str = ""
    #: What was typed finds nothing; the results are those of the suggestion.
    is_corrected: bool = False


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
    question = understand(text, language, size=_index_size())
    if not question.meanings:
        return Found()
    audiences = sorted(audiences_of(user))
    readable = _readable(audiences)
    ranked = _best(readable, question.meanings, language)
    counted, more = _counted(audiences, question.meanings, ranked)
    if sources and any(counted[name] for name in sources):
        chosen = readable.filter(source__in=sources)
        ranked = _best(chosen, question.meanings, language) if len(counted) > 1 else ranked
    ranked = [each for each in ranked if not sources or each.candidate.source in sources]
    pages = max(1, -(-len(ranked) // size))
    page = min(max(page, 1), pages)
    results = _shown(user, ranked[(page - 1) * size : page * size], question.meanings)
    return Found(
        results=results,
        counts=[(each, counted[each.name]) for each in indexed_sources() if counted[each.name]],
        more=more,
        total=sum(count for name, count in counted.items() if not sources or name in sources),
        listed=len(ranked),
        page=page,
        pages=pages,
        suggestion=question.suggestion if results else "",
        is_corrected=bool(results) and _is_corrected(question),
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
    question = understand(text, language, size=_index_size(), widely=False)
    known = sorted((each for each in question.meanings if each.documents), key=_frequency)
    meanings = known[:_SIMILAR_WORDS]
    if not meanings:
        return []
    readable = _readable(sorted(audiences_of(user)), sources=sources)
    rarest = _while_rare(meanings)
    steps = [
        readable.filter(Matches(_groups(meanings[:2]))),
        readable.filter(Matches([_either(rarest)], in_title=True)),
    ]
    ranked = rank(_candidates(steps, limit=100), meanings, language)
    close = [each for each in ranked if each.coverage >= _SIMILAR_LEAST and _key(each) != without]
    return _shown(user, close[:limit], meanings)


def _best(
    readable: QuerySet[SearchDocument], meanings: list[Meaning], language: str
) -> list[Ranked]:
    """Return the best documents in order: those with all words, and if they are few also others."""
    groups = _groups(meanings)
    candidates = _candidates(
        [readable.filter(Matches(groups, in_title=True)), readable.filter(Matches(groups))],
        limit=CANDIDATES,
    )
    if len(candidates) < ENOUGH and len(meanings) > 1:
        rare = sorted(meanings, key=_frequency)
        some = [
            readable.filter(Matches(_groups(rare[:2]))),
            readable.filter(Matches([_either(_while_rare(rare))], in_title=True)),
            readable.filter(Matches([_either(_while_rare(rare))])),
        ]
        more = _candidates(some, limit=CANDIDATES)
        known = {each.pk for each in candidates}
        candidates += [each for each in more if each.pk not in known]
    return _once(rank(candidates, meanings, language))


def _candidates(steps: Iterable[QuerySet[SearchDocument]], *, limit: int) -> list[Candidate]:
    """Return up to ``limit`` documents of the first steps that have them, the weightiest first."""
    found: dict[int, None] = {}
    for step in steps:
        if len(found) >= limit:
            break
        found.update(dict.fromkeys(_weightiest(step, limit=limit)))
    rows = SearchDocument.objects.filter(pk__in=list(found)[:limit]).values_list(
        "pk",
        "source",
        "object_id",
        "language",
        "title_terms",
        Left("text_terms", _RANKED_TERMS),
        "weight",
        "at",
    )
    names = ("pk", "source", "object_id", "language", "title_terms", "text_terms", "weight", "at")
    return [Candidate(**dict(zip(names, row, strict=True))) for row in rows] if found else []


def _weightiest(step: QuerySet[SearchDocument], *, limit: int) -> list[int]:
    """Return the numbers of the first documents of a step: the weightiest, the newer of equals."""
    numbers, is_all = first_of(step.order_by().values("pk", "weight", "at"), limit=limit)
    if is_all:
        return numbers
    with walking_in_order():
        ordered = step.order_by("-weight", F("at").desc(nulls_last=True), "pk")
        return list(ordered.values_list("pk", flat=True)[:limit])


def _counted(
    audiences: list[str], meanings: list[Meaning], ranked: list[Ranked]
) -> tuple[Counter[str], frozenset[str]]:
    """Return how many documents each source has and which have more than is counted.

    Of many they are counted once a minute: who leafs through them asks the same again and again.
    """
    if len(ranked) < CANDIDATES * 3 // 4:
        return Counter(each.candidate.source for each in ranked), frozenset()
    groups = _groups(meanings)
    key = f"core_search_counts/{audiences}/{groups}"
    return keep(key, lambda: _count(audiences, groups), seconds=_COUNTS_KEPT_SECONDS)


def _count(audiences: list[str], groups: list[list[str]]) -> tuple[Counter[str], frozenset[str]]:
    """Count those with all words: with one query if they are few, else with one for each source."""
    matching = _readable(audiences).filter(Matches(groups)).order_by()
    counted: Counter[str] = Counter()
    every = list(matching.values_list("source", flat=True)[: MOST_COUNTED + 1])
    if len(every) <= MOST_COUNTED:
        return Counter(every), frozenset()
    for source in indexed_sources():
        first = matching.filter(source=source.name).values("pk")[: MOST_COUNTED + 1]
        counted[source.name] = first.count()
    more = frozenset(name for name, count in counted.items() if count > MOST_COUNTED)
    return Counter({name: min(count, MOST_COUNTED) for name, count in counted.items()}), more


def _once(ranked: list[Ranked]) -> list[Ranked]:
    """Keep the best language of each object."""
    first: dict[tuple[str, int], Ranked] = {}
    for each in ranked:
        first.setdefault(_key(each), each)
    return list(first.values())


def _key(ranked: Ranked) -> tuple[str, int]:
    return ranked.candidate.source, ranked.candidate.object_id


def _frequency(meaning: Meaning) -> tuple[int, str]:
    return meaning.documents, meaning.word


def _while_rare(meanings: list[Meaning]) -> list[Meaning]:
    """Return the rarest words, as long as few documents have them; always one."""
    chosen: list[Meaning] = []
    seen = 0
    for each in sorted(meanings, key=_frequency):
        seen += each.documents
        if chosen and seen > _SIMILAR_DOCUMENTS:
            break
        chosen.append(each)
    return chosen


def _groups(meanings: list[Meaning]) -> list[list[str]]:
    return [list(each.terms) for each in meanings]


def _either(meanings: list[Meaning]) -> list[str]:
    return [term for each in meanings for term in each.terms]


def _is_corrected(question: Question) -> bool:
    return any(each.instead and each.is_unknown for each in question.meanings)


def _index_size() -> int:
    """Return about how many documents there are; it changes little and counting takes long."""
    size = caches["memory"].get_or_set(
        "core_search_size", SearchDocument.objects.count, _SIZE_KEPT_SECONDS
    )
    return max(int(size or 0), 1)


def _readable(audiences: list[str], *, sources: Collection[str] = ()) -> QuerySet[SearchDocument]:
    documents = SearchDocument.objects.filter(audience__in=audiences)
    names = {source.name for source in indexed_sources()}
    return documents.filter(source__in=sorted(names.intersection(sources) if sources else names))


def _shown(user: Any, ranked: list[Ranked], meanings: list[Meaning]) -> list[Result]:
    """Ask each source for its hits, so that only what ``user`` may see is left, and mark words."""
    ids: dict[str, list[int]] = {}
    for each in ranked:
        ids.setdefault(each.candidate.source, []).append(each.candidate.object_id)
    hits = {name: indexed_source(name).hits(user, wanted) for name, wanted in ids.items()}
    texts = dict(
        SearchDocument.objects.filter(pk__in=[each.candidate.pk for each in ranked]).values_list(
            "pk", "text"
        )
    )
    terms = frozenset(_either(meanings))
    results = []
    for candidate in (each.candidate for each in ranked):
        hit = hits[candidate.source].get(candidate.object_id)
        if hit is not None:
            results.append(
                Result(
                    source=indexed_source(candidate.source),
                    object_id=candidate.object_id,
                    hit=hit,
                    title=highlight(str(hit.title), terms, candidate.language),
                    snippet=snippet(texts.get(candidate.pk, ""), terms, candidate.language),
                    language=candidate.language,
                )
            )
    return results
