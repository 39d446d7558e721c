"""What is wrong with an installation, and whether it can serve."""

import json
from pathlib import Path

import pytest
from django.db import DatabaseError

from tandemwerk.config import doctor as around
from tandemwerk.core import clock, doctor
from tandemwerk.core.models import Heartbeat
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def names(examination) -> list[str]:
    return [finding.name for finding in examination(NOON)]


@pytest.fixture
def healthy():
    """Make the tables known to be whole, and a worker beat."""
    Heartbeat.objects.create(worker="w", at=clock.now())


def test_a_healthy_installation_is_ready(client, healthy):
    answer = client.get("/health/ready")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_without_a_worker_it_is_not(client):
    answer = client.get("/health/ready")

    assert (answer.status_code, list(answer.json())) == (503, ["status", "worker"])


def test_looking_again_asks_one_question_only(client, healthy, django_assert_num_queries):
    client.get("/health/ready")

    with django_assert_num_queries(1):
        client.get("/health/ready")


def test_a_database_that_is_away_is_said_and_not_thrown(client, monkeypatch):
    def away(_at):
        raise DatabaseError

    monkeypatch.setattr(doctor, "_worker", away)

    answer = client.get("/health/ready")

    assert (answer.status_code, list(answer.json())) == (503, ["status", "database"])


def test_a_full_disk_is_found(monkeypatch, healthy):
    monkeypatch.setattr(doctor, "MIN_FREE_BYTES", 2**80)

    assert [finding.name for finding in doctor.vital_findings(at=clock.now())] == ["disk"]


def test_mails_into_files_are_a_finding_outside_the_demo(settings):
    settings.EMAIL_URL = "outbox:"
    outside = names(around.mail_goes_out)
    settings.DEMO = True
    inside = names(around.mail_goes_out)

    assert (outside, inside) == (["mail"], [])


def test_a_mail_server_that_does_not_answer_is_a_finding(settings):
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    assert names(around.mail_goes_out) == ["mail"]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("http://127.0.0.1:8000", []),
        ("https://example.org", []),
        ("http://example.org", ["https"]),
    ],
)
def test_an_open_wire_is_a_finding(settings, address, found):
    settings.BASE_URL = address

    assert names(around.the_wire_is_safe) == found


def test_static_files_have_to_be_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    before = names(around.static_files_are_collected)
    Path(tmp_path, "staticfiles.json").write_text(json.dumps({}))

    assert (before, names(around.static_files_are_collected)) == (["static"], [])


def test_every_finding_says_how_to_mend_it(settings):
    settings.EMAIL_URL = "outbox:"

    assert all(": " in str(finding) and finding.mend for finding in doctor.findings(at=NOON))
