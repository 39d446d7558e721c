"""Answers by mail: the part of this room that other rooms call.

A room says once, in its own ``notices.py``, what an answer to one of its mails does::

    from tandemwerk.messaging import replies

    @replies.register("community.topic")
    def post_reply(*, user, object_id, text, at, key):
        topic = Topic.objects.visible_to(user).filter(pk=object_id).first()
        if topic is None or topic.is_closed:
            raise replies.ReplyError(_("This conversation is closed."))
        create_post(topic_id=topic.pk, text=text, by=user, at=at)

``text`` is what the person wrote, without quotes, signature and attachments. The handler runs in
the transaction that also notes that the mail was worked on, so it runs to its end once for each
mail; ``key`` names the mail, for those who keep it. It runs in the language of ``user``. A
ReplyError is said to the sender in a kind mail: its words are shown to them. Any other error is
tried again like every task.

Mails get their signed address by ``notify(reply_purpose=..., reply_object=...)``. For a mail that
a room puts in itself: ``put_in(..., reply_to=reply_address("community.topic", topic.pk,
user, at=at))``. It is empty where the installation has no ``REPLY_DOMAIN``.
"""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from tandemwerk.people.models import User

#: How long a mail can be answered.
ANSWERABLE: Final = timedelta(days=60)
#: 100 bits in small letters and digits: mail servers may change the case of an address.
SIGNATURE_LETTERS: Final = 20
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_ADDRESS: Final = re.compile(
    r"reply\+(?P<user>[0-9a-z]{1,13})\.(?P<object>[0-9a-z]{1,13})\.(?P<day>[0-9a-z]{1,5})"
    r"\.(?P<signature>[a-z2-7]{20})@(?P<domain>.+)",
    re.IGNORECASE,
)


class ReplyError(Exception):
    """An answer cannot be taken over. Its words are shown to whoever wrote it."""


class ReplyHandler(Protocol):
    """Does what somebody answered by mail. Raises ReplyError."""

    def __call__(self, *, user: User, object_id: int, text: str, at: datetime, key: str) -> None:
        """Do it, in one transaction with the note that it was done."""


_handlers: dict[str, ReplyHandler] = {}


def register(purpose: str) -> Callable[[ReplyHandler], ReplyHandler]:
    """Register what answers for ``purpose`` (``room.what``) do. Use as decorator."""

    def add(handler: ReplyHandler) -> ReplyHandler:
        _handlers[purpose] = handler
        return handler

    return add


def purposes() -> list[str]:
    """Return all purposes that can be answered."""
    return sorted(_handlers)


def handler_for(purpose: str) -> ReplyHandler:
    """Return what answers for ``purpose`` do. Raises KeyError."""
    return _handlers[purpose]


class BadAddressError(Exception):
    """Somebody wrote to an address that we did not make."""


@dataclass(frozen=True, kw_only=True)
class ReplyTarget:
    """What an answer is about, and to whom the mail went."""

    purpose: str
    object_id: int
    user_id: int
    made_at: datetime

    def is_too_old(self, at: datetime) -> bool:
        """Return whether the mail was written too long ago to be answered."""
        return at - self.made_at > ANSWERABLE + timedelta(days=1)


def reply_address(purpose: str, object_id: int, user: User | int, *, at: datetime) -> str:
    """Return the address at which ``user`` answers; empty where no answers are taken."""
    if not settings.REPLY_DOMAIN:
        return ""
    user_id = user if isinstance(user, int) else user.pk
    day = int(at.timestamp()) // 86_400
    signed = ".".join(_letters(number) for number in (user_id, object_id, day))
    return f"reply+{signed}.{_signature(purpose, signed)}@{settings.REPLY_DOMAIN}"


def read_address(address: str) -> ReplyTarget:
    """Return what an answer to ``address`` is about. Raises BadAddressError."""
    parts = _ADDRESS.fullmatch(address.strip())
    if parts is None or parts["domain"].lower() != settings.REPLY_DOMAIN.lower():
        raise BadAddressError
    numbers = [parts[name].lower() for name in ("user", "object", "day")]
    signed, given = ".".join(numbers), parts["signature"].lower()
    for purpose in purposes():
        if constant_time_compare(_signature(purpose, signed), given):
            user_id, object_id, day = (int(number, 36) for number in numbers)
            made_at = datetime.fromtimestamp(day * 86_400, tz=UTC)
            return ReplyTarget(
                purpose=purpose, object_id=object_id, user_id=user_id, made_at=made_at
            )
    raise BadAddressError


def _signature(purpose: str, signed: str) -> str:
    digest = salted_hmac("tandemwerk.reply", f"{purpose}:{signed}", algorithm="sha256").digest()
    return base64.b32encode(digest).decode().lower()[:SIGNATURE_LETTERS]


def _letters(number: int) -> str:
    """Return a number with base 36."""
    letters = ""
    while number or not letters:
        number, digit = divmod(number, 36)
        letters = _DIGITS[digit] + letters
    return letters
