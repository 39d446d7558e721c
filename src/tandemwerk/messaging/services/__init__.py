"""Every write of this room."""

from tandemwerk.messaging.services.choosing import (
    choose,
    rhythms_of,
    start_mails,
    stop_mails,
)
from tandemwerk.messaging.services.notifying import notify, progress, withdraw
from tandemwerk.messaging.services.outbox import cancel, put_in, put_in_many
from tandemwerk.messaging.services.reading import read_all, read_notice
from tandemwerk.messaging.services.settling import send_again, take_as_sent

__all__ = [
    "cancel",
    "choose",
    "notify",
    "progress",
    "put_in",
    "put_in_many",
    "read_all",
    "read_notice",
    "rhythms_of",
    "send_again",
    "start_mails",
    "stop_mails",
    "take_as_sent",
    "withdraw",
]
