"""What the logs do not say."""

import logging

from tandemwerk.core.links import make_token
from tandemwerk.core.logs import WithoutSecrets


def line(address: str) -> str:
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", address), None
    )
    WithoutSecrets().filter(record)
    return record.getMessage()


def test_a_signed_link_does_not_get_into_the_logs():
    token = make_token("answer", pk=7, nonce="abcdef")

    assert line(f"/de/answer/{token}/") == "Not Found: /de/answer/…/"


def test_an_ordinary_address_does():
    assert line("/de/portal/outbox/") == "Not Found: /de/portal/outbox/"
