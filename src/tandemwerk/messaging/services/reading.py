"""Reading notices: what was read is in no digest any more."""

from datetime import datetime

from django.db import transaction

from tandemwerk.messaging.models import NoticeCopy
from tandemwerk.people.models import User


@transaction.atomic
def read_notice(*, copy_id: int, at: datetime) -> NoticeCopy:
    """Note that a notice was read; reading it again changes nothing.

    The trail has no entry of it: it would say who looks at what.
    """
    NoticeCopy.objects.filter(pk=copy_id, read_at=None).update(read_at=at, waits_for="")
    return NoticeCopy.objects.select_related("notice").get(pk=copy_id)


@transaction.atomic
def read_all(*, user: User, until: datetime, at: datetime) -> int:
    """Note that all notices written ``until`` then are read. Return how many were not."""
    unread = NoticeCopy.objects.filter(user=user, read_at=None, notice__created_at__lte=until)
    return unread.update(read_at=at, waits_for="")
