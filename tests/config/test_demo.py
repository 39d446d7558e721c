"""The whole demo as a process: it comes up, heals itself, and goes down together."""

import os
import signal
import socket
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from tests.installation import Installation, wait_until

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def status_of(port: int, path: str) -> int:
    """Return the answer's status; 0 when nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


def child_of(parent: int, word: str) -> int | None:
    """Return the number of the child that was started with ``word``."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    for child in children:
        try:
            command = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked
        if word.encode() in command:
            return int(child)
    return None


def test_the_demo_comes_up_heals_itself_and_goes_down_in_time(
    installation: Installation, tmp_path: Path
):
    port = free_port()
    installation.environment.pop("SECRET_KEY")
    is_sqlite = installation.database_url.startswith("sqlite")
    installation.environment |= {
        "PORT": str(port),
        "BASE_URL": "",
        "WEB_WORKERS": "1",
        "DATABASE_URL": f"sqlite:///{tmp_path}/demo.sqlite3" if is_sqlite else "embedded",
    }

    demo = installation.start("demo")
    wait_until(
        lambda: status_of(port, "/health/ready") == 200 or demo.poll() is not None, seconds=420
    )
    assert demo.poll() is None, installation.log()
    pages = [status_of(port, path) for path in ("/de/accounts/login/", "/de/demo/outbox/")]
    second = installation.run("demo")
    killed = child_of(demo.pid, "worker")
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: child_of(demo.pid, "worker") not in {None, killed})
    began = time.monotonic()
    demo.terminate()
    demo.wait(timeout=30)

    assert pages == [200, 200]
    assert (second.returncode, second.stderr.count("\n")) == (1, 1)
    assert demo.returncode == 0
    assert time.monotonic() - began < 10
    assert status_of(port, "/health/live") == 0


def test_children_end_with_a_supervisor_that_was_killed(installation: Installation):
    port = free_port()
    installation.environment |= {"PORT": str(port), "BASE_URL": "", "WEB_WORKERS": "1"}
    parent = installation.start(
        "shell",
        "-v",
        "0",
        "-c",
        "import os, subprocess, sys; subprocess.run([sys.executable, '-m', "
        "'tandemwerk.config.cli', 'serve'], env={**os.environ, 'TANDEMWERK_PARENT': "
        "str(os.getpid())})",
    )
    wait_until(lambda: status_of(port, "/health/live") == 200, seconds=60)

    parent.kill()

    wait_until(lambda: status_of(port, "/health/live") == 0, seconds=10)
