"""An installation of its own for a test: a database, a folder, real processes."""

import os
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
COMMAND = (sys.executable, "-m", "tandemwerk.config.cli")


class Installation:
    """Runs the command line in processes of its own and looks into their database."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder = folder
        self.database_url = database_url
        self.environment = os.environ | {
            "DATABASE_URL": database_url,
            "DATA_DIR": str(folder),
            "PYTHONPATH": str(ROOT / "src"),
        }
        self.processes: list[subprocess.Popen[bytes]] = []

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [*COMMAND, *arguments],
            cwd=ROOT,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start a command; what is still running when the test ends is killed."""
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [*COMMAND, *arguments],
                cwd=ROOT,
                env=self.environment | environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def python(self, code: str) -> None:
        """Run a few lines in the installation's shell."""
        done = self.run("shell", "-v", "0", "-c", code)
        assert done.returncode == 0, done.stderr

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        """Do a statement and return the rows it has."""
        if self.database_url.startswith("sqlite:///"):
            path = self.database_url.removeprefix("sqlite:///")
            with closing(sqlite3.connect(path, timeout=20)) as database, database:
                return database.execute(query).fetchall()
        with psycopg.connect(self.database_url) as database:
            cursor = database.execute(query)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def log(self) -> str:
        """Return what the processes said."""
        path = self.folder / "log"
        return path.read_text() if path.exists() else ""

    def kill(self) -> None:
        """End whatever is still running."""
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_until(condition: Callable[[], object], *, seconds: float = 90) -> None:
    """Wait until ``condition`` holds; fail when it takes longer than ``seconds``."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.1)


class Pristine:
    """A copy of the test database as the migrations left it, to make further copies from."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "pristine.sqlite3"
        self.name = f"pristine_{secrets.token_hex(4)}"
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(self.path)) as copy:
                connection.connection.backup(copy)
            return
        connection.close()
        connection.close_pool()
        parameters = connection.get_connection_params()
        self.server = {"host": parameters["host"], "user": parameters["user"]}
        self.original = parameters["dbname"]
        self._copy(self.original, self.name)

    @contextmanager
    def copy(self, folder: Path) -> Iterator[str]:
        """Give the address of a copy as long as the block runs."""
        if connection.vendor == "sqlite":
            path = shutil.copy(self.path, folder / "tandemwerk.sqlite3")
            yield f"sqlite:///{path}"
            return
        name = f"copy_{secrets.token_hex(4)}"
        self._copy(self.name, name)
        try:
            yield f"postgresql://{self.server['user']}@/{name}?host={self.server['host']}"
        finally:
            self._drop(name)

    def close(self) -> None:
        """Remove it, and end what threads of tests have left open: the original goes next."""
        if connection.vendor == "sqlite":
            return
        connection.close()
        connection.close_pool()
        self._do(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{self.original}'"
        )
        self._drop(self.name)

    def _copy(self, source: str, target: str) -> None:
        self._do(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    def _drop(self, name: str) -> None:
        self._do(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _do(self, statement: str) -> None:
        with psycopg.connect(**self.server, dbname="postgres", autocommit=True) as server:
            server.execute(statement)
