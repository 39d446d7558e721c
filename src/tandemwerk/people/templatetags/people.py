"""What the pages about accounts ask for: the demo, passkeys, somebody's data in words."""

import ipaddress
from datetime import date, datetime
from typing import Any, Final

from django import template
from django.conf import settings
from django.utils import formats
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

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


#: Names of what a copy of somebody's data holds; what is missing here is shown by its key.
LABELS: Final[dict[str, Any]] = {
    "given_name": _("Given name"),
    "family_name": _("Family name"),
    "name": _("Name"),
    "mail": _("E-mail"),
    "phone": _("Phone"),
    "contact_preference": _("How to reach you"),
    "language": _("Language"),
    "level": _("Level"),
    "postcode": _("Postcode"),
    "birth_year": _("Year of birth"),
    "gender": _("Gender"),
    "availability": _("Free time"),
    "interests": _("Interests"),
    "note": _("Note"),
    "created_at": _("Since"),
    "purpose": _("What for"),
    "text_version": _("Version of the text"),
    "way": _("How"),
    "given_at": _("Given"),
    "withdrawn_at": _("Withdrawn"),
    "addresses": _("E-mail addresses"),
    "second_factors": _("Second factors"),
    "signed_in": _("Signed in on"),
    "role": _("Role"),
    "where": _("Where"),
    "since": _("Since"),
    "site": _("Site"),
    "side": _("Side"),
    "state": _("State"),
    "text": _("Text"),
    "at": _("When"),
    "subject": _("Subject"),
    "kind": _("Kind"),
    "km": _("Kilometres"),
    "reasons": _("What fits"),
    "agreement": _("Agreement"),
    "proposed_at": _("Proposed"),
    "founded_on": _("Founded on"),
    "ended_on": _("Ended on"),
    "end_reason": _("Reason for the end"),
    "moves": _("What happened when"),
    "meetings": _("Meetings"),
    "notes": _("Notes"),
    "asked_at": _("Asked"),
    "answer": _("Answer"),
    "answered_at": _("Answered"),
    "due_on": _("Asked for"),
    "line": _("In your words"),
    "suggested_at": _("Suggested"),
    "declined_at": _("Declined"),
    "reason": _("Reason"),
    "waiting_since": _("Waiting since"),
    "kinds": _("Kinds of tandem"),
    "topics": _("Topics"),
    "wishes_gender": _("The other person should be"),
    "max_km": _("Kilometres at most"),
    "group_size": _("How many people"),
    "volunteers_wanted": _("How many volunteers"),
    "capacity": _("Tandems at the same time"),
    "max_group": _("Groups of up to so many people"),
    "minors_ok": _("May work with minors"),
    "is_minor": _("Under 18"),
    "priority": _("Urgency"),
    "questions": _("Still to ask"),
    "file": _("File"),
    "sheet": _("Sheet"),
    "row": _("Row"),
    "uploaded_at": _("Brought"),
    "cells": _("What stood there"),
    "written_at": _("Written"),
    "sent_at": _("Sent"),
}


@register.filter
def in_words(row: dict[str, Any]) -> list[tuple[Any, Any]]:
    """Return a row of somebody's data as names and values to read; empty ones are left out."""
    return [
        (LABELS.get(key, key.replace("_", " ").capitalize()), _readable(value))
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
