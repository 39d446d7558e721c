"""Tables: the outbox, what people are told of, and the mails that come in."""

from tandemwerk.messaging.models.inbound import InboundMail
from tandemwerk.messaging.models.notices import (
    DigestRun,
    MailPause,
    Notice,
    NoticeChoice,
    NoticeCopy,
)
from tandemwerk.messaging.models.outbox import Message, MessageQuerySet, scopes_of

__all__ = [
    "DigestRun",
    "InboundMail",
    "MailPause",
    "Message",
    "MessageQuerySet",
    "Notice",
    "NoticeChoice",
    "NoticeCopy",
    "scopes_of",
]
