"""The digests of one morning for 10,000 members: seconds, queries, memory, mails.

Each member has one to three news out of 300 and chose none of it: the usual morning. SQLite in a
file of its own, or ``BENCH_DATABASE_URL``. The peer in the same run writes the same mails the
simple way, one member after the other with queries and a transaction of their own, for a part of
the members, and is counted up.
"""

import json
import os
import resource
import shutil
import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

MEMBERS = 10_000
NEWS = 300
OF_PEER = 500
FOLDER = Path(os.environ.get("DATA_DIR", "var")).resolve() / "bench"


@dataclass(frozen=True)
class Figure:
    """What a way of writing costs."""

    name: str
    mails: int
    seconds: float
    queries: int
    peak_mb: float


def main(_arguments: list[str]) -> None:
    """Print the table and write ``var/bench/digest.json``."""
    folder = FOLDER / "digest"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ |= {
        "DATA_DIR": str(folder),
        "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", ""),
        "DJANGO_SETTINGS_MODULE": "tandemwerk.config.settings",
        "LOG_LEVEL": "ERROR",
    }
    os.environ.setdefault("SECRET_KEY", "not-secret-only-for-measuring-0123456789-0123456789")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    morning = prepare()
    figures = [measure("steps of 200 (ours)", lambda: whole_run(morning))]
    prepare()
    peer = measure(f"one by one, {OF_PEER} of them (peer)", lambda: one_by_one(morning))
    factor = MEMBERS / OF_PEER
    figures += [
        peer,
        Figure(
            "one by one, counted up (peer)",
            MEMBERS,
            peer.seconds * factor,
            round(peer.queries * factor),
            peer.peak_mb,
        ),
    ]
    show(figures)
    found = json.dumps([asdict(figure) for figure in figures], indent=1)
    (FOLDER / "digest.json").write_text(found)


def prepare() -> Any:
    """Make the members and what they are told of; return the moment at which it is morning."""
    from tandemwerk.core import clock
    from tandemwerk.messaging.models import DigestRun, Message, Notice
    from tandemwerk.messaging.notices import NoticeGroup, NoticeKind, Rhythm, notify, register
    from tandemwerk.messaging.slots import daily_slot
    from tandemwerk.people.models import User

    register(
        NoticeGroup(name="bench", label="Im Gespräch", default=Rhythm.DAILY),
        NoticeKind(
            name="bench.news",
            group="bench",
            label="Neu",
            sentence=lambda context: f"Jemand hat in «{context['topic']}» geantwortet.",
        ),
    )
    for model in (DigestRun, Message, Notice):
        model.objects.all().delete()
    if User.objects.count() < MEMBERS:
        User.objects.bulk_create(
            User(email=f"member{number}@example.org", name=f"Mitglied {number}", password="!")
            for number in range(MEMBERS)
        )
    members = list(User.objects.order_by("pk").values_list("pk", flat=True)[:MEMBERS])
    morning = daily_slot(clock.now())
    for number in range(NEWS):
        notify(
            key=f"bench:{number}",
            kind="bench.news",
            to=members[number % 150 :: 150],
            url="/de/",
            context={"topic": f"Thema {number}"},
            at=morning - timedelta(hours=3),
        )
    return morning


def whole_run(morning: Any) -> int:
    """Make all digests as the worker does, without its pauses."""
    from tandemwerk.messaging.services.digesting import digest_step, due_run

    mails = 0
    while (run := due_run(at=morning)) is not None:
        mails += digest_step(run=run, at=morning)
    return mails


def one_by_one(morning: Any) -> int:
    """Write the mails of the first members one after the other."""
    from django.db import transaction

    from tandemwerk.messaging.models import NoticeCopy
    from tandemwerk.messaging.services import put_in_many
    from tandemwerk.messaging.writing import digest
    from tandemwerk.people.models import User

    for user in User.objects.order_by("pk")[:OF_PEER]:
        with transaction.atomic():
            rows = NoticeCopy.objects.filter(user=user, waits_for="daily").select_related("notice")
            mail = digest(
                user, copies=list(rows), sections=[], slot_at=morning, at=morning, sentences={}
            )
            if mail is not None:
                put_in_many([mail])
            rows.update(waits_for="")
    return OF_PEER


def measure(name: str, work: Any) -> Figure:
    """Do the work once and return what it cost."""
    from django.db import connection

    count = 0

    def counted(execute: Any, *arguments: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*arguments)

    began = time.perf_counter()
    with connection.execute_wrapper(counted):
        mails = work()
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Figure(name, mails, seconds, count, peak)


def show(figures: list[Figure]) -> None:
    """Print the table."""
    from django.db import connection

    print(f"\nDigests of one morning on {connection.vendor}")
    print(f"{'way':<36}{'mails':>8}{'seconds':>10}{'queries':>10}{'peak MB':>9}")
    for figure in figures:
        print(
            f"{figure.name:<36}{figure.mails:>8}{figure.seconds:>10.1f}{figure.queries:>10}"
            f"{figure.peak_mb:>9.0f}"
        )


if __name__ == "__main__":
    main([])
