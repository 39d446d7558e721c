"""Who has waited longest goes first: before every score, after the number of tandems."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.pairing import (
    Assignment,
    InvalidAssignmentError,
    PairingInputError,
    Weights,
    assign,
    check_assignment,
    pair_people,
)
from tandemwerk.pairing.assignment import Instance, by_flow
from tandemwerk.pairing.bidding import by_bidding
from tests.pairing.instances import Problem, best_with_some_first, problems, sparse_problem
from tests.pairing.people import TODAY, locate, newcomer, volunteer


def instance_of(problem: Problem, first: np.ndarray) -> Instance:
    return Instance.checked(
        problem.volunteer,
        problem.newcomer,
        problem.score,
        capacity=problem.capacity,
        newcomers=problem.newcomers,
        first=first,
    )


@settings(deadline=None)
@given(problem=problems(), data=st.data(), patience=st.integers(0, 4))
def test_the_number_comes_first_then_who_goes_first_then_the_total(problem, data, patience):
    size = problem.newcomers
    first = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=bool)
    instance = instance_of(problem, first)
    expected = best_with_some_first(problem, first.tolist())

    ways = [by_flow(instance), by_bidding(instance, patience=patience)]

    for pairs in ways:
        result = instance.result(pairs)
        ahead = int(first[problem.newcomer[result.pairs]].sum())
        assert (result.count, ahead, problem.hundredths(result)) == expected
        check_assignment(
            problem.volunteer,
            problem.newcomer,
            problem.score,
            capacity=problem.capacity,
            newcomers=size,
            first=first,
            result=result,
        )


def test_many_who_go_first_where_places_are_scarce_are_solved_like_the_flow_does():
    problem = sparse_problem(5, 1500, per_newcomer=8, most_capacity=1)
    problem = Problem(
        problem.volunteer, problem.newcomer, problem.score, problem.capacity * 0 + 1, 1500
    )
    places = np.where(np.arange(1500) % 2, 1, 0)
    first = np.arange(1500) % 3 == 0
    problem = Problem(problem.volunteer, problem.newcomer, problem.score, places, 1500)
    instance = instance_of(problem, first)

    flow, bidding = instance.result(by_flow(instance)), instance.result(by_bidding(instance))

    ahead = [int(first[problem.newcomer[one.pairs]].sum()) for one in (flow, bidding)]
    assert (flow.count, ahead[0]) == (bidding.count, ahead[1])
    assert flow.total == pytest.approx(bidding.total)


def test_the_proof_refuses_a_result_that_passes_over_who_goes_first():
    problem = {"volunteer": [0, 0], "newcomer": [0, 1], "score": [0.9, 0.2]}
    sizes = {"capacity": [1], "newcomers": 2}
    greedy = Assignment(pairs=np.array([0]), count=1, total=0.9)

    check_assignment(**problem, **sizes, result=greedy)
    with pytest.raises(InvalidAssignmentError, match=r"^not optimal"):
        check_assignment(**problem, **sizes, result=greedy, first=[False, True])


@pytest.mark.parametrize("first", [[True], [0, 1], [[True, False]]])
def test_first_must_be_true_or_false_for_each_newcomer(first):
    with pytest.raises(PairingInputError) as caught:
        assign([0], [0], [1.0], capacity=[1], newcomers=2, first=first)

    assert str(caught.value) == "first is not true or false for each newcomer"


def pair(*takers, longest: float):
    weights = Weights.default().with_max_wait(longest)
    return pair_people([volunteer()], takers, locate=locate, today=TODAY, weights=weights)


def test_past_the_maximum_wait_nothing_else_outweighs_the_waiting():
    urgent = newcomer("N1", priority=3, waiting_since=TODAY - timedelta(days=364))
    overdue = newcomer("N2", languages={"de": 2}, waiting_since=TODAY - timedelta(days=365))

    without, with_it = pair(urgent, overdue, longest=0), pair(urgent, overdue, longest=365)

    assert [one.newcomer_id for one in without.tandems] == ["N1"]
    assert [one.newcomer_id for one in with_it.tandems] == ["N2"]
    assert (with_it.counts.overdue, with_it.counts.overdue_paired) == (1, 1)


def test_nobody_loses_a_tandem_because_somebody_else_waited_too_long():
    overdue = newcomer("N1", waiting_since=TODAY - timedelta(days=900))
    others = [newcomer(f"N{number}", postcode="86316") for number in (2, 3)]
    near, far = volunteer("V1"), volunteer("V2", postcode="86316", max_km=0)

    result = pair_people(
        [near, far],
        [overdue, *others],
        locate=locate,
        today=TODAY,
        weights=Weights.default().with_max_wait(365),
    )

    assert result.counts.tandems == 2
    assert result.tandems[0].newcomer_id == "N1"
