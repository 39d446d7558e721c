"""Every page of the matrix, in both directions, light and dark: for everybody, on every phone."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.browser.conftest import axe_findings, sideways, sign_in_as
from tests.matrix import Row
from tests.test_matrix import ROWS
from tests.world import ROLES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    row for row in ROWS if row.method == "GET" and row.is_page and 200 in row.expected().values()
]


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.id)
def test_a_page_is_open_to_everybody(row: Row, world, visitor, live_server):
    role = next(role for role in ROLES if row.expected()[role] == 200)
    found = {}

    for language, phone, dark in (("de", False, False), ("ar", True, True)):
        page = visitor(language=language, phone=phone, dark=dark)
        if role != "anonymous":
            sign_in_as(page, world.users[role], live_server.url)
        with override(language):
            address = reverse(row.name, kwargs=row.kwargs(world)) + row.query
        answer = page.goto(address)
        page.wait_for_load_state("networkidle")
        direction = page.evaluate("document.documentElement.dir")
        found[language] = (
            answer.status,
            direction,
            sideways(page),
            axe_findings(page),
        )

    assert found == {"de": (200, "ltr", 0, []), "ar": (200, "rtl", 0, [])}
