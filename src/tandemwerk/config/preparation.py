"""What has to be done once before serving; the second time it takes a moment."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tandemwerk.core.models import SearchDocument
from tandemwerk.people.models import User

Say = Callable[[str], object]


def migrate(*, say: Say) -> None:
    """Bring the database's tables up to date."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Preparing the database ...")
        call_command("migrate", verbosity=0, interactive=False)


def collect_static(*, say: Say) -> None:
    """Collect, hash and compress the static files unless none has changed."""
    stamp = Path(settings.STATIC_ROOT) / "collected"
    found = _fingerprint()
    if stamp.exists() and stamp.read_text() == found:
        return
    say("Collecting static files ...")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(found)


def _fingerprint() -> str:
    """Return a hash over names, sizes and times of all static files."""
    digest = hashlib.sha256()
    for finder in get_finders():
        files: Any = finder.list([])
        for name, storage in files:
            state = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def fill_index(*, say: Say) -> None:
    """Build the index of the search if there is none yet: after an update that brings it."""
    if User.objects.exists() and not SearchDocument.objects.exists():
        say("Building the index of the search ...")
        call_command("reindex", verbosity=0)


def seed_demo(*, say: Say) -> None:
    """Fill an empty database with the demo programme."""
    if not User.objects.exists():
        say("Inventing the demo programme ...")
        call_command("seed", scale="demo", verbosity=0)


def compile_kernels(*, say: Say) -> None:
    """Compile what pairs large numbers of people, so that the first large run need not wait.

    The demo programme is too small to need it.
    """
    # Imported here: it brings the compiler along.
    from tandemwerk.pairing.warming import compile_kernels as compile_them  # noqa: PLC0415

    say("Compiling the pairing engine ...")
    compile_them()
