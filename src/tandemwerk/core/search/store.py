"""The two databases: what is created beside the search table, and how it is asked for terms.

PostgreSQL keeps two GIN indexes over the terms as ``tsvector``, SQLite an FTS5 table that reads
the search table and follows it by triggers. Both are made from plain columns, so rows are written
with the ORM alone, and a restored or copied table needs nothing.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.db import connections
from django.db.models import BooleanField, Func

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
#: One statement each, with an empty line between: a trigger has semicolons of its own.
_ENSURE: Final = {
    "postgresql": _POSTGRESQL.strip().split("\n\n"),
    "sqlite": _SQLITE.strip().split("\n\n"),
}


def ensure(using: str = "default") -> None:
    """Create what is missing beside the search table. Runs after every migration."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in _ENSURE[connection.vendor]:
            cursor.execute(statement)


def after_migrate(*, using: str, **_kwargs: Any) -> None:
    """Receive ``post_migrate``: there are tables now."""
    ensure(using)


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

    def as_sqlite(self, _compiler: Any, _connection: Any, **_context: Any) -> Any:
        """Ask the FTS5 table."""
        query = self._joined('"', " OR ", " AND ")
        if self.in_title:
            query = f"title_terms : ({query})"
        matching = "SELECT rowid FROM core_search_fts WHERE core_search_fts MATCH %s"
        return f"(core_searchdocument.id IN ({matching}))", [query]

    def _joined(self, quote: str, either: str, both: str) -> str:
        groups = (either.join(f"{quote}{term}{quote}" for term in group) for group in self.groups)
        return both.join(f"({group})" for group in groups)
