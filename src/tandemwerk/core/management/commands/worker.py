"""``tandemwerk worker``: do the background work until told to stop."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.crypto import get_random_string

from tandemwerk.core.worker import Worker


class Command(BaseCommand):
    help = "Do the background work: mails, reminders, imports, nightly tasks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", action="store_true", help="stop when nothing is left to do")
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between looks")

    def handle(self, *_args: Any, batch: bool, interval: float, **_options: Any) -> None:
        worker = Worker(worker_id=get_random_string(32), batch=batch, interval=interval)
        worker.configure_signals()
        worker.run()
