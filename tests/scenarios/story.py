"""People who answer proposals of an installation that is started and killed as told."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from tests.installation import ROOT, Installation, wait_until

LAUNCH = "import django; django.setup(); from tests.scenarios import launcher; launcher.main()"
ANSWER = b"send=1&answer=yes"
DONE = {200, 302}


class Story:
    """People with links, and a program that dies under their hands."""

    def __init__(self, installation: Installation) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.installation = installation
        (installation.folder / "static").mkdir()
        environment = installation.environment | {
            "BASE_URL": f"http://127.0.0.1:{self.port}",
            "DJANGO_SETTINGS_MODULE": "tandemwerk.config.settings",
            "PORT": str(self.port),
            "WEB_WORKERS": "1",
        }
        with (installation.folder / "log").open("ab") as log:
            self.launcher = subprocess.Popen(
                [sys.executable, "-c", LAUNCH],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        self.links: dict[str, str] = self.order("prepare")
        self.confirmed: set[int] = set()

    def order(self, word: str):
        """Tell the launcher to do something and return its answer."""
        assert self.launcher.stdin
        assert self.launcher.stdout
        self.launcher.stdin.write(f"{word}\n".encode())
        self.launcher.stdin.flush()
        return json.loads(self.launcher.stdout.readline() or "null")

    def live(self, seconds: float, *, once_it_answers: bool) -> None:
        """Start everything, let people answer, and kill everything after so many seconds.

        They count from the start, or from the moment in which the server answers: how long it
        takes to get there is another matter on every machine.
        """
        groups = self.order("start")
        is_over = threading.Event()
        people = threading.Thread(target=self._answer, args=(is_over,))
        people.start()
        if once_it_answers:
            self.wait_for_an_answer()
        time.sleep(seconds)
        for group in groups:
            kill(group)
        is_over.set()
        people.join()

    def wait_for_an_answer(self) -> None:
        """Wait until the server answers at all."""
        wait_until(lambda: self.ask("GET", "/health/live") in DONE, seconds=60)

    def _answer(self, is_over: threading.Event) -> None:
        for number, link in self.links.items():
            if int(number) not in self.confirmed and not is_over.is_set():
                if self._says_yes(link):
                    self.confirmed.add(int(number))
                else:
                    time.sleep(0.05)

    def _says_yes(self, link: str) -> bool:
        return self.ask("POST", urlsplit(link).path, ANSWER) in DONE

    def ask(self, method: str, path: str, body: bytes | None = None) -> int:
        """Return the status of an answer, 0 when there is none."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=2)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body, headers)
            return connection.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            connection.close()

    def end(self) -> None:
        """Let go of the launcher."""
        assert self.launcher.stdin
        self.launcher.stdin.close()
        self.launcher.wait(timeout=30)
        assert self.launcher.stdout
        self.launcher.stdout.close()


def kill(group: int) -> None:
    """Kill a process and all that it started. It may not have come to its own group yet."""
    for end in (os.killpg, os.kill):
        try:
            end(group, signal.SIGKILL)
        except ProcessLookupError:
            continue
