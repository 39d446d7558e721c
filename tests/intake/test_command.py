"""``tandemwerk import people FILE --site SLUG``: statuses, summary, and what it leaves alone."""

from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from tandemwerk.intake.files import PrivateStorage
from tandemwerk.intake.models import ImportBatch, Participation
from tandemwerk.people.models import Consent
from tests.factories import SiteFactory
from tests.intake.lists import ANNA, HEAD, NOBODY, OMID
from tests.intake.reading.lists import delimited

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "Liste.csv"
    path.write_bytes(delimited([HEAD, ANNA, OMID, NOBODY, ANNA]))
    return path


def run(*arguments) -> list[str]:
    out = StringIO()
    call_command("import", "people", *map(str, arguments), stdout=out)
    return out.getvalue().splitlines()


def test_the_command_takes_the_clean_rows_and_says_how_many(path):
    SiteFactory(slug="augsburg")

    said = run(path, "--site", "augsburg")

    assert said[-1] == "2 taken, 1 to correct, 1 there already, 0 rows left out"
    assert Participation.objects.count() == Consent.objects.count() == 2


def test_a_dry_run_says_the_same_and_changes_nothing(path):
    SiteFactory(slug="augsburg")

    said = run(path, "--site", "augsburg", "--dry-run")

    assert said[-1] == "2 would be taken, 1 to correct, 1 there already, 0 rows left out"
    assert (Participation.objects.count(), ImportBatch.objects.count()) == (0, 0)
    assert PrivateStorage().listdir("private/imports")[1] == []


def test_doing_it_again_doubles_nobody(path):
    SiteFactory(slug="augsburg")

    run(path, "--site", "augsburg")
    said = run(path, "--site", "augsburg")

    assert said[-1] == "0 taken, 1 to correct, 3 there already, 0 rows left out"
    assert Participation.objects.count() == 2


def test_what_is_not_taken_is_written_where_it_was_asked_for(path, tmp_path):
    SiteFactory(slug="augsburg")

    run(path, "--site", "augsburg", "--hand-back", tmp_path / "Rest.xlsx")

    rows = list(openpyxl.load_workbook(tmp_path / "Rest.xlsx").active.values)
    assert [row[2] for row in rows[1:]] == ["Ohne", "Becker"]


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\x03" * 20, b"PK\x03\x04 broken"])
def test_a_file_that_cannot_be_read_is_one_line_and_status_1(tmp_path, content):
    SiteFactory(slug="augsburg")
    path = tmp_path / "Liste.xlsx"
    path.write_bytes(content)

    with pytest.raises(CommandError) as failed:
        run(path, "--site", "augsburg")

    assert (failed.value.returncode, str(failed.value).count("\n")) == (1, 0)


@pytest.mark.parametrize(("name", "site"), [("nowhere.csv", "augsburg"), ("Liste.csv", "nowhere")])
def test_a_file_or_site_that_is_not_there_is_status_1(path, name, site):
    SiteFactory(slug="augsburg")

    with pytest.raises(CommandError) as failed:
        run(path.parent / name, "--site", site)

    assert failed.value.returncode == 1


@pytest.mark.parametrize("arguments", [(), ("--site", "x"), ("Liste.csv",)])
def test_wrong_usage_is_status_2(arguments):
    with pytest.raises((CommandError, SystemExit)):
        run(*arguments)
