"""``tandemwerk backup FILE``: everything into one encrypted archive."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tandemwerk.config.archive import ArchiveError, backup


class Command(BaseCommand):
    help = "Write database and files into one archive, encrypted with BACKUP_PASSPHRASE."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        try:
            counts = backup(file)
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        size = file.stat().st_size / 1024 / 1024
        self.stdout.write(f"{file}: {size:.1f} MB, {counts['files']} files and all rows")
