"""What this room throws away by itself."""

from datetime import timedelta
from typing import Final

from django.db.models import Q
from django_tasks import task

from tandemwerk.core import clock
from tandemwerk.core.tasks import every
from tandemwerk.programme.models import Invitation

#: An invitation that came to nothing is forgotten so long after it expired, an accepted one after
#: it was accepted: the address is not kept longer than somebody may ask about it.
KEEP: Final = timedelta(days=90)


@every(timedelta(days=1))
@task()
def forget_old_invitations() -> int:
    """Delete invitations that are of no use any more. Return how many."""
    before = clock.now() - KEEP
    old = Q(expires_at__lt=before) | Q(accepted_at__lt=before) | Q(revoked_at__lt=before)
    deleted, _ = Invitation.objects.filter(old).delete()
    return deleted
