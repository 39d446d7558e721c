"""What a tandem needs next, and what of it comes to the worklist."""

from datetime import timedelta

import pytest

from tandemwerk.programme.enums import Role
from tandemwerk.programme.models import memberships_of
from tandemwerk.tandems.enums import MeetingKind, Mood, TandemState
from tandemwerk.tandems.models import Note, Tandem
from tandemwerk.tandems.queries.steps import Step, facts_of, next_step
from tandemwerk.tandems.worklist_life import people_waiting, tandems_in_need
from tests.factories import (
    NOON,
    MembershipFactory,
    ParticipationFactory,
    SiteFactory,
    TandemFactory,
)
from tests.tandems.factories import AnswerFactory, CheckInFactory, MeetingFactory, wanted_by_both

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def step_of(tandem: Tandem) -> Step:
    return next_step(facts_of([tandem], at=NOON)[tandem.pk])


def met(tandem: Tandem, *days_ago: int, kind: MeetingKind = MeetingKind.TRIAL) -> None:
    for days in days_ago:
        MeetingFactory(tandem=tandem, starts_at=NOON - timedelta(days=days), kind=kind)


def trial(**fields) -> Tandem:
    return TandemFactory(state=TandemState.TRIAL, **fields)


# ------------------------------------------------------------------ steps


def test_a_proposal_waits_for_both_answers():
    one_yes = AnswerFactory().tandem
    AnswerFactory(tandem=one_yes, side="newcomer", state="waiting")

    assert step_of(one_yes) == Step.WAIT_FOR_ANSWERS


def test_two_times_yes_want_a_first_meeting():
    assert step_of(wanted_by_both()) == Step.ARRANGE_FIRST


def test_a_trial_without_any_meeting_wants_one():
    assert step_of(trial()) == Step.ARRANGE_FIRST


def test_until_the_first_meeting_there_is_nothing_to_do():
    tandem = trial()
    MeetingFactory(tandem=tandem, starts_at=NOON + timedelta(days=2), kind=MeetingKind.FIRST)

    assert step_of(tandem) == Step.WAIT_FOR_MEETING


def test_after_the_first_meeting_somebody_asks_how_it_was():
    tandem = trial()
    met(tandem, 1, kind=MeetingKind.FIRST)

    assert step_of(tandem) == Step.AFTER_FIRST


@pytest.mark.parametrize("touch", ["note", "answer", "next meeting"])
def test_once_somebody_asked_the_first_meeting_is_dealt_with(touch):
    tandem = trial()
    met(tandem, 2, kind=MeetingKind.FIRST)
    if touch == "note":
        Note.objects.create(tandem=tandem, text="Gut", written_at=NOON)
    elif touch == "answer":
        CheckInFactory(tandem=tandem, answered=True)
    else:
        MeetingFactory(tandem=tandem, starts_at=NOON + timedelta(days=3))

    assert step_of(tandem) in {Step.NOTE_MEETING, Step.WAIT_FOR_MEETING}


@pytest.mark.parametrize(
    ("meetings", "step"), [(2, Step.NOTE_MEETING), (3, Step.MAKE_ACTIVE), (4, Step.MAKE_ACTIVE)]
)
def test_after_three_meetings_a_trial_may_become_a_running_tandem(meetings, step):
    tandem = trial()
    met(tandem, *range(1, meetings + 1))

    assert step_of(tandem) == step


def test_talks_with_the_site_and_meetings_called_off_do_not_count_for_the_trial():
    tandem = trial()
    met(tandem, 1, 2)
    met(tandem, 3, kind=MeetingKind.SITE)
    MeetingFactory(tandem=tandem, cancelled_at=NOON)

    assert step_of(tandem) == Step.NOTE_MEETING


@pytest.mark.parametrize("mood", [Mood.HARD, Mood.CALL_ME])
def test_somebody_who_asked_for_help_comes_before_everything(mood):
    tandem = trial()
    met(tandem, 1, 2, 3)
    CheckInFactory(tandem=tandem, hard=True, mood=mood)

    assert step_of(tandem) == Step.TAKE_UP


def test_a_silent_tandem_is_called():
    assert step_of(TandemFactory(founded_on=TODAY - timedelta(days=200))) == Step.CALL_SILENT


def test_two_unanswered_questions_are_worth_a_call():
    tandem = TandemFactory(founded_on=TODAY - timedelta(days=30))
    for side in ("volunteer", "newcomer"):
        CheckInFactory(
            tandem=tandem,
            side=side,
            due_on=TODAY - timedelta(days=16),
            asked_at=NOON - timedelta(days=16),
            expires_at=NOON - timedelta(days=2),
        )

    assert step_of(tandem) == Step.CALL_BOTH
    met(tandem, 1)
    assert step_of(tandem) == Step.NOTE_MEETING


def test_who_cannot_be_written_to_is_asked_in_person():
    tandem = TandemFactory(founded_on=TODAY - timedelta(days=15))
    CheckInFactory(tandem=tandem, asked_at=None, expires_at=None)

    assert step_of(tandem) == Step.ASK_IN_PERSON


@pytest.mark.parametrize(
    ("state", "step"),
    [("paused", Step.RESUME), ("ended", Step.NOTHING), ("declined", Step.NOTHING)],
)
def test_other_states_have_their_own_step(state, step):
    assert step_of(TandemFactory(state=state)) == step


# ------------------------------------------------------------------ the worklist


def test_each_item_has_a_reason_and_a_button_and_the_most_urgent_comes_first():
    user = MembershipFactory().user
    site = user.memberships.get().site
    silent = TandemFactory(site=site, founded_on=TODAY - timedelta(days=200))
    calling = TandemFactory(site=site)
    CheckInFactory(tandem=calling, hard=True, mood=Mood.CALL_ME)
    TandemFactory(site=site)

    work = tandems_in_need(user, NOON, 7)

    assert work.count == 2
    assert [item.key for item in work.items] == [f"tandem/{calling.pk}", f"tandem/{silent.pk}"]
    assert [item.urgency for item in work.items] == ["now", "soon"]
    assert all(item.reason and item.button and item.url for item in work.items)


@pytest.mark.parametrize(
    ("role", "count"),
    [(Role.COORDINATOR, 1), (Role.LEAD, 1), (Role.SAFEGUARDING, 1), (Role.READER, 0)],
)
def test_only_those_who_write_have_work(role, count):
    tandem = TandemFactory(founded_on=TODAY - timedelta(days=200))
    user = MembershipFactory(site=tandem.site, role=role).user

    assert tandems_in_need(user, NOON, 7).count == count


def test_the_work_of_other_sites_is_theirs():
    TandemFactory(founded_on=TODAY - timedelta(days=200))

    assert tandems_in_need(MembershipFactory().user, NOON, 7).count == 0


def test_the_worklist_needs_as_many_queries_for_three_tandems_as_for_one(
    django_assert_num_queries,
):
    user = MembershipFactory().user
    (membership,) = memberships_of(user)
    site = membership.site
    for count in (1, 2):
        for _ in range(count):
            CheckInFactory(tandem=TandemFactory(site=site), hard=True)

        with django_assert_num_queries(11):
            tandems_in_need(user, NOON, 7)


@pytest.mark.parametrize("side", ["volunteer", "newcomer"])
def test_who_waits_long_without_a_suggestion_is_shown_longest_first(side):
    site = SiteFactory()
    user = MembershipFactory(site=site).user
    weeks = {5: None, 30: None, 1: None}
    for number in weeks:
        since = TODAY - timedelta(weeks=number)
        weeks[number] = ParticipationFactory(site=site, side=side, waiting_since=since).pk

    work = people_waiting(user, NOON, 7)

    assert [item.key for item in work.items] == [f"waiting/{weeks[30]}", f"waiting/{weeks[5]}"]


def test_who_has_a_tandem_or_takes_a_break_is_not_waiting():
    site = SiteFactory()
    user = MembershipFactory(site=site).user
    long_ago = TODAY - timedelta(weeks=30)
    tandem = TandemFactory(site=site)
    for participation in (tandem.volunteer, tandem.newcomer):
        participation.waiting_since = long_ago
        participation.save()
    ParticipationFactory(site=site, waiting_since=long_ago, state="paused")

    assert people_waiting(user, NOON, 7).count == 0


def test_the_count_goes_beyond_what_is_shown():
    site = SiteFactory()
    user = MembershipFactory(site=site).user
    for _ in range(4):
        ParticipationFactory(site=site, waiting_since=TODAY - timedelta(weeks=30))

    work = people_waiting(user, NOON, 2)

    assert (len(work.items), work.count) == (2, 4)
