"""The page of a tandem: all for its team, their own for the two, nothing for anybody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from tandemwerk.core import clock
from tandemwerk.core.models import AuditEntry
from tandemwerk.programme.enums import Role
from tandemwerk.tandems.enums import MeetingKind, Mood, TandemState
from tandemwerk.tandems.models import CheckIn, Meeting, Note, Tandem
from tests.factories import MembershipFactory, TandemFactory
from tests.tandems.factories import (
    CheckInFactory,
    MeetingFactory,
    MoveFactory,
    wanted_by_both,
)
from tests.world import ROLES

pytestmark = pytest.mark.django_db


def address(name: str, *args) -> str:
    with override("de"):
        return reverse(f"tandems:{name}", args=args)


@pytest.fixture
def coordinator(world, sign_in):
    return sign_in(world.users["coordinator"])


def test_the_page_shows_both_at_equal_size(coordinator, world):
    words = coordinator.get(address("tandem", world.tandem.pk)).content.decode()

    assert words.count('class="pair__side"') == 2


def test_the_story_holds_everything_newest_first(coordinator, world):
    at = clock.now()
    MoveFactory(tandem=world.tandem, at=at - timedelta(days=50))
    MeetingFactory(tandem=world.tandem, starts_at=at - timedelta(days=40))
    CheckInFactory(tandem=world.tandem, answered=True, answered_at=at - timedelta(days=30))
    Note.objects.create(tandem=world.tandem, text="Notiz", written_at=at - timedelta(days=20))

    entries = coordinator.get(address("tandem", world.tandem.pk)).context["entries"]

    assert [entry.icon for entry in entries] == ["journal-text", "chat-heart", "cup-hot", "cup-hot"]


def test_a_long_story_is_shown_in_part_and_whole_on_demand(coordinator, world):
    for days in range(30):
        MeetingFactory(tandem=world.tandem, starts_at=clock.now() - timedelta(days=days + 1))

    short = coordinator.get(address("tandem", world.tandem.pk)).context
    whole = coordinator.get(address("tandem", world.tandem.pk), {"all": "1"}).context

    assert (len(short["entries"]), short["more"]) == (25, 5)
    assert (len(whole["entries"]), whole["more"]) == (30, 0)


def test_the_page_needs_as_many_queries_for_three_of_each_as_for_one(
    coordinator, world, django_assert_max_num_queries
):
    def fill(number: int) -> None:
        at = clock.now() - timedelta(days=number + 1)
        MeetingFactory(tandem=world.tandem, starts_at=at, noted_by=world.users["coordinator"])
        MoveFactory(tandem=world.tandem, by_kind="user", by_id=world.users["coordinator"].pk)
        CheckInFactory(tandem=world.tandem, hard=True, due_on=at.date())
        Note.objects.create(
            tandem=world.tandem, text="x", written_at=at, written_by=world.users["coordinator"]
        )

    fill(0)
    coordinator.get(address("tandem", world.tandem.pk))  # the visit is written down once
    with django_assert_max_num_queries(23) as one:
        coordinator.get(address("tandem", world.tandem.pk))
    fill(1)
    fill(2)

    with django_assert_max_num_queries(23) as three:
        coordinator.get(address("tandem", world.tandem.pk))

    assert len(three) == len(one)


def test_reading_a_tandem_leaves_a_trace(coordinator, world):
    coordinator.get(address("tandem", world.tandem.pk))

    entry = AuditEntry.objects.about(world.tandem).get()
    assert (entry.action, entry.actor_id) == (
        "tandems.read_tandem",
        world.users["coordinator"].pk,
    )


# ------------------------------------------------------------------ the two themselves


@pytest.mark.parametrize("role", ["volunteer", "newcomer"])
def test_the_two_see_no_notes_and_no_answers_of_the_other(world, sign_in, role):
    CheckInFactory(tandem=world.tandem, side="newcomer", hard=True, line="Vertraulich N")
    CheckInFactory(tandem=world.tandem, side="volunteer", hard=True, line="Vertraulich V")
    Note.objects.create(tandem=world.tandem, text="Nur für das Team", written_at=clock.now())
    MeetingFactory(tandem=world.tandem, note="Nur im Team")
    MoveFactory(tandem=world.tandem, reason="Nur intern")

    answer = sign_in(world.users[role]).get(address("tandem", world.tandem.pk))

    words = answer.content.decode()
    hidden = ["Vertraulich", "Nur für das Team", "Nur im Team", "Nur intern"]
    assert answer.templates[0].name == "tandems/own.html"
    assert [each for each in hidden if each in words] == []


@pytest.mark.parametrize(
    ("state", "sees_name", "sees_phone"),
    [
        ("proposed", False, False),
        ("trial", True, True),
        ("active", True, True),
        ("paused", True, True),
        ("ended", False, False),
        ("declined", False, False),
        ("expired", False, False),
    ],
)
def test_the_other_ones_name_and_phone_are_shown_while_the_tandem_runs(
    world, sign_in, state, sees_name, sees_phone
):
    Tandem.objects.filter(pk=world.tandem.pk).update(state=state)
    other = world.tandem.newcomer.person
    other.phone = "+491511234567"
    other.save()

    answer = sign_in(world.users["volunteer"]).get(address("tandem", world.tandem.pk))

    words = answer.content.decode()
    assert (other.family_name in words, other.phone in words) == (sees_name, sees_phone)


def test_a_phone_is_shown_only_to_be_called(world, sign_in):
    other = world.tandem.newcomer.person
    other.contact_preference = "mail"
    other.phone = "+491511234567"
    other.save()

    answer = sign_in(world.users["volunteer"]).get(address("tandem", world.tandem.pk))

    words = answer.content.decode()
    assert (other.phone in words, other.mail in words) == (False, True)


def test_the_volunteer_notes_with_one_tap_that_they_met(world, sign_in):
    sign_in(world.users["volunteer"]).post(address("met_today", world.tandem.pk))

    meeting = Meeting.objects.get()
    assert (meeting.kind, meeting.noted_by) == (MeetingKind.REGULAR, world.users["volunteer"])


# ------------------------------------------------------------------ doing things


def test_the_page_offers_the_next_step_and_the_step_works(coordinator, world):
    tandem = wanted_by_both(site=world.mine)
    page = coordinator.get(address("tandem", tandem.pk))
    offered = page.context["page"].action.url
    day = clock.today() + timedelta(days=3)

    answer = coordinator.post(
        offered,
        {"day": day, "time": "16:00", "minutes": 60, "place": "Standort", "kind": "first"},
    )

    tandem.refresh_from_db()
    assert (answer.status_code, tandem.state) == (302, TandemState.TRIAL)


def test_the_place_of_a_meeting_is_the_sites_unless_changed(coordinator, world):
    form = coordinator.get(address("meeting_new", world.tandem.pk)).context["form"]

    assert form["place"].value() == f"{world.mine.name}, Maximilianstraße 3, 86150 Augsburg"


def test_ending_names_what_will_happen_and_to_whom_before_it_does(coordinator, world):
    asked = coordinator.get(address("move", world.tandem.pk, "ended")).content.decode()
    without_reason = coordinator.post(address("move", world.tandem.pk, "ended"))
    done = coordinator.post(address("move", world.tandem.pk, "ended"), {"end_reason": "goal"})

    world.tandem.refresh_from_db()
    assert str(world.tandem.volunteer) in asked
    assert str(world.tandem.newcomer) in asked
    assert (without_reason.status_code, done.status_code) == (422, 302)
    assert (world.tandem.state, world.tandem.end_reason) == ("ended", "goal")


def test_a_move_that_came_too_late_changes_nothing(coordinator, world):
    Tandem.objects.filter(pk=world.tandem.pk).update(state="ended")

    answer = coordinator.post(address("move", world.tandem.pk, "active"), follow=True)

    world.tandem.refresh_from_db()
    assert (answer.status_code, world.tandem.state) == (200, "ended")


def test_recording_and_taking_up_an_answer(coordinator, world):
    coordinator.post(
        address("checkin_record", world.tandem.pk),
        {"side": "newcomer", "mood": "call", "line": "Bitte anrufen"},
    )
    checkin = CheckIn.objects.get()
    coordinator.post(address("checkin_handle", checkin.pk), {"note": "Angerufen"})

    checkin.refresh_from_db()
    assert (checkin.mood, checkin.handled_by) == (Mood.CALL_ME, world.users["coordinator"])
    assert Note.objects.get().text == "Angerufen"


def test_the_printed_page_shows_a_link_that_works(coordinator, world, client):
    checkin = CheckInFactory(tandem=world.tandem, asked_at=None, expires_at=None)

    page = coordinator.post(address("checkin_link", checkin.pk), follow=True)

    link = page.context["link"]
    assert page.status_code == 200
    assert "<svg" in page.context["code"]
    assert client.get(link.removeprefix("http://testserver")).status_code == 200


BAD = [
    ("meeting_new", {"day": "2026-13-40", "time": "25:00", "minutes": 60, "place": "x"}),
    ("meeting_new", {"day": "2020-01-01", "time": "10:00", "minutes": 60, "place": "Gemerkt"}),
    ("meeting_new", {"day": "9999-12-31", "time": "23:59", "minutes": 60, "place": "Gemerkt"}),
    ("meeting_new", {"day": "0001-01-01", "time": "00:00", "minutes": 60, "place": "Gemerkt"}),
    ("meeting_new", {"day": "2030-01-01", "time": "10:00", "minutes": -5, "place": "Gemerkt"}),
    ("met", {"day": "2999-01-01", "kind": "regular", "note": "Gemerkt"}),
    ("met", {"day": "1999-01-01", "kind": "regular", "note": "Gemerkt"}),
    ("met", {"day": "", "kind": "party", "note": "Gemerkt"}),
    ("note_new", {"text": "   "}),
    ("note_new", {"text": "x" * 5000}),
    ("agreement", {"agreement": "x" * 5000}),
    ("checkin_record", {"side": "nobody", "mood": "hard", "line": "Gemerkt"}),
    ("checkin_record", {"side": "newcomer", "mood": "", "line": "Gemerkt"}),
]


@pytest.mark.parametrize(("name", "data"), BAD)
def test_bad_input_keeps_what_was_typed(coordinator, world, name, data):
    answer = coordinator.post(address(name, world.tandem.pk), data)

    typed = [value for value in data.values() if value == "Gemerkt"]
    words = answer.content.decode()
    assert answer.status_code == 422
    assert [value for value in typed if value not in words] == []
    assert not Meeting.objects.exists()
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("change", [{"day": "x"}, {"minutes": "x"}, {"kind": "x"}, {"place": ""}])
def test_a_bad_change_of_a_meeting_changes_nothing(coordinator, world, change):
    meeting = MeetingFactory(tandem=world.tandem)
    good = {"day": "2026-09-01", "time": "10:00", "minutes": 60, "place": "Park", "kind": "regular"}

    answer = coordinator.post(address("meeting", meeting.pk), good | change)

    meeting.refresh_from_db()
    assert (answer.status_code, meeting.place) == (422, "Standort")


# ------------------------------------------------------------------ who sees what


def test_sight_and_rule_agree_for_every_role(world):
    seen = {
        role: Tandem.objects.visible_to(world.users[role]).filter(pk=world.tandem.pk).exists()
        for role in ROLES
        if role != "anonymous"
    }
    allowed = {
        role: world.users[role].has_perm("tandems.view_tandem", world.tandem)
        for role in seen
        if role != "administrator"  # passes every rule, and sees no tandem
    }

    assert {role: seen[role] for role in allowed} == allowed
    assert not seen["administrator"]


def test_check_ins_are_seen_by_the_sites_team_only(world):
    checkin = CheckInFactory(tandem=world.tandem)

    seeing = {
        role
        for role in ROLES
        if role != "anonymous"
        and CheckIn.objects.visible_to(world.users[role]).filter(pk=checkin.pk).exists()
    }

    assert seeing == {"coordinator", "safeguarding", "reader"}


# ------------------------------------------------------------------ the list


def test_the_list_counts_and_shows_the_own_sites_tandems(coordinator, world):
    TandemFactory(site=world.mine, state=TandemState.ENDED)

    page = coordinator.get(address("list"))

    shown = {row.record.pk for row in page.context["table"].rows}
    assert page.context["count"] == 2
    assert world.tandem.pk in shown
    assert world.foreign_tandem.pk not in shown


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"state": "ended"}, 1),
        ({"state": ["ended", "active"]}, 3),
        ({"health": "silent"}, 1),
        ({"health": "good"}, 1),
        ({"kind": "1"}, 1),
        ({"q": "Roshan"}, 1),
        ({"q": "rosh habibi"}, 1),
        ({"q": "nobody"}, 0),
        ({"q": "%"}, 0),
        ({"state": "nonsense"}, 3),
        ({"kind": "x", "health": "y", "page": "z", "sort": "w"}, 3),
    ],
)
def test_the_list_is_narrowed_down(coordinator, world, query, count):
    today = clock.today()
    Tandem.objects.filter(pk=world.tandem.pk).update(founded_on=today)
    old = TandemFactory(site=world.mine, founded_on=today - timedelta(days=300), kind=1)
    old.newcomer.person.given_name, old.newcomer.person.family_name = "Roshan", "Habibi"
    old.newcomer.person.save()
    TandemFactory(site=world.mine, state=TandemState.ENDED)

    page = coordinator.get(address("list"), query)

    assert (page.status_code, page.context["count"]) == (200, count)


@pytest.mark.parametrize(
    "sort", ["pair", "-pair", "state", "health", "kind", "founded_on", "last_sign", "-last_sign"]
)
def test_the_list_is_sorted(coordinator, world, sort):
    TandemFactory(site=world.mine)

    assert coordinator.get(address("list"), {"sort": sort}).status_code == 200


def test_who_is_in_several_sites_may_choose_one(world, sign_in):
    user = world.users["coordinator"]
    MembershipFactory(user=user, site=world.sister, role=Role.READER)
    TandemFactory(site=world.sister)

    client = sign_in(user)
    both = client.get(address("list")).context["count"]
    one = client.get(address("list"), {"site": world.sister.slug}).context["count"]

    assert (both, one) == (2, 1)


def test_the_list_needs_as_many_queries_for_three_as_for_one(
    coordinator, world, django_assert_max_num_queries
):
    coordinator.get(address("list"))  # the session is written down once
    with django_assert_max_num_queries(15) as one:
        coordinator.get(address("list"))
    for _ in range(2):
        TandemFactory(site=world.mine)

    with django_assert_max_num_queries(15) as three:
        coordinator.get(address("list"))

    assert len(three) == len(one)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_as_a_file_holds_no_formula_and_is_recorded(coordinator, world, kind):
    person = world.tandem.newcomer.person
    person.given_name = "=HYPERLINK(1)"
    person.save()

    answer = coordinator.get(address("list"), {"export": kind})

    assert answer["Content-Disposition"].endswith(f'.{kind}"')
    if kind == "csv":
        assert f"'=HYPERLINK(1) {person.family_name}" in answer.content.decode("utf-8-sig")
