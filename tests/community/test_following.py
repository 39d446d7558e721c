"""What readers keep for themselves: what is new, drafts, what they follow; the digest."""

from datetime import timedelta

import pytest

from tandemwerk.community.enums import SpaceKind
from tandemwerk.community.models import Draft, Subscription, Topic
from tandemwerk.community.notices import new_in_spaces
from tandemwerk.community.queries.posts import first_unread
from tandemwerk.community.queries.spaces import fresh_topics, my_spaces
from tandemwerk.community.services import following
from tandemwerk.core import clock
from tests.community.factories import PostFactory, SpaceFactory, TopicFactory
from tests.knowledge.factories import TermFactory
from tests.world import World

pytestmark = pytest.mark.django_db


def after(minutes: int):
    return clock.now() + timedelta(minutes=minutes)


def test_a_topic_is_new_until_it_is_read_and_again_when_somebody_answers(world: World):
    user, space = world.users["reader"], SpaceFactory()
    topic = TopicFactory(space=space, created_at=after(1))

    def is_new() -> bool:
        return fresh_topics(user, Topic.objects.all(), at=after(9)).exists()

    seen = [is_new()]
    following.mark_read(topic=topic, by=user, at=after(2))
    seen.append(is_new())
    Topic.objects.update(last_post_at=after(3))
    seen.append(is_new())
    following.mark_space_read(space=space, by=user, at=after(4))
    seen.append(is_new())

    assert seen == [True, False, True, False]


def test_the_home_page_counts_what_is_new_in_each_space(world: World):
    space, quiet = SpaceFactory(order=1), SpaceFactory(order=2)
    TopicFactory.create_batch(2, space=space, created_at=after(1))

    lines = my_spaces(world.users["reader"], at=after(9))

    assert [(line.space, line.fresh) for line in lines] == [(space, 2), (quiet, 0)]


def test_one_jumps_to_the_first_post_that_is_new(world: World):
    user = world.users["reader"]
    topic = TopicFactory(created_at=after(1))
    following.mark_read(topic=topic, by=user, at=after(2))
    first = PostFactory(topic=topic, created_at=after(3))
    PostFactory(topic=topic, created_at=after(4))

    assert first_unread(topic, user, at=after(9)) == first


def test_a_draft_is_kept_shown_again_and_gone_once_it_is_sent(world: World, sign_in):
    topic, user = TopicFactory(), world.users["coordinator"]
    client = sign_in(user)
    place = f"topic/{topic.pk}"

    kept = client.post("/de/community/drafts/", {"place": place, "body": "Angefangen"})
    page = client.get(topic.get_absolute_url())
    client.post(f"/de/community/topics/{topic.pk}/reply/", {"body": "Angefangen und fertig."})

    assert (kept.status_code, "Angefangen" in page.text, Draft.objects.count()) == (200, True, 0)


def test_a_draft_for_nobody_to_know_is_not_kept(world: World):
    user = world.users["coordinator"]
    following.save_draft(place="space/1", data={"body": "Text"}, by=user, at=clock.now())

    kept = following.save_draft(
        place="space/1", data={"body": "Text", "anonymity": "nobody"}, by=user, at=clock.now()
    )

    assert (kept, Draft.objects.count()) == (False, 0)


def test_a_draft_finds_no_place_that_one_cannot_read(world: World, sign_in):
    space = SpaceFactory(kind=SpaceKind.INTERNAL)
    client = sign_in(world.users["coordinator"])

    places = (f"space/{space.pk}", "space/x", "other/1", "")
    answers = {
        client.post("/de/community/drafts/", {"place": place, "body": "Text"}).status_code
        for place in places
    }

    assert answers == {404}


def test_one_follows_a_thing_in_one_way(world: World):
    user, term = world.users["reader"], TermFactory()

    for interest in ("all", "topics", "topics"):
        following.follow(by=user, interest=interest, term=term)
    kept = Subscription.objects.get()
    following.follow(by=user, interest="", term=term)

    assert (kept.interest, Subscription.objects.count()) == ("topics", 0)


def test_the_digest_names_what_each_reads_and_did_not_mute(
    world: World, django_assert_max_num_queries
):
    at = clock.now()
    open_to_all, inside = SpaceFactory(), SpaceFactory(kind=SpaceKind.INTERNAL)
    for space, title in ((open_to_all, "Für alle"), (inside, "Nur wir")):
        TopicFactory(space=space, title=title, created_at=at)
    following.follow(by=world.users["reader"], interest="muted", space=open_to_all)
    roles = ("network", "coordinator", "reader", "volunteer")
    users = [world.users[role].pk for role in roles]

    with django_assert_max_num_queries(6):
        found = new_in_spaces(users, at - timedelta(days=1), at)

    said = [{line.text.split(" (")[0] for line in found.get(number, [])} for number in users]
    assert said == [{"Für alle", "Nur wir"}, {"Für alle"}, set(), set()]
