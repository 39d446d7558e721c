"""Rows of all tables as lines of JSON, the same from SQLite and from PostgreSQL."""

import base64
import json
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import QuerySet

#: Rows in one piece of the archive.
PIECE_ROWS: Final = 2_000
#: What belongs to the running machine and not to the programme: who is signed in, who beats, which
#: address guessed passwords, and search tables that each database builds in its own way.
LEFT_OUT: Final = frozenset(
    {
        "core.heartbeat",
        "core.searchdocument",
        "core.searchword",
        "sessions.session",
        "usersessions.usersession",
        "wagtailadmin.editingsession",
    }
)
LEFT_OUT_APPS: Final = frozenset({"axes", "wagtailsearch"})


def tables() -> list[type[models.Model]]:
    """Return the models of all tables, connecting ones included, in an order that stays."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def kept_tables() -> list[type[models.Model]]:
    """Return the models whose rows go into an archive."""
    return [
        model
        for model in tables()
        if model._meta.label_lower not in LEFT_OUT and model._meta.app_label not in LEFT_OUT_APPS
    ]


def _columns(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def read_pieces(model: type[models.Model]) -> Iterator[bytes]:
    """Return the rows of a table in pieces: one JSON list a line."""
    names = [field.attname for field in _columns(model)]
    rows = QuerySet(model).order_by("pk").values_list(*names).iterator(PIECE_ROWS)
    while piece := list(islice(rows, PIECE_ROWS)):
        lines = (json.dumps(row, default=_as_json, ensure_ascii=False) for row in piece)
        yield "\n".join([json.dumps(names), *lines]).encode()


def _as_json(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    raise TypeError(f"no way to keep a {type(value).__name__}")


def write_piece(label: str, piece: bytes) -> int:
    """Put the rows of a piece into their table as they were. Return how many."""
    model = apps.get_model(label)
    head, *lines = piece.decode().split("\n")
    fields = [model._meta.get_field(name) for name in _field_names(model, json.loads(head))]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 - names are quoted
    with connection.cursor() as cursor:
        cursor.executemany(statement, [_prepared(fields, json.loads(line)) for line in lines])
    return len(lines)


def _field_names(model: type[models.Model], attnames: list[str]) -> list[str]:
    by_attname = {field.attname: field.name for field in _columns(model)}
    return [by_attname[attname] for attname in attnames]


def _prepared(fields: list[Any], values: list[Any]) -> list[Any]:
    return [
        field.get_db_prep_save(
            value if isinstance(field, models.JSONField) else field.to_python(value),
            connection=connection,
        )
        for field, value in zip(fields, values, strict=True)
    ]


def empty_all() -> None:
    """Remove the rows of all tables. The caller holds a transaction."""
    names = [
        model._meta.db_table
        for model in tables()
        if model._meta.label_lower != "wagtailsearch.sqliteftsindexentry"  # follows by trigger
    ]
    statements = connection.ops.sql_flush(no_style(), names, allow_cascade=True)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def count_on() -> None:
    """Let the numbers of new rows go on after the greatest one."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_tables()):
            cursor.execute(statement)
