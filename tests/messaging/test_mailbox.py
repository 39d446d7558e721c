"""Fetching answers from a real mail server (pymap) over a socket."""

import imaplib
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from tandemwerk.core.doctor import findings
from tandemwerk.messaging.models import InboundMail
from tandemwerk.messaging.services.fetching import Mailbox, MailboxError, fetch
from tests.installation import wait_until

pytestmark = pytest.mark.django_db

MAIL = b"From: kim@example.org\r\nTo: reply@example.org\r\nMessage-ID: <%d@x>\r\n\r\nYes\r\n"
NOW = datetime.now(tz=UTC)


@pytest.fixture(scope="module")
def port():
    """Run a mail server of its own with an account that has nothing in it that we need."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            *(sys.executable, "-W", "ignore", "-c", "from pymap.main import main; main()"),
            *("--host", "127.0.0.1", "--port", str(number)),
            *("--no-tls", "dict", "--demo-data"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def listens() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", number)) == 0

    wait_until(listens, seconds=60)
    yield number
    server.kill()
    server.wait()


@pytest.fixture
def url(port):
    return f"imap://demouser:demopass@127.0.0.1:{port}/Answers"


@pytest.fixture
def box(port):
    """Give the mailbox, emptied, as the mail server's own side sees it."""
    with imaplib.IMAP4("127.0.0.1", port, timeout=10) as server:
        server.login("demouser", "demopass")
        server.delete("Answers")
        server.create("Answers")
        yield server


def put(box, number, at=NOW):
    box.append("Answers", "", imaplib.Time2Internaldate(at), MAIL % number)


def test_what_is_new_in_the_mailbox_is_taken_in_once(box, url):
    put(box, 1)
    put(box, 2)

    counts = [fetch(url=url, at=NOW) for _ in range(2)]
    put(box, 3)
    counts.append(fetch(url=url, at=NOW))

    assert counts == [2, 0, 1]
    assert bytes(InboundMail.objects.earliest("pk").raw) == MAIL % 1


def test_a_mail_that_was_taken_in_and_not_marked_is_known(box, url):
    put(box, 1)
    fetch(url=url, at=NOW)
    box.select("Answers")
    box.store("1", "-FLAGS", r"(\Seen)")
    box.close()

    assert fetch(url=url, at=NOW) == 0
    assert InboundMail.objects.count() == 1


def test_what_was_seen_two_weeks_ago_is_removed(box, url):
    put(box, 1, at=NOW - timedelta(days=20))
    put(box, 2)
    fetch(url=url, at=NOW)

    _, [count] = box.select("Answers", readonly=True)

    assert count == b"1"


def test_a_mailbox_that_does_not_open_is_a_finding(url, settings):
    settings.INBOUND_IMAP_URL = url.replace("demopass", "wrong")

    with pytest.raises(MailboxError):
        fetch(url=settings.INBOUND_IMAP_URL, at=NOW)
    found = [finding for finding in findings(at=NOW) if finding.name == "mailbox"]

    assert len(found) == 1
    assert "demouser" not in str(found[0])


def test_addresses_of_mailboxes_say_it_all():
    box = Mailbox.from_url("imaps://kim%40example.org:p%2Fw@mail.example.org")

    assert (box.user, box.password, box.port, box.folder) == (
        "kim@example.org",
        "p/w",
        993,
        "INBOX",
    )
