"""``tandemwerk restore FILE``: everything back from an archive."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tandemwerk.config.archive import ArchiveError, restore


class Command(BaseCommand):
    help = "Replace database and files by what an archive holds. Stop server and worker first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--force", action="store_true", help="even if there are people in the database"
        )

    def handle(self, *_args: Any, file: Path, force: bool, **_options: Any) -> None:
        try:
            counts = restore(file, force=force)
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        call_command("update_index", verbosity=0)
        call_command("reindex", verbosity=0)
        self.stdout.write(f"{counts['rows']} rows and {counts['files']} files are back")
