"""Messages that wait for somebody, and the ways in which answers come."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from tandemwerk.core.doctor import Finding, examination
from tandemwerk.messaging.enums import InboundState
from tandemwerk.messaging.models import InboundMail, Message
from tandemwerk.messaging.services.fetching import MailboxError, opened
from tandemwerk.messaging.services.settling import UNSETTLED

#: An answer that waits so long is stuck.
STUCK: Final = timedelta(hours=2)


@examination
def messages_are_decided(_at: datetime) -> Iterator[Finding]:
    count = Message.objects.filter(state__in=UNSETTLED).count()
    if count:
        yield Finding(
            name="messages",
            what=f"{count} messages failed or are uncertain",
            mend="open the outbox and send them again, or say that they arrived",
        )


@examination
def answers_are_taken_over(at: datetime) -> Iterator[Finding]:
    stuck = InboundMail.objects.filter(state=InboundState.WAITING, received_at__lt=at - STUCK)
    count = stuck.count()
    if count:
        yield Finding(
            name="answers",
            what=f"{count} answers by mail could not be taken over",
            mend="look at the failed tasks of the system page and run them again",
        )


@examination
def the_mailbox_opens(_at: datetime) -> Iterator[Finding]:
    if not settings.INBOUND_IMAP_URL:
        return
    try:
        with opened(settings.INBOUND_IMAP_URL):
            return
    except MailboxError as error:
        yield Finding(
            name="mailbox",
            what=f"the mailbox for answers does not open ({error})",
            mend="compare INBOUND_IMAP_URL with its host, name, password and folder",
        )
