"""Families and other groups: one place however many they are, and more than one volunteer."""

import numpy as np
import pytest

from tandemwerk.pairing import HardRule, Ledger, PairingInputError, Weights, pair_people
from tandemwerk.pairing.population import Population
from tests.pairing.people import TODAY, locate, newcomer, random_map, random_people, volunteer


def pairs_of(givers, takers, **change):
    result = pair_people(givers, takers, **{"locate": locate, "today": TODAY} | change)
    return [(one.volunteer_id, one.newcomer_id) for one in result.tandems], result


def test_a_group_takes_one_place_of_its_volunteer():
    pairs, _ = pairs_of(
        [volunteer(capacity=2)], [newcomer("N1", group_size=5), newcomer("N2", group_size=4)]
    )

    assert pairs == [("V1", "N1"), ("V1", "N2")]


@pytest.mark.parametrize(("most", "size", "fits"), [(None, 9, True), (3, 3, True), (3, 4, False)])
def test_a_group_is_no_larger_than_its_volunteer_would_take(most, size, fits):
    pairs, result = pairs_of([volunteer(max_group=most)], [newcomer(group_size=size)])

    assert bool(pairs) is fits
    if not fits:
        assert [one.relax.rule for one in result.left] == [HardRule.GROUP_SIZE] * 2


def test_a_group_gets_as_many_volunteers_as_it_wants_and_each_of_them_once():
    pairs, result = pairs_of(
        [volunteer("V1", capacity=3), volunteer("V2"), volunteer("V3"), volunteer("V4")],
        [newcomer(volunteers_wanted=3)],
    )

    assert len(pairs) == len(set(pairs)) == 3
    assert (result.counts.tandems, result.counts.further) == (3, 2)


def test_everybody_has_a_volunteer_before_a_group_has_two():
    pairs, result = pairs_of(
        [volunteer("V1"), volunteer("V2")],
        [newcomer("N1", volunteers_wanted=2, priority=3), newcomer("N2")],
    )

    assert {n for _, n in pairs} == {"N1", "N2"}
    assert (result.counts.further, result.counts.left_newcomers) == (0, 0)


@pytest.mark.parametrize("seed", range(6))
def test_further_volunteers_of_groups_change_nothing_for_anybody_else(seed):
    givers, takers = random_people(seed)
    rng = np.random.default_rng(seed)
    groups = [
        newcomer_with(taker, wanted=int(rng.integers(1, 4))) if rng.random() < 0.3 else taker
        for taker in takers
    ]
    points = random_map(seed)

    alone, _ = pairs_of(givers, takers, locate=points.get)
    more, result = pairs_of(givers, groups, locate=points.get)

    assert set(alone) <= set(more)
    assert result.counts.further == len(more) - len(alone)
    places = {giver.id: giver.capacity for giver in givers}
    assert all(sum(v == one for v, _ in more) <= places[one] for one in places)
    wanted = {taker.id: taker.volunteers_wanted for taker in groups}
    assert all(sum(n == one for _, n in more) <= wanted[one] for one in wanted)


def test_who_has_a_volunteer_already_comes_after_those_who_have_none():
    has_one = newcomer("N1", volunteers_wanted=2, volunteers_found=1, priority=3)

    one_place, _ = pairs_of([volunteer("V1")], [has_one, newcomer("N2")])
    two_places, result = pairs_of([volunteer("V1", capacity=2)], [has_one, newcomer("N2")])

    assert one_place == [("V1", "N2")]
    assert two_places == [("V1", "N1"), ("V1", "N2")]
    assert (result.counts.tandems, result.counts.further) == (2, 1)


def test_a_group_gets_no_more_than_it_still_lacks():
    pairs, _ = pairs_of(
        [volunteer("V1"), volunteer("V2"), volunteer("V3")],
        [
            newcomer("N1", volunteers_wanted=3, volunteers_found=2),
            newcomer("N2", volunteers_wanted=2, volunteers_found=2),
        ],
    )

    assert [taker for _, taker in pairs] == ["N1"]


@pytest.mark.parametrize("seed", range(6))
def test_groups_that_have_a_volunteer_take_nothing_from_anybody(seed):
    givers, takers = random_people(seed)
    rng, points = np.random.default_rng(seed), random_map(seed)
    has_one = {taker.id for taker in takers if rng.random() < 0.3}
    groups = [
        newcomer_with(taker, wanted=2, found=1) if taker.id in has_one else taker
        for taker in takers
    ]

    alone, without = pairs_of(
        givers, [taker for taker in takers if taker.id not in has_one], locate=points.get
    )
    more, result = pairs_of(givers, groups, locate=points.get)

    others = [pair for pair in more if pair[1] not in has_one]
    assert others == alone
    assert result.counts.further == len(more) - len(alone)
    assert result.counts.overdue == without.counts.overdue


def test_the_books_hold_no_pair_of_a_group_that_has_a_volunteer():
    people = (
        [volunteer("V1", capacity=2)],
        [newcomer("N1", volunteers_wanted=2, volunteers_found=1), newcomer("N2")],
    )
    ledger = Ledger.of(Population.of(*people, locate=locate, today=TODAY), Weights.default())

    assert ledger.forced("V1", "N1") is None
    assert ledger.instead(newcomer_id="N1") == ()
    assert ledger.mate.tolist() == [-1, 0]
    assert ledger.can_take_more.tolist() == [True]


def newcomer_with(taker, *, wanted: int, found: int = 0):
    values = {name: getattr(taker, name) for name in taker.__dataclass_fields__}
    return type(taker)(**values | {"volunteers_wanted": wanted, "volunteers_found": found})


@pytest.mark.parametrize(
    "make",
    [
        lambda: volunteer(max_group=0),
        lambda: newcomer(volunteers_wanted=4),
        lambda: newcomer(volunteers_wanted=2, volunteers_found=3),
    ],
)
def test_sizes_that_cannot_be_are_refused(make):
    with pytest.raises(PairingInputError):
        make()
