"""How much somebody may post."""

from datetime import timedelta

import pytest

from tandemwerk.community import limits
from tandemwerk.community.enums import DecisionKind, PostState
from tandemwerk.community.errors import (
    DuplicateError,
    LooksLikeSpamError,
    SuspendedError,
    TooFastError,
)
from tandemwerk.community.models import Decision, Suspension
from tandemwerk.programme.enums import Role
from tests.community.factories import PostFactory, SpaceFactory, TopicFactory
from tests.factories import NOON, MembershipFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

LONG = "Wir laden am ersten Tag alle ein und kochen zusammen."


@pytest.fixture
def user():
    return MembershipFactory().user


@pytest.fixture
def space():
    return SpaceFactory()


def wrote(user, space, *, ago, body="Ein Satz.", **fields):
    topic = TopicFactory(space=space, body=False)
    return PostFactory(topic=topic, author=user, body=body, created_at=NOON - ago, **fields)


def check(user, space, body="Noch ein Satz."):
    limits.check_may_post(user=user, space=space, body=body, at=NOON)


def suspend(user, space, **fields):
    decision = Decision.objects.create(
        kind=DecisionKind.SUSPEND, space=space or SpaceFactory(), person=user, at=NOON, reason="-"
    )
    dates = {"starts_at": NOON - timedelta(days=1), "ends_at": NOON + timedelta(days=1)} | fields
    return Suspension.objects.create(user=user, space=space, decision=decision, **dates)


def test_somebody_who_writes_now_and_then_is_not_stopped(user, space):
    wrote(user, space, ago=timedelta(minutes=1))

    check(user, space)


def test_six_posts_in_two_minutes_are_too_many(user, space):
    for number in range(6):
        wrote(user, space, ago=timedelta(seconds=100 - number))

    with pytest.raises(TooFastError) as caught:
        check(user, space)

    assert caught.value.seconds == 20


def test_slow_mode_counts_the_posts_of_this_space_alone(user, space):
    space.slow_mode_seconds = 600
    wrote(user, SpaceFactory(), ago=timedelta(seconds=10))
    check(user, space)
    wrote(user, space, ago=timedelta(seconds=100))

    with pytest.raises(TooFastError) as caught:
        check(user, space)

    assert caught.value.seconds == 500


def test_moderators_are_not_slowed_down(space):
    moderator = MembershipFactory(
        role=Role.NETWORK_MODERATOR, site=None, programme=ProgrammeFactory()
    ).user
    for _ in range(8):
        wrote(moderator, space, ago=timedelta(seconds=10))

    check(moderator, space)


def test_the_same_words_twice_in_a_day_are_a_mistake(user, space):
    wrote(user, space, ago=timedelta(hours=3), body=LONG)

    with pytest.raises(DuplicateError):
        check(user, space, body=f" {LONG}\n")


def test_a_short_thank_you_may_be_said_twice(user, space):
    wrote(user, space, ago=timedelta(hours=3), body="Danke!")

    check(user, space, body="Danke!")


def test_what_was_taken_back_may_be_said_again(user, space):
    wrote(user, space, ago=timedelta(hours=3), body=LONG, state=PostState.REMOVED)

    check(user, space, body=LONG)


def test_many_links_of_somebody_new_look_like_advertising(user, space):
    with pytest.raises(LooksLikeSpamError):
        check(user, space, body="https://a.example https://b.example www.c.example")


def test_somebody_known_may_post_a_list_of_links(user, space):
    wrote(user, space, ago=timedelta(days=3))

    check(user, space, body="https://a.example https://b.example www.c.example")


@pytest.mark.parametrize("everywhere", [True, False])
def test_a_suspension_keeps_from_writing(user, space, everywhere):
    suspend(user, None if everywhere else space)

    with pytest.raises(SuspendedError):
        check(user, space)


@pytest.mark.parametrize(
    "fields",
    [
        {"lifted_at": NOON - timedelta(hours=1)},
        {"ends_at": NOON},
        {"starts_at": NOON + timedelta(hours=1)},
    ],
    ids=["lifted", "over", "to come"],
)
def test_a_suspension_that_does_not_hold_keeps_from_nothing(user, space, fields):
    suspend(user, space, **fields)

    check(user, space)


def test_a_suspension_in_one_space_leaves_the_others_open(user, space):
    suspend(user, space)

    check(user, SpaceFactory())


def test_the_first_words_of_somebody_new_are_reviewed_where_the_space_wants_it(user):
    space = SpaceFactory(reviews_first_posts=True)
    wrote(user, space, ago=timedelta(days=1), state=PostState.PENDING)

    assert limits.needs_review(user, space)
    assert not limits.needs_review(user, SpaceFactory(reviews_first_posts=False))


def test_somebody_who_was_shown_once_is_not_reviewed_again(user):
    space = SpaceFactory(reviews_first_posts=True)
    wrote(user, SpaceFactory(), ago=timedelta(days=1))

    assert not limits.needs_review(user, space)


def test_the_check_asks_the_database_three_times(user, space, django_assert_max_num_queries):
    wrote(user, space, ago=timedelta(days=1))

    with django_assert_max_num_queries(5):
        check(user, space, body=LONG)
