"""Reading a mail that came in: who, where to, and what somebody wrote themselves.

Mails come from anywhere and are broken in every way. Nothing in here raises anything but
UnreadableError, and nothing takes long.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Final

from tandemwerk.messaging.cutting import LONGEST_READ, own_words, text_of_html

#: Where the address that a mail was delivered to may stand.
_RECIPIENTS: Final = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
_BULK: Final = frozenset({"bulk", "list", "junk", "auto_reply"})
_MACHINES: Final = re.compile(r"(mailer-daemon|postmaster|no-?reply|bounce)", re.IGNORECASE)
_AUTOMATIC_HEADERS: Final = (
    "X-Autoreply",
    "X-Autorespond",
    "X-Auto-Response-For",
    "X-Failed-Recipients",
    "List-Id",
    "Feedback-Type",
)
MOST_RECIPIENTS: Final = 50


class UnreadableError(Exception):
    """What came in is no mail."""


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A mail as far as we want to know it."""

    sender: str
    recipients: tuple[str, ...]
    #: Made by a machine: an absence note, a bounce, a list. It gets no answer.
    is_automatic: bool
    #: What the person wrote, without quotes and signature.
    text: str
    has_files: bool


def fingerprint_of(raw: bytes) -> str:
    """Return what is the same for the same mail: from its Message-ID, else from all of it."""
    message_id = b""
    try:
        head = message_from_bytes(raw.partition(b"\r\n\r\n")[0], policy=policy.compat32)
        message_id = str(head.get("Message-ID", "")).strip().encode(errors="replace")
    except Exception:  # noqa: BLE001 the library has no end of ways to fail on broken mails
        message_id = b""
    sender = _first_header(raw, b"from")
    return hashlib.sha256(message_id + b"\n" + sender if message_id else raw).hexdigest()


def _first_header(raw: bytes, name: bytes) -> bytes:
    for line in raw[:65_536].splitlines():
        if not line:
            break
        if line.lower().startswith(name + b":"):
            return line.strip()
    return b""


def read_mail(raw: bytes) -> Incoming:
    """Read a mail. Raises UnreadableError."""
    try:
        mail = message_from_bytes(raw, policy=policy.default)
        assert isinstance(mail, EmailMessage)  # noqa: S101 the policy makes it one
        return Incoming(
            sender=_sender(mail),
            recipients=tuple(_recipients(mail))[:MOST_RECIPIENTS],
            is_automatic=_is_automatic(mail),
            text=own_words(_written(mail)),
            has_files=any(_files(mail)),
        )
    except Exception as error:  # noqa: BLE001 as above: the library raises nearly everything
        raise UnreadableError(type(error).__name__) from None


def _header(mail: EmailMessage, name: str) -> str:
    return str(mail.get(name, "")).strip()


def _sender(mail: EmailMessage) -> str:
    """Return the one address it comes from; empty when it names none or several."""
    found = [address for _, address in getaddresses([_header(mail, "From")]) if "@" in address]
    return found[0].lower() if len(found) == 1 else ""


def _recipients(mail: EmailMessage) -> Iterator[str]:
    for name in _RECIPIENTS:
        values = [str(value) for value in mail.get_all(name, [])]
        for _, address in getaddresses(values):
            if "@" in address:
                yield address.strip()


def _is_automatic(mail: EmailMessage) -> bool:
    submitted = _header(mail, "Auto-Submitted").lower()
    return (
        submitted not in {"", "no"}
        or _header(mail, "Precedence").lower() in _BULK
        or _header(mail, "Return-Path") == "<>"
        or mail.get_content_type() in {"multipart/report", "message/delivery-status"}
        or bool(_MACHINES.match(_sender(mail)))
        or any(mail.get(name) is not None for name in _AUTOMATIC_HEADERS)
    )


def _written(mail: EmailMessage) -> str:
    body = mail.get_body(preferencelist=("plain",))
    text = _decoded(body) if isinstance(body, EmailMessage) else ""
    if text.strip():
        return text
    html = mail.get_body(preferencelist=("html",))
    return text_of_html(_decoded(html)) if isinstance(html, EmailMessage) else ""


def _decoded(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    charset = part.get_content_charset("utf-8")
    try:
        return content[: LONGEST_READ * 4].decode(charset, "replace")
    except LookupError:  # a character set that nobody knows
        return content[: LONGEST_READ * 4].decode("utf-8", "replace")


def _files(mail: EmailMessage) -> Iterator[str]:
    """Yield what was attached by hand; pictures inside a signature are none."""
    for part in mail.walk():
        if part.get_content_disposition() == "attachment" and not part.get("Content-ID"):
            yield part.get_content_type()
