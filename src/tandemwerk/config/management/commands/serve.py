"""``tandemwerk serve``: the web server."""

import gc
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from tandemwerk.config.preloading import preload
from tandemwerk.core.forking import leave_databases

#: Open at once, in each process: half of the files that most systems let a process open.
CONNECTIONS: Final = 512


class Command(BaseCommand):
    help = "Serve the pages. HOST, PORT, WEB_WORKERS and WEB_THREADS say where and how wide."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)

    def handle(self, *_args: Any, host: str, port: int, **_options: Any) -> None:
        preload()
        leave_databases()
        # What is loaded stays: no page has to wait while all of it is searched for garbage again.
        gc.collect()
        gc.freeze()
        Granian(
            "tandemwerk.config.serving:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=settings.WEB_WORKERS,
            blocking_threads=settings.WEB_THREADS,
            # Browsers keep several connections open, idle ones for half a minute: whoever comes
            # must find a place beside them.
            backpressure=CONNECTIONS,
            workers_kill_timeout=5,
            respawn_failed_workers=True,
            # Addresses hold signed links: they stay out of the logs.
            log_access=False,
            log_level=LogLevels.warning,
        ).serve()
