"""Every address and every role: who gets in, who is sent to sign in, who finds nothing.

A room says what it expects in ``tests/<room>/matrix.py``. An address that no room speaks of fails.
"""

import importlib
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from tests.matrix import LIBRARIES, Row
from tests.world import ROLES, World

ROWS: list[Row] = [
    row
    for file in sorted(Path(__file__).parent.glob("*/matrix.py"))
    for row in importlib.import_module(f"tests.{file.parent.name}.matrix").ROWS
]


def names(resolver: URLResolver, prefix: str = "") -> set[str]:
    """Return the full names of all addresses below ``resolver``."""
    found: set[str] = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            found |= names(entry, inner)
        elif isinstance(entry, URLPattern) and entry.name:
            found.add(f"{prefix}{entry.name}")
    return found


def test_every_address_is_in_the_matrix():
    spoken_of = {row.name for row in ROWS}

    silent = {
        name for name in names(get_resolver()) - spoken_of if not name.startswith(tuple(LIBRARIES))
    }

    assert silent == set()


def test_the_matrix_speaks_of_no_address_that_is_gone():
    gone = {row.name for row in ROWS} - names(get_resolver())

    assert gone == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_each_role_gets_what_the_matrix_says(row: Row, world: World):
    answers = {}

    for role in ROLES:
        client = Client(raise_request_exception=True)
        if role != "anonymous":
            client.force_login(
                world.users[role],
                backend="allauth.account.auth_backends.AuthenticationBackend",
            )
        with override("de"):
            address = reverse(row.name, kwargs=row.kwargs(world))
        answers[role] = client.generic(row.method, address + row.query).status_code

    assert answers == row.expected()
