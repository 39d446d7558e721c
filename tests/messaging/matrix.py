"""Who reaches which address of the outbox and of the system page."""

from uuid import UUID

from tests.matrix import NETWORK, TEAM, WRITERS, Row
from tests.messaging.factories import MessageFactory
from tests.world import World

CARRIER_LEADS = ("carrier_lead", "foreign_carrier_lead")
TEAMS = (*TEAM, "foreign_coordinator", *CARRIER_LEADS)


def message_of_mine(world: World):
    return {"pk": MessageFactory(scope=world.mine.audit_scope, state="failed").pk}


def decision(world: World):
    return message_of_mine(world) | {"decision": "again"}


def no_task(_world: World):
    return {"task_id": UUID(int=1)}


ROWS = [
    Row(
        name="messaging:outbox",
        allowed={TEAMS: 200, NETWORK: 200, "administrator": 200},
    ),
    Row(
        name="messaging:message",
        kwargs=message_of_mine,
        allowed={TEAM: 200, "administrator": 200},
    ),
    Row(
        name="messaging:message_html",
        kwargs=message_of_mine,
        allowed={TEAM: 200, "administrator": 403},
    ),
    Row(
        name="messaging:settle",
        kwargs=decision,
        method="POST",
        allowed={WRITERS: 302, "reader": 403, "administrator": 302},
    ),
    Row(name="messaging:system", allowed={"administrator": 200}),
    Row(name="messaging:test_mail", method="POST", allowed={"administrator": 302}),
    Row(
        name="messaging:task_again",
        kwargs=no_task,
        method="POST",
        allowed={"administrator": 302},
    ),
    Row(name="messaging:demo_outbox", anonymous=404),
    Row(name="messaging:demo_message", kwargs=message_of_mine, anonymous=404),
    Row(name="messaging:demo_message_html", kwargs=message_of_mine, anonymous=404),
]
