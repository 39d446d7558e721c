"""What each role gets in the directory, with peers, offers and the way of knowledge."""

from datetime import timedelta
from typing import Any

from tandemwerk.community.enums import PeerKind, PeerState
from tandemwerk.community.models import Offer, PeerRequest, Profile, Topic
from tandemwerk.core import clock
from tests.community.factories import TopicFactory
from tests.community.matrix_moderation import MEMBERS
from tests.matrix import Row
from tests.world import World


def _profile(world: World) -> Profile:
    return Profile.objects.get_or_create(
        user=world.users["foreign_coordinator"],
        defaults={"is_listed": True, "hosts_visits": True, "changed_at": clock.now()},
    )[0]


def _request(world: World, state: PeerState = PeerState.ASKED) -> PeerRequest:
    at = clock.now()
    return PeerRequest.objects.get_or_create(
        asker=world.users["coordinator"],
        host=world.users["foreign_coordinator"],
        state=state,
        defaults={
            "kind": PeerKind.VISIT,
            "subject": "Erstes Treffen",
            "text": "Wie laufen bei Ihnen erste Treffen ab?",
            "agreed_at": at + timedelta(days=3),
            "created_at": at,
        },
    )[0]


def person(world: World) -> dict[str, Any]:
    return {"pk": _profile(world).user_id}


def peer(world: World) -> dict[str, Any]:
    return {"pk": _request(world).pk}


def agreed(world: World) -> dict[str, Any]:
    return {"pk": _request(world, PeerState.AGREED).pk}


def agreeing(world: World) -> dict[str, Any]:
    return {"pk": _request(world).pk, "what": "agree"}


def declining(world: World) -> dict[str, Any]:
    return {"pk": _request(world).pk, "what": "decline"}


def looking_back(world: World) -> dict[str, Any]:
    return {"pk": _request(world).pk, "what": "look-back"}


def answering(world: World) -> dict[str, Any]:
    return {"pk": _request(world).pk, "what": "answer"}


def guessing(world: World) -> dict[str, Any]:
    return {"pk": _request(world).pk, "what": "explode"}


def offered(world: World) -> dict[str, Any]:
    topic = Topic.objects.filter(title="Angeboten").first() or TopicFactory(title="Angeboten")
    Offer.objects.get_or_create(
        topic=topic, user=world.users["coordinator"], defaults={"offered_at": clock.now()}
    )
    return {"pk": topic.pk}


BOTH = ("coordinator", "foreign_coordinator")
ASKERS = tuple(role for role in MEMBERS if role != "foreign_coordinator")

ROWS: list[Row] = [
    Row(name="community:people", allowed={MEMBERS: 200}),
    Row(name="community:people", query="?of=site", allowed={MEMBERS: 200}),
    Row(name="community:people", query="?of=carrier", allowed={MEMBERS: 200}),
    Row(name="community:profile", allowed={MEMBERS: 200}),
    Row(name="community:profile", method="POST", allowed={MEMBERS: 302}),
    Row(name="community:person", kwargs=person, allowed={MEMBERS: 200}),
    Row(name="community:peer_ask", kwargs=person, allowed={ASKERS: 200}),
    Row(name="community:peer_ask", kwargs=person, method="POST", allowed={ASKERS: 422}),
    Row(name="community:peers", allowed={MEMBERS: 200}),
    Row(name="community:peer", kwargs=peer, allowed={BOTH: 200}),
    Row(name="community:peer_action", kwargs=agreeing, allowed={BOTH: 200}),
    Row(name="community:peer_action", kwargs=declining, allowed={BOTH: 200}),
    Row(name="community:peer_action", kwargs=looking_back, allowed={BOTH: 200}),
    Row(name="community:peer_action", kwargs=answering, allowed={BOTH: 200}),
    Row(name="community:peer_action", kwargs=agreeing, method="POST", allowed={BOTH: 422}),
    Row(name="community:peer_action", kwargs=guessing),
    Row(name="community:peer_cancel", kwargs=peer, method="POST", allowed={BOTH: 302}),
    Row(name="community:peer_ics", kwargs=agreed, is_page=False, allowed={BOTH: 200}),
    Row(
        name="community:similar",
        query="?title=Wie+finden+wir+Wohnungen",
        is_page=False,
        allowed={MEMBERS: 200},
    ),
    Row(
        name="community:answer_offer",
        kwargs=offered,
        method="POST",
        allowed={"coordinator": 302},
    ),
    Row(
        name="community:chain",
        allowed={
            "network": 200,
            tuple(role for role in MEMBERS if role != "network"): 403,
        },
    ),
    Row(
        name="community:chain",
        query="?export=csv",
        is_page=False,
        allowed={
            "network": 200,
            tuple(role for role in MEMBERS if role != "network"): 403,
        },
    ),
]
