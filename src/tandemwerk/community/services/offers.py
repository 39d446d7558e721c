"""Offering questions that nobody has answered to those who probably know.

The pairing engine spreads them: as many offers as there can be, and among those the best fits.
Each round gives every question one member at most, so that nobody gets a question twice.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction

from tandemwerk.community.enums import OFFER_MOVES, OPEN_OFFERS, OfferState, TopicState
from tandemwerk.community.models import Offer, Post, Topic
from tandemwerk.community.queries import offers as queries
from tandemwerk.community.queries.offers import MOST_OPEN, OFFERS, Candidate, Question
from tandemwerk.core import audit
from tandemwerk.core.actors import SYSTEM
from tandemwerk.core.moves import check_move
from tandemwerk.messaging.notices import notify, withdraw
from tandemwerk.pairing import assign
from tandemwerk.people.models import User

#: Of one question so many of the best are given to the solver; the others fit less.
BEST: Final = 60


@transaction.atomic
def offer_questions(*, at: datetime, only: Iterable[int] | None = None) -> int:
    """Offer the questions that wait, each to three members. Return how many offers were made.

    Twice in a row the second finds nothing to do. ``only``: of these topics.
    """
    settle_offers(at=at)
    waiting = queries.unanswered(at=at)
    if only is not None:
        waiting = waiting.filter(pk__in=list(only))
    # Two runs at the same time take turns.
    numbers = list(waiting.values_list("pk", flat=True)[: queries.MOST_QUESTIONS])
    locked = Topic.objects.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk")
    kept = [each.pk for each in locked]
    topics = queries.unanswered(at=at).filter(pk__in=kept)
    chosen = spread(queries.questions(topics, at=at))
    for topic, candidate in chosen:
        _offer(topic, candidate, at=at)
    return len(chosen)


def spread(questions: list[Question]) -> list[tuple[Topic, Candidate]]:
    """Choose who gets which question: three rounds of the exact assignment.

    ``volunteer`` is the member, ``newcomer`` the question. Pure but for the count of what members
    have in their lists already.
    """
    users = sorted({each.user_id for one in questions for each in one.candidates[:BEST]})
    place = {number: position for position, number in enumerate(users)}
    taken = queries.open_numbers(users)
    capacity = [max(0, MOST_OPEN - taken.get(number, 0)) for number in users]
    given: list[tuple[Topic, Candidate]] = []
    used: Counter[int] = Counter()
    has: set[tuple[int, int]] = set()
    for round_number in range(OFFERS):
        members, positions, scores, pairs = [], [], [], []
        for position, question in enumerate(questions):
            if question.needed <= round_number:
                continue
            for candidate in question.candidates[:BEST]:
                if (position, candidate.user_id) not in has:
                    members.append(place[candidate.user_id])
                    positions.append(position)
                    scores.append(candidate.score)
                    pairs.append((position, candidate))
        left = [room - used[position] for position, room in enumerate(capacity)]
        if not members:
            break
        found = assign(members, positions, scores, capacity=left, newcomers=len(questions))
        for index in found.pairs.tolist():
            position, candidate = pairs[index]
            given.append((questions[position].topic, candidate))
            used[place[candidate.user_id]] += 1
            has.add((position, candidate.user_id))
    return given


def _offer(topic: Topic, candidate: Candidate, *, at: datetime) -> None:
    offer = Offer.objects.create(
        topic=topic, user_id=candidate.user_id, reasons=candidate.reasons, offered_at=at
    )
    notify(
        key=_key(offer),
        kind="community.offer",
        to=[candidate.user_id],
        url=topic.get_absolute_url(),
        context={"topic": topic.title},
        at=at,
    )
    audit.record(
        action="community.offer_question",
        by=SYSTEM,
        at=at,
        target=topic,
        changes={"user": candidate.user_id, "reasons": candidate.reasons},
    )


def _key(offer: Offer) -> str:
    return f"community.offer:{offer.pk}"


@transaction.atomic
def accept_offer(*, offer_id: int, by: User, at: datetime) -> Offer:
    """Take a question on: it stays in the list until it is answered. Raises IllegalMoveError."""
    offer = _moved(offer_id, OfferState.ACCEPTED, at=at)
    audit.record(action="community.accept_offer", by=by, at=at, target=offer.topic)
    return offer


@transaction.atomic
def pass_offer(*, offer_id: int, by: User, at: datetime) -> Offer:
    """Pass a question on: the next who fits gets it. Raises IllegalMoveError."""
    offer = _moved(offer_id, OfferState.DECLINED, at=at)
    withdraw(keys=[_key(offer)])
    audit.record(action="community.pass_offer", by=by, at=at, target=offer.topic)
    offer_questions(at=at, only=[offer.topic_id])
    return offer


def _moved(offer_id: int, target: OfferState, *, at: datetime) -> Offer:
    rows = Offer.objects.select_for_update(of=("self",)).select_related("topic__space")
    offer = rows.get(pk=offer_id)
    check_move(OFFER_MOVES, current=OfferState(offer.state), target=target)
    offer.state = target
    offer.settled_at = None if target == OfferState.ACCEPTED else at
    offer.save(update_fields=["state", "settled_at"])
    return offer


def settle_offers(*, at: datetime) -> int:
    """Close the offers of questions that were answered or closed meanwhile. Return how many."""
    rows = Offer.objects.filter(state__in=OPEN_OFFERS).select_related("topic")
    topics = queries.with_answers(Topic.objects.filter(pk__in=rows.values("topic")))
    state_of = {each.pk: each for each in topics}
    said = set(
        Post.objects.filter(topic__in=state_of, state="shown", author__isnull=False)
        .order_by()
        .values_list("topic", "author")
        .distinct()
    )
    answered, lapsed = [], []
    for offer in rows:
        topic = state_of[offer.topic_id]
        if (offer.topic_id, offer.user_id) in said:
            answered.append(offer)
        elif topic.is_answered or topic.accepted_post_id or topic.state != TopicState.OPEN:
            lapsed.append(offer)
    for state, offers in ((OfferState.ANSWERED, answered), (OfferState.LAPSED, lapsed)):
        numbers = [each.pk for each in offers]
        Offer.objects.filter(pk__in=numbers).update(state=state, settled_at=at)
        withdraw(keys=[_key(each) for each in offers])
    return len(answered) + len(lapsed)
