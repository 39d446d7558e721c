"""What can be found by words: one search over every room, the same on SQLite and PostgreSQL.

A room's ``search.py`` registers what it has. There are two kinds of sources:

``IndexedSource``
    Texts that many may read: articles, topics, courses, sites. They are copied into one table of
    our own, with their words stemmed, and found in milliseconds however many there are.
``SearchSource``
    What is confidential, people and tandems: asked live from the room's own tables. No name of a
    participant is ever copied into the index, so there is nothing to forget when one is erased.

A room with articles writes::

    from tandemwerk.core.search import Document, Hit, IndexedSource, register

    def _documents(ids: list[int] | None) -> Iterator[Document]:
        articles = Article.objects.published()
        if ids is not None:
            articles = articles.filter(pk__in=ids)
        for article in articles.iterator(2_000):
            yield Document(
                object_id=article.pk,
                language=article.language,
                audience="public",
                title=article.title,
                text=article.plain_text,
                weight=0.4 if article.is_outdated else 1.0,
                at=article.published_at,
            )

    def _hits(user: Any, ids: list[int]) -> dict[int, Hit]:
        articles = Article.objects.visible_to(user).filter(pk__in=ids)
        return {each.pk: Hit(title=each.title, url=each.get_absolute_url()) for each in articles}

    register(IndexedSource(
        name="articles", label=_("Articles"), icon="book", documents=_documents, hits=_hits,
    ))

and calls ``refresh("articles", [article.pk])`` inside the transaction of every service that changes
what ``_documents`` says, also when the article is no longer to be found: what ``_documents`` does
not give any more is removed. Services that write many rows at once pass many ids.

Each document names one ``audience``: ``public`` may be found by everybody; the rooms invent others
(``members``, ``space/12``) and say with ``register_audiences`` which of them somebody belongs to::

    register_audiences(lambda user: [f"space/{pk}" for pk in spaces_of(user)])

That is only the first wall. Every hit is fetched through ``hits``, which asks the room's own
``visible_to``, so that an index that is behind shows nothing to strangers.

``search`` is for the page of the search; ``similar`` is for «has this been asked before?» while
somebody types: a few milliseconds, only indexed sources, best first.
"""

from tandemwerk.core.search.asking import Found, Result, search, similar
from tandemwerk.core.search.index import left_to_reindex, put, recount, refresh, reindex, remove
from tandemwerk.core.search.sources import (
    PUBLIC,
    Document,
    Hit,
    Hits,
    IndexedSource,
    SearchSource,
    audiences_of,
    indexed_sources,
    live_sources,
    register,
    register_audiences,
)
from tandemwerk.core.search.sources import find_live as find
from tandemwerk.core.search.words import MAX_LENGTH, MAX_WORDS, words_of

__all__ = [
    "MAX_LENGTH",
    "MAX_WORDS",
    "PUBLIC",
    "Document",
    "Found",
    "Hit",
    "Hits",
    "IndexedSource",
    "Result",
    "SearchSource",
    "audiences_of",
    "find",
    "indexed_sources",
    "left_to_reindex",
    "live_sources",
    "put",
    "recount",
    "refresh",
    "register",
    "register_audiences",
    "reindex",
    "remove",
    "search",
    "similar",
    "words_of",
]
