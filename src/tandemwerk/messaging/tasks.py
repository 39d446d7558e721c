"""What the outbox does by itself."""

from datetime import timedelta

from django.conf import settings
from django_tasks import task

from tandemwerk.core import clock
from tandemwerk.core.tasks import every
from tandemwerk.messaging.services.answering import look_after_answers
from tandemwerk.messaging.services.digesting import hand_out_digests
from tandemwerk.messaging.services.fetching import fetch
from tandemwerk.messaging.services.forgetting import (
    KEPT,
    NOTICES_KEPT,
    forget,
    forget_inbound,
    forget_notices,
)
from tandemwerk.messaging.services.mailing import mail_left_waiting
from tandemwerk.messaging.services.sending import sweep


@every(timedelta(minutes=1))
@task()
def sweep_outbox() -> int:
    """Pick up what was left lying: messages whose task or worker got lost."""
    at = clock.now()
    return sweep(at=at) + mail_left_waiting(at=at) + look_after_answers(at=at)


@every(timedelta(minutes=5))
@task()
def start_digests() -> bool:
    """Begin the digests of this morning, or go on with them."""
    return hand_out_digests(at=clock.now())


@every(timedelta(minutes=1))
@task()
def fetch_answers() -> int:
    """Take in the answers that lie in the mailbox, where there is one."""
    url = settings.INBOUND_IMAP_URL
    return fetch(url=url, at=clock.now()) if url else 0


@every(timedelta(days=1))
@task()
def forget_old_messages() -> int:
    """Remove what was said long ago."""
    before = clock.now() - KEPT
    return forget(before=before) + forget_inbound(before=before)


@every(timedelta(days=1))
@task()
def forget_old_notices() -> int:
    """Remove what was read long ago."""
    return forget_notices(before=clock.now() - NOTICES_KEPT)
