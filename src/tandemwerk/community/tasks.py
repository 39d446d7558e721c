"""Background work of the community."""

from datetime import timedelta
from typing import Final

from django_tasks import task

from tandemwerk.community.enums import PeerState
from tandemwerk.community.models import PeerRequest
from tandemwerk.community.services import attachments, following, offers, peers
from tandemwerk.core import clock
from tandemwerk.core.tasks import every

#: So long after its beginning a visit is over for certain.
OVER_AFTER: Final = timedelta(hours=18)


@every(timedelta(hours=1))
@task()
def offer_unanswered_questions() -> int:
    """Offer the questions that nobody has answered for two days."""
    return offers.offer_questions(at=clock.now())


@every(timedelta(hours=1))
@task()
def ask_how_it_was() -> int:
    """Ask both how a visit or a consultation was."""
    at = clock.now()
    over = PeerRequest.objects.filter(state=PeerState.AGREED, agreed_at__lt=at - OVER_AFTER)
    numbers = list(over.order_by("pk").values_list("pk", flat=True))
    for number in numbers:
        peers.finish(request_id=number, at=at)
    return len(numbers)


@every(timedelta(days=1))
@task()
def clean_up_what_was_never_sent() -> None:
    """Forget files that were brought and never sent, and drafts that nobody touched."""
    at = clock.now()
    attachments.forget_unsent(before=at - attachments.KEPT)
    following.forget_drafts(before=at - following.DRAFTS_KEPT)
