"""The two databases: what is created beside the search table, and how it is asked for terms.

PostgreSQL keeps the terms a second time as ``tsvector``, in generated columns with a GIN index
each, and one index in the order of the weights: what few documents have is found through the first,
what very many have by walking along the second, which is why the vectors are kept and not made
while comparing. SQLite has an FTS5 table that reads the search table and follows it by triggers.
Both are made from plain columns, so rows are written with the ORM alone, and a restored or copied
table needs nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db import connections, transaction
from django.db.models import BooleanField, Func, Q, QuerySet

#: Fetching so many rows and sorting them costs about what walking costs until some are found.
MOST_SORTED: Final = 4_000
_POSTGRESQL: Final = """
ALTER TABLE core_searchdocument
    ADD COLUMN IF NOT EXISTS title_vector tsvector GENERATED ALWAYS AS
        (array_to_tsvector(string_to_array(btrim(title_terms), ' '))) STORED,
    ADD COLUMN IF NOT EXISTS whole_vector tsvector GENERATED ALWAYS AS
        (array_to_tsvector(string_to_array(btrim(title_terms || ' ' || text_terms), ' '))) STORED;

DROP INDEX IF EXISTS core_search_title, core_search_whole;

CREATE INDEX IF NOT EXISTS core_search_in_title ON core_searchdocument
    USING gin (title_vector) WITH (fastupdate = off);

CREATE INDEX IF NOT EXISTS core_search_in_whole ON core_searchdocument
    USING gin (whole_vector) WITH (fastupdate = off);

CREATE INDEX IF NOT EXISTS core_search_order ON core_searchdocument
    (weight DESC, at DESC NULLS LAST, id)
"""
_SQLITE: Final = """
CREATE VIRTUAL TABLE IF NOT EXISTS core_search_fts USING fts5(
    title_terms, text_terms, content='core_searchdocument', content_rowid='id', tokenize='ascii');

CREATE VIRTUAL TABLE IF NOT EXISTS core_search_words USING fts5vocab(core_search_fts, 'row');

CREATE TRIGGER IF NOT EXISTS core_search_added AFTER INSERT ON core_searchdocument BEGIN
    INSERT INTO core_search_fts(rowid, title_terms, text_terms)
        VALUES (new.id, new.title_terms, new.text_terms);
END;

CREATE TRIGGER IF NOT EXISTS core_search_removed AFTER DELETE ON core_searchdocument BEGIN
    INSERT INTO core_search_fts(core_search_fts, rowid, title_terms, text_terms)
        VALUES ('delete', old.id, old.title_terms, old.text_terms);
END;

CREATE TRIGGER IF NOT EXISTS core_search_changed AFTER UPDATE ON core_searchdocument BEGIN
    INSERT INTO core_search_fts(core_search_fts, rowid, title_terms, text_terms)
        VALUES ('delete', old.id, old.title_terms, old.text_terms);
    INSERT INTO core_search_fts(rowid, title_terms, text_terms)
        VALUES (new.id, new.title_terms, new.text_terms);
END
"""
_DROP: Final = {
    "postgresql": (
        "DROP INDEX IF EXISTS core_search_in_title, core_search_in_whole, core_search_order",
    ),
    "sqlite": (
        "DROP TRIGGER IF EXISTS core_search_added",
        "DROP TRIGGER IF EXISTS core_search_removed",
        "DROP TRIGGER IF EXISTS core_search_changed",
    ),
}
_FILLED: Final = {
    "postgresql": ("ANALYZE core_searchdocument", "ANALYZE core_searchword"),
    "sqlite": ("INSERT INTO core_search_fts(core_search_fts) VALUES ('rebuild')",),
}
_RECOUNT: Final = {
    "postgresql": (
        """
        UPDATE core_searchword SET documents = counted.documents FROM (
            SELECT known.id, coalesce(stat.ndoc, 0) AS documents FROM core_searchword known
            LEFT JOIN ts_stat('SELECT whole_vector FROM core_searchdocument') stat
            ON stat.word = known.term
        ) counted WHERE counted.id = core_searchword.id
        AND counted.documents <> core_searchword.documents
        """,
        "DELETE FROM core_searchword WHERE documents = 0",
    ),
    "sqlite": (
        """
        UPDATE core_searchword SET documents = coalesce((
            SELECT doc FROM core_search_words WHERE core_search_words.term = core_searchword.term
        ), 0)
        """,
        "DELETE FROM core_searchword WHERE documents = 0",
    ),
}
#: One statement each, with an empty line between: a trigger has semicolons of its own.
_ENSURE: Final = {
    "postgresql": _POSTGRESQL.strip().split("\n\n"),
    "sqlite": _SQLITE.strip().split("\n\n"),
}


def ensure(using: str = "default") -> None:
    """Create what is missing beside the search table. Runs after every migration."""
    _run(_ENSURE, using)


@contextmanager
def filled_at_once() -> Iterator[None]:
    """Leave away what follows each row while many are written, and make it in one piece."""
    _run(_DROP)
    try:
        yield
    finally:
        ensure()
        _run(_FILLED)


def recount() -> None:
    """Count in how many documents each word of the vocabulary stands; forget those of none."""
    with transaction.atomic():
        _run(_RECOUNT)


def _run(statements: Mapping[str, Sequence[str]], using: str = "default") -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)


def after_migrate(*, using: str, **_kwargs: Any) -> None:
    """Receive ``post_migrate``: there are tables now."""
    ensure(using)


def starts_with(field: str, beginning: str) -> Q:
    """Return the condition that a field begins with letters, so that its index answers it."""
    if connections["default"].vendor == "sqlite":
        # LIKE in SQLite knows no capital letters and therefore uses no index.
        return Q(**{f"{field}__gte": beginning, f"{field}__lt": beginning + chr(0x10FFFF)})
    return Q(**{f"{field}__startswith": beginning})


def first_of(rows: QuerySet[Any, Any], *, limit: int) -> tuple[list[int], bool]:
    """Return the first numbers of ``rows`` (pk, weight, at), and whether all were compared.

    Up to ``MOST_SORTED`` rows are fetched and sorted; where there are more, ``walking_in_order``
    finds the first ones sooner.
    """
    inner, parameters = rows[: MOST_SORTED + 1].query.sql_with_params()
    sorted_rows = (
        f"SELECT pk, count(*) OVER () FROM ({inner}) few "  # noqa: S608 Django wrote it
        "ORDER BY weight DESC, at DESC NULLS LAST, pk LIMIT %s"
    )
    with connections["default"].cursor() as cursor:
        cursor.execute(sorted_rows, [*parameters, limit])
        found = cursor.fetchall()
    return [pk for pk, _count in found], not found or found[0][1] <= MOST_SORTED


@contextmanager
def walking_in_order() -> Iterator[None]:
    """Let PostgreSQL find the first rows of an order along its index, whatever it expects.

    It takes the words of a search for independent, expects few rows and sorts tens of thousands.
    """
    if connections["default"].vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute("SET LOCAL enable_bitmapscan = off; SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_bitmapscan = on; SET LOCAL enable_seqscan = on")


class Matches(Func):
    """Whether a document has, for each group, at least one of the group's terms."""

    output_field = BooleanField()

    def __init__(self, groups: Sequence[Sequence[str]], *, in_title: bool = False) -> None:
        super().__init__()
        self.groups = [list(group) for group in groups]
        self.in_title = in_title

    def as_postgresql(self, _compiler: Any, _connection: Any, **_context: Any) -> Any:
        """Ask the GIN indexes."""
        vector = "title_vector" if self.in_title else "whole_vector"
        return f"(core_searchdocument.{vector} @@ %s::tsquery)", [self._joined("'", " | ", " & ")]

    def as_sqlite(self, compiler: Any, connection: Any, **extra_context: Any) -> Any:  # noqa: ARG002 - Django's names
        """Ask the FTS5 table."""
        query = self._joined('"', " OR ", " AND ")
        if self.in_title:
            query = f"title_terms : ({query})"
        matching = "SELECT rowid FROM core_search_fts WHERE core_search_fts MATCH %s"
        return f"(core_searchdocument.id IN ({matching}))", [query]

    def _joined(self, quote: str, either: str, both: str) -> str:
        groups = (either.join(f"{quote}{term}{quote}" for term in group) for group in self.groups)
        return both.join(f"({group})" for group in groups)
