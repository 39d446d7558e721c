"""``tandemwerk doctor``: everything that is wrong with an installation, each with its mend."""

import os
import sys
from pathlib import Path

import django

from tandemwerk.config import environment


def run(arguments: list[str]) -> int:
    """Print the findings, one a line. Return 1 when there are some."""
    if arguments:
        sys.stderr.write("usage: tandemwerk doctor\n")
        return 2
    found = _examine()
    for finding in found:
        sys.stdout.write(f"✗ {finding}\n")
    if not found:
        sys.stdout.write("✓ nothing to mend\n")
    return 1 if found else 0


def _examine() -> list[str]:
    wanted = environment.inspect(os.environ)
    found = list(wanted.findings)
    if not _can_write(wanted.data_dir):
        found.append(f"{wanted.data_dir} cannot be written to: set DATA_DIR or change its owner")
    if found:
        return found  # the rest needs settings that hold together
    django.setup()
    # Only now: without settings there are no tables, and these modules have some.
    from tandemwerk.core import clock, doctor  # noqa: PLC0415

    return [str(finding) for finding in doctor.findings(at=clock.now())]


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)
