"""Polls: made with a topic, voted in, closed by themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from tandemwerk.community.errors import AlreadySettledError
from tandemwerk.community.models import Poll, PollOption, PollVote, Topic
from tandemwerk.people.models import User

FEWEST: Final = 2
MOST: Final = 8


@dataclass(frozen=True, kw_only=True)
class PollDraft:
    """A poll as it is asked for."""

    question: str
    options: Sequence[str]
    allows_several: bool = False
    closes_at: datetime | None = None


def add_poll(topic: Topic, draft: PollDraft) -> Poll:
    """Give a topic its poll. Belongs into the transaction of the topic."""
    poll = Poll.objects.create(
        topic=topic,
        question=draft.question,
        allows_several=draft.allows_several,
        closes_at=draft.closes_at,
    )
    PollOption.objects.bulk_create(
        PollOption(poll=poll, text=text, position=number)
        for number, text in enumerate(draft.options, start=1)
    )
    return poll


@transaction.atomic
def vote(*, poll_id: int, option_ids: Iterable[int], by: User, at: datetime) -> None:
    """Let somebody choose, or choose again. Raises AlreadySettledError once the poll is closed.

    The choice replaces the earlier one; of a poll with one answer only one counts. It is no entry
    of the trail: what somebody votes is nobody's business.
    """
    poll = Poll.objects.select_for_update(of=("self",)).get(pk=poll_id)
    if poll.closes_at is not None and poll.closes_at <= at:
        raise AlreadySettledError
    wanted = set(option_ids)
    chosen = [each for each in poll.options.order_by("position") if each.pk in wanted]
    if not poll.allows_several:
        chosen = chosen[:1]
    PollVote.objects.filter(option__poll=poll, user=by).delete()
    PollVote.objects.bulk_create(PollVote(option=each, user=by) for each in chosen)
