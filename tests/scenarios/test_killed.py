"""Server and worker are killed in the middle of the story, twenty times, and started again.

People answer proposals all the while. Nothing that was confirmed to them may be lost, and nobody
may get a message twice.
"""

from collections import Counter
from email import message_from_bytes
from random import Random

import pytest

from tests.installation import Installation, wait_until
from tests.scenarios.story import Story, kill

DEATHS = 20


def waiting(installation: Installation) -> int:
    """Return how many messages are not sent yet."""
    [(count,)] = installation.sql("SELECT count(*) FROM messaging_message WHERE state <> 'sent'")
    return count


@pytest.mark.slow
def test_nothing_confirmed_is_lost_and_nobody_hears_anything_twice(
    story: Story, installation: Installation
):
    random = Random(2016)
    for life in range(DEATHS):
        story.live(random.uniform(0.1, 2.0), once_it_answers=life % 2 == 0)

    groups = story.order("start")
    # A message whose task died too often is found by the sweep, within two minutes.
    wait_until(lambda: waiting(installation) == 0, seconds=240)
    for group in groups:
        kill(group)

    said_yes = {
        number
        for (number,) in installation.sql("SELECT id FROM tandems_answer WHERE state = 'yes'")
    }
    assert story.confirmed
    assert story.confirmed - said_yes == set()
    mails = [
        message_from_bytes(file.read_bytes())
        for file in (installation.folder / "outbox").glob("*.eml")
    ]
    [(written,)] = installation.sql("SELECT count(*) FROM messaging_message")
    twice = [
        key for key, count in Counter(mail["Message-ID"] for mail in mails).items() if count > 1
    ]
    assert (len(mails), twice) == (written, [])
    asked = Counter((mail["To"], mail["Subject"]) for mail in mails)
    assert max(asked.values()) == 1
