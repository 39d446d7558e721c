"""Which workers are alive: at once for those on this machine, by their heartbeat for others.

A worker holds a lock on a file of its own for as long as its process lives. The kernel lets go of
it whatever way the process ends, so a restart takes over at once instead of waiting for silence.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from tandemwerk.core.models import Heartbeat

#: A worker of another machine that was silent for so long is dead.
DEAD_AFTER: Final = timedelta(seconds=25)


@contextmanager
def marked_alive(worker: str) -> Iterator[None]:
    """Hold the lock that says that ``worker`` lives, as long as the block runs."""
    path = _path(worker)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o640)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def is_alive(worker: str, *, at: datetime) -> bool:
    """Return whether ``worker`` still works on what it claimed."""
    try:
        handle = os.open(_path(worker), os.O_RDWR)
    except FileNotFoundError:
        return Heartbeat.objects.filter(worker=worker, at__gte=at - DEAD_AFTER).exists()
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def forget_the_dead(*, before: datetime) -> None:
    """Remove what workers left that have been silent since ``before``."""
    Heartbeat.objects.filter(at__lt=before).delete()
    for path in _folder().glob("*.lock"):
        if path.stat().st_mtime < before.timestamp() and not is_alive(path.stem, at=before):
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "workers"


def _path(worker: str) -> Path:
    return _folder() / f"{worker}.lock"
