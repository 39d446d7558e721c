import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from tandemwerk.pairing import PairingInputError, assign
from tests.pairing.instances import (
    Problem,
    best_by_dense_matrix,
    best_by_sparse_matching,
    best_by_trying_all,
    problems,
    random_problem,
    sparse_problem,
)


def test_two_tandems_come_before_the_one_best_pair():
    result = assign([0, 0, 1], [0, 1, 0], [0.9, 0.2, 0.4], capacity=[1, 1], newcomers=2)

    assert result.pairs.tolist() == [1, 2]
    assert (result.count, result.total) == (2, pytest.approx(0.6))


def test_among_equally_many_tandems_the_greatest_total_wins():
    result = assign([0, 0, 1, 1], [0, 1, 0, 1], [0.9, 0.8, 0.8, 0.6], capacity=[1, 1], newcomers=2)

    assert result.pairs.tolist() == [1, 2]


def test_a_volunteer_with_two_places_takes_two_newcomers():
    result = assign([0, 0, 0], [0, 1, 2], [0.1, 0.9, 0.5], capacity=[2], newcomers=3)

    assert result.pairs.tolist() == [1, 2]


@pytest.mark.parametrize("seed", range(250))
def test_small_problems_agree_with_trying_every_assignment(seed):
    problem = random_problem(seed)

    result = problem.solve()

    assert (result.count, problem.hundredths(result)) == best_by_trying_all(problem)
    problem.check(result)


@pytest.mark.parametrize("seed", range(40))
def test_middling_problems_agree_with_the_hungarian_method(seed):
    problem = random_problem(seed, most=60)

    result = problem.solve()

    assert (result.count, problem.hundredths(result)) == best_by_dense_matrix(problem)
    problem.check(result)


@pytest.mark.parametrize(
    ("seed", "size", "per_newcomer"), [(1, 300, 3), (2, 1000, 2), (3, 1000, 50)]
)
def test_larger_problems_agree_with_scipys_sparse_matching(seed, size, per_newcomer):
    problem = sparse_problem(seed, size, per_newcomer=per_newcomer)

    result = problem.solve()

    assert (result.count, problem.hundredths(result)) == best_by_sparse_matching(problem)
    problem.check(result)


@pytest.mark.parametrize(
    ("rows", "columns"), [(1, 1), (40, 60), (200, 150), (300, 300), (800, 800)]
)
def test_dense_problems_equal_linear_sum_assignment(rows, columns):
    cost = np.random.default_rng(rows).integers(1, 101, (rows, columns))
    newcomer, volunteer = np.divmod(np.arange(rows * columns), columns)
    least = cost[linear_sum_assignment(cost)].sum()

    result = assign(
        volunteer,
        newcomer,
        1 - cost.ravel() / 101,
        capacity=np.ones(columns, dtype=np.int64),
        newcomers=rows,
    )

    assert cost.ravel()[result.pairs].sum() == least
    assert result.count == min(rows, columns)
    assert result.total == pytest.approx(result.count - least / 101)


@settings(deadline=None)
@given(problem=problems())
def test_any_problem_is_solved_exactly_and_the_proof_holds(problem: Problem):
    result = problem.solve()

    assert (result.count, problem.hundredths(result)) == best_by_trying_all(problem)
    problem.check(result)


@settings(deadline=None)
@given(problem=problems(), data=st.data())
def test_the_order_of_candidates_never_matters(problem: Problem, data: st.DataObject):
    order = np.array(data.draw(st.permutations(range(len(problem.score)))), dtype=np.int64)
    shuffled = Problem(
        problem.volunteer[order],
        problem.newcomer[order],
        problem.score[order],
        problem.capacity,
        problem.newcomers,
    )

    result, other = problem.solve(), shuffled.solve()

    assert (result.count, result.total) == (other.count, other.total)


@settings(deadline=None)
@given(problem=problems(), data=st.data())
def test_renumbering_the_people_changes_neither_count_nor_total(
    problem: Problem, data: st.DataObject
):
    volunteers, newcomers = len(problem.capacity), problem.newcomers
    new_v = np.array(data.draw(st.permutations(range(volunteers))), dtype=np.int64)
    new_n = np.array(data.draw(st.permutations(range(newcomers))), dtype=np.int64)
    capacity = np.zeros(volunteers, dtype=np.int64)
    capacity[new_v] = problem.capacity
    renumbered = Problem(
        new_v[problem.volunteer], new_n[problem.newcomer], problem.score, capacity, newcomers
    )

    result, other = problem.solve(), renumbered.solve()

    assert (result.count, result.total) == (other.count, other.total)


def test_different_pairs_without_ties_do_not_depend_on_the_order_of_candidates():
    problem = sparse_problem(7, 200, per_newcomer=5)
    order = np.random.default_rng(1).permutation(len(problem.score))
    shuffled = Problem(
        problem.volunteer[order],
        problem.newcomer[order],
        problem.score[order],
        problem.capacity,
        problem.newcomers,
    )

    pairs = problem.solve().pairs
    others = np.sort(order[shuffled.solve().pairs])

    assert pairs.tolist() == others.tolist()


@settings(deadline=None)
@given(problem=problems(), data=st.data())
def test_one_candidate_more_never_lowers_the_count(problem: Problem, data: st.DataObject):
    if not len(problem.capacity) or not problem.newcomers:
        return
    more = Problem(
        np.append(problem.volunteer, data.draw(st.integers(0, len(problem.capacity) - 1))),
        np.append(problem.newcomer, data.draw(st.integers(0, problem.newcomers - 1))),
        np.append(problem.score, data.draw(st.sampled_from([0.0, 0.5, 1.0]))),
        problem.capacity,
        problem.newcomers,
    )

    assert more.solve().count >= problem.solve().count


@pytest.mark.parametrize(
    ("capacity", "newcomers"), [([], 0), ([], 3), ([1, 2], 0), ([1, 2], 3), ([0, 0], 3)]
)
def test_nobody_is_paired_where_there_are_no_candidates(capacity, newcomers):
    result = assign([], [], [], capacity=capacity, newcomers=newcomers)

    assert (result.pairs.tolist(), result.count, result.total) == ([], 0, 0.0)


def test_nobody_is_paired_where_no_volunteer_has_a_place():
    result = assign([0, 1], [0, 0], [1.0, 1.0], capacity=[0, 0], newcomers=1)

    assert (result.pairs.tolist(), result.count) == ([], 0)


def test_of_a_doubled_candidate_the_better_one_is_taken():
    result = assign([0, 0], [0, 0], [0.3, 0.7], capacity=[2], newcomers=1)

    assert result.pairs.tolist() == [1]


@settings(deadline=None, max_examples=25)
@given(score=st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_the_total_is_the_plain_sum_of_scores_of_any_precision(score):
    size = len(score)

    result = assign(range(size), range(size), score, capacity=[1] * size, newcomers=size)

    assert result.total == pytest.approx(sum(score), abs=1e-12)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"volunteer": [0, 2]}, "volunteer names a position outside 0 to 1"),
        ({"newcomer": [0, -1]}, "newcomer names a position outside 0 to 1"),
        ({"score": [0.5, float("nan")]}, "score is outside 0 to 1"),
        ({"score": [0.5, 1.01]}, "score is outside 0 to 1"),
        ({"score": [0.5]}, "volunteer, newcomer and score differ in length"),
        ({"volunteer": [0.0, 1.0]}, "volunteer is not a list of whole numbers"),
        ({"capacity": [1, -1]}, "capacity and newcomers cannot be below 0"),
        ({"newcomers": -1}, "capacity and newcomers cannot be below 0"),
    ],
)
def test_arguments_that_make_no_problem_are_refused(change, message):
    arguments = {
        "volunteer": [0, 1],
        "newcomer": [0, 1],
        "score": [0.5, 0.5],
        "capacity": [1, 1],
        "newcomers": 2,
    } | change

    with pytest.raises(PairingInputError) as caught:
        assign(
            arguments["volunteer"],
            arguments["newcomer"],
            arguments["score"],
            capacity=arguments["capacity"],
            newcomers=arguments["newcomers"],
        )

    assert str(caught.value) == message
