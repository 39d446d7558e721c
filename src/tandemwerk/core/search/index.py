"""Writing the index: documents are put in place, refreshed and removed."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from django.db import transaction

from tandemwerk.core.models import SearchDocument, SearchWord
from tandemwerk.core.search.sources import Document, indexed_source, indexed_sources
from tandemwerk.core.search.words import Analysis, analyse

#: Characters of a text that are kept; the rest of a very long text cannot be found.
MAX_TEXT: Final = 20_000
MAX_TITLE: Final = 300
BATCH: Final = 1_000
_CHANGING: Final = ("audience", "title", "text", "title_terms", "text_terms", "weight", "at")


@transaction.atomic
def put(source: str, documents: Iterable[Document]) -> int:
    """Keep these documents in place of what is kept of the same objects. Return how many.

    Belongs into the transaction that changes what they say.
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
    _learn(analysis for _document, *both in analyses for analysis in both)
    return len(given)


def refresh(source: str, ids: Iterable[int]) -> None:
    """Bring the index up to date with these objects of a source; remove those that are gone."""
    wanted = sorted(set(ids))
    documents = list(indexed_source(source).documents(wanted)) if wanted else []
    put(source, documents)
    remove(source, set(wanted) - {each.object_id for each in documents})


def remove(source: str, ids: Iterable[int]) -> None:
    """Forget these objects of a source."""
    if gone := list(ids):
        SearchDocument.objects.filter(source=source, object_id__in=gone).delete()


def reindex(names: Iterable[str] = (), *, tell: Callable[[str, int], None] | None = None) -> int:
    """Build the index of these sources (default: all) anew. Return how many documents it has."""
    chosen = set(names) or {source.name for source in indexed_sources()}
    total = 0
    for name in sorted(chosen):
        SearchDocument.objects.filter(source=name).delete()
        count = 0
        for batch in _batches(indexed_source(name).documents(None)):
            count += put(name, batch)
            if tell:
                tell(name, count)
        total += count
    return total


def _batches(documents: Iterator[Document]) -> Iterator[list[Document]]:
    while batch := list(islice(documents, BATCH)):
        yield batch


def _analysed(document: Document) -> tuple[Analysis, Analysis]:
    return (
        analyse(document.title[:MAX_TITLE], document.language),
        analyse(document.text[:MAX_TEXT], document.language),
    )


def _row(source: str, document: Document, title: Analysis, text: Analysis) -> SearchDocument:
    return SearchDocument(
        source=source,
        object_id=document.object_id,
        language=document.language,
        audience=document.audience,
        title=document.title[:MAX_TITLE],
        text=document.text[:MAX_TEXT].replace("\x00", " "),
        title_terms=" ".join(title.terms),
        text_terms=" ".join(text.terms),
        weight=document.weight,
        at=document.at,
    )


def _learn(analyses: Iterable[Analysis]) -> None:
    """Add words that the vocabulary does not know yet, in one order so that writers never lock."""
    words = {key: shown for each in analyses for key, shown in each.words.items()}
    known = set(
        SearchWord.objects.filter(word__in={word for word, _term in words}).values_list(
            "word", "term"
        )
    )
    fresh = sorted(set(words) - known)
    if fresh:
        SearchWord.objects.bulk_create(
            [
                SearchWord(word=word, term=term, backwards=word[::-1], shown=words[word, term])
                for word, term in fresh
            ],
            ignore_conflicts=True,
        )
