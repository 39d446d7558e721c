"""``tandemwerk demo``: the whole demo programme in the foreground; what ``make run`` does."""

import hashlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

from tandemwerk.config import embedded, environment
from tandemwerk.config.environment import Environment
from tandemwerk.config.supervisor import Child, Supervisor

#: The demo accounts that a visitor may sign in with.
ROLES: Final = (
    "network",
    "ministry",
    "carrier",
    "coordinator",
    "volunteer",
    "newcomer",
    "speaker",
    "editor",
)
COMMAND: Final = (sys.executable, "-P", "-m", "tandemwerk.config.cli")


def run(arguments: list[str]) -> int:
    """Prepare what is missing, then serve and work until told to stop."""
    if arguments:
        sys.stderr.write("usage: tandemwerk demo   (settings come from the environment)\n")
        return 2
    # A stop while preparing is a stop, too: it ends the child and lets ``finally`` do its work.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    variables = demo_environment(os.environ)
    settings = environment.load(variables)
    if not _is_free(settings.host, settings.port):
        sys.stderr.write(
            f"tandemwerk: port {settings.port} is taken; PORT=9000 make run takes another\n"
        )
        return 1
    postgres = settings.data_dir / "postgres"
    try:
        if settings.database_url == "embedded":
            variables["DATABASE_URL"] = embedded.start_postgres(postgres)
        code = _prepare(settings, variables)
        if code == 0:
            children = [Child(name, [*COMMAND, name]) for name in ("serve", "worker")]
            supervisor = Supervisor(children, environment=variables)
            supervisor.run(announce=lambda: _announce(settings))
        return code
    finally:
        if settings.database_url == "embedded":
            embedded.stop_postgres(postgres)


def _prepare(settings: Environment, variables: dict[str, str]) -> int:
    """Prepare the demo, unless the same program has prepared the same database before.

    Finding out that nothing is missing takes as long as starting does. Return the exit status.
    """
    stamp = settings.data_dir / "prepared"
    state = _state(settings)
    if stamp.exists() and stamp.read_text() == state:
        return 0
    code = subprocess.run([*COMMAND, "prepare", "--demo"], env=variables, check=False).returncode  # noqa: S603
    if code == 0:
        stamp.write_text(_state(settings))
    return code


def _state(settings: Environment) -> str:
    """Return a hash over the program's files, its libraries and which data these are."""
    digest = hashlib.sha256(settings.database_url.encode())
    root = Path(__file__).parents[1]
    for folder, _folders, files in sorted(os.walk(root)):
        if not folder.endswith("__pycache__"):
            for name in sorted(files):
                state = Path(folder, name).stat()
                digest.update(f"{folder}/{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    libraries = Path(sysconfig.get_path("purelib")).stat().st_mtime_ns
    digest.update(f"{libraries}\n".encode())
    for data in ("tandemwerk.sqlite3", "postgres", "static"):
        path = settings.data_dir / data
        digest.update(f"{path.stat().st_ino if path.exists() else 0}\n".encode())
    return digest.hexdigest()


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def demo_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment with everything the demo needs; what was set stays."""
    folder = Path(environ.get("DATA_DIR") or "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return {
        **environ,
        "DATA_DIR": str(folder),
        "DEMO": "1",
        "SECRET_KEY": environ.get("SECRET_KEY") or _kept(folder / "secret_key", 50),
        "DEMO_PASSWORD": environ.get("DEMO_PASSWORD") or _kept(folder / "demo_password", 10),
    }


def _kept(path: Path, length: int) -> str:
    """Return the secret in ``path``, made at the first start."""
    if not path.exists():
        draft = path.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(length)[:length])
        draft.replace(path)
    return path.read_text().strip()


def _announce(settings: Environment) -> bool:
    """Say where the demo is, once it answers. Return whether it did."""
    connection = HTTPConnection(settings.host, settings.port, timeout=2)
    try:
        connection.request("GET", "/health/live")
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    print(_welcome(settings), flush=True)  # noqa: T201 - this is what the command is for
    return True


def _welcome(settings: Environment) -> str:
    address = settings.base_url
    return (
        f"\nTandemwerk is running: {address}/\n\n"
        f"  Sign in with one click:  {address}/de/accounts/login/\n"
        f"  or as one of             {', '.join(ROLES)}\n"
        f"                           (<role>@demo.example, password {settings.demo_password})\n"
        f"  Mails go to              {address}/de/demo/outbox/\n\n"
        "  Ctrl-C stops everything; the data stay.\n"
    )
