"""Work in the background."""

from datetime import timedelta

from django_tasks import task

from tandemwerk.core import clock
from tandemwerk.core.tasks import every
from tandemwerk.knowledge.services import links, reviewing


@every(timedelta(minutes=5))
@task()
def publish_what_is_due() -> int:
    """Publish what was approved for a moment that has come."""
    return reviewing.publish_due(at=clock.now())


@every(timedelta(hours=12))
@task()
def remind_owners() -> int:
    """Tell owners which of their articles should be looked at again."""
    return reviewing.warn_owners(at=clock.now())


@every(timedelta(hours=1))
@task()
def try_links() -> int:
    """Find links that lead nowhere."""
    return links.check_links(at=clock.now())
