from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.pairing import (
    HardRule,
    PairingInputError,
    Stage,
    Weights,
    check_assignment,
    pair_people,
)
from tandemwerk.pairing.assignment import Assignment
from tests.pairing.people import (
    TODAY,
    locate,
    newcomer,
    plain_broken,
    random_map,
    random_people,
    volunteer,
)


def run(givers, takers, **change):
    return pair_people(givers, takers, **{"locate": locate, "today": TODAY} | change)


def pairs_of(result):
    return [(tandem.volunteer_id, tandem.newcomer_id) for tandem in result.tandems]


def test_a_run_pairs_those_who_fit_and_names_everybody_else():
    result = run(
        [volunteer("V1", capacity=2), volunteer("V2", postcode="10115")],
        [newcomer("N1", priority=1), newcomer("N2", priority=2), newcomer("N3")],
    )

    assert pairs_of(result) == [("V1", "N1"), ("V1", "N2")]
    assert [(one.side, one.id) for one in result.left] == [("volunteer", "V2"), ("newcomer", "N3")]
    assert (
        result.counts.places,
        result.counts.candidates,
        result.counts.tandems,
        result.counts.left_volunteers,
        result.counts.left_newcomers,
    ) == (3, 3, 2, 1, 1)


def test_everybody_is_either_in_a_tandem_or_left():
    givers, takers = random_people(4)

    result = run(givers, takers, locate=random_map(4).get)

    paired = {("volunteer", v) for v, _ in pairs_of(result)}
    paired |= {("newcomer", n) for _, n in pairs_of(result)}
    left = [(one.side, one.id) for one in result.left]
    assert paired.isdisjoint(left)
    assert paired.union(left) == {("volunteer", giver.id) for giver in givers} | {
        ("newcomer", taker.id) for taker in takers
    }


@pytest.mark.parametrize("seed", range(5))
def test_no_tandem_breaks_a_hard_rule_and_the_result_is_the_best_possible(seed):
    points = random_map(seed)
    givers, takers = random_people(seed)
    blocked = [(givers[0].id, taker.id) for taker in takers]

    result = run(givers, takers, locate=points.get, blocked=blocked)

    people = {person.id: person for person in (*givers, *takers)}
    for v, n in pairs_of(result):
        assert not plain_broken(people[v], people[n], points=points, blocked=blocked)
    position = {
        (
            result.population.volunteers.ids[v],
            result.population.newcomers.ids[n],
        ): row
        for row, (v, n) in enumerate(
            zip(result.candidates.volunteer, result.candidates.newcomer, strict=True)
        )
    }
    check_assignment(
        result.candidates.volunteer,
        result.candidates.newcomer,
        result.scores,
        capacity=result.population.capacity,
        newcomers=len(takers),
        result=Assignment(
            pairs=np.array([position[pair] for pair in pairs_of(result)], dtype=np.int64),
            count=result.counts.tandems,
            total=result.total,
        ),
        optimal=True,
    )
    assert sum(tandem.score for tandem in result.tandems) == pytest.approx(result.total)


@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 1000), random=st.randoms())
def test_the_order_of_people_changes_nothing_at_all(seed, random):
    points = random_map(seed)
    givers, takers = random_people(seed, volunteers=12, newcomers=12)
    mixed_givers, mixed_takers = list(givers), list(takers)
    random.shuffle(mixed_givers)
    random.shuffle(mixed_takers)

    result = run(givers, takers, locate=points.get)
    mixed = run(mixed_givers, mixed_takers, locate=points.get)

    assert (mixed.tandems, mixed.left, mixed.total, mixed.input_hash) == (
        result.tandems,
        result.left,
        result.total,
        result.input_hash,
    )


def test_the_hash_of_the_inputs_changes_with_each_of_them():
    giver, taker = volunteer(), newcomer()
    plain = run([giver], [taker])

    others = [
        run([replace(giver, max_km=11)], [taker]),
        run([giver], [replace(taker, priority=1)]),
        run([giver], [taker], blocked=[("V1", "N1")]),
        run([giver], [taker], weights=Weights({"age": 1})),
        run([giver], [taker], today=TODAY + timedelta(days=1)),
        run([giver], [taker], locate=lambda _: (48.0, 11.0)),
    ]

    assert len({plain.input_hash, *(other.input_hash for other in others)}) == 7
    assert run([giver], [taker]).input_hash == plain.input_hash


def test_under_equal_conditions_who_has_waited_longer_goes_first():
    year = newcomer("N1", waiting_since=TODAY - timedelta(days=365))
    weeks = newcomer("N2", waiting_since=TODAY - timedelta(days=14))

    result = run([volunteer()], [weeks, year])

    assert pairs_of(result) == [("V1", "N1")]


def test_nobody_at_all_is_a_result_too():
    result = run([], [])

    assert (result.tandems, result.left, result.counts.tandems, result.total) == ((), (), 0, 0.0)


def test_those_without_a_known_place_are_counted():
    result = run([volunteer(postcode="99999")], [newcomer(), newcomer("N2", postcode="")])

    assert result.counts.unlocated == 2


def test_the_observer_hears_every_stage_in_order():
    heard = []

    run([volunteer()], [newcomer()], observer=heard.append)

    assert heard == list(Stage)


def test_the_result_names_the_rules_and_weights_it_was_made_with():
    weights = Weights({"topics": 1})

    result = run([volunteer()], [newcomer()], weights=weights)

    assert (result.rules, result.weights, result.today) == (tuple(HardRule), weights, TODAY)


@pytest.mark.parametrize(
    ("givers", "takers", "change"),
    [
        ([volunteer(), volunteer()], [], {}),
        ([], [newcomer(), newcomer()], {}),
        ([], [], {"weights": Weights({"shoe_size": 1})}),
    ],
)
def test_what_cannot_be_worked_with_is_refused(givers, takers, change):
    with pytest.raises(PairingInputError):
        run(givers, takers, **change)


def test_a_thousand_by_a_thousand_is_paired_and_proved():
    givers, takers = random_people(11, volunteers=1000, newcomers=1000, places=100)

    result = run(givers, takers, locate=random_map(11, places=100).get)

    assert result.counts.candidates > 10_000
    assert result.counts.tandems > 500


def test_where_every_pair_is_blocked_nobody_is_paired_and_everybody_is_told():
    givers = [volunteer("V1"), volunteer("V2")]
    takers = [newcomer("N1"), newcomer("N2"), newcomer("N3")]
    blocked = [(giver.id, taker.id) for giver in givers for taker in takers]

    result = run(givers, takers, blocked=blocked)

    assert (result.counts.candidates, result.counts.tandems) == (0, 0)
    assert {one.relax.rule for one in result.left} == {HardRule.BLOCKED}
