"""Is the process there, and can it serve? For load balancers and people on call."""

import shutil
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from tandemwerk.core import clock
from tandemwerk.core.models import Heartbeat

WORKER_SILENT_AFTER: Final = timedelta(seconds=60)
MIN_FREE_BYTES: Final = 200 * 1024 * 1024


def findings() -> dict[str, str]:
    """Return what keeps the installation from serving: name of the check -> what is wrong."""
    wrong: dict[str, str] = {}
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            wrong["migrations"] = "the database is older than the program: run migrate"
        elif not Heartbeat.objects.filter(at__gte=clock.now() - WORKER_SILENT_AFTER).exists():
            wrong["worker"] = "no worker has been heard of: start tandemwerk worker"
    except DatabaseError as error:
        wrong["database"] = f"no answer ({type(error).__name__})"
    if shutil.disk_usage(settings.DATA_DIR).free < MIN_FREE_BYTES:
        wrong["disk"] = "less than 200 MB free"
    return wrong


def live(_request: HttpRequest) -> JsonResponse:
    """Answer: the process is there."""
    return JsonResponse({"status": "ok"})


def ready(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, migrations, worker and disk are fine, else 503 and which not."""
    wrong = findings()
    status = 503 if wrong else 200
    return JsonResponse({"status": "ok" if not wrong else "not ready", **wrong}, status=status)
