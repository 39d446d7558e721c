"""Browsers keep connections open that they may need again."""

from contextlib import ExitStack, closing
from http.client import HTTPConnection

import pytest

from tests.scenarios.story import Story, kill

#: Of eighteen browsers.
IDLE = 100


@pytest.mark.slow
def test_idle_connections_keep_nobody_out(story: Story):
    groups = story.order("start")
    story.wait_for_an_answer()

    with ExitStack() as browsers:
        for _ in range(IDLE):
            connection = HTTPConnection("127.0.0.1", story.port, timeout=10)
            browsers.enter_context(closing(connection))
            connection.request("GET", "/health/live")
            assert connection.getresponse().read()

        assert story.ask("GET", "/health/live") == 200

    for group in groups:
        kill(group)
