"""Writing an archive."""

import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

import tandemwerk
from tandemwerk.config.archive.errors import ArchiveError
from tandemwerk.config.archive.rows import kept_tables, read_pieces
from tandemwerk.config.archive.sealed import SealedWriter
from tandemwerk.core import clock

FORMAT: Final = 1


def folders() -> dict[str, Path]:
    """Return the folders whose files go along: name in the archive -> place."""
    return {"media": Path(settings.MEDIA_ROOT), "outbox": Path(settings.OUTBOX_DIR)}


def backup(path: Path) -> dict[str, int]:
    """Write everything into one encrypted file. Return how many rows' pieces and files.

    The rows are those of one moment, while others go on working. The file appears whole or not
    at all. Raises ArchiveError.
    """
    if not path.parent.is_dir():
        raise ArchiveError(f"there is no folder {path.parent}")
    draft = path.with_name(f".{path.name}.part")
    try:
        handle = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            with SealedWriter(file, settings.BACKUP_PASSPHRASE) as sealed:
                counts = _write(sealed)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return counts


def _write(sealed: SealedWriter) -> dict[str, int]:
    counts = {"pieces": 0, "files": 0}
    # The stream must not be closed by the archive: its end is what makes it whole.
    with (
        tarfile.open(fileobj=sealed, mode="w|gz") as archive,
        one_moment(),
    ):
        _add(archive, "head.json", json.dumps(_head()).encode())
        for model in kept_tables():
            for number, piece in enumerate(read_pieces(model)):
                _add(archive, f"rows/{model._meta.label_lower}/{number:06d}", piece)
                counts["pieces"] += 1
        for name, folder in folders().items():
            for file in sorted(folder.rglob("*")):
                if file.is_file() and not file.name.startswith(".draft-"):
                    archive.add(file, f"{name}/{file.relative_to(folder)}")
                    counts["files"] += 1
    return counts


def _head() -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": tandemwerk.__version__,
        "written_at": clock.now().isoformat(),
        "migrations": migrations(),
    }


def migrations() -> list[str]:
    """Return the names of all migrations that the database has seen."""
    return sorted(".".join(name) for name in MigrationRecorder(connection).applied_migrations())


@contextmanager
def one_moment() -> Iterator[None]:
    """Read all tables as they are at one moment, without keeping anybody from writing."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    database: Any = connection
    database.ensure_connection()
    mode, database.transaction_mode = database.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic():
            yield
    finally:
        database.transaction_mode = mode


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    member.mode = 0o600
    archive.addfile(member, io.BytesIO(content))
