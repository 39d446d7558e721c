"""What is wrong with this installation, and how to mend it.

A room's ``doctor.py`` adds its own examinations. ``tandemwerk doctor`` and the system page show
what all of them find; ``/health/ready`` asks the vital ones.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from tandemwerk.core.models import Heartbeat

WORKER_SILENT_AFTER: Final = timedelta(seconds=60)
MIN_FREE_BYTES: Final = 200 * 1024 * 1024
MIN_POSTGRES: Final = 15


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something is wrong: what, and what to do about it. For those who run the installation."""

    name: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.what}: {self.mend}"


Examination = Callable[[datetime], Iterator[Finding]]

_examinations: list[Examination] = []


def examination(function: Examination) -> Examination:
    """Add an examination. Use as decorator."""
    _examinations.append(function)
    return function


def findings(*, at: datetime) -> list[Finding]:
    """Return what all examinations find; without a database only what needs none."""
    found = vital_findings(at=at)
    if any(finding.name in {"database", "migrations"} for finding in found):
        return found
    return found + [finding for examine in _examinations for finding in examine(at)]


def vital_findings(*, at: datetime) -> list[Finding]:
    """Return what keeps the installation from serving. Cheap enough to ask every few seconds."""
    found = list(_disk())
    try:
        found += [*_migrations(), *_worker(at)]
    except DatabaseError as error:
        what = f"the database does not answer ({type(error).__name__})"
        mend = "start it, and compare DATABASE_URL with its address, name and password"
        found.append(Finding(name="database", what=what, mend=mend))
    return found


def _disk() -> Iterator[Finding]:
    if shutil.disk_usage(settings.DATA_DIR).free < MIN_FREE_BYTES:
        yield Finding(
            name="disk",
            what=f"less than 200 MB are free in {settings.DATA_DIR}",
            mend="make room, or move DATA_DIR to a larger disk",
        )


class _Migrations:
    """Remembers that the tables are up to date: they do not grow old while the process lives."""

    are_done = False


def _migrations() -> Iterator[Finding]:
    if not _Migrations.are_done:
        executor = MigrationExecutor(connection)
        _Migrations.are_done = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not _Migrations.are_done:
        yield Finding(
            name="migrations",
            what="the database is older than the program",
            mend="run tandemwerk prepare",
        )


def _worker(at: datetime) -> Iterator[Finding]:
    if (
        _Migrations.are_done
        and not Heartbeat.objects.filter(at__gte=at - WORKER_SILENT_AFTER).exists()
    ):
        yield Finding(
            name="worker",
            what="no worker has been heard of for a minute",
            mend="start tandemwerk worker; without it no mail goes out",
        )


@examination
def postgres_is_new_enough(_at: datetime) -> Iterator[Finding]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            major = int(cursor.fetchone()[0]) // 10_000
        if major < MIN_POSTGRES:
            yield Finding(
                name="postgres",
                what=f"PostgreSQL {major} is too old",
                mend=f"take PostgreSQL {MIN_POSTGRES} or newer",
            )
