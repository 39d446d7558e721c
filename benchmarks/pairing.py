"""How fast the pairing engine is: ``python -m benchmarks.pairing`` (``--large`` for more).

First ``assign`` beside OR-Tools' maximum flow of minimum cost and SciPy's
``min_weight_full_bipartite_matching`` (LAPJVsp), each on the same problem, taking turns; all are
exact, and the table is printed only if they agree. Peak memory is that of a process of its own
which solves the problem and nothing else. Then the whole way from two CSV files to the result, as
``tandemwerk pair`` in a process of its own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from scipy.sparse import coo_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from benchmarks.pairing_people import write_lists
from benchmarks.pairing_plot import growth
from tandemwerk.pairing import assign, check_assignment
from tandemwerk.pairing.warming import compile_kernels

SIZES = (1_000, 10_000)
LARGE_SIZES = (*SIZES, 50_000, 100_000)
FILE_SIZES = (1_000, 5_000, 20_000)
LARGE_FILE_SIZES = (1_000, 5_000, 10_000, 20_000, 50_000, 100_000)
CANDIDATES_PER_NEWCOMER = 50
OUTPUT = Path("var/bench/pairing.json")


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


def ours(problem: Problem) -> tuple[int, int]:
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


def peak_mb(solver: str, size: int) -> int:
    """Return the peak memory of a process that reads the problem and lets ``solver`` solve it.

    Making the problem needs more than solving it, so it comes from a file.
    """
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "problem.npz"
        problem = Problem.of(size)
        np.savez(path, problem.volunteer, problem.newcomer, problem.score, problem.capacity, size)
        command = [sys.executable, "-m", "benchmarks.pairing", "--solve", solver, str(path)]
        with subprocess.Popen(command, env=_environment()) as run:
            _, status, usage = os.wait4(run.pid, 0)
            run.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss // 1024


def scipy(problem: Problem) -> tuple[int, int]:
    """Return the same from SciPy, which wants one column per place and a full matching.

    So every newcomer gets a column for staying alone, dearer than all pairs together.
    """
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


def proof(problem: Problem) -> None:
    """Time the verification: our own assignment, proved optimal."""
    arguments = (problem.volunteer, problem.newcomer, problem.score)
    size = {"capacity": problem.capacity, "newcomers": problem.size}
    check_assignment(*arguments, **size, result=assign(*arguments, **size))


def compare_assign(sizes: tuple[int, ...], rounds: int) -> list[dict[str, Any]]:
    rows = []
    for size in sizes:
        problem = Problem.of(size)
        seconds: dict[str, list[float]] = {
            **{name: [] for name in SOLVERS},
            "with proof": [],
        }
        for number in range(rounds):
            found = {}
            for name, solver in SOLVERS.items():
                if name == "scipy" and number and size > SIZES[-1]:
                    continue  # a minute each; once is enough to see it
                found[name], spent = _timed(solver, problem)
                seconds[name].append(spent)
            seconds["with proof"].append(_timed(proof, problem)[1])
            if len(set(found.values())) > 1:
                raise SystemExit(f"{size}: not equal: {found}")
        rows.append(
            {
                "people a side": size,
                "candidates": len(problem.score),
                "tandems": found["ours"][0],
                **{f"{name} s": round(median(times), 3) for name, times in seconds.items()},
                "times as fast": round(median(seconds["ortools"]) / median(seconds["ours"]), 1),
                "ours MB": peak_mb("ours", size),
                "ortools MB": peak_mb("ortools", size),
            }
        )
    return rows


def time_files(sizes: tuple[int, ...]) -> list[dict[str, Any]]:
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            volunteers, newcomers = write_lists(folder, size)
            command = [sys.executable, "-m", "tandemwerk.config.cli", "pair"]
            command += ["--volunteers", str(volunteers), "--newcomers", str(newcomers)]
            command += ["--out", str(folder / "out")]
            start = perf_counter()
            with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=_environment()) as run:
                _, status, usage = os.wait4(run.pid, 0)
                run.returncode = os.waitstatus_to_exitcode(status)
            spent = perf_counter() - start
            processor = usage.ru_utime + usage.ru_stime
            if run.returncode:
                raise SystemExit(f"{size}: tandemwerk pair ended with {run.returncode}")
            summary = json.loads((folder / "out" / "summary.json").read_text(encoding="utf-8"))
        rows.append(
            {
                "people a side": size,
                "candidates": summary["counts"]["candidates"],
                "tandems": summary["counts"]["tandems"],
                "all s": round(spent, 2),
                "processor s": round(processor, 2),
                "MB": usage.ru_maxrss // 1024,
                **{f"{stage} s": seconds for stage, seconds in summary["seconds"].items()},
            }
        )
    return rows


def table(title: str, rows: list[dict[str, Any]]) -> str:
    """Return rows as aligned text."""
    columns = list(rows[0])
    cells = [[str(row[column]) for column in columns] for row in rows]
    widths = [max(map(len, column)) for column in zip(columns, *cells, strict=True)]
    lines = [
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        for line in (columns, *cells)
    ]
    return "\n".join((title, *lines))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="up to 100,000 people a side")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--files-only", action="store_true", help="leave out the first table")
    parser.add_argument("--plot", type=Path, metavar="SVG", help="draw how time grows")
    parser.add_argument("--solve", nargs=2, metavar=("SOLVER", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.solve:
        solver, path = options.solve
        with np.load(path) as content:
            volunteer, newcomer, score, capacity, size = (content[name] for name in content.files)
        SOLVERS[solver](Problem(int(size), volunteer, newcomer, score, capacity))
        return
    compile_kernels()
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    assigned = []
    if not options.files_only:
        assigned = compare_assign(LARGE_SIZES if options.large else SIZES, options.rounds)
        print(table("assign beside OR-Tools and SciPy, the same problem, median", assigned))
    filed = time_files(LARGE_FILE_SIZES if options.large else FILE_SIZES)
    print(table("\ntandemwerk pair: from files to result, people all over Germany", filed))
    if options.plot:
        options.plot.write_text(growth(filed), encoding="utf-8")
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    content = {"cpus": os.cpu_count(), "assign": assigned, "files": filed}
    OUTPUT.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _timed(call: Callable[[Problem], Any], problem: Problem) -> tuple[Any, float]:
    start = perf_counter()
    result = call(problem)
    return result, perf_counter() - start


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


if __name__ == "__main__":
    main()
