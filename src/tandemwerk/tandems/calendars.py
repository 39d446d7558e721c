"""A meeting as a calendar entry: the same one through every change, until it is called off."""

from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from tandemwerk.people.models import Person
from tandemwerk.tandems.enums import MeetingKind
from tandemwerk.tandems.models import Meeting

ZONE: Final = ZoneInfo(settings.TIME_ZONE)


def meeting_calendar(meeting: Meeting, *, reader: Person, at: datetime) -> str:
    """Return the iCalendar file of ``meeting`` in the language of ``reader``.

    It names the site and the place, never the other side: calendars are shared and synchronised.
    """
    is_off = meeting.cancelled_at is not None
    calendar = Calendar()
    calendar.add("prodid", "-//Tandemwerk//Tandem//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_off else "REQUEST")
    with translation.override(reader.language):
        calendar.add_component(_event(meeting, reader=reader, at=at, is_off=is_off))
    calendar.add_missing_timezones()
    return str(calendar.to_ical().decode())


def _event(meeting: Meeting, *, reader: Person, at: datetime, is_off: bool) -> Event:
    site = meeting.site
    starts_at = meeting.starts_at.astimezone(ZONE)
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("sequence", meeting.sequence)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + timedelta(minutes=meeting.minutes))
    event.add("summary", _summary(meeting))
    event.add("location", meeting.place)
    event.add("description", _description(meeting))
    if site.mail:
        organizer = vCalAddress(f"mailto:{site.mail}")
        organizer.params["CN"] = site.name
        event.add("organizer", organizer)
        attendee = vCalAddress(f"mailto:{reader.mail}")
        attendee.params["RSVP"] = "FALSE"
        event.add("attendee", attendee)
    return event


def _summary(meeting: Meeting) -> str:
    is_first = meeting.kind == MeetingKind.FIRST
    return _("Your first tandem meeting") if is_first else _("Your tandem meeting")


def _description(meeting: Meeting) -> str:
    site = meeting.site
    reach = ", ".join(part for part in (site.phone, site.mail) if part)
    return f"{site.name}\n{reach}".strip()
