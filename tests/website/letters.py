"""A message as somebody writes it in the contact form."""

from typing import Any

from tandemwerk.website.enums import ContactTopic
from tandemwerk.website.services.contact import Letter


def a_letter(**fields: Any) -> Letter:
    words: dict[str, Any] = {
        "topic": ContactTopic.OTHER,
        "text": "Guten Tag",
        "name": "",
        "mail": "sahar@example.org",
        "phone": "",
        "language": "de",
        "site": None,
    }
    return Letter(**words | fields)
