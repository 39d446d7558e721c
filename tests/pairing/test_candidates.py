import numpy as np
import pytest

from tandemwerk.pairing import GenderWish, HardRule, Level, PairingInputError
from tandemwerk.pairing.candidates import find_candidates
from tandemwerk.pairing.hardrules import Pairs, broken_bits, rules_of
from tandemwerk.pairing.population import Population
from tests.pairing.people import (
    POINTS,
    TODAY,
    locate,
    newcomer,
    plain_broken,
    plain_km,
    random_map,
    random_people,
    volunteer,
)


def blocked_at_random(givers, takers, seed):
    rng = np.random.default_rng(seed)
    return {(giver.id, taker.id) for giver in givers for taker in takers if rng.random() < 0.05} | {
        ("nobody", takers[0].id),
        (givers[0].id, "nobody"),
    }


@pytest.mark.parametrize("block", [1, 50, 1_000_000])
@pytest.mark.parametrize("seed", range(12))
def test_the_candidates_are_those_that_the_plain_rules_allow(seed, block):
    points = random_map(seed)
    givers, takers = random_people(seed)
    blocked = blocked_at_random(givers, takers, seed)
    population = Population.of(
        givers, takers, locate=points.get, today=TODAY, blocked=sorted(blocked)
    )
    expected = [
        (n, v, pytest.approx(plain_km(giver, taker, points), abs=1e-6))
        for n, taker in enumerate(takers)
        for v, giver in enumerate(givers)
        if giver.capacity and not plain_broken(giver, taker, points=points, blocked=blocked)
    ]

    found = find_candidates(population, block=block)

    assert (
        list(zip(found.newcomer.tolist(), found.volunteer.tolist(), found.km.tolist(), strict=True))
        == expected
    )
    assert expected


@pytest.mark.parametrize("seed", range(3))
def test_every_pair_breaks_exactly_the_rules_that_the_plain_rules_name(seed):
    points = random_map(seed)
    givers, takers = random_people(seed)
    blocked = blocked_at_random(givers, takers, seed)
    population = Population.of(
        givers, takers, locate=points.get, today=TODAY, blocked=sorted(blocked)
    )
    everyone = Pairs.of(
        population, np.arange(len(givers))[None, :], np.arange(len(takers))[:, None]
    )

    bits = broken_bits(population, everyone)

    assert [[set(rules_of(int(cell))) for cell in row] for row in bits] == [
        [plain_broken(giver, taker, points=points, blocked=blocked) for giver in givers]
        for taker in takers
    ]


@pytest.mark.parametrize(
    ("giver", "taker", "broken"),
    [
        ({}, {}, ()),
        ({"postcode": "86316"}, {}, ()),
        ({"postcode": "80331"}, {}, (HardRule.DISTANCE,)),
        ({"postcode": "86316", "max_km": 5}, {"max_km": 400}, (HardRule.DISTANCE,)),
        ({"postcode": "86316", "max_km": 400}, {"max_km": 5}, (HardRule.DISTANCE,)),
        ({"max_km": 0}, {"max_km": 0}, ()),
        ({"postcode": "99999"}, {"postcode": "99999"}, ()),
        ({"postcode": "99999"}, {}, (HardRule.DISTANCE,)),
        ({"postcode": ""}, {"postcode": ""}, (HardRule.DISTANCE,)),
        ({"languages": {"de": Level.A2}}, {"languages": {"de": Level.A2}}, ()),
        ({"languages": {"de": Level.L1}}, {"languages": {"de": Level.A1}}, (HardRule.LANGUAGE,)),
        ({"languages": {"fa": Level.L1}}, {"languages": {"de": Level.L1}}, (HardRule.LANGUAGE,)),
        ({"languages": {}}, {}, (HardRule.LANGUAGE,)),
        ({"availability": 1 << 20}, {"availability": 1 << 19}, (HardRule.AVAILABILITY,)),
        ({"availability": 0}, {"availability": 0}, (HardRule.AVAILABILITY,)),
        ({"kinds": 0b010}, {"kinds": 0b101}, (HardRule.KIND,)),
        ({"gender": "f"}, {"wishes_gender": GenderWish.FEMALE}, ()),
        ({}, {"wishes_gender": GenderWish.FEMALE}, (HardRule.GENDER,)),
        ({"wishes_gender": GenderWish.DIVERSE}, {"gender": "m"}, (HardRule.GENDER,)),
        ({}, {"is_minor": True}, (HardRule.MINORS,)),
        ({"minors_ok": True}, {"is_minor": True}, ()),
        (
            {"postcode": "10115", "kinds": 0b010},
            {"is_minor": True},
            (HardRule.DISTANCE, HardRule.KIND, HardRule.MINORS),
        ),
    ],
)
def test_each_hard_rule_is_kept_or_broken_as_published(giver, taker, broken):
    population = Population.of(
        [volunteer(**giver)], [newcomer(**taker)], locate=locate, today=TODAY
    )
    pair = Pairs.of(population, np.array([0]), np.array([0]))

    assert rules_of(int(broken_bits(population, pair)[0])) == broken
    assert len(find_candidates(population)) == (not broken)


def test_a_blocked_pair_is_no_candidate():
    population = Population.of(
        [volunteer("V1"), volunteer("V2")],
        [newcomer("N1"), newcomer("N2")],
        locate=locate,
        today=TODAY,
        blocked=[("V1", "N2")],
    )

    found = find_candidates(population)

    assert list(zip(found.volunteer.tolist(), found.newcomer.tolist(), strict=True)) == [
        (0, 0),
        (1, 0),
        (1, 1),
    ]


def test_a_language_beyond_the_sixty_fourth_is_still_shared():
    many = {f"x{number:02}": Level.B1 for number in range(70)}
    population = Population.of(
        [volunteer(languages=many)],
        [newcomer(languages={"x69": Level.B1})],
        locate=locate,
        today=TODAY,
    )

    assert len(find_candidates(population)) == 1


@pytest.mark.parametrize(("givers", "takers"), [(0, 0), (0, 3), (3, 0)])
def test_an_empty_side_has_no_candidates(givers, takers):
    population = Population.of(
        [volunteer(f"V{number}") for number in range(givers)],
        [newcomer(f"N{number}") for number in range(takers)],
        locate=locate,
        today=TODAY,
    )

    assert len(find_candidates(population)) == 0


def test_wide_and_narrow_reach_together_find_everybody_in_reach():
    givers = [volunteer(f"V{number}", max_km=2000.0) for number in range(5)]
    takers = [
        newcomer(f"N{number}", postcode=postcode, max_km=reach)
        for number, (postcode, reach) in enumerate(
            (postcode, reach) for postcode in POINTS for reach in (1.0, 60.0, 2000.0)
        )
    ]
    population = Population.of(givers, takers, locate=locate, today=TODAY)

    found = find_candidates(population, block=7)

    assert len(found) == 5 * sum(
        plain_km(givers[0], taker, POINTS) <= taker.max_km for taker in takers
    )


def test_two_people_with_one_id_are_refused():
    with pytest.raises(PairingInputError) as caught:
        Population.of([volunteer("V1"), volunteer("V1")], [], locate=locate, today=TODAY)

    assert str(caught.value) == "two people on the volunteer side have the id 'V1'"


@pytest.mark.parametrize("point", [(91.0, 0.0), (float("nan"), 0.0), (0.0, 181.0)])
def test_a_place_outside_the_earth_is_refused(point):
    with pytest.raises(PairingInputError, match="86150"):
        Population.of([volunteer()], [], locate=lambda _: point, today=TODAY)
