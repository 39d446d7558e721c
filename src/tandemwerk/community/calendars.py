"""A visit or a consultation as an entry for one's own calendar (RFC 5545)."""

from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from tandemwerk.community.enums import PeerKind, PeerState
from tandemwerk.community.models import PeerRequest

ZONE: Final = ZoneInfo(settings.TIME_ZONE)


def peer_calendar(request: PeerRequest, *, at: datetime) -> str:
    """Return the iCalendar file, in the active language. It names nobody: calendars are shared.

    Expects a request with a moment; one that was called off is cancelled and does not vanish.
    """
    is_off = request.state == PeerState.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", "-//Tandemwerk//Community//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_off else "PUBLISH")
    event = Event()
    event.add("uid", f"peer-{request.pk}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("sequence", request.sequence)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    starts_at = (request.agreed_at or at).astimezone(ZONE)
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + timedelta(minutes=request.minutes))
    is_visit = request.kind == PeerKind.VISIT
    event.add("summary", _("Visit to colleagues") if is_visit else _("Peer consultation"))
    event.add("location", request.place)
    event.add("description", request.subject)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return str(calendar.to_ical().decode())
