"""Every night: pairs are suggested anew where something has changed."""

from datetime import timedelta

from django_tasks import task

from tandemwerk.core import clock
from tandemwerk.core.tasks import every
from tandemwerk.tandems.services.rounds import run_night


@every(timedelta(days=1))
@task()
def suggest_pairs_at_night() -> int:
    """Suggest pairs at the sites that want it. Return how many sites were computed."""
    return run_night(at=clock.now()).computed
