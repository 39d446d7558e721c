"""«How is it going?»: planned, asked, answered once, taken up."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.core.links import read_token
from tandemwerk.core.models import AuditEntry
from tandemwerk.intake.enums import Side
from tandemwerk.messaging.models import Message
from tandemwerk.people.enums import ContactPreference
from tandemwerk.tandems.enums import Mood, TandemState
from tandemwerk.tandems.errors import CheckInClosedError, NotRunningError
from tandemwerk.tandems.links import CHECKIN_PURPOSE, checkin_link
from tandemwerk.tandems.models import CheckIn, Note
from tandemwerk.tandems.services.checkins import (
    LINK_LASTS,
    answer_checkin,
    ask_checkins,
    friendly_time,
    handle_checkin,
    open_link,
    plan_checkins,
    record_checkin,
)
from tests.factories import NOON, TandemFactory, UserFactory
from tests.tandems.factories import CheckInFactory

TODAY = NOON.date()
db = pytest.mark.django_db


def founded_before(days: int, **fields):
    return TandemFactory(founded_on=TODAY - timedelta(days=days), **fields)


def answer(checkin: CheckIn, **fields) -> CheckIn:
    usual = {"nonce": checkin.nonce, "mood": Mood.VERY_GOOD, "line": "", "at": NOON}
    return answer_checkin(checkin_id=checkin.pk, **usual | fields)


# ------------------------------------------------------------------ planning


@db
@pytest.mark.parametrize("days", [14, 42, 42 + 91, 42 + 5 * 91])
def test_both_are_asked_after_two_weeks_six_weeks_and_then_every_quarter(days):
    tandem = founded_before(days)

    plan_checkins(at=NOON)

    planned = CheckIn.objects.order_by("side").values_list("tandem", "side", "due_on")
    assert list(planned) == [(tandem.pk, "newcomer", TODAY), (tandem.pk, "volunteer", TODAY)]


@db
@pytest.mark.parametrize("days", [0, 1, 13, 21, 60, 200])
def test_nobody_is_asked_between_the_days(days):
    founded_before(days)

    plan_checkins(at=NOON)

    assert not CheckIn.objects.exists()


@db
def test_the_rhythm_is_the_carriers():
    tandem = founded_before(30)
    carrier = tandem.site.carrier
    carrier.checkin_days, carrier.checkin_every_days = [7, 30], 0
    carrier.save()

    plan_checkins(at=NOON)

    assert set(CheckIn.objects.values_list("due_on", flat=True)) == {TODAY}


@db
@pytest.mark.parametrize("state", ["paused", "ended", "declined", "proposed"])
def test_only_tandems_that_go_on_are_asked(state):
    founded_before(14, state=state)

    plan_checkins(at=NOON)

    assert not CheckIn.objects.exists()


@db
def test_planning_twice_plans_once():
    founded_before(14)

    assert [plan_checkins(at=NOON), plan_checkins(at=NOON)] == [2, 0]
    assert CheckIn.objects.count() == 2


@db
def test_a_few_days_without_a_worker_are_made_up_for():
    founded_before(14)

    plan_checkins(at=NOON + timedelta(days=5))

    assert set(CheckIn.objects.values_list("due_on", flat=True)) == {TODAY}


@db
def test_planning_needs_as_many_queries_for_three_tandems_as_for_one(
    django_assert_max_num_queries,
):
    carrier = founded_before(14).site.carrier
    with django_assert_max_num_queries(14):
        plan_checkins(at=NOON)
    CheckIn.objects.all().delete()
    for _ in range(2):
        founded_before(14, site__carrier=carrier)

    with django_assert_max_num_queries(14):
        plan_checkins(at=NOON)

    assert CheckIn.objects.count() == 6


# ------------------------------------------------------------------ asking


@db
def test_each_is_asked_once_in_their_language_with_one_link_for_each_answer():
    tandem = founded_before(14)
    tandem.newcomer.person.language = "fa"
    tandem.newcomer.person.save()
    plan_checkins(at=NOON)

    asked = [ask_checkins(at=NOON), ask_checkins(at=NOON)]

    message = Message.objects.get(person=tandem.newcomer.person)
    link = checkin_link(CheckIn.objects.get(side=Side.NEWCOMER))
    assert asked == [2, 0]
    assert message.language == "fa"
    assert link.startswith("http://testserver/fa/check-in/")
    assert [f"{link}?answer={mood.value}" in message.text for mood in Mood] == [True] * 4


@db
def test_the_link_is_open_for_two_weeks_from_the_question():
    founded_before(14)
    plan_checkins(at=NOON)

    ask_checkins(at=NOON)

    assert set(CheckIn.objects.values_list("asked_at", "expires_at")) == {(NOON, NOON + LINK_LASTS)}


@db
@pytest.mark.parametrize(
    "fields",
    [
        {"mail": ""},
        {"contact_preference": ContactPreference.PHONE},
        {"contact_preference": ContactPreference.NEITHER},
        {"erased_at": NOON},
    ],
)
def test_who_cannot_be_written_to_waits_to_be_asked_by_the_team(fields):
    tandem = founded_before(14)
    type(tandem.newcomer.person).objects.filter(pk=tandem.newcomer.person.pk).update(**fields)
    plan_checkins(at=NOON)

    assert ask_checkins(at=NOON) == 1
    assert CheckIn.objects.get(asked_at=None).side == Side.NEWCOMER


@db
def test_the_mail_names_nobody_else_and_no_one_in_the_subject():
    tandem = founded_before(14)
    tandem.volunteer.person.given_name = "Marlene"
    tandem.volunteer.person.save()
    plan_checkins(at=NOON)

    ask_checkins(at=NOON)

    message = Message.objects.get(person=tandem.newcomer.person)
    whole = message.subject + message.text + message.html
    assert "Marlene" not in whole
    assert tandem.volunteer.person.family_name not in whole
    assert tandem.newcomer.person.given_name not in message.subject


def test_nobody_is_woken_by_a_question():
    moments = {
        datetime(2026, 9, 15, 10, tzinfo=UTC): "2026-09-15T10:00:00+00:00",
        datetime(2026, 9, 15, 1, tzinfo=UTC): "2026-09-15T09:00:00+02:00",
        datetime(2026, 9, 15, 20, tzinfo=UTC): "2026-09-16T09:00:00+02:00",
    }

    assert [friendly_time(at).isoformat() for at in moments] == list(moments.values())


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)))  # noqa: DTZ001
def test_a_friendly_time_is_never_earlier_and_at_most_a_night_later(naive):
    at = naive.replace(tzinfo=UTC)

    assert timedelta(0) <= friendly_time(at) - at <= timedelta(hours=15)


# ------------------------------------------------------------------ answering


@db
def test_an_answer_through_the_link_is_the_persons():
    checkin = CheckInFactory()

    answer(checkin, mood=Mood.HARD, line="Zu viel")

    checkin.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert (checkin.mood, checkin.line, checkin.answered_at) == ("hard", "Zu viel", NOON)
    assert (entry.actor_kind, entry.actor_id) == ("person", checkin.participation.person_id)
    assert "Zu viel" not in str(entry.changes)
    assert "hard" not in str(entry.changes)


@db
def test_a_link_works_once():
    checkin = CheckInFactory()
    answer(checkin)

    with pytest.raises(CheckInClosedError) as closed:
        answer(checkin, mood=Mood.HARD)

    checkin.refresh_from_db()
    assert (closed.value.why, checkin.mood) == ("answered", "very_good")


@db
@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"expires_at": NOON}, "expired"),
        ({"expires_at": None}, "expired"),
        ({"tandem__state": TandemState.ENDED}, "over"),
    ],
)
def test_a_link_closes(fields, why):
    checkin = CheckInFactory(**fields)

    with pytest.raises(CheckInClosedError) as closed:
        answer(checkin)

    assert closed.value.why == why


@db
def test_another_nonce_opens_nothing():
    with pytest.raises(CheckInClosedError):
        answer(CheckInFactory(), nonce="guessed")


@db
def test_the_token_names_the_question_and_nothing_else():
    checkin = CheckInFactory()

    token = checkin_link(checkin).rstrip("/").rsplit("/", 1)[1]

    target = read_token(CHECKIN_PURPOSE, token)
    assert (target.pk, target.nonce) == (checkin.pk, checkin.nonce)


# ------------------------------------------------------------------ the team


@db
def test_what_somebody_said_by_phone_answers_the_open_question():
    checkin, by = CheckInFactory(), UserFactory()

    record_checkin(
        tandem_id=checkin.tandem_id, side=Side.NEWCOMER, mood=Mood.HARD, line="", by=by, at=NOON
    )

    recorded = CheckIn.objects.get()
    assert (recorded.pk, recorded.mood) == (checkin.pk, "hard")


@db
def test_without_an_open_question_todays_is_answered():
    tandem = TandemFactory()

    record_checkin(
        tandem_id=tandem.pk,
        side=Side.VOLUNTEER,
        mood=Mood.ALL_RIGHT,
        line="Läuft",
        by=UserFactory(),
        at=NOON,
    )

    recorded = CheckIn.objects.get()
    assert (recorded.due_on, recorded.side, recorded.line) == (TODAY, "volunteer", "Läuft")


@db
def test_one_side_answers_once_a_day():
    tandem, by = TandemFactory(), UserFactory()
    said = {"side": Side.VOLUNTEER, "mood": Mood.ALL_RIGHT, "line": "", "by": by, "at": NOON}
    record_checkin(tandem_id=tandem.pk, **said)

    with pytest.raises(CheckInClosedError):
        record_checkin(tandem_id=tandem.pk, **said)


@db
def test_nothing_is_recorded_for_a_tandem_that_is_over():
    with pytest.raises(NotRunningError):
        record_checkin(
            tandem_id=TandemFactory(state=TandemState.ENDED).pk,
            side=Side.VOLUNTEER,
            mood=Mood.ALL_RIGHT,
            line="",
            by=UserFactory(),
            at=NOON,
        )


@db
def test_taking_up_an_answer_is_recorded_once_and_its_note_kept():
    checkin, by = CheckInFactory(hard=True), UserFactory()

    handle_checkin(checkin_id=checkin.pk, by=by, at=NOON, note="Angerufen")
    handle_checkin(checkin_id=checkin.pk, by=UserFactory(), at=NOON + timedelta(hours=1))

    checkin.refresh_from_db()
    note = Note.objects.get()
    assert (checkin.handled_by, checkin.handled_at) == (by, NOON)
    assert (note.text, note.written_by) == ("Angerufen", by)
    assert AuditEntry.objects.filter(action="tandems.handle_checkin").count() == 1


@db
def test_an_answer_taken_up_needs_no_care_any_more():
    checkin = CheckInFactory(hard=True)
    assert CheckIn.objects.needing_care().count() == 1

    handle_checkin(checkin_id=checkin.pk, by=UserFactory(), at=NOON)

    assert CheckIn.objects.needing_care().count() == 0


@db
def test_a_printed_link_is_open_from_the_moment_it_is_printed():
    checkin = CheckInFactory(asked_at=None, expires_at=None, due_on=date(2026, 9, 14))

    open_link(checkin_id=checkin.pk, by=UserFactory(), at=NOON)

    answer(checkin)
    checkin.refresh_from_db()
    assert checkin.mood == Mood.VERY_GOOD


@db
def test_the_link_of_an_answered_question_stays_closed():
    with pytest.raises(CheckInClosedError):
        open_link(checkin_id=CheckInFactory(answered=True).pk, by=UserFactory(), at=NOON)
