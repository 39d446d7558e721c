"""The command line: exit status and one clear line."""

import pytest

from tandemwerk.config import cli, demo, diagnosis
from tests.installation import Installation


@pytest.mark.parametrize("arguments", [["demo", "now"], ["doctor", "please"], ["nonsense"]])
def test_wrong_usage_ends_with_two(arguments, capsys):
    assert cli.main(arguments) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_command_that_django_brings_works(capsys):
    assert cli.main(["check"]) == 0


def test_broken_settings_end_with_one_line_each(installation: Installation):
    done = installation.run("migrate", SECRET_KEY="short", PORT="x")

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "tandemwerk: SECRET_KEY is too short: give it at least 32 characters",
        "tandemwerk: PORT is no whole number: write one",
    ]


def test_the_doctor_works_even_then(installation: Installation):
    done = installation.run("doctor", SECRET_KEY="")

    assert done.returncode == 1
    assert done.stdout == "✗ SECRET_KEY is not set: give it 50 random characters\n"


def test_a_database_that_is_away_is_one_line(installation: Installation):
    done = installation.run("prepare", DATABASE_URL="sqlite:////nowhere/at/all")

    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stderr.splitlines()][-1:] == ["tandemwerk"]


def test_the_demo_makes_its_secrets_once(tmp_path):
    first, second = (demo.demo_environment({"DATA_DIR": str(tmp_path)}) for _ in range(2))

    assert first == second
    assert len(first["SECRET_KEY"]) >= 32
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_the_demo_leaves_what_was_set(tmp_path):
    variables = demo.demo_environment(
        {"DATA_DIR": str(tmp_path), "DEMO_PASSWORD": "open sesame", "EMAIL_URL": "smtp://host"}
    )

    assert (variables["DEMO_PASSWORD"], variables["EMAIL_URL"]) == ("open sesame", "smtp://host")


def test_a_folder_that_cannot_be_written_to_is_a_finding(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / "below"))

    assert diagnosis.run([]) == 1
    assert capsys.readouterr().out.count("cannot be written to") == 1
