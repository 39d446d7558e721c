"""Questions that every page asks: their SQL is put together once, then only the values change.

Django puts a statement together anew each time. That takes the processor about a millisecond,
several times as long as the database needs for the answer; see benchmarks/README.md.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import RawQuerySet

M = TypeVar("M", bound=Model)
#: What may change from one question to the next.
Value = int | str | datetime

#: Stand for the values while the statement is put together; no query has them of its own.
_NUMBER: Final = 1_987_654_321
_WORD: Final = "\N{REPLACEMENT CHARACTER}"
_MOMENT: Final = datetime(1, 2, 3, tzinfo=UTC)


class Prepared(Generic[M]):
    """A query that is put together once for each number and kind of values.

    ``make`` builds it from the values and uses each of them as it is, any number of times::

        _tandem = Prepared(lambda site, key: Tandem.objects.filter(site=site, pk=key))
        _tandem.records(7, 4711)

    The shape of the query must depend on nothing but how many values there are.
    """

    def __init__(self, make: Callable[..., QuerySet[M, Any]]) -> None:
        self._make = make
        self._statement = lru_cache(maxsize=128)(self._put_together)

    def rows(self, *values: Value) -> list[tuple[Any, ...]]:
        """Return what the database answers: numbers and words of ``values_list``, as they come."""
        _model, sql, places = self._statement(tuple(map(type, values)))
        with connection.cursor() as cursor:
            cursor.execute(sql, _filled(places, values))
            return list(cursor.fetchall())

    def records(self, *values: Value) -> list[M]:
        """Return the records, without what other tables know of them."""
        model, sql, places = self._statement(tuple(map(type, values)))
        return list(RawQuerySet(sql, model, params=_filled(places, values)))

    def _put_together(
        self, kinds: tuple[type[Value], ...]
    ) -> tuple[type[M], str, list[tuple[int | None, Any]]]:
        """Return the model, the statement, and for each place the value's position or itself."""
        marks = [_mark(kind, position) for position, kind in enumerate(kinds)]
        queryset = self._make(*marks)
        sql, constants = queryset.query.sql_with_params()
        where = {_adapted(mark): position for position, mark in enumerate(marks)}
        places = [(where.get(constant), constant) for constant in constants]
        if not set(where.values()) <= {position for position, _constant in places}:
            message = f"a value does not come through as it is in: {sql}"
            raise ValueError(message)
        return queryset.model, sql, places


def _mark(kind: type[Value], position: int) -> Value:
    if issubclass(kind, str):
        return f"{_WORD}{position}"
    if issubclass(kind, datetime):
        return _MOMENT + timedelta(days=position)
    return _NUMBER + position


def _adapted(value: Value) -> Any:
    """Return ``value`` as the database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


def _filled(places: list[tuple[int | None, Any]], values: tuple[Value, ...]) -> tuple[Any, ...]:
    return tuple(
        constant if position is None else _adapted(values[position])
        for position, constant in places
    )
