"""Dates in words, where there is room: «Dienstag, 3. November, 17:00 Uhr»."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def moment(value: datetime | None) -> str:
    """Return day and time in words, where the programme is."""
    if value is None:
        return ""
    # Translators: Django's date format for a day and time in words
    return date_format(timezone.localtime(value), pgettext("date format", "l, j F Y, g:i A"))


@register.filter
def day(value: date | datetime | None) -> str:
    """Return the day in words."""
    if value is None:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    # Translators: Django's date format for a day in words
    return date_format(local, pgettext("date format", "l, j F Y"))
