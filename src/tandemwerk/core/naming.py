"""How the audit trail's codes are said in words, and who may read the name behind a number.

A room's ``naming.py`` says what its actions and tables are called. The trail itself keeps codes
and numbers only; a name is looked up when somebody reads the trail, and only for those who may see
the record.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

#: reader, numbers -> number -> name, of those records alone that the reader may see
Namer = Callable[[Any, Iterable[int]], Mapping[int, str]]

_actions: dict[str, Any] = {}
_tables: dict[str, Any] = {}
_namers: dict[str, Namer] = {}


@dataclass(frozen=True, kw_only=True)
class Names:
    """Records of one table: the names that the reader may see, and which still exist."""

    shown: Mapping[int, str]
    existing: frozenset[int]


def name_actions(labels: Mapping[str, Any]) -> None:
    """Say what was done in words: ``{"people.create_person": _("took somebody in")}``."""
    _actions.update(labels)


def name_tables(labels: Mapping[str, Any]) -> None:
    """Say what a table is about: ``{"people.person": _("person")}``, labels in small letters."""
    _tables.update(labels)


def namer(table: str) -> Callable[[Namer], Namer]:
    """Register who may read the names of a table's records. Use as decorator.

    Without one the table's ``visible_to`` decides, and a table that has none shows no names.
    """

    def register(function: Namer) -> Namer:
        _namers[table] = function
        return function

    return register


def action_in_words(action: str) -> Any:
    """Return what was done; the code itself where no room has said it."""
    return _actions.get(action, action)


def table_in_words(table: str) -> Any:
    """Return what a table is about; its label where no room has said it."""
    return _tables.get(table, table)


def all_actions() -> dict[str, Any]:
    """Return code -> words of all actions that were named."""
    return dict(_actions)


def all_tables() -> dict[str, Any]:
    """Return label -> words of all tables that were named."""
    return dict(_tables)


def names_of(table: str, numbers: Iterable[int], reader: Any) -> Names:
    """Return what ``reader`` may read of these records, with two queries at most."""
    wanted = frozenset(numbers)
    try:
        model = apps.get_model(table)
    except (LookupError, ValueError):
        return Names(shown={}, existing=frozenset())
    rows: Any = model._default_manager  # noqa: SLF001 whatever the model calls it
    existing = frozenset(rows.filter(pk__in=wanted).values_list("pk", flat=True))
    if table in _namers:
        shown = _namers[table](reader, existing)
    elif hasattr(rows, "visible_to"):
        shown = _plain_names(rows.visible_to(reader).filter(pk__in=existing))
    else:
        shown = {}
    return Names(shown=shown, existing=existing)


def _plain_names(rows: models.QuerySet[Any]) -> dict[int, str]:
    """Name rows by what they say of themselves, or by their number if they say nothing."""
    says_something = rows.model.__str__.__qualname__ != models.Model.__str__.__qualname__
    return {row.pk: str(row) if says_something else f"#{row.pk}" for row in rows}
