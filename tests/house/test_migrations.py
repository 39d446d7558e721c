"""The tests make their tables from the models; installations make them by migrations."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings


@contextmanager
def empty_database() -> Iterator[dict[str, str]]:
    """Give the environment of an empty database of the kind that the tests run on."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        yield {}
        return
    name = f"migrations_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield {"DATABASE_URL": address.replace("/postgres?", f"/{name}?")}
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.slow
def test_the_migrations_lead_from_nothing_to_the_models(tmp_path: Path):
    (tmp_path / "static").mkdir()
    command = [sys.executable, "-m", "tandemwerk.config.cli"]

    with empty_database() as database:
        environment = os.environ | database | {"DATA_DIR": str(tmp_path)}
        source = str(Path(settings.PACKAGE).parent)
        environment["PYTHONPATH"] = source
        migrated = subprocess.run(
            [*command, "migrate", "-v", "0"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    assert (migrated.returncode, migrated.stderr) == (0, "")
