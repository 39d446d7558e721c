"""What each role gets where the community is moderated."""

from datetime import timedelta
from typing import Any

from tandemwerk.community.enums import DecisionKind
from tandemwerk.community.models import Appeal, Decision, Post, Space, Suspension, Topic
from tandemwerk.core import clock
from tests.community.factories import PostFactory, SpaceFactory, TopicFactory
from tests.factories import UserFactory
from tests.matrix import Row
from tests.world import World

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
#: Who reads the space and does not moderate it.
OTHERS = tuple(role for role in MEMBERS if role != "network")


def _space(_world: World) -> Space:
    return Space.objects.filter(slug="moderated").first() or SpaceFactory(slug="moderated")


def _topic(world: World) -> Topic:
    space = _space(world)
    found = Topic.objects.filter(space=space, title="Moderiert").first()
    return found or TopicFactory(space=space, title="Moderiert", anonymity="moderators")


def _post(world: World) -> Post:
    topic = _topic(world)
    found = topic.posts.filter(key="moderated").first()
    return found or PostFactory(topic=topic, key="moderated", created_at=clock.now())


def _decision(world: World) -> Decision:
    return Decision.objects.get_or_create(
        kind=DecisionKind.WARN,
        space=_space(world),
        topic=_topic(world),
        person=world.users["coordinator"],
        defaults={"at": clock.now(), "reason": "Bitte freundlich bleiben.", "by": UserFactory()},
    )[0]


def post(world: World) -> dict[str, Any]:
    return {"pk": _post(world).pk}


def hiding(world: World) -> dict[str, Any]:
    return {"pk": _post(world).pk, "kind": "hide"}


def editing(world: World) -> dict[str, Any]:
    return {"pk": _post(world).pk, "kind": "edit"}


def suspending(world: World) -> dict[str, Any]:
    return {"pk": _post(world).pk, "kind": "suspend"}


def guessing(world: World) -> dict[str, Any]:
    return {"pk": _post(world).pk, "kind": "explode"}


def topic(world: World) -> dict[str, Any]:
    return {"pk": _topic(world).pk}


def locking(world: World) -> dict[str, Any]:
    return {"pk": _topic(world).pk, "kind": "lock"}


def moving(world: World) -> dict[str, Any]:
    return {"pk": _topic(world).pk, "kind": "move"}


def splitting(world: World) -> dict[str, Any]:
    _post(world)
    return {"pk": _topic(world).pk, "kind": "split"}


def merging(world: World) -> dict[str, Any]:
    return {"pk": _topic(world).pk, "kind": "merge"}


def space(world: World) -> dict[str, Any]:
    return {"slug": _space(world).slug}


def suspension(world: World) -> dict[str, Any]:
    at = clock.now()
    found, _ = Suspension.objects.get_or_create(
        user=UserFactory(email="suspended@example.org")
        if not Suspension.objects.exists()
        else Suspension.objects.get().user,
        defaults={
            "decision": _decision(world),
            "starts_at": at - timedelta(days=1),
            "ends_at": at + timedelta(days=1),
        },
    )
    return {"pk": found.pk}


def decision(world: World) -> dict[str, Any]:
    return {"pk": _decision(world).pk}


def appeal(world: World) -> dict[str, Any]:
    found, _ = Appeal.objects.get_or_create(
        decision=_decision(world), defaults={"text": "Das war freundlich.", "at": clock.now()}
    )
    return {"pk": found.pk}


MODERATE = {"network": 200, OTHERS: 403}
REFUSED = {"network": 422, OTHERS: 403}

ROWS: list[Row] = [
    Row(
        name="community:moderation",
        allowed={
            "network": 200,
            ("carrier_lead", "foreign_carrier_lead"): 403,
            ("network_editor", "ministry"): 403,
            ("coordinator", "safeguarding", "reader", "foreign_coordinator"): 403,
        },
    ),
    Row(name="community:moderate_post", kwargs=post, allowed=MODERATE),
    Row(name="community:post_action", kwargs=hiding, allowed=MODERATE),
    Row(name="community:post_action", kwargs=editing, allowed=MODERATE),
    Row(name="community:post_action", kwargs=suspending, allowed=MODERATE),
    Row(name="community:post_action", kwargs=hiding, method="POST", allowed=REFUSED),
    Row(name="community:post_action", kwargs=guessing),
    Row(name="community:topic_action", kwargs=locking, allowed=MODERATE),
    Row(name="community:topic_action", kwargs=moving, allowed=MODERATE),
    Row(name="community:topic_action", kwargs=splitting, allowed=MODERATE),
    Row(name="community:topic_action", kwargs=merging, allowed=MODERATE),
    Row(name="community:topic_action", kwargs=locking, method="POST", allowed=REFUSED),
    Row(name="community:who_asked", kwargs=topic, allowed=MODERATE),
    Row(name="community:who_asked", kwargs=topic, method="POST", allowed=REFUSED),
    Row(name="community:slow_mode", kwargs=space, allowed=MODERATE),
    Row(name="community:lift", kwargs=suspension, allowed={"network": 200}),
    Row(name="community:report_post", kwargs=post, allowed={MEMBERS: 200}),
    Row(name="community:report_post", kwargs=post, method="POST", allowed={MEMBERS: 422}),
    Row(name="community:decisions", allowed={MEMBERS: 200}),
    Row(name="community:decision", kwargs=decision, allowed={"coordinator": 200}),
    Row(name="community:appeal", kwargs=decision, allowed={"coordinator": 200}),
    Row(name="community:appeal", kwargs=decision, method="POST", allowed={"coordinator": 422}),
    Row(name="community:appeal_answer", kwargs=appeal, allowed={"network": 200}),
]
