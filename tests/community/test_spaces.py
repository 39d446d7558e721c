"""Walls, and how one gets into a working group and out again."""

import pytest

from tandemwerk.community.enums import (
    JoinPolicy,
    SpaceKind,
    SpaceMembershipState,
    SpaceRole,
    TopicState,
)
from tandemwerk.community.errors import AlreadySettledError, LastOwnerError
from tandemwerk.community.models import Space, SpaceMembership, Topic
from tandemwerk.community.queries.spaces import moderators_of, readers_of, who_reads
from tandemwerk.community.rules import may_moderate, may_read, may_read_topic
from tandemwerk.community.services import spaces
from tandemwerk.people.models import User
from tests.community.factories import SpaceFactory, SpaceMembershipFactory, TopicFactory
from tests.factories import NOON, CarrierFactory
from tests.world import World

pytestmark = pytest.mark.django_db

S = SpaceMembershipState


def every_space(world: World) -> list[Space]:
    """Make a space of each kind and each way to join, with somebody in the groups."""
    made = [
        SpaceFactory(kind=kind)
        for kind in (SpaceKind.MEMBERS, SpaceKind.CARRIERS, SpaceKind.MINISTRY, SpaceKind.INTERNAL)
    ]
    made += [
        SpaceFactory(carrier_only=True, carrier=world.carrier),
        SpaceFactory(carrier_only=True, carrier=world.foreign.carrier),
    ]
    for policy in JoinPolicy:
        group = SpaceFactory(group=True, join_policy=policy)
        rows = (("reader", S.ACTIVE), ("ministry", S.INVITED), ("coordinator", S.REQUESTED))
        for role, state in rows:
            SpaceMembershipFactory(space=group, user=world.users[role], state=state)
        SpaceMembershipFactory(
            space=group, user=world.users["safeguarding"], role=SpaceRole.OWNER, state=S.ACTIVE
        )
        made.append(group)
    return made


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_list_rule_and_readers_agree_for_every_role_and_kind_of_space(world: World):
    for space in every_space(world):
        readers = set(readers_of(space).values_list("pk", flat=True))
        for user in map(fresh, world.users.values()):
            listed = Space.objects.visible_to(user).filter(pk=space.pk).exists()

            assert (listed, user.pk in readers) == (may_read(user, space), listed), (space, user)


def test_moderators_and_the_rule_agree_for_every_role_and_kind_of_space(world: World):
    for space in every_space(world):
        moderators = set(moderators_of(space).values_list("pk", flat=True))
        for user in map(fresh, world.users.values()):
            if may_read(user, space):
                assert (user.pk in moderators) == may_moderate(user, space), (space, user)


def test_topics_follow_their_space_for_every_role(world: World):
    for space in every_space(world):
        topic = TopicFactory(space=space)
        for user in map(fresh, world.users.values()):
            seen = Topic.objects.visible_to(user).filter(pk=topic.pk).exists()

            assert seen == may_read(user, space), (space, user)


def test_list_and_rule_of_topics_agree_for_every_role_and_state(world: World):
    target = TopicFactory()
    for space in every_space(world):
        for state in TopicState:
            into = target if state == TopicState.MERGED else None
            author = world.users["coordinator"]
            topic = TopicFactory(space=space, state=state, merged_into=into, author=author)
            for user in map(fresh, world.users.values()):
                seen = Topic.objects.visible_to(user).filter(pk=topic.pk).exists()

                assert seen == may_read_topic(user, topic), (space, state, user)


def test_the_ministry_never_reads_what_carriers_say_among_themselves(world: World):
    kinds = (SpaceKind.CARRIERS, SpaceKind.CARRIER, SpaceKind.INTERNAL)
    walled = [each for each in every_space(world) if each.kind in kinds]

    seen = Space.objects.visible_to(world.users["ministry"])

    assert {each.pk for each in walled}.isdisjoint(seen.values_list("pk", flat=True))


def test_every_space_says_who_reads_it(world: World):
    said = [who_reads(each) for each in every_space(world)]

    assert all(said)


def test_the_fixed_spaces_are_made_once(world: World):
    first = spaces.ensure_spaces(at=NOON)
    CarrierFactory(name="Neuer Verband")

    second = spaces.ensure_spaces(at=NOON)

    assert {each.kind for each in first} == set(SpaceKind) - {SpaceKind.GROUP}
    assert [each.kind for each in second] == [SpaceKind.CARRIER]


def test_who_asks_is_let_in_by_an_owner_and_reads_from_then_on(world: World):
    owner, user = world.users["network"], world.users["coordinator"]
    group = spaces.create_group(
        name="Sprache",
        about="",
        join_policy=JoinPolicy.REQUEST,
        reviews_first_posts=False,
        by=owner,
        at=NOON,
    )
    asked = spaces.join_space(space_id=group.pk, by=user, at=NOON)
    before = Space.objects.visible_to(user).filter(pk=group.pk).exists()

    spaces.answer_request(membership_id=asked.pk, is_welcome=True, by=owner, at=NOON)

    after = Space.objects.visible_to(user).filter(pk=group.pk).exists()
    assert (asked.state, before, after) == (S.REQUESTED, False, True)
    with pytest.raises(AlreadySettledError):
        spaces.answer_request(membership_id=asked.pk, is_welcome=False, by=owner, at=NOON)


def test_who_is_declined_may_ask_again(world: World):
    group = SpaceFactory(group=True, join_policy=JoinPolicy.REQUEST)
    user = world.users["coordinator"]
    asked = spaces.join_space(space_id=group.pk, by=user, at=NOON)

    spaces.answer_request(
        membership_id=asked.pk, is_welcome=False, by=world.users["network"], at=NOON
    )

    assert spaces.join_space(space_id=group.pk, by=user, at=NOON).state == S.REQUESTED


def test_only_the_invited_enter_by_invitation(world: World):
    group = SpaceFactory(group=True, join_policy=JoinPolicy.INVITATION)
    invited, stranger = world.users["coordinator"], world.users["reader"]
    spaces.invite(space_id=group.pk, user_id=invited.pk, by=world.users["network"], at=NOON)

    mine = spaces.join_space(space_id=group.pk, by=invited, at=NOON)

    assert mine.state == S.ACTIVE
    with pytest.raises(AlreadySettledError):
        spaces.join_space(space_id=group.pk, by=stranger, at=NOON)


def test_a_group_keeps_its_last_owner(world: World):
    owner = world.users["network"]
    group = SpaceFactory(group=True)
    SpaceMembershipFactory(space=group, user=owner, role=SpaceRole.OWNER)

    with pytest.raises(LastOwnerError):
        spaces.leave_space(space_id=group.pk, user_id=owner.pk, by=owner, at=NOON)
    with pytest.raises(LastOwnerError):
        spaces.set_role(
            space_id=group.pk, user_id=owner.pk, role=SpaceRole.MEMBER, by=owner, at=NOON
        )
    assert SpaceMembership.objects.filter(space=group, role=SpaceRole.OWNER).count() == 1


def test_an_archived_space_can_be_read_and_not_written_in(world: World, sign_in):
    space = SpaceFactory()
    spaces.archive_space(space_id=space.pk, is_archived=True, by=world.users["network"], at=NOON)
    client = sign_in(world.users["coordinator"])

    read = client.get(f"/de/community/{space.slug}/").status_code
    write = client.get(f"/de/community/{space.slug}/new/").status_code

    assert (read, write) == (200, 403)


def test_an_unknown_name_cannot_be_invited_and_stays_in_the_form(world: World, sign_in):
    group = SpaceFactory(group=True)
    SpaceMembershipFactory(space=group, user=world.users["coordinator"], role=SpaceRole.OWNER)
    client = sign_in(world.users["coordinator"])

    answer = client.post(f"/de/community/{group.slug}/invite/", {"who": "Niemand"})

    assert (answer.status_code, "Niemand" in answer.text) == (422, True)
