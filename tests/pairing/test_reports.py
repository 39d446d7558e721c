"""What a run gave up, how it treated groups, and whom to recruit."""

from datetime import timedelta

import numpy as np
import pytest

from tandemwerk.pairing import (
    Level,
    PairingInputError,
    Wanted,
    Weights,
    fairness_report,
    given_up,
    pair_people,
    to_mask,
    whom_to_recruit,
)
from tandemwerk.pairing.fairness import FEWEST, wilson
from tandemwerk.pairing.population import Population
from tandemwerk.pairing.vocabulary import SLOTS, GenderWish
from tests.pairing.people import (
    TODAY,
    locate,
    newcomer,
    random_map,
    random_people,
    volunteer,
)

EVENING = to_mask(["tue-evening"], SLOTS)


def test_what_going_first_costs_is_said_in_fit_and_in_people():
    fits = newcomer("N1", languages={"de": Level.C2})
    waits = newcomer("N2", waiting_since=TODAY - timedelta(days=400))
    weights = Weights.default().with_max_wait(365)
    giver = volunteer(languages={"de": Level.C2})
    run = pair_people([giver], [fits, waits], locate=locate, today=TODAY, weights=weights)

    found = given_up(run.population, run.candidates, run.chosen, weights)

    assert (found.tandems, found.others) == (1, 1)
    assert found.fit < found.best_fit
    assert (found.overdue, found.overdue_paired, found.overdue_otherwise) == (1, 1, 0)
    assert (found.days, found.days_otherwise) == (400, 0)


@pytest.mark.parametrize("seed", range(5))
def test_fit_alone_never_fits_worse_than_the_run(seed):
    givers, takers = random_people(seed)
    weights = Weights.default()
    run = pair_people(givers, takers, locate=random_map(seed).get, today=TODAY)

    found = given_up(run.population, run.candidates, run.chosen, weights)

    assert found.fit <= found.best_fit
    assert found.tandems == run.counts.tandems


def test_weights_that_only_say_whose_turn_it_is_leave_no_fit_to_compare():
    run = pair_people([volunteer()], [newcomer()], locate=locate, today=TODAY)

    with pytest.raises(PairingInputError):
        given_up(run.population, run.candidates, run.chosen, Weights({"waiting": 1}))


def report(takers, paired, givers=()):
    population = Population.of(list(givers), takers, locate=locate, today=TODAY)
    rows = fairness_report(
        population,
        volunteers=np.zeros(len(givers), dtype=bool),
        newcomers=np.array(paired, dtype=bool),
        year=2025,
    )
    return {(row.side, row.trait, row.value): row for row in rows}


def test_each_group_has_its_share_its_interval_and_its_wait():
    takers = [
        newcomer(f"N{number}", gender="f", waiting_since=TODAY - timedelta(days=10 * number))
        for number in range(10)
    ]

    row = report(takers, [True] * 8 + [False] * 2)["newcomer", "gender", "f"]

    assert (row.people, row.paired, row.share) == (10, 8, 0.8)
    assert (row.mean_days, row.median_days) == (45.0, 45.0)
    assert (round(row.low, 3), round(row.high, 3)) == (0.49, 0.943)


def test_a_group_of_fewer_than_five_has_counts_and_nothing_else():
    takers = [newcomer(f"N{number}", gender="d") for number in range(FEWEST - 1)]

    row = report(takers, [True] * len(takers))["newcomer", "gender", "d"]

    assert (row.people, row.paired) == (4, 4)
    assert (row.share, row.low, row.high, row.mean_days, row.median_days) == (None,) * 5


def test_people_are_grouped_by_first_language_age_and_district():
    takers = [
        newcomer("N1", languages={"fa": Level.L1, "ps": Level.L1, "de": Level.A2}, birth_year=2008),
        newcomer("N2", languages={"de": Level.B1, "en": Level.A2}, birth_year=1960),
        newcomer("N3", postcode="", birth_year=None),
    ]

    rows = report(takers, [True, False, False])

    assert {key[1:]: row.people for key, row in rows.items()} == {
        ("everybody", ""): 3,
        ("language", "de"): 2,
        ("language", "fa"): 1,
        ("language", "ps"): 1,
        ("gender", "-"): 3,
        ("age", ""): 1,
        ("age", "0-17"): 1,
        ("age", "60+"): 1,
        ("district", "861"): 2,
        ("district", ""): 1,
    }


def test_volunteers_without_a_place_are_not_waiting_for_anybody():
    rows = report([], [], givers=[volunteer("V1", capacity=0), volunteer("V2")])

    assert rows["volunteer", "everybody", ""].people == 1


@pytest.mark.parametrize(("paired", "people"), [(0, 5), (5, 5), (3, 7), (500, 1000)])
def test_the_interval_holds_the_share_and_stays_between_none_and_all(paired, people):
    low, high = wilson(paired, people)

    assert 0 <= low <= paired / people <= high <= 1


def wanted(*takers, **change) -> tuple[Wanted, ...]:
    population = Population.of([], takers, locate=locate, today=TODAY)
    return whom_to_recruit(population, np.arange(len(takers)), **change)


def test_the_kind_that_helps_most_comes_first_and_nobody_is_counted_twice():
    dari_men = [
        newcomer(
            f"D{number}",
            languages={"fa": Level.L1},
            availability=EVENING,
            wishes_gender=GenderWish.MALE,
            waiting_since=TODAY - timedelta(days=30),
        )
        for number in range(3)
    ]
    german = [newcomer("G1", availability=EVENING, is_minor=True, group_size=4)]

    found = wanted(*dari_men, *german)

    assert [(one.language, one.gender, one.time, one.region, one.newcomers) for one in found] == [
        ("fa", "m", "evening", "86", 3),
        ("de", "any", "evening", "86", 1),
    ]
    assert (found[0].days, found[0].place, found[1].minors, found[1].groups) == (30, "86150", 1, 1)
    assert found[0].ids == ("D0", "D1", "D2")


def test_who_speaks_german_is_served_by_the_language_that_is_easiest_to_find():
    (one,) = wanted(newcomer(languages={"ar": Level.L1, "de": Level.A2}))

    assert one.language == "de"


def test_topics_that_most_of_them_want_are_named():
    school = [newcomer(f"N{number}", topics=1) for number in range(2)]

    (one,) = wanted(*school, newcomer("N9"))

    assert one.topics == ("school",)


@pytest.mark.parametrize("seed", range(4))
def test_everybody_whose_record_is_complete_is_on_the_list_once(seed):
    _, takers = random_people(seed)
    complete = {
        taker.id
        for taker in takers
        if taker.postcode
        and taker.availability
        and any(level >= Level.A2 for level in taker.languages.values())
    }

    found = wanted(*takers)

    listed = [name for one in found for name in one.ids]
    assert sorted(listed) == sorted(complete)
    assert [one.newcomers for one in found] == sorted(
        (one.newcomers for one in found), reverse=True
    )
