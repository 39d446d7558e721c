"""What moderation does with whole topics and with spaces."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db import transaction

from tandemwerk.community.enums import (
    OPEN_OFFERS,
    TOPIC_MOVES,
    Anonymity,
    DecisionKind,
    Interest,
    OfferState,
    TopicKind,
    TopicState,
)
from tandemwerk.community.errors import AlreadySettledError, CommunityError
from tandemwerk.community.models import (
    Decision,
    MeToo,
    Offer,
    Post,
    Space,
    Subscription,
    Topic,
)
from tandemwerk.community.services.moderation import (
    Ruling,
    claim,
    mend,
    record_decision,
    refresh_search,
)
from tandemwerk.core.moves import check_move

_K = DecisionKind
TOPIC_TARGETS: Final = {_K.LOCK: TopicState.LOCKED, _K.UNLOCK: TopicState.OPEN}


class WouldNameSomebodyError(CommunityError):
    """Words of somebody who asked without a name would stand elsewhere with their name."""


@transaction.atomic
def decide_topic(*, topic_id: int, ruling: Ruling) -> Decision:
    """Close or open a topic. Raises IllegalMoveError, DecidedMeanwhileError."""
    topic = claim(topic_id, post_id=None, seen=ruling.seen)
    target = TOPIC_TARGETS[ruling.kind]
    check_move(TOPIC_MOVES, current=TopicState(topic.state), target=target)
    topic.state = target
    topic.save(update_fields=["state"])
    if target == TopicState.LOCKED:
        _lapse_offers(topic, ruling)
    return record_decision(ruling, space=topic.space, topic=topic, person=topic.author)


@transaction.atomic
def pin_topic(*, topic_id: int, until: date | None, ruling: Ruling) -> Decision:
    """Keep a topic at the top of its space until a day, or no longer."""
    topic = claim(topic_id, post_id=None, seen=ruling.seen)
    topic.pinned_until = until
    topic.save(update_fields=["pinned_until"])
    details = {"until": until.isoformat()} if until else {}
    return record_decision(
        ruling, space=topic.space, topic=topic, person=topic.author, details=details
    )


@transaction.atomic
def move_topic(*, topic_id: int, space: Space, ruling: Ruling) -> Decision:
    """Put a topic into another space; from then on its readers are that space's."""
    topic = claim(topic_id, post_id=None, seen=ruling.seen)
    if topic.space_id == space.pk:
        raise AlreadySettledError
    details = {"from_space": topic.space_id, "to_space": space.pk}
    topic.space = space
    topic.save(update_fields=["space"])
    _lapse_offers(topic, ruling)
    refresh_search([topic.pk])
    return record_decision(ruling, space=space, topic=topic, person=topic.author, details=details)


@transaction.atomic
def merge_topic(*, topic_id: int, into_id: int, ruling: Ruling) -> Decision:
    """Put all posts of a topic into another one of the same space, with those who follow it.

    Raises WouldNameSomebodyError where somebody asked without a name, IllegalMoveError,
    DecidedMeanwhileError.
    """
    rows = Topic.objects.select_for_update(of=("self",)).filter(pk__in=(topic_id, into_id))
    list(rows.order_by("pk"))  # both, in one order: two merges never wait for each other
    topic = claim(topic_id, post_id=None, seen=ruling.seen)
    target = Topic.objects.get(pk=into_id, space=topic.space)
    if topic.anonymity != Anonymity.NAMED:
        raise WouldNameSomebodyError
    if target.state not in (TopicState.OPEN, TopicState.LOCKED) or target.pk == topic.pk:
        raise AlreadySettledError
    check_move(TOPIC_MOVES, current=TopicState(topic.state), target=TopicState.MERGED)
    Post.objects.filter(topic=topic).update(topic=target, is_asker=False)
    topic.state, topic.merged_into, topic.accepted_post = TopicState.MERGED, target, None
    topic.official_post = None
    topic.save(update_fields=["state", "merged_into", "accepted_post", "official_post"])
    _take_along(topic, target)
    _lapse_offers(topic, ruling)
    mend(target)
    refresh_search([topic.pk])
    details = {"into": target.pk}
    return record_decision(
        ruling, space=topic.space, topic=topic, person=topic.author, details=details
    )


def _take_along(topic: Topic, target: Topic) -> None:
    """Let those who follow a topic, or have the same question, do so with the one it goes into."""
    followers = topic.subscriptions.exclude(interest=Interest.MUTED)
    Subscription.objects.bulk_create(
        [
            Subscription(user_id=user, topic=target, interest=interest)
            for user, interest in followers.values_list("user_id", "interest")
        ],
        ignore_conflicts=True,
    )
    MeToo.objects.bulk_create(
        [
            MeToo(user_id=user, topic=target)
            for user in topic.me_toos.values_list("user_id", flat=True)
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def split_topic(
    *, topic_id: int, post_ids: Iterable[int], title: str, kind: TopicKind, ruling: Ruling
) -> Topic:
    """Make a topic of its own of some posts; whoever wrote the first of them has begun it.

    The first post of the old topic stays there. Raises WouldNameSomebodyError,
    AlreadySettledError where none of the posts stands in the topic any more.
    """
    topic = claim(topic_id, post_id=None, seen=ruling.seen)
    posts = list(
        Post.objects.filter(topic=topic, pk__in=post_ids)
        .select_related("author", "site", "carrier")
        .order_by("created_at", "pk")
    )
    first = Post.objects.filter(topic=topic).order_by("created_at", "pk").first()
    posts = [each for each in posts if first is None or each.pk != first.pk]
    if not posts:
        raise AlreadySettledError
    if topic.anonymity != Anonymity.NAMED and any(each.is_asker for each in posts):
        raise WouldNameSomebodyError
    begun = posts[0]
    made = Topic.objects.create(
        space=topic.space,
        kind=kind,
        title=title,
        language=topic.language,
        author=begun.author,
        site=begun.site,
        carrier=begun.carrier,
        created_at=begun.created_at,
        last_post_at=posts[-1].created_at,
    )
    made.terms.set(topic.terms.all())
    numbers = [each.pk for each in posts]
    Post.objects.filter(pk__in=numbers).update(topic=made, is_asker=False)
    for field in ("accepted_post", "official_post"):
        Topic.objects.filter(**{"pk": topic.pk, f"{field}__in": numbers}).update(**{field: None})
    Subscription.objects.bulk_create(
        [Subscription(user=each.author, topic=made) for each in posts if each.author is not None],
        ignore_conflicts=True,
    )
    mend(topic)
    mend(made)
    record_decision(
        ruling,
        space=topic.space,
        topic=made,
        person=begun.author,
        details={"from_topic": topic.pk, "posts": len(posts)},
    )
    return made


@transaction.atomic
def set_slow_mode(*, space_id: int, seconds: int, ruling: Ruling) -> Decision:
    """Let everybody in a space post only every so many seconds; 0: as they like."""
    space = Space.objects.select_for_update(of=("self",)).get(pk=space_id)
    space.slow_mode_seconds = seconds
    space.save(update_fields=["slow_mode_seconds"])
    return record_decision(ruling, space=space, details={"seconds": seconds})


def _lapse_offers(topic: Topic, ruling: Ruling) -> None:
    Offer.objects.filter(topic=topic, state__in=OPEN_OFFERS).update(
        state=OfferState.LAPSED, settled_at=ruling.at
    )
