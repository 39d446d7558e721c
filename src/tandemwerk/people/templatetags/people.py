"""What the pages about accounts ask for: the demo, passkeys, somebody's data in words."""

import ipaddress
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils import formats
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tandemwerk.core.privacy import fact_named
from tandemwerk.people.views.demo import DEMO_ROLES

register = template.Library()


@register.simple_tag
def demo_roles() -> list[tuple[str, Any]]:
    """Return the buttons of the demo: role and label. Empty where this is no demo."""
    return [*DEMO_ROLES.items()] if settings.DEMO else []


@register.simple_tag(takes_context=True)
def passkeys_work(context: template.Context) -> bool:
    """Return whether the browser can use passkeys here: it cannot where the host is a number."""
    host = context["request"].get_host().rsplit(":", 1)[0].strip("[]")
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return True
    return False


@register.filter
def in_words(row: dict[str, Any]) -> list[tuple[Any, Any]]:
    """Return a row of somebody's data as names and values to read; empty ones are left out."""
    return [
        (fact_named(key), _readable(value))
        for key, value in row.items()
        if value not in (None, "", [])
    ]


def _readable(value: Any) -> Any:
    if isinstance(value, list):
        return [_readable(each) for each in value]
    if isinstance(value, dict):
        return ", ".join(str(_readable(each)) for each in value.values() if each not in (None, ""))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str):
        if moment := _moment(value):
            return formats.date_format(moment, "SHORT_DATETIME_FORMAT")
        day = _day(value)
        return formats.date_format(day, "SHORT_DATE_FORMAT") if day else value
    return value


def _day(text: str) -> date | None:
    """Return the day that ``text`` is in ISO 8601, if it is one."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    """Return the moment that ``text`` is in ISO 8601 with an offset, if it is one."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return localtime(moment) if moment and moment.tzinfo else None
