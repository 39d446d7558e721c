"""Every address and every role: who gets in, who is sent to sign in, who finds nothing.

A room says what it expects in ``tests/<room>/matrix.py``. An address that no room speaks of fails.
"""

import importlib
from collections.abc import Mapping, Sequence
from copy import deepcopy
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import transaction
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

#: One world does for so many rows: none of them sees what another has done.
PORTIONS = [ROWS[start : start + 20] for start in range(0, len(ROWS), 20)]


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


@pytest.mark.parametrize(
    "rows", PORTIONS, ids=lambda rows: f"{rows[0].id} and {len(rows) - 1} more"
)
def test_each_role_gets_what_the_matrix_says(rows: Sequence[Row], world: World):
    cookies = {role: signed_in(world, role) for role in ROLES}
    found = {row.id: asked(row, deepcopy(world), cookies) for row in rows}

    assert found == {row.id: row.expected() for row in rows}


def signed_in(world: World, role: str) -> SimpleCookie:
    """Return the cookies of a browser in which ``role`` signed in."""
    client = Client()
    if role != "anonymous":
        client.force_login(
            world.users[role], backend="allauth.account.auth_backends.AuthenticationBackend"
        )
    return client.cookies


def asked(row: Row, world: World, cookies: Mapping[str, SimpleCookie]) -> dict[str, int]:
    """Return role -> status of the answer, and leave the world as it was."""
    answers = {}
    with transaction.atomic(), override("de"):
        for role in ROLES:
            client = Client()
            client.cookies = deepcopy(cookies[role])
            address = reverse(row.name, kwargs=row.kwargs(world)) + row.query
            answers[role] = client.generic(row.method, address).status_code
        transaction.set_rollback(True)
    caches["default"].clear()
    return answers
