"""Every hour: what has fallen due is asked."""

from datetime import timedelta

from django_tasks import task

from tandemwerk.core import clock
from tandemwerk.core.tasks import every
from tandemwerk.tandems.services import checkins


@every(timedelta(hours=1))
@task()
def ask_how_it_goes() -> int:
    """Create the check-ins that are due and write to those who can be written to."""
    at = clock.now()
    checkins.plan_checkins(at=at)
    return checkins.ask_checkins(at=at)
