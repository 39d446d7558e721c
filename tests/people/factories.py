"""Accounts that can sign in, and what their mailbox holds."""

import re

from tandemwerk.messaging.models import Message
from tandemwerk.people.models import User
from tandemwerk.people.services import create_account
from tests.factories import NOON

PASSWORD = "tee-mit-minze-9"


def make_account(mail: str = "kim@example.org", language: str = "de", **fields) -> User:
    """Make an account whose address is confirmed, with ``PASSWORD``."""
    return create_account(
        mail=mail, name="Kim Beispiel", language=language, password=PASSWORD, by=None, at=NOON
    )


def mails() -> list[tuple[str, str]]:
    """Return kind and language of every mail so far."""
    return list(Message.objects.order_by("pk").values_list("kind", "language"))


def code_in_last_mail() -> str:
    """Return the code that stands in the newest mail."""
    text = Message.objects.latest("pk").text
    found = re.search(r"^\d{4}-\d{4}$", text, re.MULTILINE)
    assert found is not None, text
    return found.group()
