"""Fetching answers from a mailbox.

A mail is marked as seen only after it is safe in the database, so none gets lost; one that is
fetched twice is known by its fingerprint. What was seen two weeks ago is removed.
"""

import imaplib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import unquote, urlsplit

from tandemwerk.messaging.services.answering import LARGEST, accept

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS: Final = 20
AT_MOST: Final = 100
KEPT_THERE: Final = timedelta(days=14)
#: As the protocol spells them, in whatever language the machine speaks.
_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]


class MailboxError(Exception):
    """The mailbox does not answer as it should. Says why without naming anybody."""


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """Where answers lie: ``imaps://user:password@host:993/INBOX``."""

    host: str
    port: int
    is_encrypted: bool
    user: str
    password: str
    folder: str

    @classmethod
    def from_url(cls, url: str) -> "Mailbox":
        """Read an address; the environment has checked that it is one."""
        parts = urlsplit(url)
        is_encrypted = parts.scheme == "imaps"
        return cls(
            host=parts.hostname or "",
            port=parts.port or (993 if is_encrypted else 143),
            is_encrypted=is_encrypted,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.strip("/")) or "INBOX",
        )


@contextmanager
def opened(url: str) -> Iterator[imaplib.IMAP4]:
    """Give the mailbox, signed in, with its folder chosen. Raises MailboxError."""
    box = Mailbox.from_url(url)
    kind = imaplib.IMAP4_SSL if box.is_encrypted else imaplib.IMAP4
    try:
        with kind(box.host, box.port, timeout=TIMEOUT_SECONDS) as server:
            server.login(box.user, box.password)
            answer, _ = server.select(f'"{box.folder}"')
            if answer != "OK":
                raise MailboxError("there is no such folder")
            yield server
    except (TimeoutError, imaplib.IMAP4.error, OSError) as error:
        raise MailboxError(type(error).__name__) from None


def fetch(*, url: str, at: datetime) -> int:
    """Take in what is new in the mailbox. Return how many mails. Raises MailboxError."""
    with opened(url) as server:
        count = 0
        for number in _numbers(server, "UNSEEN")[:AT_MOST]:
            raw = _mail(server, number)
            if raw is not None:
                count += accept(raw=raw, at=at)
            server.uid("STORE", number, "+FLAGS", r"(\Seen)")
        _clear(server, before=at - KEPT_THERE)
    return count


def _numbers(server: imaplib.IMAP4, *criteria: str) -> list[str]:
    _, data = server.uid("SEARCH", *criteria)
    return data[0].decode().split() if data and data[0] else []


def _mail(server: imaplib.IMAP4, number: str) -> bytes | None:
    """Return a mail without marking it; None for one that is too large or gone."""
    _, data = server.uid("FETCH", number, f"(BODY.PEEK[]<0.{LARGEST + 1}>)")
    for part in data:
        if isinstance(part, tuple) and len(part) > 1:
            if len(part[1]) > LARGEST:
                logger.warning("a mail of more than 5 MB was left in the mailbox")
                return None
            return bytes(part[1])
    return None


def _clear(server: imaplib.IMAP4, *, before: datetime) -> None:
    day = f"{before.day}-{_MONTHS[before.month - 1]}-{before.year}"
    old = _numbers(server, "SEEN", "BEFORE", day)[:AT_MOST]
    for number in old:
        server.uid("STORE", number, "+FLAGS", r"(\Deleted)")
    if old:
        server.expunge()
