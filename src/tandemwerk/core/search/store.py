"""The two databases: what is created beside the search table, and how it is asked for terms.

PostgreSQL keeps two GIN indexes over the terms as ``tsvector``, SQLite an FTS5 table that reads
the search table and follows it by triggers. Both are made from plain columns, so rows are written
with the ORM alone, and a restored or copied table needs nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db import connections, transaction
from django.db.models import BooleanField, Func, Q

_TITLE_VECTOR: Final = (
    "array_to_tsvector(string_to_array(btrim(core_searchdocument.title_terms), ' '))"
)
_WHOLE_VECTOR: Final = (
    "array_to_tsvector(string_to_array(btrim(core_searchdocument.title_terms || ' ' "
    "|| core_searchdocument.text_terms), ' '))"
)
_POSTGRESQL: Final = f"""
CREATE INDEX IF NOT EXISTS core_search_title ON core_searchdocument
    USING gin (({_TITLE_VECTOR})) WITH (fastupdate = off);

CREATE INDEX IF NOT EXISTS core_search_whole ON core_searchdocument
    USING gin (({_WHOLE_VECTOR})) WITH (fastupdate = off)
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
        "DROP INDEX IF EXISTS core_search_title",
        "DROP INDEX IF EXISTS core_search_whole",
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
        f"""
        UPDATE core_searchword SET documents = counted.documents FROM (
            SELECT known.id, coalesce(stat.ndoc, 0) AS documents FROM core_searchword known
            LEFT JOIN ts_stat($$SELECT {_WHOLE_VECTOR} FROM core_searchdocument$$) stat
            ON stat.word = known.term
        ) counted WHERE counted.id = core_searchword.id
        AND counted.documents <> core_searchword.documents
        """,  # noqa: S608 - nothing comes from outside
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


class Matches(Func):
    """Whether a document has, for each group, at least one of the group's terms."""

    output_field = BooleanField()

    def __init__(self, groups: Sequence[Sequence[str]], *, in_title: bool = False) -> None:
        super().__init__()
        self.groups = [list(group) for group in groups]
        self.in_title = in_title

    def as_postgresql(self, _compiler: Any, _connection: Any, **_context: Any) -> Any:
        """Ask the GIN indexes."""
        vector = _TITLE_VECTOR if self.in_title else _WHOLE_VECTOR
        return f"({vector} @@ %s::tsquery)", [self._joined("'", " | ", " & ")]

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
