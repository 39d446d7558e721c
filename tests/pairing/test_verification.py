import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from tandemwerk.pairing import InvalidAssignmentError, check_assignment
from tandemwerk.pairing.assignment import Assignment, Instance
from tandemwerk.pairing.verification import certify, check_certificate
from tests.pairing.instances import (
    Problem,
    best_by_trying_all,
    problems,
    random_problem,
    sparse_problem,
)

#: Two volunteers (one place, two places), three newcomers, every pair a candidate.
SMALL = Problem(
    volunteer=np.array([0, 0, 0, 1, 1, 1]),
    newcomer=np.array([0, 1, 2, 0, 1, 2]),
    score=np.array([0.9, 0.5, 0.1, 0.4, 0.4, 0.3]),
    capacity=np.array([1, 2]),
    newcomers=3,
)


def made_of(problem: Problem, pairs: list[int]) -> Assignment:
    chosen = np.array(pairs, dtype=np.int64)
    return Assignment(pairs=chosen, count=len(chosen), total=float(problem.score[chosen].sum()))


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (made_of(SMALL, [0, 3]), "newcomer 0 is paired 2 times"),
        (made_of(SMALL, [4, 4]), "newcomer 1 is paired 2 times"),
        (made_of(SMALL, [0, 1, 5]), "volunteer 0 is paired 2 times, capacity is 1"),
        (Assignment(np.array([0, 6]), 2, 1.0), "a pair is outside 0 to 5"),
        (Assignment(np.array([-1]), 1, 0.3), "a pair is outside 0 to 5"),
        (Assignment(np.array([0.5]), 1, 0.3), "pairs is not a list of positions"),
        (replace(made_of(SMALL, [0, 4]), count=3), "count is 3, there are 2 pairs"),
        (replace(made_of(SMALL, [0]), total=0.91), "total is 0.91, the scores add up to 0.9"),
        (
            replace(made_of(SMALL, [0]), total=float("nan")),
            "total is nan, the scores add up to 0.9",
        ),
    ],
)
def test_a_broken_assignment_is_named(broken, message):
    with pytest.raises(InvalidAssignmentError, match=f"^{re.escape(message)}$"):
        SMALL.check(broken, optimal=False)


@pytest.mark.parametrize(
    "pairs",
    [
        pytest.param([], id="nobody paired"),
        pytest.param([0, 4], id="one tandem fewer than possible"),
        pytest.param([1, 3, 5], id="as many tandems, a smaller total"),
    ],
)
def test_a_feasible_assignment_that_is_not_the_best_is_caught_unless_only_feasibility_is_asked_for(
    pairs,
):
    result = made_of(SMALL, pairs)

    SMALL.check(result, optimal=False)
    with pytest.raises(InvalidAssignmentError, match=r"^not optimal"):
        SMALL.check(result, optimal=True)


def test_the_best_assignment_is_proved():
    SMALL.check(made_of(SMALL, [0, 4, 5]), optimal=True)


@pytest.mark.parametrize("seed", range(200))
def test_an_assignment_is_proved_exactly_when_trying_all_finds_none_better(seed):
    problem = random_problem(seed)
    rng = np.random.default_rng(seed)
    chosen: list[int] = []
    for position in rng.permutation(len(problem.score)).tolist():
        tried = made_of(problem, [*chosen, position])
        try:
            problem.check(tried, optimal=False)
        except InvalidAssignmentError:
            continue
        chosen.append(position)
    result = made_of(problem, chosen)
    is_best = (result.count, problem.hundredths(result)) == best_by_trying_all(problem)

    try:
        problem.check(result, optimal=True)
        is_proved = True
    except InvalidAssignmentError:
        is_proved = False

    assert is_proved == is_best


@settings(deadline=None)
@given(problem=problems())
def test_the_checker_changes_nothing_and_accepts_every_result(problem: Problem):
    result = problem.solve()
    before = result.pairs.copy()

    problem.check(result)

    assert result.pairs.tolist() == before.tolist()


@pytest.mark.parametrize("tampered", ["base", "price", "gain", "bound", "candidate"])
def test_a_forged_certificate_proves_nothing(tampered):
    problem = sparse_problem(5, 50, per_newcomer=4)
    result = problem.solve()
    instance = Instance.checked(
        problem.volunteer,
        problem.newcomer,
        problem.score,
        capacity=problem.capacity,
        newcomers=problem.newcomers,
    )
    proof = certify(instance, result)
    check_certificate(instance, result, proof)
    forged = {
        "base": replace(proof, base=0),
        "price": replace(proof, price=proof.price - proof.price.max() - 1),
        "gain": replace(proof, gain=proof.gain - proof.gain.max() - 1),
        "bound": replace(proof, gain=proof.gain + 1),
        "candidate": replace(proof, gain=np.zeros_like(proof.gain)),
    }[tampered]

    with pytest.raises(InvalidAssignmentError, match=r"^certificate: "):
        check_certificate(instance, result, forged)


def test_plain_lists_are_checked_like_arrays():
    result = Assignment(pairs=np.array([0]), count=1, total=0.5)

    check_assignment([0], [0], [0.5], capacity=[1], newcomers=1, result=result)
