"""``tandemwerk pair`` as a script sees it: files in, files out, an exit status, one line of why."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import tandemwerk

SOURCES = Path(tandemwerk.__file__).parents[1]

COLUMNS = (
    "id,postcode,wishes_gender,gender,birth_year,languages,availability,kinds,interests,topics,"
    "max_km,waiting_since,group_size"
)
VOLUNTEER = "V1,86150,any,f,1980,de:L1 fa:B1,tue-evening,everyday,cooking,school,10,2026-01-02,1"
NEWCOMER = "N1,86152,any,f,1990,fa:L1,tue-evening,everyday,cooking,school,10,2026-02-03,1"
FAR_AWAY = "N2,10115,any,f,1990,fa:L1,tue-evening,everyday,cooking,school,10,2026-02-03,1"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "v.csv").write_text(f"{COLUMNS},capacity,minors_ok\n{VOLUNTEER},1,0\n")
    (tmp_path / "n.csv").write_text(
        f"{COLUMNS},is_minor,priority\n{NEWCOMER},0,1\n{FAR_AWAY},0,1\n"
    )
    return tmp_path


def run(folder, *arguments):
    """Run the command without any setting of the installation."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCES)}
    return subprocess.run(
        [sys.executable, "-m", "tandemwerk.config.cli", "pair", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def rows(path):
    return list(csv.DictReader(path.read_text().splitlines()))


def test_two_lists_become_tandems_and_those_left(folder):
    done = run(folder, "--volunteers", "v.csv", "--newcomers", "n.csv", "--out", "out")

    tandems = rows(folder / "out" / "tandems.csv")
    left = rows(folder / "out" / "left.csv")
    summary = json.loads((folder / "out" / "summary.json").read_text())
    assert (done.returncode, done.stderr) == (0, "")
    assert [(row["volunteer_id"], row["newcomer_id"]) for row in tandems] == [("V1", "N1")]
    assert [(row["id"], row["side"]) for row in left] == [("N2", "newcomer")]
    assert summary["counts"]["tandems"] == 1


def test_a_blocked_pair_stays_apart(folder):
    (folder / "b.csv").write_text("volunteer_id,newcomer_id\nV1,N1\n")

    run(
        folder,
        *("--volunteers", "v.csv", "--newcomers", "n.csv", "--blocked", "b.csv"),
        *("--candidates", "--out", "out"),
    )

    assert (folder / "out" / "candidates.csv").read_text() == "volunteer_id,newcomer_id,score\n"


def test_a_file_that_is_not_there_is_one_line_and_status_1(folder):
    done = run(folder, "--volunteers", "gone.csv", "--newcomers", "n.csv", "--out", "out")

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "tandemwerk pair: gone.csv: cannot be read (No such file or directory)"
    ]
    assert not (folder / "out").exists()


def test_wrong_usage_is_status_2(folder):
    done = run(folder, "--volunteers", "v.csv")

    assert done.returncode == 2
