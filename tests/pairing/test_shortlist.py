"""The short list of the best candidates finds what the flow over all of them finds, or says so."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.pairing import Assignment, assign, check_assignment
from tandemwerk.pairing import assignment as assignment_module
from tandemwerk.pairing import shortlist as shortlist_module
from tandemwerk.pairing.assignment import MANY_EACH, SMALL, Instance, by_flow
from tandemwerk.pairing.shortlist import by_shortlist
from tests.pairing.instances import (
    Problem,
    best_by_trying_all,
    best_with_some_first,
    problems,
    sparse_problem,
)

#: As long as it takes: however many are missing, the list is solved again.
WHOLE = {"rounds": 1_000, "gap": 0}


def instance_of(problem: Problem, first=None) -> Instance:
    return Instance.checked(
        problem.volunteer,
        problem.newcomer,
        problem.score,
        capacity=problem.capacity,
        newcomers=problem.newcomers,
        first=first,
    )


def worth(problem: Problem, result: Assignment) -> tuple[int, int]:
    return result.count, problem.hundredths(result)


@settings(deadline=None, max_examples=400)
@given(problem=problems(), best=st.integers(1, 4))
def test_however_short_the_list_is_at_first_the_result_is_the_best_of_all(problem, best):
    instance = instance_of(problem)

    result = instance.result(by_shortlist(instance, best=best, **WHOLE))

    assert worth(problem, result) == best_by_trying_all(problem)
    problem.check(result)


@settings(deadline=None, max_examples=200)
@given(problem=problems(), data=st.data(), best=st.integers(1, 3))
def test_who_goes_first_comes_after_the_number_and_before_the_total(problem, data, best):
    size = problem.newcomers
    first = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=bool)
    instance = instance_of(problem, first)

    result = instance.result(by_shortlist(instance, best=best, **WHOLE))

    ahead = int(first[problem.newcomer[result.pairs]].sum())
    expected = best_with_some_first(problem, first.tolist())
    assert (result.count, ahead, problem.hundredths(result)) == expected


@settings(deadline=None, max_examples=200)
@given(problem=problems(), data=st.data(), best=st.integers(1, 3))
def test_the_order_of_candidates_changes_neither_count_nor_total(problem, data, best):
    order = np.array(data.draw(st.permutations(range(len(problem.score)))), dtype=np.int64)
    instance = instance_of(problem)
    shuffled = Instance.checked(
        problem.volunteer[order],
        problem.newcomer[order],
        problem.score[order],
        capacity=problem.capacity,
        newcomers=problem.newcomers,
    )

    result = instance.result(by_shortlist(instance, best=best, **WHOLE))
    other = shuffled.result(by_shortlist(shuffled, best=best, **WHOLE))

    assert (result.count, result.total) == (other.count, other.total)


@settings(deadline=None)
@given(problem=problems(), best=st.integers(1, 3), rounds=st.integers(0, 2), gap=st.integers(0, 3))
def test_a_list_that_is_given_up_says_so_and_any_other_is_right(problem, best, rounds, gap):
    instance = instance_of(problem)

    pairs = by_shortlist(instance, best=best, rounds=rounds, gap=gap)

    assert pairs is None or worth(problem, instance.result(pairs)) == best_by_trying_all(problem)


@pytest.mark.parametrize(
    ("shape", "most_capacity", "scarce"),
    [((1_500, 40), 3, False), ((1_500, 40), 1, True), ((800, 60), 1, False), ((900, 3), 2, False)],
)
def test_larger_problems_equal_the_flow_and_are_proved(shape, most_capacity, scarce):
    size, per = shape
    problem = sparse_problem(4, size, per_newcomer=per, most_capacity=most_capacity)
    if scarce:
        problem.capacity[::2] = 0
    instance = instance_of(problem)

    result = instance.result(by_shortlist(instance, **WHOLE))

    assert worth(problem, result) == worth(problem, instance.result(by_flow(instance)))
    problem.check(result)


#: Both prefer volunteer 0, who has one place: who gives way needs what is not on a list of one.
CROWD = Problem(
    volunteer=np.array([0, 1, 0, 1]),
    newcomer=np.array([0, 0, 1, 1]),
    score=np.array([0.9, 0.8, 0.7, 0.1]),
    capacity=np.array([1, 1]),
    newcomers=2,
)


def test_what_is_missing_on_the_list_is_found_by_its_price_and_put_there():
    instance = instance_of(CROWD)

    pairs = by_shortlist(instance, best=1, rounds=3, gap=0)

    assert pairs.tolist() == [1, 2]


def test_where_a_second_list_is_needed_one_round_is_not_enough():
    instance = instance_of(CROWD)

    assert by_shortlist(instance, best=1, rounds=1, gap=0) is None
    assert by_shortlist(instance, best=1, rounds=3) is None


def test_prices_that_climb_in_small_steps_are_given_up(monkeypatch):
    monkeypatch.setattr(shortlist_module, "STEPS", 1)

    assert by_shortlist(instance_of(CROWD), best=2) is None


def many_each(*, common: bool) -> Problem:
    """Return a problem for the short list; with ``common`` all prefer the same volunteers."""
    size, per = 1_000, 50
    problem = sparse_problem(3, size, per_newcomer=per)
    assert SMALL < len(problem.score) >= MANY_EACH * size
    popular = np.random.default_rng(3).integers(0, 101, size) / 100
    score = popular[problem.volunteer] if common else problem.score
    return Problem(problem.volunteer, problem.newcomer, score, problem.capacity, size)


@pytest.mark.parametrize("common", [False, True])
def test_assign_takes_the_list_where_there_are_many_and_the_flow_where_that_fails(common):
    problem = many_each(common=common)
    instance = instance_of(problem)

    result = problem.solve()

    assert (by_shortlist(instance) is None) == common
    assert worth(problem, result) == worth(problem, instance.result(by_flow(instance)))
    problem.check(result)


def test_assign_gives_the_same_pairs_however_the_candidates_are_listed():
    problem = many_each(common=False)
    order = np.random.default_rng(1).permutation(len(problem.score))

    pairs = problem.solve().pairs
    other = assign(
        problem.volunteer[order],
        problem.newcomer[order],
        problem.score[order],
        capacity=problem.capacity,
        newcomers=problem.newcomers,
    ).pairs

    assert np.sort(order[other]).tolist() == pairs.tolist()


@pytest.mark.parametrize(("middle", "many"), [(0, 0), (10**6, 0), (10**6, 10**6)])
def test_every_way_that_size_decides_has_the_same_worth(middle, many, monkeypatch):
    problem = sparse_problem(6, 400, per_newcomer=30)
    expected = worth(problem, problem.solve())
    monkeypatch.setattr(assignment_module, "SMALL", 0)
    monkeypatch.setattr(assignment_module, "MIDDLE", middle)
    monkeypatch.setattr(assignment_module, "MANY_EACH", many)

    result = problem.solve()

    assert worth(problem, result) == expected
    problem.check(result)


def test_nothing_that_was_given_is_changed():
    problem = many_each(common=False)
    arrays = problem.volunteer, problem.newcomer, problem.score, problem.capacity
    for array in arrays:
        array.flags.writeable = False

    result = problem.solve()

    check_assignment(*arrays[:3], capacity=arrays[3], newcomers=problem.newcomers, result=result)


def test_a_middling_problem_is_solved_without_the_compiler():
    code = (
        "import sys, numpy as np; from tandemwerk.pairing import assign;"
        "n, v = np.divmod(np.arange(40_000), 200);"
        "assign(v, n, (v * 7 + n * 3) % 101 / 100, capacity=[1] * 200, newcomers=200);"
        "print('numba' in sys.modules)"
    )

    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )

    assert run.stdout.strip() == "False"
