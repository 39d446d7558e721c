"""People of several sites paired together: more tandems, and nobody sent away without need."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.pairing import Walls, pair_people
from tests.pairing.people import TODAY, locate, newcomer, random_map, random_people, volunteer


def run(givers, takers, walls, where=locate):
    return pair_people(givers, takers, locate=where, today=TODAY, walls=walls)


def pairs_of(result):
    return [(tandem.volunteer_id, tandem.newcomer_id) for tandem in result.tandems]


def test_somebody_is_sent_to_another_site_where_that_makes_a_tandem_more():
    givers = [volunteer("V1"), volunteer("V2")]
    takers = [newcomer("N1"), newcomer("N2")]
    walls = Walls(site_of={"V1": 1, "N1": 1, "N2": 1, "V2": 2})

    result = run(givers, takers, walls)

    assert (len(result.tandems), result.alone, sorted(result.inside)) == (2, 1, [False, True])


def test_the_own_site_comes_before_a_better_pair_elsewhere():
    far = newcomer("N1", postcode="86316")
    givers = [volunteer("V1"), volunteer("V2", postcode="86316")]

    result = run(givers, [far], Walls(site_of={"V1": 1, "N1": 1, "V2": 2}))

    assert pairs_of(result) == [("V1", "N1")]


def test_a_pair_inside_is_given_up_for_one_tandem_more():
    """V1 could take N1 of the own site, but only V1 can take N2 of the other one."""
    givers = [volunteer("V1", max_km=60), volunteer("V2", postcode="86316")]
    takers = [newcomer("N1"), newcomer("N2", postcode="80331", max_km=60)]
    walls = Walls(site_of={"V1": 1, "N1": 1, "V2": 2, "N2": 3})

    result = run(givers, takers, walls)

    assert pairs_of(result) == [("V2", "N1"), ("V1", "N2")]
    assert (result.alone, list(result.inside)) == (1, [False, False])


def test_guests_are_paired_neither_inside_nor_with_other_guests():
    givers = [volunteer("V1"), volunteer("V2")]
    takers = [newcomer("N1"), newcomer("N2")]
    walls = Walls(site_of={"V1": 1, "V2": 2, "N1": 2, "N2": 3}, guests=frozenset({2, 3}))

    result = run(givers, takers, walls)

    assert len(result.tandems) == 1
    assert result.tandems[0].volunteer_id == "V1"


def test_the_shown_score_is_that_of_the_pair_whatever_the_walls():
    givers, takers = [volunteer("V1")], [newcomer("N1")]

    (here,) = run(givers, takers, Walls(site_of={"V1": 1, "N1": 1})).tandems
    (across,) = run(givers, takers, Walls(site_of={"V1": 1, "N1": 2})).tandems

    assert here.score == across.score


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), sites=st.integers(1, 6))
def test_together_is_never_less_than_alone_nor_than_without_walls(seed, sites):
    givers, takers = random_people(seed)
    everybody = [*givers, *takers]
    walls = Walls(site_of={one.id: number % sites for number, one in enumerate(everybody)})
    where = random_map(seed).get

    result = run(givers, takers, walls, where)

    assert len(result.tandems) == len(
        pair_people(givers, takers, locate=where, today=TODAY).tandems
    )
    assert result.alone <= len(result.tandems)
    assert result.alone == sum(
        len(
            pair_people(
                [one for one in givers if walls.site_of[one.id] == site],
                [one for one in takers if walls.site_of[one.id] == site],
                locate=where,
                today=TODAY,
            ).tandems
        )
        for site in range(sites)
    )


@pytest.mark.parametrize(("giver", "taker"), [*product([1, 2], repeat=2)])
def test_walls_say_which_pairs_may_be(giver, taker):
    walls = Walls(site_of={"V1": giver, "N1": taker}, guests=frozenset({2}))

    result = run([volunteer("V1")], [newcomer("N1")], walls)

    assert len(result.tandems) == (0 if (giver, taker) == (2, 2) else 1)
