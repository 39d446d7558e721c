"""Every page of the matrix, in both directions, light and dark: for everybody, on every phone.

The pages are only read, so that one world and one browser profile per direction do for all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.management import call_command
from django.test import modify_settings
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import axe_findings, open_profile, session_of, sideways
from tests.test_matrix import ROWS
from tests.world import ROLES, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PAGES = [
    row for row in ROWS if row.method == "GET" and row.is_page and 200 in row.expected().values()
]


@dataclass(frozen=True)
class House:
    """A world that is served, and a visitor for each direction."""

    #: What the address of each of ``PAGES`` consists of, in their order.
    kwargs: list[dict[str, Any]]
    #: Role -> the cookie that signs it in.
    sessions: dict[str, Any]
    #: Language -> its page.
    visitors: dict[str, Page]
    trouble: list[str]


@pytest.fixture(scope="module")
def house(
    chromium: Browser, django_db_setup: object, django_db_blocker: DjangoDbBlocker
) -> Iterator[House]:
    """Serve one world to all tests of this file, and empty it afterwards."""
    with django_db_blocker.unblock(), modify_settings(ALLOWED_HOSTS={"append": "localhost"}):
        world, server = make_world(), LiveServer("localhost")
        sessions = {role: session_of(user, server.url) for role, user in world.users.items()}
        kwargs = [row.kwargs(world) for row in PAGES]
        trouble: list[str] = []
        visitors = {
            language: open_profile(
                chromium, server.url, trouble, language=language, phone=phone, dark=dark
            )
            for language, phone, dark in (("de", False, False), ("ar", True, True))
        }
        yield House(kwargs, sessions, visitors, trouble)
        for page in visitors.values():
            page.context.close()
        server.stop()
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=False)


@pytest.mark.parametrize("number", range(len(PAGES)), ids=lambda number: PAGES[number].id)
def test_a_page_is_open_to_everybody(number: int, house: House):
    row = PAGES[number]
    role = next(role for role in ROLES if row.expected()[role] == 200)
    found = {}

    for language, page in house.visitors.items():
        page.context.clear_cookies()
        if role != "anonymous":
            page.context.add_cookies([house.sessions[role]])
        with override(language):
            address = reverse(row.name, kwargs=house.kwargs[number]) + row.query
        answer = page.goto(address, wait_until="load")
        page.evaluate("document.fonts.ready.then(() => true)")
        direction = page.evaluate("document.documentElement.dir")
        found[language] = (answer.status, direction, sideways(page), axe_findings(page))

    assert found == {"de": (200, "ltr", 0, []), "ar": (200, "rtl", 0, [])}
    assert house.trouble == []
