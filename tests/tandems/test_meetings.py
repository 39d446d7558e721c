"""Meetings: arranged, noted, changed, called off, and what calendars learn of it."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from tandemwerk.core.models import AuditEntry
from tandemwerk.messaging.models import Message
from tandemwerk.tandems.enums import MeetingKind, TandemState
from tandemwerk.tandems.errors import (
    MeetingIsOffError,
    NotBothAgreedError,
    NotRunningError,
    WrongMomentError,
)
from tandemwerk.tandems.models import Answer, Meeting
from tandemwerk.tandems.services.meetings import (
    arrange_meeting,
    cancel_meeting,
    change_meeting,
    note_meeting,
)
from tests.factories import NOON, TandemFactory, UserFactory
from tests.tandems.factories import MeetingFactory, wanted_by_both

pytestmark = pytest.mark.django_db
SOON = NOON + timedelta(days=5)


def arrange(tandem, **fields) -> Meeting:
    usual = {
        "kind": MeetingKind.FIRST,
        "starts_at": SOON,
        "minutes": 60,
        "place": "Maximilianstraße 3, 86150 Augsburg",
        "by": UserFactory(),
        "at": NOON,
    }
    return arrange_meeting(tandem_id=tandem.pk, **usual | fields)


def change(meeting, **fields) -> Meeting:
    usual = {
        "kind": meeting.kind,
        "starts_at": meeting.starts_at,
        "minutes": meeting.minutes,
        "place": meeting.place,
        "note": meeting.note,
        "by": UserFactory(),
        "at": NOON,
    }
    return change_meeting(meeting_id=meeting.pk, **usual | fields)


def event_in(message: Message):
    calendar = Calendar.from_ical(message.calendar)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_the_first_meeting_turns_two_times_yes_into_a_trial():
    tandem = wanted_by_both()

    meeting = arrange(tandem)

    tandem.refresh_from_db()
    assert (tandem.state, tandem.founded_on) == (TandemState.TRIAL, NOON.date())
    assert (meeting.kind, meeting.starts_at) == (MeetingKind.FIRST, SOON)
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "tandems.move_tandem",
        "tandems.arrange_meeting",
    ]


def test_without_two_times_yes_nothing_is_arranged_and_nobody_is_told():
    tandem = wanted_by_both()
    Answer.objects.filter(tandem=tandem).update(state="waiting")

    with pytest.raises(NotBothAgreedError):
        arrange(tandem)

    assert not Meeting.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize("state", ["ended", "declined", "expired"])
def test_nothing_is_arranged_for_a_tandem_that_is_over(state):
    with pytest.raises(NotRunningError):
        arrange(TandemFactory(state=state))


def test_a_meeting_is_not_arranged_for_the_past():
    with pytest.raises(WrongMomentError):
        arrange(TandemFactory(), starts_at=NOON)


def test_both_are_told_in_their_own_language_without_a_name_in_the_subject():
    tandem = wanted_by_both()
    tandem.newcomer.person.language = "en"
    tandem.newcomer.person.given_name = "Farida"
    tandem.newcomer.person.save()
    tandem.volunteer.person.given_name = "Marlene"
    tandem.volunteer.person.save()

    arrange(tandem)

    to_newcomer = Message.objects.get(person=tandem.newcomer.person)
    to_volunteer = Message.objects.get(person=tandem.volunteer.person)
    assert (to_newcomer.language, to_volunteer.language) == ("en", "de")
    assert to_newcomer.subject == "Your first tandem meeting"
    assert "Marlene" in to_newcomer.text
    assert "Farida" in to_volunteer.text
    assert to_newcomer.scope == tandem.site.audit_scope


def test_who_gets_no_mail_is_not_written_to():
    tandem = TandemFactory()
    tandem.newcomer.person.contact_preference = "phone"
    tandem.newcomer.person.save()

    arrange(tandem)

    assert [message.person for message in Message.objects.all()] == [tandem.volunteer.person]


def test_the_calendar_entry_stands_in_berlin_time_with_its_zone():
    tandem = TandemFactory()

    arrange(tandem, starts_at=datetime(2026, 11, 3, 16, 0, tzinfo=UTC), minutes=90)

    calendar, event = event_in(Message.objects.first())
    (zone,) = calendar.walk("VTIMEZONE")
    assert str(zone["TZID"]) == "Europe/Berlin"
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event["DTSTART"].dt.isoformat() == "2026-11-03T17:00:00+01:00"
    assert event["DTEND"].dt.isoformat() == "2026-11-03T18:30:00+01:00"
    assert str(calendar["METHOD"]) == "REQUEST"
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CONFIRMED", 0)


def test_the_calendar_entry_names_nobody():
    tandem = TandemFactory()

    arrange(tandem)

    calendars = "".join(Message.objects.values_list("calendar", flat=True))
    assert tandem.volunteer.person.family_name not in calendars
    assert tandem.newcomer.person.family_name not in calendars


def test_a_change_keeps_the_entry_and_counts_on():
    meeting = arrange(TandemFactory())
    before = event_in(Message.objects.filter(kind="meeting_arranged").first())[1]

    change(meeting, starts_at=SOON + timedelta(hours=1))

    after = event_in(Message.objects.filter(kind="meeting_changed").first())[1]
    assert str(after["UID"]) == str(before["UID"])
    assert after["SEQUENCE"] == 1
    assert Message.objects.filter(kind="meeting_changed").count() == 2


def test_a_change_of_the_note_tells_nobody():
    meeting = arrange(TandemFactory())

    change(meeting, note="Tee besorgen")

    meeting.refresh_from_db()
    assert (meeting.note, meeting.sequence) == ("Tee besorgen", 0)
    assert not Message.objects.filter(kind="meeting_changed").exists()


def test_a_meeting_does_not_hop_between_past_and_future():
    over = MeetingFactory()
    coming = MeetingFactory(starts_at=SOON)

    for meeting, wanted in ((over, SOON), (coming, NOON - timedelta(days=1))):
        with pytest.raises(WrongMomentError):
            change(meeting, starts_at=wanted)


def test_calling_off_takes_the_entry_out_of_the_calendars():
    meeting = arrange(TandemFactory())

    cancel_meeting(meeting_id=meeting.pk, by=UserFactory(), at=NOON)

    calendar, event = event_in(Message.objects.filter(kind="meeting_cancelled").first())
    assert str(calendar["METHOD"]) == "CANCEL"
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 1)


def test_a_meeting_noted_by_mistake_is_taken_back_quietly():
    meeting = MeetingFactory()

    cancel_meeting(meeting_id=meeting.pk, by=UserFactory(), at=NOON)

    meeting.refresh_from_db()
    assert meeting.cancelled_at == NOON
    assert not Message.objects.exists()


def test_what_is_off_stays_off():
    meeting = MeetingFactory(cancelled_at=NOON)

    with pytest.raises(MeetingIsOffError):
        cancel_meeting(meeting_id=meeting.pk, by=UserFactory(), at=NOON)
    with pytest.raises(MeetingIsOffError):
        change(meeting, note="doch")


@pytest.mark.parametrize(
    ("state", "kind"),
    [(TandemState.TRIAL, MeetingKind.TRIAL), (TandemState.ACTIVE, MeetingKind.REGULAR)],
)
def test_a_noted_meeting_is_of_the_kind_that_the_state_suggests(state, kind):
    tandem = TandemFactory(state=state)

    meeting = note_meeting(tandem_id=tandem.pk, met_at=NOON, by=UserFactory(), at=NOON)

    assert (meeting.kind, meeting.starts_at) == (kind, NOON)


def test_the_same_day_twice_is_one_meeting():
    tandem, by = TandemFactory(), UserFactory()

    note_meeting(tandem_id=tandem.pk, met_at=NOON, by=by, at=NOON)
    note_meeting(
        tandem_id=tandem.pk, met_at=NOON, by=by, at=NOON + timedelta(hours=1), note="Gekocht"
    )

    meeting = Meeting.objects.get()
    assert (meeting.note, meeting.noted_by) == ("Gekocht", by)


def test_meeting_earlier_than_planned_that_day_moves_the_plan():
    planned = MeetingFactory(starts_at=NOON + timedelta(hours=4))

    note_meeting(tandem_id=planned.tandem_id, met_at=NOON, by=UserFactory(), at=NOON)

    assert Meeting.objects.get().starts_at == NOON


def test_tomorrows_meeting_cannot_be_noted():
    with pytest.raises(WrongMomentError):
        note_meeting(tandem_id=TandemFactory().pk, met_at=SOON, by=UserFactory(), at=NOON)


def test_no_meeting_is_noted_before_the_tandem_begins():
    tandem = wanted_by_both()

    with pytest.raises(NotRunningError):
        note_meeting(tandem_id=tandem.pk, met_at=NOON, by=UserFactory(), at=NOON)
