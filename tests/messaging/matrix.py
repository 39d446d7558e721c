"""Who reaches which address of the outbox and of the system page."""

from secrets import token_hex
from uuid import UUID

from tandemwerk.core.links import make_token
from tandemwerk.messaging.links import EVERYTHING, STOPPING
from tandemwerk.messaging.models import Notice, NoticeCopy
from tests.factories import NOON
from tests.matrix import NETWORK, SIGNED_IN, TEAM, WRITERS, Row
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


def notice_of_mine(world: World):
    notice = Notice.objects.create(
        key=token_hex(8), kind="test.reply", url="/de/portal/", context={}, created_at=NOON
    )
    user = world.users["coordinator"]
    return {"pk": NoticeCopy.objects.create(notice=notice, user=user).pk}


def stopping(world: World):
    user = world.users["coordinator"]
    return {"token": make_token(STOPPING, pk=user.pk, nonce=EVERYTHING)}


ROWS = [
    Row(name="messaging:notices", allowed={SIGNED_IN: 200}),
    Row(
        name="messaging:notice",
        kwargs=notice_of_mine,
        allowed={"coordinator": 302},
        is_page=False,
    ),
    Row(
        name="messaging:notice_read",
        kwargs=notice_of_mine,
        method="POST",
        allowed={"coordinator": 302},
    ),
    Row(name="messaging:notices_read", method="POST", allowed={SIGNED_IN: 302}),
    Row(name="messaging:choices", allowed={SIGNED_IN: 200}),
    Row(name="messaging:stop", kwargs=stopping, others=200, anonymous=None),
    Row(name="messaging_inbound", method="POST", others=401, anonymous=None),
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
        is_page=False,
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
    Row(
        name="messaging:demo_answer",
        kwargs=message_of_mine,
        method="POST",
        anonymous=404,
    ),
    Row(name="messaging:demo_message_html", kwargs=message_of_mine, anonymous=404),
]
