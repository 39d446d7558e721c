"""A digest for very many members, its worker killed in the middle and started again."""

import os
import signal
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path
from random import Random

import pytest
from django.db import connection

from tests.installation import wait_until

#: SQLite writes one after the other, and what is counted here is the same with fewer.
MEMBERS = 10_000 if connection.vendor == "postgresql" else 2_000
DEATHS = 3

#: The accounts, each of which is told of two things two days ago.
STORY = f"""
from datetime import timedelta
from tandemwerk.core import clock
from tandemwerk.messaging.notices import NoticeGroup, NoticeKind, Rhythm, notify, register
from tandemwerk.people.models import User

register(
    NoticeGroup(name="story", label="Story", default=Rhythm.DAILY),
    NoticeKind(name="story.told", group="story", label="Story", sentence=str),
)
User.objects.all().delete()
User.objects.bulk_create(
    User(email=f"member{{n}}@example.org", language="de", password="!") for n in range({MEMBERS})
)
members = list(User.objects.values_list("pk", flat=True))
at = clock.now() - timedelta(days=2)
for key in "ab":
    notify(key=key, kind="story.told", to=members, url="/de/", context={{}}, at=at)
"""


@pytest.mark.slow
def test_members_get_exactly_one_mail_each_however_often_the_worker_dies(installation):
    installation.python(STORY)
    chance = Random(1)

    for death in range(1, DEATHS + 1):
        worker = installation.start("worker")
        enough = MEMBERS * death // (DEATHS + 1)
        wait_until(lambda enough=enough: mails(installation) >= enough, seconds=90)
        kill_after(chance.uniform(0, 0.3), worker)
    survived = mails(installation)
    worker = installation.start("worker")
    wait_until(lambda: is_finished(installation), seconds=90)
    wait_until(lambda: delivered(installation), seconds=90)
    kill_after(1, worker)
    sent_before = len(delivered(installation))
    installation.start("worker")
    wait_until(lambda: len(delivered(installation)) > sent_before + 200, seconds=90)

    assert 0 < survived < MEMBERS
    written = installation.sql("SELECT user_id FROM messaging_message WHERE kind = 'digest'")
    assert len(written) == len(set(written)) == MEMBERS
    assert unsaid(installation) == 0
    readers = Counter(
        message_from_bytes(file.read_bytes())["To"] for file in delivered(installation)
    )
    assert set(readers.values()) == {1}


def kill_after(seconds, worker) -> None:
    time.sleep(seconds)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def delivered(installation) -> list[Path]:
    return list((installation.folder / "outbox").glob("*.eml"))


def unsaid(installation) -> int:
    """Return how many notices still wait for a mail."""
    return installation.sql("SELECT count(*) FROM messaging_noticecopy WHERE waits_for <> ''")[0][0]


def mails(installation) -> int:
    return installation.sql("SELECT coalesce(sum(mails), 0) FROM messaging_digestrun")[0][0]


def is_finished(installation) -> bool:
    return installation.sql("SELECT finished_at FROM messaging_digestrun")[0][0] is not None
