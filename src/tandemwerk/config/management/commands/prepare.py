"""``tandemwerk prepare``: bring database and static files up to the program's version."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tandemwerk.config import preparation


class Command(BaseCommand):
    help = "Migrate, collect static files, compile. Run it after every update."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="fill an empty database with the demo programme"
        )

    def handle(self, *_args: Any, demo: bool, **_options: Any) -> None:
        preparation.migrate(say=self.stdout.write)
        preparation.collect_static(say=self.stdout.write)
        if demo:
            preparation.seed_demo(say=self.stdout.write)
        else:
            preparation.compile_kernels(say=self.stdout.write)
        preparation.fill_index(say=self.stdout.write)
