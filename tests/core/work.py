"""Tasks for the tests of the worker. They leave lines in a file so that others can count."""

import os
import time
from pathlib import Path

from django_tasks import task


def note(word: str) -> None:
    with (Path(os.environ["DATA_DIR"]) / "notes").open("a") as file:
        file.write(f"{word}\n")


@task()
def write(word: str) -> None:
    note(word)


@task()
def fail(word: str) -> None:
    note(word)
    raise ValueError(word)


@task()
def take_long(word: str) -> None:
    """Take longer than any stop waits, in steps that can be interrupted."""
    note(word)
    for _ in range(600):
        time.sleep(0.1)
