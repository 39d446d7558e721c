"""How a tandem is, from its signs of life."""

from datetime import timedelta

import pytest

from tandemwerk.tandems.enums import Health, Mood, TandemState
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.queries.health import (
    QUIET_AFTER,
    SILENT_AFTER,
    last_sign,
    with_health,
    with_last_sign,
)
from tandemwerk.tandems.queries.steps import facts_of
from tests.factories import NOON, TandemFactory
from tests.tandems.factories import CheckInFactory, MeetingFactory, MoveFactory

pytestmark = pytest.mark.django_db
LONG_AGO = (NOON - timedelta(days=300)).date()


def health_of(tandem: Tandem) -> str:
    """Return the health as lists ask for it; the page and the worklist must say the same."""
    in_lists = with_health(Tandem.objects.filter(pk=tandem.pk), at=NOON).get().health
    assert facts_of([tandem], at=NOON)[tandem.pk].health == in_lists
    return in_lists


@pytest.mark.parametrize(
    ("ago", "health"),
    [
        (timedelta(days=1), Health.GOOD),
        (QUIET_AFTER - timedelta(hours=1), Health.GOOD),
        (QUIET_AFTER + timedelta(hours=1), Health.QUIET),
        (SILENT_AFTER - timedelta(hours=1), Health.QUIET),
        (SILENT_AFTER + timedelta(hours=1), Health.SILENT),
    ],
)
@pytest.mark.parametrize("sign", ["meeting", "answer", "move"])
def test_health_follows_from_the_last_sign_of_life(sign, ago, health):
    tandem = TandemFactory(founded_on=LONG_AGO)
    moment = NOON - ago
    if sign == "meeting":
        MeetingFactory(tandem=tandem, starts_at=moment)
    elif sign == "answer":
        CheckInFactory(tandem=tandem, answered=True, answered_at=moment)
    else:
        MoveFactory(tandem=tandem, at=moment)

    assert health_of(tandem) == health


def test_a_young_tandem_is_good_without_any_sign():
    assert health_of(TandemFactory(founded_on=NOON.date())) == Health.GOOD


def test_an_old_tandem_without_any_sign_is_silent():
    assert health_of(TandemFactory(founded_on=LONG_AGO)) == Health.SILENT


@pytest.mark.parametrize("mood", [Mood.HARD, Mood.CALL_ME])
def test_somebody_asked_for_help_outweighs_everything(mood):
    tandem = TandemFactory()
    MeetingFactory(tandem=tandem)
    CheckInFactory(tandem=tandem, hard=True, mood=mood)

    assert health_of(tandem) == Health.NEEDS_CARE


def test_help_that_was_given_counts_as_heard():
    tandem = TandemFactory(founded_on=LONG_AGO)
    CheckInFactory(tandem=tandem, hard=True, handled_at=NOON)

    assert health_of(tandem) == Health.GOOD


@pytest.mark.parametrize(
    "fields",
    [{"starts_at": NOON + timedelta(days=1)}, {"cancelled_at": NOON - timedelta(days=1)}],
)
def test_meetings_to_come_or_called_off_are_no_signs(fields):
    tandem = TandemFactory(founded_on=LONG_AGO)
    MeetingFactory(tandem=tandem, **fields)

    assert health_of(tandem) == Health.SILENT


@pytest.mark.parametrize("state", ["proposed", "paused", "ended", "declined", "expired"])
def test_only_tandems_that_go_on_have_a_health(state):
    assert health_of(TandemFactory(state=state, founded_on=LONG_AGO)) == ""


def test_a_paused_tandem_may_need_care():
    tandem = TandemFactory(state=TandemState.PAUSED)
    CheckInFactory(tandem=tandem, hard=True)

    assert health_of(tandem) == Health.NEEDS_CARE


def test_the_last_sign_is_the_latest_of_all():
    tandem = TandemFactory(founded_on=LONG_AGO)
    MeetingFactory(tandem=tandem, starts_at=NOON - timedelta(days=9))
    CheckInFactory(tandem=tandem, answered=True, answered_at=NOON - timedelta(days=5))

    found = with_last_sign(Tandem.objects.all(), at=NOON).get()

    assert last_sign(found) == NOON - timedelta(days=5)


def test_health_is_one_query(django_assert_num_queries):
    for _ in range(3):
        TandemFactory()

    with django_assert_num_queries(1):
        states = {tandem.health for tandem in with_health(Tandem.objects.all(), at=NOON)}

    assert states == {Health.GOOD}
