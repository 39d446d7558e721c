"""The harness itself: a browser meets our server."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_browser_reaches_the_server(visitor):
    page = visitor()

    answer = page.goto("/health/live")

    assert answer.json() == {"status": "ok"}
