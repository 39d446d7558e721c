"""Reading an archive back: all of it or nothing."""

import json
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings
from django.db import connection, transaction

from tandemwerk.config.archive.backup import FORMAT, folders, migrations
from tandemwerk.config.archive.errors import ArchiveError
from tandemwerk.config.archive.rows import count_on, empty_all, write_piece
from tandemwerk.config.archive.sealed import SealedReader
from tandemwerk.people.models import Person, User

READ_BYTES: Final = 1024 * 1024
Visit = Callable[[tarfile.TarInfo, IO[bytes]], None]


def restore(path: Path, *, force: bool) -> dict[str, int]:
    """Replace database and files by what the archive holds. Return how many rows and files.

    The whole archive is checked before anything is touched, the rows go in with one transaction,
    the files change places after it. Raises ArchiveError, with everything left as it was.
    """
    if not path.is_file():
        raise ArchiveError(f"there is no file {path}")
    if User._meta.db_table not in connection.introspection.table_names():
        raise ArchiveError("the database has no tables yet: run tandemwerk prepare first")
    if not force and (User.objects.exists() or Person.objects.exists()):
        raise ArchiveError(
            "the database is not empty: --force replaces all of it by what the archive holds"
        )
    _check(path)
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="restore-") as folder:
        counts = _put_back(path, Path(folder))
        for name, place in folders().items():
            _change_places(Path(folder) / name, place, Path(folder) / f"old-{name}")
    return counts


def _walk(path: Path, visit: Visit) -> None:
    with path.open("rb") as file, SealedReader(file, settings.BACKUP_PASSPHRASE) as sealed:
        try:
            with tarfile.open(fileobj=sealed, mode="r|gz", bufsize=READ_BYTES) as archive:
                for member in archive:
                    content = archive.extractfile(member)
                    if content is not None:
                        visit(member, content)
        except (tarfile.TarError, EOFError) as error:
            raise ArchiveError("the archive is damaged or cut off") from error
        while sealed.read(READ_BYTES):
            """Read on: what comes after the last member is sealed as well."""


def _check(path: Path) -> None:
    heads: list[dict[str, Any]] = []

    def look(member: tarfile.TarInfo, content: IO[bytes]) -> None:
        if member.name == "head.json":
            heads.append(json.load(content))

    _walk(path, look)
    if not heads or heads[0]["format"] != FORMAT:
        raise ArchiveError("the archive is of a kind that this version does not know")
    if heads[0]["migrations"] != migrations():
        raise ArchiveError(
            f"the archive was written by version {heads[0]['version']} with other tables: "
            "restore it with that version, then update"
        )


@transaction.atomic
def _put_back(path: Path, folder: Path) -> dict[str, int]:
    counts = {"rows": 0, "files": 0}

    def take(member: tarfile.TarInfo, content: IO[bytes]) -> None:
        kind, *rest = member.name.split("/")
        if kind == "rows":
            counts["rows"] += write_piece(rest[0], content.read())
        elif kind in folders():
            target = folder / kind / Path(*rest)
            if ".." in rest:
                raise ArchiveError("the archive holds a file that wants to lie elsewhere")
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                shutil.copyfileobj(content, file)
            counts["files"] += 1

    empty_all()
    _walk(path, take)  # keys are looked at when the transaction ends
    count_on()
    connection.check_constraints()
    return counts


def _change_places(new: Path, place: Path, old: Path) -> None:
    new.mkdir(parents=True, exist_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(old)
    new.rename(place)
