"""The pages of the outbox: who sees what of it, and what they can decide."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tandemwerk.core.models import AuditEntry
from tandemwerk.messaging.enums import MessageState
from tandemwerk.messaging.models import Message
from tests.messaging.factories import MessageFactory

TOKEN = "ijklmnopqrstuvwxyz0123456789"


def text(response) -> str:
    return response.content.decode()


def subjects(response) -> list[str]:
    return re.findall(r'dir="[a-z]+">([^<]+)</a>', text(response))


@pytest.fixture
def messages(world):
    """Write one message in each branch."""
    return {
        name: MessageFactory(scope=place.audit_scope, subject=f"An {name}")
        for name, place in {
            "mine": world.mine,
            "sister": world.sister,
            "carrier": world.carrier,
            "foreign": world.foreign,
        }.items()
    }


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("coordinator", ["An mine"]),
        ("reader", ["An mine"]),
        ("foreign_coordinator", ["An foreign"]),
        ("carrier_lead", ["An carrier"]),
        ("administrator", ["An foreign", "An carrier", "An sister", "An mine"]),
    ],
)
def test_everybody_sees_the_messages_of_their_own_team(world, messages, sign_in, role, seen):
    response = sign_in(world.users[role]).get(reverse("messaging:outbox"))

    assert subjects(response) == seen
    found = Message.objects.visible_to(world.users[role])
    assert sorted(found.values_list("subject", flat=True)) == sorted(seen)


def test_a_subject_runs_in_the_direction_of_its_language(world, sign_in):
    MessageFactory(scope=world.mine.audit_scope, subject="Herat يكتب", language="ar")
    MessageFactory(scope=world.mine.audit_scope, subject="Herat schreibt", language="de")

    listed = text(sign_in(world.users["coordinator"]).get(reverse("messaging:outbox")))

    assert 'lang="ar" dir="rtl">Herat يكتب<' in listed
    assert 'lang="de" dir="ltr">Herat schreibt<' in listed


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_three(world, sign_in):
    client, address = sign_in(world.users["coordinator"]), reverse("messaging:outbox")
    asked = []

    for count in (1, 2):
        MessageFactory.create_batch(count, scope=world.mine.audit_scope)
        client.get(address)  # what is kept for a while is kept now
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_who_runs_the_machine_sees_neither_names_nor_words(world, messages, sign_in):
    client = sign_in(world.users["administrator"])

    listed = text(client.get(reverse("messaging:outbox")))
    opened = text(client.get(reverse("messaging:message", args=[messages["mine"].pk])))

    person = messages["mine"].person
    assert [person.family_name in page for page in (listed, opened)] == [False, False]
    assert [person.mail in opened, "Guten Tag" in opened, "Message-ID" in opened] == [
        False,
        False,
        True,
    ]


def test_a_team_reads_what_was_said_but_cannot_follow_the_links(world, messages, sign_in):
    client = sign_in(world.users["coordinator"])

    pages = [
        text(client.get(reverse(name, args=[messages["mine"].pk])))
        for name in ("messaging:message", "messaging:message_html")
    ]

    assert "Guten Tag" in pages[0]
    assert [TOKEN in page for page in pages] == [False, False]


def test_a_mail_shown_as_a_page_can_do_nothing(world, messages, sign_in):
    client = sign_in(world.users["coordinator"])

    response = client.get(reverse("messaging:message_html", args=[messages["mine"].pk]))

    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script" not in policy


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("q=Wasser", ["Wasser"]),
        ("q=Muster", ["Wasser", "Feuer"]),
        ("state=failed", ["Feuer"]),
        ("since=2026-09-15", ["Wasser", "Feuer"]),
        ("since=2026-09-16", []),
        ("since=yesterday&state=nonsense", ["Wasser", "Feuer"]),
    ],
)
def test_the_list_can_be_narrowed(world, sign_in, query, seen):
    scope = world.mine.audit_scope
    MessageFactory(scope=scope, subject="Feuer", state=MessageState.FAILED)
    MessageFactory(scope=scope, subject="Wasser")

    response = sign_in(world.users["coordinator"]).get(f"{reverse('messaging:outbox')}?{query}")

    assert (response.status_code, subjects(response)) == (200, seen)


def test_names_cannot_be_searched_for_by_who_does_not_see_them(world, messages, sign_in):
    client = sign_in(world.users["administrator"])

    response = client.get(f"{reverse('messaging:outbox')}?q=Muster")

    assert subjects(response) == []


def test_an_uncertain_message_is_taken_as_sent_and_that_is_written_down(world, sign_in):
    message = MessageFactory(scope=world.mine.audit_scope, state=MessageState.UNCERTAIN)
    client = sign_in(world.users["administrator"])

    response = client.post(reverse("messaging:settle", args=[message.pk, "arrived"]))

    message.refresh_from_db()
    assert (response.status_code, message.state) == (302, MessageState.SENT)
    entry = AuditEntry.objects.get(action="messaging.settle_message")
    assert entry.changes == {"from": "uncertain", "to": "sent"}
    assert entry.scope == world.mine.audit_scope


def test_a_failed_message_is_sent_again_with_all_of_its_attempts(world, sign_in):
    message = MessageFactory(
        scope=world.mine.audit_scope, state=MessageState.FAILED, attempts=6, last_error="x"
    )

    sign_in(world.users["coordinator"]).post(
        reverse("messaging:settle", args=[message.pk, "again"])
    )

    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == ("queued", 0, "")


@pytest.mark.parametrize("state", ["queued", "sending", "sent", "cancelled"])
def test_what_is_under_way_or_done_cannot_be_decided(world, sign_in, state):
    message = MessageFactory(scope=world.mine.audit_scope, state=state)
    client = sign_in(world.users["administrator"])

    responses = [
        client.post(reverse("messaging:settle", args=[message.pk, decision]))
        for decision in ("again", "arrived")
    ]

    message.refresh_from_db()
    assert [response.status_code for response in responses] == [302, 302]
    assert message.state == state


def test_another_decision_does_not_exist(world, messages, sign_in):
    client = sign_in(world.users["coordinator"])

    response = client.post(reverse("messaging:settle", args=[messages["mine"].pk, "burn"]))

    assert response.status_code == 404


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def test_in_the_demo_everybody_opens_every_message_with_its_links(demo, messages, client):
    listed = client.get(reverse("messaging:demo_outbox"))
    pages = [
        text(client.get(reverse(name, args=[messages["mine"].pk])))
        for name in ("messaging:demo_message", "messaging:demo_message_html")
    ]

    assert len(subjects(listed)) == 4
    assert [TOKEN in page for page in pages] == [True, True]


def test_in_the_demo_each_team_sees_all_and_the_ministry_nothing(demo, world, messages, sign_in):
    seen = {
        role: Message.objects.visible_to(world.users[role]).count()
        for role in ("coordinator", "network", "volunteer", "ministry")
    }

    assert seen == {"coordinator": 4, "network": 4, "volunteer": 4, "ministry": 0}


def test_an_empty_outbox_says_so(demo, world, client):
    response = client.get(reverse("messaging:demo_outbox"))

    assert response.status_code == 200
    assert subjects(response) == []
