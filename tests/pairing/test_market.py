"""Exact bidding against the maximum flow of minimum cost, which shares none of its code."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from tandemwerk.pairing import assign, check_assignment
from tandemwerk.pairing.assignment import Instance, by_flow
from tandemwerk.pairing.bidding import FEW, by_bidding


@st.composite
def problems(draw) -> Instance:
    """Draw small problems full of ties, doubled candidates, empty sides and full places."""
    volunteers, newcomers = draw(st.integers(1, 9)), draw(st.integers(0, 9))
    positions = st.tuples(
        st.integers(0, volunteers - 1),
        st.integers(0, max(newcomers - 1, 0)),
        st.sampled_from([0, 1, 2, 500_000, 999_999, 1_000_000]),
    )
    rows = draw(st.lists(positions, max_size=40 if newcomers else 0))
    capacity = draw(st.lists(st.integers(0, 3), min_size=volunteers, max_size=volunteers))
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Instance.checked(
        table[:, 0], table[:, 1], table[:, 2] / 1e6, capacity=capacity, newcomers=newcomers
    )


def worth(problem: Instance, pairs) -> tuple[int, int]:
    return len(pairs), int(problem.weight[pairs].sum())


@settings(deadline=None, max_examples=400)
@given(problem=problems(), patience=st.sampled_from([0, 1, 2, 64]))
def test_bidding_finds_what_the_flow_finds_however_patient_it_is(problem, patience) -> None:
    pairs = by_bidding(problem, patience=patience)

    assert pairs is not None
    assert worth(problem, pairs) == worth(problem, by_flow(problem))


def random_problem(size: int, *, capacity: tuple[int, int], per: int, seed: int) -> Instance:
    rng = np.random.default_rng(seed)
    keys = np.unique(np.repeat(np.arange(size), per) * size + rng.integers(0, size, size * per))
    score = rng.integers(0, 1_000_001, len(keys)) / 1e6
    places = rng.integers(*capacity, size)
    return Instance.checked(keys % size, keys // size, score, capacity=places, newcomers=size)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("capacity", "per"), [((1, 4), 20), ((0, 2), 20), ((0, 2), 3), ((1, 2), 4), ((1, 4), 2)]
)
def test_plenty_and_scarcity_are_solved_alike(capacity, per, seed) -> None:
    problem = random_problem(1_500, capacity=capacity, per=per, seed=seed)

    pairs = by_bidding(problem)

    assert pairs is not None
    assert worth(problem, pairs) == worth(problem, by_flow(problem))


def test_where_hardly_a_place_is_to_spare_the_flow_is_asked() -> None:
    problem = random_problem(2 * FEW, capacity=(1, 2), per=20, seed=1)
    arguments = (problem.volunteer, problem.newcomer, problem.score)
    sizes = {"capacity": problem.capacity, "newcomers": problem.newcomers}

    result = assign(*arguments, **sizes)

    assert by_bidding(problem) is None
    assert worth(problem, result.pairs) == worth(problem, by_flow(problem))
    check_assignment(*arguments, **sizes, result=result)


@pytest.mark.parametrize("size", [300, 800])
def test_dense_problems_equal_those_of_scipy(size: int) -> None:
    rng = np.random.default_rng(size)
    cost = rng.integers(1, 101, (size, size))
    newcomer, volunteer = np.divmod(np.arange(size * size), size)

    result = assign(
        volunteer,
        newcomer,
        1 - cost.ravel() / 101,
        capacity=np.ones(size, dtype=np.int64),
        newcomers=size,
    )

    rows, columns = linear_sum_assignment(cost)
    assert result.count == size
    assert int(cost.ravel()[result.pairs].sum()) == int(cost[rows, columns].sum())
