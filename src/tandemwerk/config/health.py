"""Is the process there, and can it serve? For load balancers and people on call."""

from django.http import HttpRequest, JsonResponse

from tandemwerk.core import clock
from tandemwerk.core.doctor import vital_findings


def live(_request: HttpRequest) -> JsonResponse:
    """Answer: the process is there."""
    return JsonResponse({"status": "ok"})


def ready(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, migrations, worker and disk are fine, else 503 and which not."""
    wrong = {finding.name: finding.what for finding in vital_findings(at=clock.now())}
    status = 503 if wrong else 200
    return JsonResponse({"status": "ok" if not wrong else "not ready", **wrong}, status=status)
