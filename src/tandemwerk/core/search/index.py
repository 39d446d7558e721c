"""Writing the index: documents are put in place, refreshed and removed."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from itertools import islice
from typing import Final

from django.core.cache import caches
from django.db import transaction

from tandemwerk.core.models import SearchDocument, SearchWord
from tandemwerk.core.search import store
from tandemwerk.core.search.sources import Document, indexed_source, indexed_sources
from tandemwerk.core.search.words import Analysis, analyse, clean

#: Characters of a text that are kept; the rest of a very long text cannot be found.
MAX_TEXT: Final = 20_000
MAX_TITLE: Final = 300
BATCH: Final = 1_000
#: A word and the term that it becomes.
Word = tuple[str, str]
_is_left: ContextVar[bool] = ContextVar("is_left", default=False)
_CHANGING: Final = ("audience", "title", "text", "title_terms", "text_terms", "weight", "at")


@transaction.atomic
def put(source: str, documents: Iterable[Document], *, known: set[Word] | None = None) -> int:
    """Keep these documents in place of what is kept of the same objects. Return how many.

    Belongs into the transaction that changes what they say. ``known`` are words that the vocabulary
    has for certain; whoever puts many documents passes one set along.
    """
    given = list(documents)
    ids = {each.object_id for each in given}
    languages = {(each.object_id, each.language) for each in given}
    kept = SearchDocument.objects.filter(source=source, object_id__in=ids)
    gone = [
        pk
        for pk, *key in kept.values_list("pk", "object_id", "language")
        if tuple(key) not in languages
    ]
    if gone:
        SearchDocument.objects.filter(pk__in=gone).delete()
    analyses = [(each, *_analysed(each)) for each in given]
    SearchDocument.objects.bulk_create(
        [_row(source, *each) for each in analyses],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["source", "object_id", "language"],
        update_fields=_CHANGING,
    )
    words: dict[Word, str] = {}
    for _document, *both in analyses:
        for analysis in both:
            words.update(analysis.words)
    _learn(words, known)
    return len(given)


@contextmanager
def left_to_reindex() -> Iterator[None]:
    """Let ``refresh`` and ``remove`` do nothing: who fills a database calls ``reindex``."""
    token = _is_left.set(True)
    try:
        yield
    finally:
        _is_left.reset(token)


def refresh(source: str, ids: Iterable[int]) -> None:
    """Bring the index up to date with these objects of a source; remove those that are gone."""
    if _is_left.get():
        return
    wanted = sorted(set(ids))
    documents = list(indexed_source(source).documents(wanted)) if wanted else []
    put(source, documents)
    remove(source, set(wanted) - {each.object_id for each in documents})


def remove(source: str, ids: Iterable[int]) -> None:
    """Forget these objects of a source."""
    if _is_left.get():
        return
    if gone := list(ids):
        SearchDocument.objects.filter(source=source, object_id__in=gone).delete()


def reindex(names: Iterable[str] = (), *, tell: Callable[[str, int], None] | None = None) -> int:
    """Build the index of these sources (default: all) anew. Return how many documents it has.

    The search goes on meanwhile: documents are replaced in place, and what no source gives any more
    is removed at the end. Only an index that is empty is filled without its indexes, which come
    last and in one piece: that is how much data comes in quickly.
    """
    chosen = sorted(set(names) or {source.name for source in indexed_sources()})
    is_empty = not SearchDocument.objects.exists()
    with store.filled_at_once() if is_empty else nullcontext():
        known: set[Word] = set()
        total = sum(_reindex_source(name, known, tell) for name in chosen)
    if not names:
        SearchDocument.objects.exclude(source__in=chosen).delete()
    recount()
    return total


def recount() -> None:
    """Count in how many documents each word stands, and forget the words that none has."""
    store.recount()
    caches["memory"].delete("core_search_size")


def _reindex_source(
    name: str, known: set[Word], tell: Callable[[str, int], None] | None = None
) -> int:
    before = set(SearchDocument.objects.filter(source=name).values_list("object_id", flat=True))
    count = 0
    for batch in _batches(indexed_source(name).documents(None)):
        count += put(name, batch, known=known)
        before.difference_update(each.object_id for each in batch)
        if tell:
            tell(name, count)
    gone = iter(before)
    while piece := list(islice(gone, BATCH)):
        remove(name, piece)
    return count


def _batches(documents: Iterator[Document]) -> Iterator[list[Document]]:
    while batch := list(islice(documents, BATCH)):
        yield batch


def _analysed(document: Document) -> tuple[Analysis, Analysis]:
    return (
        analyse(clean(document.title)[:MAX_TITLE], document.language),
        analyse(clean(f"{document.text[:MAX_TEXT]}\n{document.keywords}"), document.language),
    )


def _row(source: str, document: Document, title: Analysis, text: Analysis) -> SearchDocument:
    return SearchDocument(
        source=source,
        object_id=document.object_id,
        language=document.language,
        audience=document.audience,
        title=clean(document.title)[:MAX_TITLE],
        text=clean(document.text)[:MAX_TEXT],
        title_terms=" ".join(title.terms),
        text_terms=" ".join(text.terms),
        weight=document.weight,
        at=document.at,
    )


def _learn(words: dict[Word, str], known: set[Word] | None) -> None:
    """Add words that the vocabulary does not know yet, in one order so that writers never lock."""
    known = set() if known is None else known
    unsure = words.keys() - known
    if not unsure:
        return
    there = SearchWord.objects.filter(word__in={word for word, _term in unsure})
    fresh = sorted(unsure - set(there.values_list("word", "term")))
    SearchWord.objects.bulk_create(
        [
            SearchWord(word=word, term=term, backwards=term[::-1], shown=words[word, term])
            for word, term in fresh
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    known |= unsure
