"""What is new, on pages: the bell, the list, opening, choosing, and ending mails with one click."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tandemwerk.core.links import make_token
from tandemwerk.core.models import AuditEntry
from tandemwerk.messaging.enums import Rhythm
from tandemwerk.messaging.links import EVERYTHING, STOPPING
from tandemwerk.messaging.models import InboundMail, MailPause, Message, NoticeChoice, NoticeCopy
from tandemwerk.messaging.notices import notify
from tandemwerk.messaging.services import rhythms_of
from tandemwerk.people.services.privacy import export_account
from tests.factories import NOON, UserFactory
from tests.messaging.factories import MessageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_test_kinds")]


ALL = ["Kim answered.", "New: Title 2", "New: Title 1"]


@pytest.fixture(autouse=True)
def _in_german():
    """Let no page's language outlive its test."""
    with translation.override("de"):
        yield


@pytest.fixture
def member():
    return UserFactory(email="kim@example.org", language="en")


def tell(*users, key="1", kind="test.news", url="/de/accounts/"):
    notify(
        key=key,
        kind=kind,
        to=[user.pk for user in users],
        url=url,
        context={"title": f"Title {key}", "who": "Kim", "text": ""},
        at=NOON,
    )


def sentences(response) -> list[str]:
    return re.findall(r'<a href="/de/portal/notices/\d+/">([^<]+)</a>', response.content.decode())


def bell(response) -> str:
    found = re.search(r'class="topbar__count">(?:<bdi>)?([\d+]+)', response.content.decode())
    return found[1] if found else ""


def test_the_bell_counts_what_was_not_read_on_every_page(member, sign_in):
    client, address = sign_in(member), reverse("people:account")
    seen = [bell(client.get(address))]
    for number in range(3):
        tell(member, key=str(number))
    seen.append(bell(client.get(address)))
    for number in range(3, 120):
        tell(member, key=str(number))
    seen.append(bell(client.get(address)))

    assert seen == ["", "3", "99+"]


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", ALL),
        ("state=unread", ["Kim answered.", "New: Title 2"]),
        ("state=read", ["New: Title 1"]),
        ("about=test.answers", ["Kim answered."]),
        (
            "about=nonsense&state=nonsense&page=99",
            ["Kim answered.", "New: Title 2", "New: Title 1"],
        ),
    ],
)
def test_everybody_sees_their_own_news_and_can_narrow_them_down(member, sign_in, query, seen):
    tell(member, key="1")
    tell(member, key="2")
    tell(member, key="3", kind="test.reply")
    tell(UserFactory(), key="4")
    NoticeCopy.objects.filter(notice__key="1").update(read_at=NOON)

    response = sign_in(member).get(f"{reverse('messaging:notices')}?{query}")

    assert (response.status_code, sentences(response)) == (200, seen)


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_three_hundred(member, sign_in):
    client, address, asked = sign_in(member), reverse("messaging:notices"), []
    for first, last in ((0, 1), (1, 300)):
        for number in range(first, last):
            tell(member, key=str(number))
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        asked.append(len([q for q in queries if "SAVEPOINT" not in q["sql"]]))

    assert asked[0] == asked[1]
    assert len(sentences(response)) == 30


def test_nothing_new_says_so(member, sign_in):
    response = sign_in(member).get(reverse("messaging:notices"))

    assert (response.status_code, sentences(response), bell(response)) == (200, [], "")


def test_opening_a_notice_reads_it_and_leads_there_in_ones_own_language(member, sign_in):
    tell(member)
    copy = NoticeCopy.objects.get()

    response = sign_in(member).get(f"/en/portal/notices/{copy.pk}/")

    copy.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, "/en/accounts/")
    assert (copy.read_at is not None, copy.waits_for) == (True, "")


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_notice_leads_nowhere_else(member, sign_in, url):
    tell(member, url=url)

    response = sign_in(member).get(reverse("messaging:notice", args=[NoticeCopy.objects.get().pk]))

    assert response["Location"] == reverse("messaging:notices")


def test_the_notices_of_others_do_not_exist(member, sign_in):
    tell(UserFactory())
    pk = NoticeCopy.objects.get().pk

    responses = [
        sign_in(member).get(reverse("messaging:notice", args=[pk])),
        sign_in(member).post(reverse("messaging:notice_read", args=[pk])),
    ]

    assert [response.status_code for response in responses] == [404, 404]
    assert NoticeCopy.objects.get().read_at is None


def test_one_is_marked_and_the_list_stays_as_it_was_narrowed_down(member, sign_in):
    tell(member)

    response = sign_in(member).post(
        reverse("messaging:notice_read", args=[NoticeCopy.objects.get().pk]),
        {"query": "state=unread&page=2"},
    )

    assert response["Location"] == "/de/portal/notices/?state=unread&page=2"
    assert NoticeCopy.objects.get().read_at is not None


@pytest.mark.parametrize("query", ["//evil.example", "x\r\nSet-Cookie: a=b", "<script>"])
def test_a_made_up_query_is_dropped(member, sign_in, query):
    response = sign_in(member).post(reverse("messaging:notices_read"), {"query": query})

    assert response["Location"] == "/de/portal/notices/"


@pytest.mark.parametrize(
    ("seen_at", "left"),
    [("2026-09-15T12:00:00+00:00", 0), ("2026-09-15T11:59:59+00:00", 1), ("nonsense", 0), ("", 0)],
)
def test_all_are_marked_that_were_there_when_the_page_was_made(member, sign_in, seen_at, left):
    tell(member)

    sign_in(member).post(reverse("messaging:notices_read"), {"seen_at": seen_at})

    assert NoticeCopy.objects.filter(read_at=None).count() == left


def form(**changes):
    return {"test.answers": "at_once", "test.news": "daily", "pause_until": "", **changes}


def test_choosing_is_kept_and_moves_what_waits(member, sign_in):
    tell(member, key="1")
    tell(member, key="2", kind="test.reply")

    response = sign_in(member).post(
        reverse("messaging:choices"), form(**{"test.answers": "in_app", "test.news": "weekly"})
    )

    assert response.status_code == 302
    assert rhythms_of(member) == {"test.answers": Rhythm.IN_APP, "test.news": Rhythm.WEEKLY}
    waits = NoticeCopy.objects.order_by("pk").values_list("waits_for", flat=True)
    assert list(waits) == ["weekly", ""]
    entry = AuditEntry.objects.get(action="messaging.choose_notices")
    assert entry.changes == {"test.answers": "in_app", "test.news": "weekly"}


def test_choosing_the_same_again_writes_nothing(member, sign_in):
    sign_in(member).post(reverse("messaging:choices"), form())

    assert (NoticeChoice.objects.count(), AuditEntry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"pause_until": "2020-01-01"},
        {"pause_until": "2099-01-01"},
        {"pause_until": "yesterday"},
        {"test.news": "hourly"},
        {"test.news": ""},
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(member, sign_in, changes):
    response = sign_in(member).post(reverse("messaging:choices"), form(**changes))

    assert response.status_code == 422
    assert (NoticeChoice.objects.count(), MailPause.objects.count()) == (0, 0)


def stop_address(member, group=EVERYTHING) -> str:
    token = make_token(STOPPING, pk=member.pk, nonce=group)
    return reverse("messaging:stop", kwargs={"token": token})


def test_looking_at_the_link_changes_nothing_and_says_nothing_about_anybody(member, client):
    response = client.get(stop_address(member))

    assert response.status_code == 200
    assert [member.email in response.content.decode(), NoticeChoice.objects.count()] == [False, 0]


def test_one_click_of_a_mail_program_ends_the_mails_of_a_group(member, client):
    tell(member, key="1")
    tell(member, key="2", kind="test.reply")

    response = client.post(stop_address(member, "test.news"), {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert rhythms_of(member) == {"test.answers": Rhythm.AT_ONCE, "test.news": Rhythm.IN_APP}
    waits = NoticeCopy.objects.order_by("pk").values_list("waits_for", flat=True)
    assert list(waits) == ["", "at_once"]
    assert AuditEntry.objects.get().action == "messaging.stop_mails"


def test_the_link_of_a_digest_ends_all_and_a_mistake_is_undone(member, client):
    NoticeChoice.objects.create(user=member, group="test.news", rhythm=Rhythm.OFF)

    client.post(stop_address(member))
    stopped = rhythms_of(member)
    client.post(stop_address(member), {"again": "1"})

    assert set(stopped.values()) == {Rhythm.IN_APP, Rhythm.OFF}
    assert rhythms_of(member) == {"test.answers": Rhythm.AT_ONCE, "test.news": Rhythm.OFF}


@pytest.mark.parametrize("token", ["nonsense", "1-everything.abc"])
def test_a_made_up_link_ends_nothing(client, token):
    assert client.post(reverse("messaging:stop", args=[token])).status_code == 404


def test_a_link_for_a_group_that_is_gone_ends_nothing(member, client):
    assert client.post(stop_address(member, "test.gone")).status_code == 404


@pytest.fixture
def answerable(settings, member):
    settings.DEMO = True
    return MessageFactory(person=None, user=member, reply_to="reply+x@reply.demo.example")


def test_in_the_demo_a_mail_is_answered_on_its_page(answerable, client):
    page = client.get(reverse("messaging:demo_message", args=[answerable.pk]))
    address = reverse("messaging:demo_answer", args=[answerable.pk])

    statuses = [client.post(address, {"text": text}).status_code for text in ("", "Yes!")]

    assert address in page.content.decode()
    assert statuses == [422, 302]
    raw = bytes(InboundMail.objects.get().raw)
    assert b"From: kim@example.org" in raw
    assert b"Yes!\r\n\r\nAm " in raw


def test_what_is_no_mail_to_answer_cannot_be_answered(answerable, client):
    other = MessageFactory(person=None, user=answerable.user)

    response = client.post(reverse("messaging:demo_answer", args=[other.pk]), {"text": "Yes"})

    assert (response.status_code, InboundMail.objects.count()) == (404, 0)


def test_a_copy_of_ones_data_has_news_choices_and_mails(member):
    tell(member)
    NoticeChoice.objects.create(user=member, group="test.news", rhythm=Rhythm.OFF)
    MessageFactory(person=None, user=member)

    copy = export_account(user_id=member.pk, by=member, at=NOON)

    rows = {kind["name"]: kind["rows"] for kind in copy["data"]}
    assert rows["notices"][0]["sentence"] == "New: Title 1"
    assert len(rows["notice_choices"]) == len(rows["account_messages"]) == 1
    assert Message.objects.count() == 1
