"""Writes many rows at once: COPY on PostgreSQL, bulk inserts elsewhere."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import QuerySet

BATCH: Final = 2_000


class Writer:
    """Writes rows with keys of its own choosing into empty tables."""

    def __init__(self, *, at: datetime) -> None:
        self._at = at
        self._copies = connection.vendor == "postgresql"
        self._written: dict[type[models.Model], int] = {}

    def write(
        self, model: type[models.Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
    ) -> int:
        """Write ``rows`` of the fields ``columns`` (attribute names); others get their defaults.

        Returns how many rows were written.
        """
        names, defaults = self._rest(model, columns)
        if self._copies:
            count = self._copy(model, names, defaults, rows)
        else:
            count = self._insert(model, names, defaults, rows)
        self._written[model] = self._written.get(model, 0) + count
        return count

    def finish(self) -> None:
        """Set the sequences behind the written keys and let the database count its rows."""
        reset = connection.ops.sequence_reset_sql(no_style(), list(self._written))
        with connection.cursor() as cursor:
            for statement in reset:
                cursor.execute(statement)
            for model in self._written:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")

    def _rest(
        self, model: type[models.Model], columns: Sequence[str]
    ) -> tuple[list[str], tuple[Any, ...]]:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        others = [name for name in fields if name not in columns]
        if "id" in others:
            others.remove("id")
        defaults = tuple(
            self._at if getattr(fields[name], "auto_now_add", False) else fields[name].get_default()
            for name in others
        )
        return [*columns, *others], defaults

    def _copy(
        self,
        model: type[models.Model],
        names: list[str],
        defaults: tuple[Any, ...],
        rows: Iterable[tuple[Any, ...]],
    ) -> int:
        quote = connection.ops.quote_name
        fields = {field.attname: field for field in model._meta.concrete_fields}
        columns = ", ".join(quote(str(fields[name].column)) for name in names)
        is_json = [isinstance(fields[name], models.JSONField) for name in names]
        count = 0
        statement = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(
                    [
                        json.dumps(value) if as_json else value
                        for value, as_json in zip((*row, *defaults), is_json, strict=True)
                    ]
                )
                count += 1
        return count

    def _insert(
        self,
        model: type[models.Model],
        names: list[str],
        defaults: tuple[Any, ...],
        rows: Iterable[tuple[Any, ...]],
    ) -> int:
        count = 0
        for batch in _batches(rows):
            QuerySet[models.Model](model).bulk_create(
                [model(**dict(zip(names, (*row, *defaults), strict=True))) for row in batch],
                batch_size=BATCH,
            )
            count += len(batch)
        return count


def _batches(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch
