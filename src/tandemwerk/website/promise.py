"""By when somebody answers: a day that one can rely on."""

from datetime import date, timedelta
from functools import cache
from typing import Final

from dateutil.easter import easter

#: An answer comes within so many working days after the day of the message.
WORKING_DAYS: Final = 3
_SATURDAY: Final = 5
#: Holidays of all of Germany: month and day, and days from Easter Sunday.
_FIXED: Final = ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))
_FROM_EASTER: Final = (-2, 1, 39, 50)


def answer_by(day: date, *, working_days: int = WORKING_DAYS) -> date:
    """Return the day by which a message of ``day`` is answered.

    >>> answer_by(date(2026, 10, 1))  # a Thursday; Saturday is the Day of German Unity
    datetime.date(2026, 10, 6)
    """
    left = working_days
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Return whether an office is open: no weekend, no holiday of the whole country."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


@cache
def _holidays(year: int) -> frozenset[date]:
    sunday = easter(year)
    fixed = {date(year, month, day) for month, day in _FIXED}
    return frozenset(fixed | {sunday + timedelta(days=days) for days in _FROM_EASTER})
