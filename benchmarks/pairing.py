"""How fast the pairing engine is: ``python -m benchmarks.pairing`` (``--large`` for more).

First ``assign`` beside OR-Tools' maximum flow of minimum cost and SciPy's
``min_weight_full_bipartite_matching`` (LAPJVsp), each on the same problem, taking turns; all are
exact, and the table is printed only if they agree. Peak memory is that of a process of its own
which reads the problem, loads this solver and nothing else, and solves it. Then the whole way from
two CSV files to the result, as ``tandemwerk pair`` in a process of its own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.pairing_people import write_lists
from benchmarks.pairing_plot import growth
from benchmarks.pairing_solve import SOLVERS, Problem
from tandemwerk.pairing import assign, check_assignment
from tandemwerk.pairing.warming import compile_kernels

SIZES = (1_000, 10_000)
LARGE_SIZES = (*SIZES, 50_000, 100_000)
FILE_SIZES = (1_000, 5_000, 20_000)
LARGE_FILE_SIZES = (1_000, 5_000, 10_000, 20_000, 50_000, 100_000)
OUTPUT = Path("var/bench/pairing.json")


def peak_mb(solver: str, size: int) -> int:
    """Return the peak memory of a process that loads one solver and solves a problem from a file.

    Making the problem needs more than solving it.
    """
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "problem.npz"
        Problem.of(size).write(path)
        command = [sys.executable, "-m", "benchmarks.pairing_solve", solver, str(path)]
        run = subprocess.run(command, env=_environment(), check=True, stdout=subprocess.PIPE)
    return int(run.stdout)


def proof(problem: Problem) -> None:
    """Time the verification: our own assignment, proved optimal."""
    arguments = (problem.volunteer, problem.newcomer, problem.score)
    size = {"capacity": problem.capacity, "newcomers": problem.size}
    check_assignment(*arguments, **size, result=assign(*arguments, **size))


def compare_assign(sizes: tuple[int, ...], rounds: int) -> list[dict[str, Any]]:
    for solver in SOLVERS.values():
        solver(Problem.of(SIZES[0]))  # each loads its library once, before the clock runs
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
    part = parser.add_mutually_exclusive_group()
    part.add_argument("--files-only", action="store_true", help="leave out the first table")
    part.add_argument("--assign-only", action="store_true", help="leave out the second table")
    parser.add_argument("--plot", type=Path, metavar="SVG", help="draw how time grows")
    options = parser.parse_args(arguments)
    compile_kernels()
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    assigned = []
    if not options.files_only:
        assigned = compare_assign(LARGE_SIZES if options.large else SIZES, options.rounds)
        print(table("assign beside OR-Tools and SciPy, the same problem, median", assigned))
    filed = []
    if not options.assign_only:
        filed = time_files(LARGE_FILE_SIZES if options.large else FILE_SIZES)
        print(table("\ntandemwerk pair: from files to result, people all over Germany", filed))
    if options.plot and filed:
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
