"""``tandemwerk reindex``: build the index of the search anew from what the rooms have."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tandemwerk.core.search import indexed_sources, reindex


class Command(BaseCommand):
    help = "Build the index of the search anew; the search goes on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", nargs="*", help="only these kinds of things")

    def handle(self, *_args: Any, source: list[str], verbosity: int, **_options: Any) -> None:
        known = [each.name for each in indexed_sources()]
        if unknown := sorted(set(source) - set(known)):
            raise CommandError(f"there is no {unknown[0]}; there are {', '.join(known)}")
        started = time.monotonic()
        total = reindex(source, tell=self._tell if verbosity > 1 else None)
        if verbosity:
            self.stdout.write(f"{total} documents in {time.monotonic() - started:.1f} s")

    def _tell(self, name: str, count: int) -> None:
        self.stdout.write(f"{name}: {count}")
