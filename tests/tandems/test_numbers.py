"""The programme in numbers: true at every moment, whatever is kept in memory."""

from datetime import date

import pytest

from tandemwerk.core.indicators import all_indicators
from tandemwerk.intake.enums import Side
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.queries.numbers import month_number, tally
from tandemwerk.tandems.services.life import move_tandem
from tests.factories import NOON, ParticipationFactory, SiteFactory, TandemFactory, UserFactory
from tests.tandems.factories import wanted_by_both

pytestmark = pytest.mark.django_db


def test_tandems_are_counted_by_carrier_land_and_month():
    augsburg, ulm = SiteFactory(land="DE-BY"), SiteFactory(land="DE-BW")
    for site, day in (
        (augsburg, date(2025, 3, 9)),
        (augsburg, date(2025, 3, 30)),
        (ulm, date(2026, 1, 1)),
    ):
        TandemFactory(site=site, founded_on=day)
    TandemFactory(site=ulm, founded_on=date(2025, 12, 24), state=TandemState.ENDED)

    counted = tally().founded

    by, bw = counted.laender.index("DE-BY"), counted.laender.index("DE-BW")
    assert counted.first_month == month_number(date(2025, 3, 1))
    assert counted.founded.sum(axis=0)[by].tolist() == [2, *[0] * 10]
    assert counted.founded.sum(axis=0)[bw].tolist() == [*[0] * 9, 1, 1]
    assert counted.running.sum(axis=0)[[by, bw]].tolist() == [2, 1]


@pytest.mark.parametrize("state", ["proposed", "declined", "expired"])
def test_what_came_to_nothing_is_no_tandem(state):
    TandemFactory(state=state, founded_on=None)

    assert tally().founded.founded.sum() == 0


def test_the_number_moves_at_once_when_a_tandem_begins():
    tandem = wanted_by_both()
    before = (int(tally().founded.founded.sum()), sum(tally().waiting.people.values()))

    move_tandem(tandem_id=tandem.pk, to=TandemState.TRIAL, by=UserFactory(), at=NOON)

    assert before == (0, 0)
    assert int(tally().founded.founded.sum()) == 1


def test_an_end_sets_both_free_to_wait_again():
    tandem = TandemFactory()
    before = sum(tally().waiting.people.values())

    move_tandem(tandem_id=tandem.pk, to=TandemState.ENDED, by=UserFactory(), at=NOON)

    assert (before, sum(tally().waiting.people.values())) == (0, 2)


def test_who_has_a_tandem_or_is_asked_or_pauses_is_not_waiting():
    TandemFactory()
    wanted_by_both()
    ParticipationFactory(state="paused")
    waits = ParticipationFactory(side=Side.NEWCOMER)

    counted = tally().waiting.people

    assert counted == {(waits.site.carrier_id, waits.site.land, "newcomer"): 1}


def test_what_is_kept_is_found_without_counting_again(django_assert_num_queries):
    TandemFactory()
    tally()

    with django_assert_num_queries(3):
        tally()


def test_indicators_count_what_somebody_may_see(world):
    TandemFactory(site=world.sister)

    running = next(each for each in all_indicators() if each.name == "running")
    seen = {
        role: running.count(world.users[role], None)[""]
        for role in ("coordinator", "carrier_lead", "network", "ministry", "volunteer")
    }

    assert seen == {
        "coordinator": 1,
        "carrier_lead": 2,
        "network": 3,
        "ministry": 0,
        "volunteer": 0,
    }


@pytest.mark.parametrize("group", ["site", "carrier", "land"])
def test_every_indicator_counts_by_its_groups(world, group):
    user = world.users["network"]

    for indicator in all_indicators():
        if group in indicator.groups:
            grouped = indicator.count(user, group)
            assert sum(grouped.values()) == indicator.count(user, None)[""]
