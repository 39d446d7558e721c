"""Keeps a few processes running in the foreground, and ends all of them together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import Final

from tandemwerk.config.lifeline import PARENT

LOOK_SECONDS: Final = 0.2
#: A child that does not stop by itself is killed after so long.
PATIENCE_SECONDS: Final = 8.0
#: A child that ends again and again is started more and more slowly, up to this.
LONGEST_PAUSE: Final = 30.0
#: Whoever ran so long had been started well.
STEADY_SECONDS: Final = 20.0


@dataclass
class Child:
    """One command that has to run."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    #: When to start it (again), and how long to wait next time.
    due: float = 0.0
    pause: float = field(default=0.5)


class Supervisor:
    """Starts its children, starts again the one that died, stops all on SIGTERM and Ctrl-C."""

    def __init__(self, children: Sequence[Child], *, environment: Mapping[str, str]) -> None:
        self._children = children
        self._environment = {**environment, PARENT: str(os.getpid())}
        self._stopping = False

    def run(self, *, announce: Callable[[], bool]) -> None:
        """Run until told to stop, then stop all. ``announce`` is called until it returns True."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup wants it to go on
            signal.signal(signal.SIGHUP, self._stop)
        is_announced = False
        try:
            while not self._stopping:
                for child in self._children:
                    self._look_after(child)
                is_announced = is_announced or announce()
                time.sleep(LOOK_SECONDS)
        finally:
            self._end_all()

    def _stop(self, _signum: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is not None and child.process.poll() is not None:
            if now - child.started > STEADY_SECONDS:
                child.pause = 0.5
            sys.stderr.write(
                f"tandemwerk: {child.name} ended with {child.process.returncode}, "
                f"starting it again in {child.pause:g} s\n"
            )
            child.process, child.due = None, now + child.pause
            child.pause = min(child.pause * 2, LONGEST_PAUSE)
        if child.process is None and now >= child.due and not self._stopping:
            child.started = now
            child.process = subprocess.Popen(child.command, env=self._environment)  # noqa: S603

    def _end_all(self) -> None:
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            with suppress(ProcessLookupError):
                process.terminate()
        end = time.monotonic() + PATIENCE_SECONDS
        for process in running:
            try:
                process.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
