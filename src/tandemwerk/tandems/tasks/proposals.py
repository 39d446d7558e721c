"""Every hour of the day: reminders and the end of what nobody answered."""

from datetime import timedelta
from typing import Final

from django.utils import timezone
from django_tasks import task

from tandemwerk.core import clock
from tandemwerk.core.tasks import every
from tandemwerk.tandems.services.answers import expire_answers, remind_answers

#: Nobody wants to be reminded at night.
_DAYTIME: Final = range(8, 20)


@every(timedelta(hours=1))
@task()
def look_after_proposals() -> int:
    """Remind those who have not answered, and end proposals whose time is over."""
    at = clock.now()
    if timezone.localtime(at).hour not in _DAYTIME:
        return 0
    return remind_answers(at=at) + expire_answers(at=at)
