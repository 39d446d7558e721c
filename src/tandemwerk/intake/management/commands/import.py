"""``tandemwerk import people FILE --site SLUG``: a list of people, as in the interface."""  # noqa: N999 a command is called like its file

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from tandemwerk.core import clock
from tandemwerk.core.actors import SYSTEM
from tandemwerk.intake import services
from tandemwerk.intake.enums import ImportState
from tandemwerk.intake.import_words import PROBLEMS
from tandemwerk.intake.models import ImportBatch
from tandemwerk.intake.queries.imports import Counts, counts_of, hand_back
from tandemwerk.intake.reading import FileProblem, Mapping, UnreadableFileError, read_workbook
from tandemwerk.people.enums import ConsentPurpose
from tandemwerk.programme.models import Site


class Command(BaseCommand):
    help = "Import a list from a file."

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True, parser_class=ArgumentParser)
        people = kinds.add_parser(
            "people",
            help="people who take part; by running this you say that they agreed to it",
        )
        people.add_argument("file", type=Path, metavar="FILE", help="XLSX, ODS or CSV")
        people.add_argument("--site", required=True, metavar="SLUG", help="the site they come to")
        people.add_argument(
            "--dry-run", action="store_true", help="say what would happen and change nothing"
        )
        people.add_argument(
            "--hand-back",
            type=Path,
            metavar="OUT.xlsx",
            help="write what is not taken there, with the reason beside each cell",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        site = Site.objects.filter(slug=options["site"]).first()
        if site is None:
            raise CommandError(f"there is no site «{options['site']}»")
        data = _bytes_of(options["file"])
        with transaction.atomic():
            batch = _read(site, data, options["file"].name)
            self._tell_mapping(batch)
            counts = counts_of(batch)
            back = hand_back(batch, right_to_left=False) if counts.back else b""
            if options["dry_run"]:
                transaction.set_rollback(True)
        if options["dry_run"]:
            batch.file.storage.delete(batch.file.name or "")
        else:
            services.take_import(
                import_id=batch.pk,
                consents=[ConsentPurpose.PARTICIPATION],
                by=SYSTEM,
                at=clock.now(),
            )
        self._tell_counts(counts, is_dry_run=options["dry_run"])
        if options["hand_back"] and back:
            self._write(options["hand_back"], back)

    def _tell_mapping(self, batch: ImportBatch) -> None:
        for sheet in batch.sheets.filter(is_chosen=True).order_by("position"):
            mapping = Mapping.from_json(sheet.mapping)
            columns = ", ".join(
                f"{mapping.headers[column] or column + 1} = {field.value}"
                for column, field in sorted(mapping.columns.items())
            )
            self.stdout.write(f"{sheet.name}: {columns}")

    def _tell_counts(self, counts: Counts, *, is_dry_run: bool) -> None:
        verb = "would be taken" if is_dry_run else "taken"
        self.stdout.write(
            f"{counts.clean} {verb}, {counts.wrong} to correct, "
            f"{counts.duplicate} there already, {counts.skipped} rows left out"
        )

    def _write(self, path: Path, content: bytes) -> None:
        try:
            path.write_bytes(content)
        except OSError as error:
            raise CommandError(f"cannot write {path}: {error.strerror}") from error
        self.stdout.write(f"what is to correct stands in {path}")


def _bytes_of(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CommandError(f"cannot read {path}: {error.strerror}") from error
    try:
        read_workbook(data, path.name)
    except UnreadableFileError as error:
        raise CommandError(_in_words(error.code)) from error
    return data


def _in_words(problem: FileProblem) -> str:
    return " ".join(str(words) for words in PROBLEMS[problem])


def _read(site: Site, data: bytes, filename: str) -> ImportBatch:
    batch = services.upload_list(site=site, data=data, filename=filename, by=SYSTEM, at=clock.now())
    services.read_list(import_id=batch.pk, at=clock.now())
    batch.refresh_from_db()
    if batch.state != ImportState.REVIEW:
        raise CommandError(_in_words(FileProblem(batch.problem)))
    return batch
