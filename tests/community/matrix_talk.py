"""What each role gets where people talk."""

from typing import Any

from django.core.files.base import ContentFile

from tandemwerk.community.enums import (
    Anonymity,
    JoinPolicy,
    SpaceKind,
    SpaceMembershipState,
    SpaceRole,
    TopicKind,
)
from tandemwerk.community.models import Attachment, Post, Space, SpaceMembership, Topic
from tandemwerk.community.services.polls import PollDraft, add_poll
from tandemwerk.community.services.topics import hash_of_secret
from tests.community.factories import (
    PostFactory,
    SpaceFactory,
    SpaceMembershipFactory,
    TopicFactory,
)
from tests.factories import NOON
from tests.knowledge.factories import TermFactory
from tests.matrix import Row
from tests.world import World

#: Who reads a space for all members, and who of them does not write.
MEMBERS = (
    "network",
    "network_editor",
    "ministry",
    "carrier_lead",
    "foreign_carrier_lead",
    "coordinator",
    "safeguarding",
    "reader",
    "foreign_coordinator",
)
WRITERS = tuple(role for role in MEMBERS if role != "reader")
#: Who reads the space of the carrier of the matrix.
OF_THE_CARRIER = ("carrier_lead", "coordinator", "safeguarding", "reader")
LIBRARY_WRITERS = tuple(role for role in WRITERS if role != "ministry")


def _space(world: World, kind: str = SpaceKind.MEMBERS) -> Space:
    found = Space.objects.filter(kind=kind).first()
    if found is not None:
        return found
    fields: dict[str, Any] = {"carrier": world.carrier} if kind == SpaceKind.CARRIER else {}
    return SpaceFactory(kind=kind, slug=f"matrix-{kind}", **fields)


def space(world: World) -> dict[str, Any]:
    return {"slug": _space(world).slug}


def carrier_space(world: World) -> dict[str, Any]:
    return {"slug": _space(world, SpaceKind.CARRIER).slug}


def _group(world: World) -> Space:
    """Give a group that the network office owns and that a coordinator has asked to join."""
    found = Space.objects.filter(kind=SpaceKind.GROUP).first()
    if found is None:
        found = SpaceFactory(group=True, join_policy=JoinPolicy.REQUEST, slug="matrix-group")
        states = SpaceMembershipState
        rows = (("network", states.ACTIVE), ("network_editor", states.ACTIVE))
        for role, state in (*rows, ("foreign_coordinator", states.REQUESTED)):
            SpaceMembershipFactory(
                space=found,
                user=world.users[role],
                state=state,
                role=SpaceRole.OWNER if role == "network" else SpaceRole.MEMBER,
            )
    return found


def group(world: World) -> dict[str, Any]:
    return {"slug": _group(world).slug}


def request(world: World) -> dict[str, Any]:
    found = _group(world)
    user = world.users["foreign_coordinator"]
    mine, _ = SpaceMembership.objects.update_or_create(
        space=found,
        user=user,
        defaults={"state": SpaceMembershipState.REQUESTED, "since": NOON},
    )
    return {"slug": found.slug, "pk": mine.pk}


def _topic(world: World) -> Topic:
    found = Topic.objects.filter(space=_space(world)).first()
    return found or TopicFactory(space=_space(world), author=world.users["coordinator"])


def topic(world: World) -> dict[str, Any]:
    return {"pk": _topic(world).pk}


def _announcement(world: World) -> Topic:
    found = Topic.objects.filter(kind=TopicKind.ANNOUNCEMENT).first()
    return found or TopicFactory(
        space=_space(world),
        kind=TopicKind.ANNOUNCEMENT,
        wants_acknowledgement=True,
        author=world.users["network"],
    )


def announcement(world: World) -> dict[str, Any]:
    return {"pk": _announcement(world).pk}


def polled(world: World) -> dict[str, Any]:
    found = _topic(world)
    if not hasattr(found, "poll"):
        add_poll(found, PollDraft(question="Wann?", options=["heute", "morgen"]))
    return {"pk": found.pk}


def unknown(world: World) -> dict[str, Any]:
    found = Topic.objects.filter(asker_key_hash=hash_of_secret("secret")).first()
    made = found or TopicFactory(
        space=_space(world),
        anonymity=Anonymity.NOBODY,
        author=None,
        asker_key_hash=hash_of_secret("secret"),
    )
    return {"pk": made.pk, "secret": "secret"}


def guessed(world: World) -> dict[str, Any]:
    return unknown(world) | {"secret": "guessed"}


def _answer(world: World, space_kind: str = SpaceKind.MEMBERS) -> Post:
    where = _space(world, space_kind)
    found = Post.objects.filter(topic__space=where, author=world.users["coordinator"]).last()
    if found is not None and found.topic.posts.first() != found:
        return found
    begun = TopicFactory(space=where, author=world.users["carrier_lead"])
    return PostFactory(topic=begun, author=world.users["coordinator"])


def answer(world: World) -> dict[str, Any]:
    return {"pk": _answer(world).pk}


def ministry_answer(world: World) -> dict[str, Any]:
    where = _space(world, SpaceKind.MINISTRY)
    found = Post.objects.filter(topic__space=where).last()
    made = found or PostFactory(topic=TopicFactory(space=where, body=False))
    return {"pk": made.pk}


def file(world: World) -> dict[str, Any]:
    found = Attachment.objects.first() or Attachment.objects.create(
        post=_answer(world),
        file=ContentFile(b"%PDF-1.7", name="plan.pdf"),
        name="plan.pdf",
        media_type="application/pdf",
        size=8,
        at=NOON,
    )
    return {"pk": found.pk, "name": found.name}


def tag(world: World) -> dict[str, Any]:
    return {"slug": TermFactory._meta.model.objects.first().slug if _has_terms() else _term()}


def _has_terms() -> bool:
    return TermFactory._meta.model.objects.exists()


def _term() -> str:
    return TermFactory().slug


def post(name: str, roles: tuple[str, ...], status: int = 302, others: int = 404, **more) -> Row:
    """Return the row of something that is done: those who may are sent on."""
    return Row(name=name, method="POST", allowed={roles: status}, others=others, **more)


def member_post(name: str, kwargs: Any, status: int = 302, **more) -> Row:
    """Return the row of something that everybody does who reads the space."""
    return post(name, MEMBERS, status, kwargs=kwargs, is_page=False, **more)


READERS_ONLY = {"reader": 403}
MODERATORS = ("network",)
#: Those whom the matrix asks before and after a post was taken back by its author.
BEFORE = MEMBERS[: MEMBERS.index("coordinator")]
AFTER = MEMBERS[MEMBERS.index("coordinator") + 1 :]
#: Members who find the page and may not do it.
_FORBIDDEN = tuple(role for role in MEMBERS if role not in MODERATORS)
_NOT_THE_CARRIER = tuple(role for role in OF_THE_CARRIER if role != "carrier_lead")
_IN_THE_GROUP = ("network", "network_editor")

ROWS = [
    Row(name="community:home", allowed={MEMBERS: 200}, others=200, anonymous=200),
    Row(name="community:space_new", allowed={MODERATORS: 200, _FORBIDDEN: 403}),
    Row(
        name="community:space_new",
        method="POST",
        allowed={MODERATORS: 422, _FORBIDDEN: 403},
        is_page=False,
    ),
    Row(name="community:space", kwargs=space, allowed={MEMBERS: 200}),
    Row(name="community:space", kwargs=carrier_space, allowed={OF_THE_CARRIER: 200}),
    Row(name="community:space", kwargs=group, allowed={MEMBERS: 200}),
    Row(name="community:topic_new", kwargs=space, allowed={WRITERS: 200} | READERS_ONLY),
    Row(
        name="community:topic_new",
        kwargs=space,
        method="POST",
        allowed={WRITERS: 422} | READERS_ONLY,
        is_page=False,
    ),
    Row(
        name="community:space_edit",
        kwargs=carrier_space,
        allowed={"carrier_lead": 200, _NOT_THE_CARRIER: 403},
    ),
    Row(name="community:space_edit", kwargs=space, allowed={MODERATORS: 200, _FORBIDDEN: 403}),
    Row(
        name="community:space_archive",
        kwargs=space,
        method="POST",
        allowed={MODERATORS: 302, _FORBIDDEN: 403},
        is_page=False,
    ),
    Row(name="community:members", kwargs=group, allowed={_IN_THE_GROUP: 200}),
    Row(
        name="community:invite",
        kwargs=group,
        method="POST",
        allowed={"network": 422, "network_editor": 403},
        is_page=False,
    ),
    Row(
        name="community:answer_request",
        kwargs=request,
        method="POST",
        allowed={"network": 302, "network_editor": 403},
        is_page=False,
    ),
    Row(
        name="community:change_member",
        kwargs=request,
        method="POST",
        allowed={"network": 302, "network_editor": 403},
        is_page=False,
    ),
    member_post("community:join", group),
    member_post("community:leave", group),
    member_post("community:follow_space", space),
    member_post("community:read_all", space),
    Row(name="community:topic", kwargs=topic, allowed={MEMBERS: 200}),
    Row(name="community:unread", kwargs=topic, allowed={MEMBERS: 302}, is_page=False),
    Row(
        name="community:reply",
        kwargs=topic,
        method="POST",
        allowed={WRITERS: 422} | READERS_ONLY,
        is_page=False,
    ),
    member_post("community:me_too", topic),
    member_post("community:bookmark", topic),
    member_post("community:follow_topic", topic),
    member_post("community:vote", polled),
    member_post("community:acknowledge", announcement),
    Row(
        name="community:acknowledgements",
        kwargs=announcement,
        allowed={MODERATORS: 200, _FORBIDDEN: 403},
    ),
    Row(name="community:asked", kwargs=unknown, allowed={MEMBERS: 200}),
    Row(name="community:asked", kwargs=guessed, query="?", is_page=False),
    Row(
        name="community:edit",
        kwargs=answer,
        allowed={
            ("network", "coordinator"): 200,
            tuple(role for role in _FORBIDDEN if role != "coordinator"): 403,
        },
    ),
    Row(name="community:history", kwargs=answer, allowed={MEMBERS: 200}),
    Row(
        name="community:remove",
        kwargs=answer,
        method="POST",
        allowed={
            "coordinator": 302,
            BEFORE: 403,
            AFTER: 404,
        },
        is_page=False,
    ),
    member_post("community:react", answer, 404),
    Row(
        name="community:accept",
        kwargs=answer,
        method="POST",
        allowed={
            ("network", "carrier_lead"): 302,
            tuple(role for role in _FORBIDDEN if role != "carrier_lead"): 403,
        },
        is_page=False,
    ),
    Row(
        name="community:official",
        kwargs=ministry_answer,
        method="POST",
        allowed={
            ("network", "network_editor", "ministry"): 302,
            ("carrier_lead", "foreign_carrier_lead"): 403,
        },
        is_page=False,
    ),
    Row(
        name="community:make_article",
        kwargs=answer,
        method="POST",
        allowed={LIBRARY_WRITERS: 302, ("reader", "ministry"): 403},
        is_page=False,
    ),
    Row(name="community:file", kwargs=file, allowed={MEMBERS: 200}, is_page=False),
    Row(name="community:draft", method="POST", is_page=False),
    Row(name="community:preview", method="POST", is_page=False),
    Row(name="community:mentions", is_page=False),
    Row(name="community:tag", kwargs=tag, allowed={MEMBERS: 200}),
    member_post("community:follow_tag", tag),
]
