"""Loads the program once and starts its server and worker again and again within a moment.

Told by lines on standard input: ``prepare`` makes people and proposals, ``start`` starts both
processes and says their numbers, ``stop`` ends the launcher. Each process is a group of its own,
so that one signal reaches everything that belongs to it.
"""

import json
import os
import signal
import sys
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command

from tandemwerk.config.preloading import preload
from tandemwerk.core import clock
from tandemwerk.core.forking import leave_databases
from tandemwerk.intake.enums import Side
from tandemwerk.tandems.links import answer_link
from tandemwerk.tandems.models import Answer
from tandemwerk.tandems.services.runs import propose_by_hand
from tests.factories import MembershipFactory, ParticipationFactory, SiteFactory

TANDEMS = 60


def prepare() -> dict[int, str]:
    """Propose tandems and return the link of every question."""
    site = SiteFactory()
    coordinator = MembershipFactory(site=site).user
    for _ in range(TANDEMS):
        propose_by_hand(
            site=site,
            volunteer_id=ParticipationFactory(site=site, side=Side.VOLUNTEER).pk,
            newcomer_id=ParticipationFactory(site=site, side=Side.NEWCOMER).pk,
            is_confirmed=True,
            by=coordinator,
            at=clock.now(),
        )
    links = {answer.pk: answer_link(answer) for answer in Answer.objects.all()}
    leave_databases()
    return links


def fork(run: Callable[[], object]) -> int:
    """Run something in a process and a group of its own. Return its number."""
    number = os.fork()
    if number == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # our answers stand alone
        run()
        os._exit(0)
    return number


def start() -> list[int]:
    return [
        fork(lambda: call_command("serve")),
        fork(lambda: call_command("worker", interval=0.05)),
    ]


def main() -> None:
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    preload()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who are killed
    for line in sys.stdin:
        order = {"prepare": prepare, "start": start, "stop": sys.exit}[line.strip()]
        sys.stdout.write(json.dumps(order()) + "\n")
        sys.stdout.flush()
