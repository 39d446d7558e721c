"""What is compiled for large populations gives, to the last pair, what small ones get."""

from dataclasses import replace

import numpy as np
import pytest

from tandemwerk.pairing import candidates as candidates_module
from tandemwerk.pairing import pair_people
from tandemwerk.pairing.candidates import find_candidates
from tandemwerk.pairing.population import Population
from tandemwerk.pairing.relaxation import relaxations
from tests.pairing.people import TODAY, plain_broken, random_map, random_people


def population_of(seed: int) -> tuple[Population, dict]:
    points = random_map(seed)
    givers, takers = random_people(seed, volunteers=90, newcomers=70)
    blocked = [(giver.id, taker.id) for giver in givers[::3] for taker in takers[::4]]
    people = Population.of(givers, takers, locate=points.get, today=TODAY, blocked=blocked)
    return people, {"givers": givers, "takers": takers, "points": points, "blocked": blocked}


@pytest.fixture
def compiled(monkeypatch):
    monkeypatch.setattr(candidates_module, "LARGE", -1)


@pytest.mark.parametrize("block", [7, 1_000_000])
@pytest.mark.parametrize("seed", range(8))
def test_the_compiled_sieve_finds_what_the_plain_rules_allow(seed, block, compiled):
    population, plain = population_of(seed)
    expected = [
        (n, v)
        for n, taker in enumerate(plain["takers"])
        for v, giver in enumerate(plain["givers"])
        if giver.capacity
        and not plain_broken(giver, taker, points=plain["points"], blocked=plain["blocked"])
    ]

    found = find_candidates(population, block=block)

    assert list(zip(found.newcomer.tolist(), found.volunteer.tolist(), strict=True)) == expected


@pytest.mark.parametrize("seed", range(8))
def test_compiled_relaxations_are_those_of_the_arrays(seed, monkeypatch):
    population, _ = population_of(seed)
    everybody = {
        "volunteers": np.arange(len(population.volunteers)),
        "newcomers": np.arange(len(population.newcomers)),
    }

    small = relaxations(population, **everybody)
    monkeypatch.setattr(candidates_module, "LARGE", -1)
    large = relaxations(population, **everybody)

    assert large == small


@pytest.mark.parametrize("seed", range(4))
def test_a_run_with_compiled_loops_is_the_same_run(seed, monkeypatch):
    points = random_map(seed).get
    givers, takers = random_people(seed)

    small = pair_people(givers, takers, locate=points, today=TODAY)
    monkeypatch.setattr(candidates_module, "LARGE", -1)
    large = pair_people(givers, takers, locate=points, today=TODAY)

    assert (large.tandems, large.left, large.input_hash) == (
        small.tandems,
        small.left,
        small.input_hash,
    )


@pytest.mark.parametrize(("volunteers", "newcomers"), [(0, 0), (0, 5), (5, 0)])
def test_compiled_loops_take_an_empty_side(volunteers, newcomers, compiled):
    givers, takers = random_people(1, volunteers=volunteers, newcomers=newcomers)

    result = pair_people(givers, takers, locate=random_map(1).get, today=TODAY)

    assert result.counts.tandems == 0


def test_a_language_beyond_the_sixty_fourth_is_shared_in_compiled_loops_too(compiled):
    givers, takers = random_people(2)
    many = {f"x{number:02}": 3 for number in range(70)}
    givers = [replace(giver, languages=many, capacity=1) for giver in givers]
    takers = [replace(taker, languages={"x69": 3}) for taker in takers]
    points = random_map(2)
    population = Population.of(givers, takers, locate=points.get, today=TODAY)

    found = find_candidates(population)

    assert len(found) == sum(
        not plain_broken(giver, taker, points=points) for giver in givers for taker in takers
    )
