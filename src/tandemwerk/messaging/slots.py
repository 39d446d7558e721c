"""When digests are due: at seven in the morning, the weekly part on Mondays."""

from datetime import datetime, time, timedelta
from typing import Final

from django.utils import timezone

MORNING: Final = time(7, 0)
_DAY: Final = timedelta(days=1)


def daily_slot(at: datetime) -> datetime:
    """Return the last seven o'clock in the morning, by the clocks of the programme."""
    local = timezone.localtime(at)
    today = timezone.make_aware(datetime.combine(local.date(), MORNING))
    if today <= at:
        return today
    return timezone.make_aware(datetime.combine(local.date() - _DAY, MORNING))


def weekly_slot(at: datetime) -> datetime:
    """Return the last Monday's seven o'clock."""
    day = timezone.localtime(daily_slot(at)).date()
    return timezone.make_aware(datetime.combine(day - _DAY * day.weekday(), MORNING))


def days_before(slot: datetime, days: int) -> datetime:
    """Return seven o'clock that many days earlier, whatever the clocks did in between."""
    day = timezone.localtime(slot).date() - _DAY * days
    return timezone.make_aware(datetime.combine(day, MORNING))
