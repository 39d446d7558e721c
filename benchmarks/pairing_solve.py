"""One assignment problem, and the three that solve it: each loads its library when it is asked.

``python -m benchmarks.pairing_solve SOLVER FILE`` lets one of them solve a problem from a file and
prints the peak memory of the process, which is that of this solver alone.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

CANDIDATES_PER_NEWCOMER = 50


@dataclass(frozen=True)
class Problem:
    """``size`` people a side, 50 candidates a newcomer, 1 to 3 places a volunteer."""

    size: int
    volunteer: npt.NDArray[np.int64]
    newcomer: npt.NDArray[np.int64]
    score: npt.NDArray[np.float64]
    capacity: npt.NDArray[np.int64]

    @classmethod
    def of(cls, size: int, *, seed: int = 1) -> "Problem":
        rng = np.random.default_rng(seed)
        rows = np.repeat(np.arange(size), CANDIDATES_PER_NEWCOMER)
        keys = np.unique(rows * size + rng.integers(0, size, len(rows)))
        score = rng.integers(0, 1_000_001, len(keys)) / 1_000_000
        capacity = rng.integers(1, 4, size)
        return cls(size, keys % size, keys // size, score, capacity)

    @classmethod
    def read(cls, path: Path) -> "Problem":
        with np.load(path) as content:
            volunteer, newcomer, score, capacity, size = (content[name] for name in content.files)
        return cls(int(size), volunteer, newcomer, score, capacity)

    def write(self, path: Path) -> None:
        np.savez(path, self.volunteer, self.newcomer, self.score, self.capacity, self.size)


def ours(problem: Problem) -> tuple[int, int]:
    from tandemwerk.pairing import assign

    found = assign(
        problem.volunteer,
        problem.newcomer,
        problem.score,
        capacity=problem.capacity,
        newcomers=problem.size,
    )
    return found.count, round(found.total * 1_000_000)


def ortools(problem: Problem) -> tuple[int, int]:
    """Return the same from OR-Tools, with the arrays as it wants them."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    flow = SimpleMinCostFlow()
    weight = np.rint(problem.score * 1_000_000).astype(np.int64)
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        problem.volunteer.astype(np.int32),
        (problem.newcomer + problem.size).astype(np.int32),
        np.ones(len(weight), dtype=np.int64),
        -weight,
    )
    nodes = np.arange(2 * problem.size, dtype=np.int32)
    flow.set_nodes_supplies(nodes, np.concatenate([problem.capacity, np.full(problem.size, -1)]))
    if flow.solve_max_flow_with_min_cost() != flow.OPTIMAL:
        raise SystemExit("OR-Tools gave up")
    chosen = np.asarray(flow.flows(arcs)) > 0
    return int(chosen.sum()), int(weight[chosen].sum())


def scipy(problem: Problem) -> tuple[int, int]:
    """Return the same from SciPy, which wants one column per place and a full matching.

    So every newcomer gets a column for staying alone, dearer than all pairs together.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    first = np.concatenate([[0], np.cumsum(problem.capacity)])
    copies = problem.capacity[problem.volunteer]
    nth = np.arange(copies.sum()) - np.repeat(np.cumsum(copies) - copies, copies)
    alone = np.arange(problem.size)
    dear = 1_000_002 * problem.size
    cost = 1_000_001 - np.rint(problem.score * 1_000_000)
    rows = np.concatenate([np.repeat(problem.newcomer, copies), alone])
    columns = np.concatenate([np.repeat(first[problem.volunteer], copies) + nth, first[-1] + alone])
    costs = np.concatenate([np.repeat(cost, copies), np.full(problem.size, dear)])
    shape = (problem.size, int(first[-1]) + problem.size)
    graph = coo_array((costs, (rows, columns)), shape=shape).tocsr()
    paid = np.asarray(graph[min_weight_full_bipartite_matching(graph)]).ravel()
    paid = paid[paid < dear]
    return len(paid), int((1_000_001 - paid).sum())


SOLVERS: dict[str, Callable[[Problem], tuple[int, int]]] = {
    "ours": ours,
    "ortools": ortools,
    "scipy": scipy,
}


def peak_mb() -> int:
    """Return what this process needed at most.

    From Linux itself: what ``getrusage`` says of a process includes its parent at the start of it.
    """
    words = Path("/proc/self/status").read_text(encoding="ascii").split()
    return int(words[words.index("VmHWM:") + 1]) // 1024


if __name__ == "__main__":
    SOLVERS[sys.argv[1]](Problem.read(Path(sys.argv[2])))
    print(peak_mb())
