"""Questions that every page asks: their SQL is put together once, then only the values change.

Django puts a statement together anew each time. That takes the processor about a millisecond,
several times as long as the database needs for the answer; see benchmarks/README.md.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, Generic, NamedTuple, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

R = TypeVar("R")
#: What may change from one question to the next.
Value = int | str | datetime | date

#: Stand for the values while the statement is put together; no query has them of its own.
_NUMBER: Final = 1_987_654_321
_WORD: Final = "\N{REPLACEMENT CHARACTER}"
_LIKE: Final = re.compile(rf"(%?)({_WORD}\d+)(%?)")
_MOMENT: Final = datetime(1, 2, 3, tzinfo=UTC)


class _Statement(NamedTuple):
    """A query that was put together, and for each of its places what goes there."""

    queryset: QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    places: list["_Place"]


class _Place(NamedTuple):
    """A constant of the query, or the value at ``position``; ``around`` it stand ``%`` of LIKE."""

    position: int | None
    constant: Any = None
    around: tuple[str, str] | None = None

    def filled(self, values: tuple[Value, ...]) -> Any:
        if self.position is None:
            return self.constant
        value = _adapted(values[self.position])
        if self.around is None:
            return value
        return connection.ops.prep_for_like_query(value).join(self.around)


class Prepared(Generic[R]):
    """A query that is put together once for each number and kind of values.

    ``make`` builds it from the values and uses each of them as it is or for what a text contains
    or begins or ends with (but not for ``iexact``), any number of times::

        tandem_of = Prepared(lambda site, key: Tandem.objects.filter(site=site, pk=key))
        tandem_of(7, 4711)

    The shape of the query must depend on nothing but how many values there are, and of which kind.
    Raises ValueError at the first question if the query does not use a value as it is.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, R]]) -> None:
        self._make = make
        self._statement = lru_cache(maxsize=128)(self._put_together)

    def __call__(self, *values: Value) -> list[R]:
        """Return what the query answers for these values."""
        statement = self._statement(tuple(map(type, values)))
        if statement is None:
            return []
        params = tuple(place.filled(values) for place in statement.places)
        again = _Again(statement.compiler, statement.sql, params)
        queryset = statement.queryset.all()
        vars(queryset.query)["get_compiler"] = lambda *_args, **_options: again
        return list(queryset)

    def _put_together(self, kinds: tuple[type[Value], ...]) -> _Statement | None:
        """Return the statement; nothing if the query says by itself that there is no answer."""
        marks = [_mark(kind, position) for position, kind in enumerate(kinds)]
        queryset = self._make(*marks)
        compiler = queryset.query.get_compiler(connection=connection)
        try:
            sql, constants = compiler.as_sql()
        except EmptyResultSet:
            return None
        where = {_adapted(mark): position for position, mark in enumerate(marks)}
        places = [_place(constant, where) for constant in constants]
        if not set(where.values()) <= {place.position for place in places}:
            message = f"a value does not come through as it is in: {sql}"
            raise ValueError(message)
        return _Statement(queryset, compiler, sql, places)


class _Again(SQLCompiler):
    """A compiler whose work is done: it answers with the statement and the values of this time."""

    def __init__(self, done: SQLCompiler, sql: str, params: tuple[Any, ...]) -> None:
        vars(self).update(vars(done), connection=connection)
        self._answer = sql, params

    def as_sql(self, *_limits: Any, **_aliases: Any) -> tuple[str, tuple[Any, ...]]:
        return self._answer


def _place(constant: Any, where: dict[Any, int]) -> _Place:
    """Return what goes where ``constant`` stands; ``where`` leads from marks to positions."""
    if not isinstance(constant, str) or _WORD not in constant:
        return _Place(where.get(constant), constant)
    found = _LIKE.fullmatch(constant)
    if found is None:
        return _Place(None, constant)
    before, mark, after = found.groups()
    return _Place(where.get(mark), constant, (before, after) if before or after else None)


def _mark(kind: type[Value], position: int) -> Value:
    if issubclass(kind, str):
        return f"{_WORD}{position}"
    if issubclass(kind, datetime):
        return _MOMENT + timedelta(days=position)
    if issubclass(kind, date):
        return _MOMENT.date() + timedelta(days=position)
    return _NUMBER + position


def _adapted(value: Value) -> Any:
    """Return ``value`` as the database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
