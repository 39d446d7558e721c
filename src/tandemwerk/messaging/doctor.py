"""Messages that wait for somebody."""

from collections.abc import Iterator
from datetime import datetime

from tandemwerk.core.doctor import Finding, examination
from tandemwerk.messaging.models import Message
from tandemwerk.messaging.services.settling import UNSETTLED


@examination
def messages_are_decided(_at: datetime) -> Iterator[Finding]:
    count = Message.objects.filter(state__in=UNSETTLED).count()
    if count:
        yield Finding(
            name="messages",
            what=f"{count} messages failed or are uncertain",
            mend="open the outbox and send them again, or say that they arrived",
        )
