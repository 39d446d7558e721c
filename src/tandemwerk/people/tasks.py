"""What this room throws away by itself."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django_tasks import task

from tandemwerk.core import clock
from tandemwerk.core.tasks import every

KEEP_ATTEMPTS = timedelta(days=1)


@every(timedelta(hours=6))
@task()
def forget_old_sessions() -> int:
    """Delete sessions that ended and failed attempts to sign in. Return how many rows."""
    now = clock.now()
    ended, _ = Session.objects.filter(expire_date__lt=now).delete()
    alive = Session.objects.values("session_key")
    devices, _ = UserSession.objects.exclude(session_key__in=alive).delete()
    attempts, _ = AccessAttempt.objects.filter(attempt_time__lt=now - KEEP_ATTEMPTS).delete()
    return int(ended + devices + attempts)
