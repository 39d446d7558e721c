"""Lists and pages of the community ask the database as often for three rows as for one."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tandemwerk.community.enums import PostState, ReportReason, TopicState
from tandemwerk.community.models import Report, Space
from tandemwerk.community.worklist import to_moderate
from tandemwerk.people.models import User
from tests.community.factories import PostFactory, SpaceFactory, TopicFactory
from tests.factories import NOON, SiteFactory, UserFactory
from tests.world import World

pytestmark = pytest.mark.django_db


def asked(work: Callable[[], object]) -> int:
    work()  # what is kept in memory is there from now on
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def something_to_moderate(space: Space, world: World) -> None:
    """Make a first post that waits, one that was reported and a topic that waits."""
    waits = TopicFactory(space=space, state=TopicState.PENDING)
    PostFactory(topic=waits, state=PostState.PENDING, site=SiteFactory())
    reported = PostFactory(topic=TopicFactory(space=space), site=SiteFactory())
    for reporter in UserFactory.create_batch(2):
        Report.objects.create(post=reported, reporter=reporter, reason=ReportReason.OTHER, at=NOON)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_the_queue_of_the_moderation(world: World, sign_in):
    client = sign_in(world.users["network"])
    counts = []
    for number in (1, 2):
        for _ in range(number):
            something_to_moderate(SpaceFactory(), world)
        counts.append(asked(lambda: client.get(reverse("community:moderation"))))

    assert counts[0] == counts[1]


def test_what_waits_for_moderation_in_the_worklist(world: World):
    counts = []
    for number in (1, 2):
        for _ in range(number):
            something_to_moderate(SpaceFactory(), world)
        counts.append(asked(lambda: to_moderate(fresh(world.users["network"]), NOON, 10)))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("page", ["home", "space"])
def test_the_lists_of_topics(world: World, sign_in, page):
    space = SpaceFactory()
    client = sign_in(world.users["network"])
    address = reverse(f"community:{page}", args=[space.slug] if page == "space" else [])
    counts = []
    for number in (1, 2):
        for _ in range(number):
            TopicFactory(space=space, site=SiteFactory())
        counts.append(asked(lambda: client.get(address)))

    assert counts[0] == counts[1]
