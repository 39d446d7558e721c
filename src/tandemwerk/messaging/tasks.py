"""What the outbox does by itself."""

from datetime import timedelta

from django_tasks import task

from tandemwerk.core import clock
from tandemwerk.core.tasks import every
from tandemwerk.messaging.services.forgetting import KEPT, forget
from tandemwerk.messaging.services.sending import sweep


@every(timedelta(minutes=1))
@task()
def sweep_outbox() -> int:
    """Pick up what was left lying: messages whose task or worker got lost."""
    return sweep(at=clock.now())


@every(timedelta(days=1))
@task()
def forget_old_messages() -> int:
    """Remove what was said long ago."""
    return forget(before=clock.now() - KEPT)
