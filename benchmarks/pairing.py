"""How fast the pairing engine is: ``python -m benchmarks.pairing`` (``--large`` for more).

First ``assign`` beside SciPy's ``min_weight_full_bipartite_matching`` (LAPJVsp), each on the same
problem, taking turns; both are exact, and the table is printed only if they agree. Then the whole
way from two CSV files to the result, as ``tandemwerk pair`` in a process of its own.
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
from scipy.sparse import coo_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from benchmarks.pairing_people import write_lists
from tandemwerk.pairing import assign, check_assignment

SIZES = (1_000, 10_000)
LARGE_SIZES = (*SIZES, 50_000, 100_000)
FILE_SIZES = (1_000, 5_000, 20_000)
LARGE_FILE_SIZES = (*FILE_SIZES, 100_000)
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


def proof(problem: Problem) -> None:
    """Time the verification: our own assignment, proved optimal."""
    arguments = (problem.volunteer, problem.newcomer, problem.score)
    size = {"capacity": problem.capacity, "newcomers": problem.size}
    check_assignment(*arguments, **size, result=assign(*arguments, **size))


def compare_assign(sizes: tuple[int, ...], rounds: int) -> list[dict[str, Any]]:
    rows = []
    for size in sizes:
        problem = Problem.of(size)
        seconds: dict[str, list[float]] = {"ours": [], "scipy": [], "with proof": []}
        for _ in range(rounds if size <= SIZES[-1] else 1):
            mine, spent = _timed(ours, problem)
            seconds["ours"].append(spent)
            theirs, spent = _timed(scipy, problem)
            seconds["scipy"].append(spent)
            seconds["with proof"].append(_timed(proof, problem)[1])
            if mine != theirs:
                raise SystemExit(f"{size}: {mine} is not {theirs}")
        rows.append(
            {
                "people a side": size,
                "candidates": len(problem.score),
                "tandems": mine[0],
                **{f"{name} s": round(median(times), 3) for name, times in seconds.items()},
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
            if run.returncode:
                raise SystemExit(f"{size}: tandemwerk pair ended with {run.returncode}")
            summary = json.loads((folder / "out" / "summary.json").read_text(encoding="utf-8"))
        rows.append(
            {
                "people a side": size,
                "candidates": summary["counts"]["candidates"],
                "tandems": summary["counts"]["tandems"],
                "all s": round(spent, 2),
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
    options = parser.parse_args(arguments)
    assigned = compare_assign(LARGE_SIZES if options.large else SIZES, options.rounds)
    print(table("assign beside SciPy's LAPJVsp, the same problem, median", assigned))
    filed = time_files(LARGE_FILE_SIZES if options.large else FILE_SIZES)
    print(table("\ntandemwerk pair: from files to result, people all over Germany", filed))
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
