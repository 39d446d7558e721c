"""``tandemwerk pair``: the pairing engine on files alone. Needs no database and no settings."""

import argparse
import gc
import sys
from pathlib import Path

from tandemwerk import pairing
from tandemwerk.places import find_place


def main(arguments: list[str]) -> int:
    """Pair two lists of people. Return 0 when done and 1 when not; wrong usage exits with 2."""
    options = _parser().parse_args(arguments)
    # Millions of small values that stay to the end: searching them for circles takes a third of
    # the time and finds nothing.
    gc.disable()
    try:
        run = pairing.run_files(
            volunteers=options.volunteers,
            newcomers=options.newcomers,
            blocked=options.blocked,
            weights=options.weights,
            candidates=options.candidates,
            out=options.out,
            locate=locate,
        )
    except pairing.PairingError as error:
        sys.stderr.write(f"tandemwerk pair: {error}\n")
        return 1
    finally:
        gc.enable()
    for warning in run.warnings:
        sys.stderr.write(f"tandemwerk pair: {warning}\n")
    counts = run.result.counts
    sys.stdout.write(
        f"{counts.tandems} tandems from {counts.volunteers} volunteers and {counts.newcomers} "
        f"newcomers, {counts.left_newcomers} newcomers left. Results in {options.out}\n"
    )
    return 0


def locate(postcode: str) -> tuple[float, float] | None:
    """Return a postcode's coordinates, None where it is not known."""
    place = find_place(postcode)
    return place.point if place else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tandemwerk pair",
        description="Pair volunteers and newcomers of two lists. Writes tandems.csv, left.csv and "
        "summary.json.",
    )
    parser.add_argument("--volunteers", type=Path, required=True, metavar="V.csv")
    parser.add_argument("--newcomers", type=Path, required=True, metavar="N.csv")
    parser.add_argument("--blocked", type=Path, metavar="B.csv", help="pairs that must not be")
    parser.add_argument("--weights", type=Path, metavar="W.toml", help="how much each rule counts")
    parser.add_argument(
        "--candidates", action="store_true", help="also write every pair that no rule forbids"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    return parser
