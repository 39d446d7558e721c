"""No process of ours outlives the one that started it.

When a supervisor or a web server's first process is killed hard, nobody tells its children. They
look themselves whether their parent is still there, and end when it is not: the port is free and
no second worker runs when the programme is started again.
"""

import os
import signal
import threading
import time
from typing import Final

LOOK_SECONDS: Final = 0.5
#: In the environment of a supervisor's children: its process number.
PARENT: Final = "TANDEMWERK_PARENT"


def hold_on() -> None:
    """End this process with the one that stands in the environment, if one does."""
    parent = os.environ.pop(PARENT, "")
    if parent:
        end_with(int(parent))


def end_with(parent: int) -> None:
    """Send this process SIGTERM as soon as ``parent`` is not its parent any more."""

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=look, name="lifeline", daemon=True).start()
