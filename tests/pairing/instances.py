"""Random assignment problems, and slow solvers that share nothing with ours."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from tandemwerk.pairing import Assignment, assign, check_assignment


@dataclass(frozen=True)
class Problem:
    """Candidates as ``assign`` takes them; scores are whole hundredths, so sums compare exactly."""

    volunteer: npt.NDArray[np.int64]
    newcomer: npt.NDArray[np.int64]
    score: npt.NDArray[np.float64]
    capacity: npt.NDArray[np.int64]
    newcomers: int

    def solve(self) -> Assignment:
        return assign(
            self.volunteer,
            self.newcomer,
            self.score,
            capacity=self.capacity,
            newcomers=self.newcomers,
        )

    def check(self, result: Assignment, *, optimal: bool = True) -> None:
        check_assignment(
            self.volunteer,
            self.newcomer,
            self.score,
            capacity=self.capacity,
            newcomers=self.newcomers,
            result=result,
            optimal=optimal,
        )

    def hundredths(self, result: Assignment) -> int:
        return int(np.rint(self.score[result.pairs] * 100).sum())


def random_problem(seed: int, *, most: int = 5) -> Problem:
    """Return a small problem with many ties, some empty sides and some full volunteers."""
    rng = np.random.default_rng(seed)
    volunteers, newcomers = int(rng.integers(0, most + 1)), int(rng.integers(0, most + 1))
    allowed = np.argwhere(rng.random((volunteers, newcomers)) < rng.choice([0.2, 0.5, 0.9]))
    return Problem(
        volunteer=allowed[:, 0],
        newcomer=allowed[:, 1],
        score=rng.integers(0, rng.choice([3, 101]), len(allowed)) / 100,
        capacity=rng.integers(0, 4, volunteers),
        newcomers=newcomers,
    )


def sparse_problem(
    seed: int, size: int, *, per_newcomer: int = 50, most_capacity: int = 3
) -> Problem:
    """Return ``size`` people a side with up to ``per_newcomer`` candidates each."""
    rng = np.random.default_rng(seed)
    drawn = np.unique(
        np.repeat(np.arange(size), per_newcomer) * size + rng.integers(0, size, size * per_newcomer)
    )
    return Problem(
        volunteer=drawn % size,
        newcomer=drawn // size,
        score=rng.integers(0, 101, len(drawn)) / 100,
        capacity=rng.integers(1, most_capacity + 1, size),
        newcomers=size,
    )


@st.composite
def problems(draw: st.DrawFn, *, most: int = 6) -> Problem:
    """Problems of every shape: empty sides, no candidates, no places, ties, doubled candidates."""
    volunteers, newcomers = draw(st.integers(0, most)), draw(st.integers(0, most))
    pair = st.tuples(
        st.integers(0, max(volunteers - 1, 0)),
        st.integers(0, max(newcomers - 1, 0)),
        st.sampled_from([0, 1, 50, 99, 100]),
    )
    pairs = draw(st.lists(pair, max_size=20)) if volunteers and newcomers else []
    columns = np.array(pairs, dtype=np.int64).reshape(-1, 3)
    return Problem(
        volunteer=columns[:, 0],
        newcomer=columns[:, 1],
        score=columns[:, 2] / 100,
        capacity=np.array(
            draw(st.lists(st.integers(0, 3), min_size=volunteers, max_size=volunteers)),
            dtype=np.int64,
        ),
        newcomers=newcomers,
    )


def best_by_trying_all(problem: Problem) -> tuple[int, int]:
    """Return (count, total in hundredths) of the best assignment by trying every one of them."""
    choices: list[list[tuple[int, int]]] = [[] for _ in range(problem.newcomers)]
    for v, n, score in zip(problem.volunteer, problem.newcomer, problem.score, strict=True):
        choices[n].append((int(v), round(score * 100)))

    @cache
    def best(newcomer: int, places: tuple[int, ...]) -> tuple[int, int]:
        if newcomer == problem.newcomers:
            return 0, 0
        found = best(newcomer + 1, places)
        for volunteer, worth in choices[newcomer]:
            if places[volunteer]:
                left = (*places[:volunteer], places[volunteer] - 1, *places[volunteer + 1 :])
                count, total = best(newcomer + 1, left)
                found = max(found, (count + 1, total + worth))
        return found

    return best(0, tuple(problem.capacity.tolist()))


def best_with_some_first(problem: Problem, first: list[bool]) -> tuple[int, int, int]:
    """Return (count, how many who go first, hundredths) of the best by trying every assignment."""
    choices: list[list[tuple[int, int]]] = [[] for _ in range(problem.newcomers)]
    for v, n, score in zip(problem.volunteer, problem.newcomer, problem.score, strict=True):
        choices[n].append((int(v), round(score * 100)))

    @cache
    def best(newcomer: int, places: tuple[int, ...]) -> tuple[int, int, int]:
        if newcomer == problem.newcomers:
            return 0, 0, 0
        found = best(newcomer + 1, places)
        for volunteer, worth in choices[newcomer]:
            if places[volunteer]:
                left = (*places[:volunteer], places[volunteer] - 1, *places[volunteer + 1 :])
                count, ahead, total = best(newcomer + 1, left)
                found = max(found, (count + 1, ahead + first[newcomer], total + worth))
        return found

    return best(0, tuple(problem.capacity.tolist()))


def best_by_dense_matrix(problem: Problem) -> tuple[int, int]:
    """Return (count, hundredths) from SciPy's Hungarian method on one column per place."""
    place = np.repeat(np.arange(len(problem.capacity)), problem.capacity)
    bonus = 100 * problem.newcomers + 1
    worth = np.zeros((problem.newcomers, len(problem.capacity)), dtype=np.int64)
    points = np.rint(problem.score * 100).astype(np.int64) + bonus
    np.maximum.at(worth, (problem.newcomer, problem.volunteer), points)
    matrix = worth[:, place]
    rows, columns = linear_sum_assignment(matrix, maximize=True)
    chosen = matrix[rows, columns]
    chosen = chosen[chosen > 0]
    return len(chosen), int((chosen - bonus).sum())


def best_by_sparse_matching(problem: Problem) -> tuple[int, int]:
    """Return (count, hundredths) from SciPy's LAPJVsp.

    That one wants a full matching, so each newcomer gets a column of its own for staying alone,
    which costs more than all pairs together could gain.
    """
    first = np.concatenate([[0], np.cumsum(problem.capacity)])
    copies = problem.capacity[problem.volunteer]
    rows = np.repeat(problem.newcomer, copies)
    nth = np.arange(copies.sum()) - np.repeat(np.cumsum(copies) - copies, copies)
    columns = np.repeat(first[problem.volunteer], copies) + nth
    costs = np.repeat(101 - np.rint(problem.score * 100), copies)
    alone = np.arange(problem.newcomers)
    dear = 101 * problem.newcomers + 1
    graph = coo_array(
        (
            np.concatenate([costs, np.full(problem.newcomers, dear)]),
            (np.concatenate([rows, alone]), np.concatenate([columns, first[-1] + alone])),
        ),
        shape=(problem.newcomers, int(first[-1]) + problem.newcomers),
    ).tocsr()
    matched_rows, matched_columns = min_weight_full_bipartite_matching(graph)
    paid = np.asarray(graph[matched_rows, matched_columns]).ravel()
    paid = paid[paid < dear]
    return len(paid), int((101 - paid).sum())
