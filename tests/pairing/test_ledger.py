import numpy as np
import pytest

from tandemwerk.pairing import (
    Change,
    HardRule,
    Ledger,
    Move,
    PairingInputError,
    Weights,
    assign,
    pair_people,
    why_not,
)
from tandemwerk.pairing.assignment import Instance, by_flow
from tandemwerk.pairing.population import Population
from tests.pairing.instances import Problem
from tests.pairing.people import TODAY, locate, newcomer, random_map, random_people, volunteer


def problem_of(seed: int) -> tuple[Problem, np.ndarray]:
    rng = np.random.default_rng(seed)
    volunteers, newcomers = rng.integers(1, 8, 2)
    allowed = np.argwhere(rng.random((volunteers, newcomers)) < 0.5)
    problem = Problem(
        volunteer=allowed[:, 0],
        newcomer=allowed[:, 1],
        score=rng.integers(0, 101, len(allowed)) / 100,
        capacity=rng.integers(0, 3, volunteers),
        newcomers=int(newcomers),
    )
    return problem, rng.random(newcomers) < (0.4 if seed % 2 else 0)


def ledger_of(problem: Problem, first: np.ndarray) -> Ledger:
    instance = Instance.checked(
        problem.volunteer,
        problem.newcomer,
        problem.score,
        capacity=problem.capacity,
        newcomers=problem.newcomers,
        first=first,
    )
    return Ledger.proved(
        tuple(f"V{number}" for number in range(len(problem.capacity))),
        tuple(f"N{number}" for number in range(problem.newcomers)),
        instance,
        instance.result(by_flow(instance)),
    )


def worth(problem: Problem, first: np.ndarray) -> tuple[int, int, int]:
    found = assign(
        problem.volunteer,
        problem.newcomer,
        problem.score,
        capacity=problem.capacity,
        newcomers=problem.newcomers,
        first=first,
    )
    ahead = int(first[problem.newcomer[found.pairs]].sum())
    return found.count, ahead, problem.hundredths(found)


def worth_with(problem: Problem, edge: int, first: np.ndarray) -> tuple[int, int, int]:
    """Solve again what is left when this pair is taken for granted."""
    taken = problem.newcomer[edge]
    capacity = problem.capacity.copy()
    capacity[problem.volunteer[edge]] -= 1
    rest = problem.newcomer != taken
    others = Problem(
        problem.volunteer[rest],
        problem.newcomer[rest],
        problem.score[rest],
        capacity,
        problem.newcomers,
    )
    count, ahead, total = worth(others, first)
    own = round(problem.score[edge] * 100)
    return count + 1, ahead + int(first[taken]), total + own


def figures(change: Change) -> tuple[int, int, int]:
    return change.tandems, change.overdue, round(change.total * 100)


@pytest.mark.parametrize("seed", range(60))
def test_a_forced_pair_costs_what_solving_again_says(seed):
    problem, first = problem_of(seed)
    ledger, before = ledger_of(problem, first), worth(problem, first)

    for edge, (v, n) in enumerate(zip(problem.volunteer, problem.newcomer, strict=True)):
        change = ledger.forced(f"V{v}", f"N{n}")

        if not problem.capacity[v]:
            assert change is None
            continue
        after = worth_with(problem, edge, first)
        assert figures(change) == tuple(np.subtract(after, before))


@pytest.mark.parametrize("seed", range(0, 60, 2))
def test_the_other_pairs_of_a_person_come_in_the_order_of_what_they_cost(seed):
    problem, first = problem_of(seed)
    ledger = ledger_of(problem, first)

    for n in range(problem.newcomers):
        others = ledger.instead(newcomer_id=f"N{n}")

        costs = [figures(change) for change in others]
        assert costs == sorted(costs, reverse=True)
        assert costs == [
            figures(ledger.forced(change.volunteer_id, change.newcomer_id)) for change in others
        ]
    for v in range(len(problem.capacity)):
        others = ledger.instead(volunteer_id=f"V{v}")

        costs = [figures(change) for change in others]
        assert costs == sorted(costs, reverse=True)


@pytest.mark.parametrize("seed", range(60))
def test_one_place_more_brings_what_solving_again_says(seed):
    problem, first = problem_of(seed)
    before = worth(problem, first)

    tandems, scores = ledger_of(problem, first).one_place_more()

    for v in np.flatnonzero(problem.capacity):
        more = problem.capacity.copy()
        more[v] += 1
        wider = Problem(problem.volunteer, problem.newcomer, problem.score, more, problem.newcomers)
        after = worth(wider, first)
        assert (after[0] - before[0], after[2] - before[2]) == (tandems[v], round(scores[v] * 100))


@pytest.mark.parametrize("seed", range(30))
def test_who_can_take_more_is_who_would_bring_a_tandem_with_a_newcomer_of_their_own(seed):
    problem, first = problem_of(seed)
    before = worth(problem, first)

    can = ledger_of(problem, first).can_take_more

    for v in range(len(problem.capacity)):
        guest = Problem(
            np.append(problem.volunteer, v),
            np.append(problem.newcomer, problem.newcomers),
            np.append(problem.score, 0.5),
            problem.capacity,
            problem.newcomers + 1,
        )
        after = worth(guest, np.append(first, False))
        assert bool(can[v]) is (after[0] > before[0])


def books(givers, takers, points=locate) -> Ledger:
    population = Population.of(givers, takers, locate=points, today=TODAY)
    return Ledger.of(population, Weights.default())


@pytest.mark.parametrize("seed", range(4))
def test_the_books_hold_the_tandems_of_the_run(seed):
    givers, takers = random_people(seed)
    points = random_map(seed).get

    ledger = books(givers, takers, points)

    result = pair_people(givers, takers, locate=points, today=TODAY)
    paired = ledger.mate[ledger.mate >= 0]
    assert sorted(
        (ledger.volunteer_ids[v], ledger.newcomer_ids[n])
        for v, n in zip(
            ledger.instance.volunteer[paired], ledger.instance.newcomer[paired], strict=True
        )
    ) == sorted((one.volunteer_id, one.newcomer_id) for one in result.tandems)


def test_a_forced_pair_names_everybody_who_moves():
    near, far = volunteer("V1"), volunteer("V2", postcode="86316")
    both = [newcomer("N1", topics=1), newcomer("N2", priority=3)]
    ledger = books([near, far], both)
    own = {both[n].id: ledger.forced("V1", both[n].id) for n in (0, 1)}
    other = next(name for name, change in own.items() if change.moves)
    moved = next(name for name, change in own.items() if not change.moves)

    assert own[other].moves == (
        Move(other, "V2", "V1"),
        Move(moved, "V1", "V2"),
    )
    assert (own[other].tandems, own[other].total <= 0) == (0, True)


def test_a_pair_that_would_cost_a_tandem_says_so():
    ledger = books([volunteer("V1")], [newcomer("N1"), newcomer("N2", priority=3)])

    change = ledger.forced("V1", "N1")

    assert change.tandems == 0
    assert change.moves == (Move("N1", None, "V1"), Move("N2", "V1", None))


def test_a_pair_that_the_rules_forbid_cannot_be_forced():
    ledger = books([volunteer(availability=1)], [newcomer(availability=2)])

    assert ledger.forced("V1", "N1") is None


def test_who_is_not_in_the_books_is_named():
    with pytest.raises(PairingInputError, match="nobody here has the id 'V9'"):
        books([volunteer()], [newcomer()]).forced("V9", "N1")


@pytest.mark.parametrize(("givers", "takers"), [(0, 0), (0, 2), (2, 0)])
def test_the_books_of_an_empty_side_answer_too(givers, takers):
    ledger = books(
        [volunteer(f"V{number}") for number in range(givers)],
        [newcomer(f"N{number}") for number in range(takers)],
    )

    tandems, scores = ledger.one_place_more()

    assert (tandems.tolist(), scores.tolist()) == ([0] * givers, [0] * givers)


def ask(givers, takers, volunteer_id, newcomer_id):
    population = Population.of(givers, takers, locate=locate, today=TODAY)
    weights = Weights.default()
    ledger = Ledger.of(population, weights)
    return why_not(population, ledger, weights, volunteer_id=volunteer_id, newcomer_id=newcomer_id)


def test_why_not_names_the_rules_that_forbid_the_pair():
    answer = ask([volunteer("V1"), volunteer("V2", kinds=2)], [newcomer()], "V2", "N1")

    assert (answer.asked.broken, answer.change) == ((HardRule.KIND,), None)
    assert answer.has.volunteer_id == "V1"


def test_why_not_says_what_the_pair_would_cost_where_it_is_allowed():
    answer = ask([volunteer("V1"), volunteer("V2", postcode="86316")], [newcomer()], "V2", "N1")

    assert answer.asked.broken == ()
    assert answer.change.total == pytest.approx(answer.asked.score - answer.has.score, abs=1e-6)
    assert answer.change.total < 0
    assert answer.change.moves == (Move("N1", "V1", "V2"),)


def test_why_not_of_a_newcomer_without_anybody_has_no_other_pair():
    answer = ask([volunteer(kinds=2)], [newcomer()], "V1", "N1")

    assert answer.has is None
