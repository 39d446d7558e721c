"""Answers by mail: each once, in the person's own words, from their own address."""

from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from tandemwerk.messaging import replies
from tandemwerk.messaging.enums import InboundState, Refusal
from tandemwerk.messaging.models import InboundMail, Message, Notice
from tandemwerk.messaging.notices import notify
from tandemwerk.messaging.replies import BadAddressError, read_address, reply_address
from tandemwerk.messaging.services.answering import (
    GIVEN_UP,
    LARGEST,
    accept,
    look_after_answers,
    work_on,
)
from tandemwerk.messaging.services.mailing import mail_step
from tests.factories import NOON, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_test_kinds")]

SECRET = "not-secret-only-for-testing-0123"
TOPIC = 4711


@pytest.fixture(autouse=True)
def reply_settings(settings):
    settings.REPLY_DOMAIN = "reply.example.org"
    settings.INBOUND_SECRET = SECRET


@pytest.fixture
def posts(only_test_kinds):
    """Collect what handlers were given; a text with «no» in it is refused by the room."""
    taken = []

    @replies.register("test.topic")
    def post(*, user, object_id, text, at, key):
        taken.append((user.pk, object_id, text))
        Message.objects.create(
            key=key, kind="post", user=user, language="de", text=text, created_at=at, due_at=at
        )
        if "no" in text.split():
            raise replies.ReplyError("This conversation is closed.")

    return taken


@pytest.fixture
def member(posts):
    user = UserFactory(email="kim@example.org", language="en")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def mail(member, text="Yes, gladly!", *, to=None, **headers) -> EmailMessage:
    made = EmailMessage()
    made["From"] = headers.pop("sender", f"Kim Beispiel <{member.email}>")
    made["To"] = to or reply_address("test.topic", TOPIC, member, at=NOON)
    made["Message-ID"] = headers.pop("message_id", "<1@example.org>")
    made["Subject"] = "Re: A new answer"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def take(made: EmailMessage | bytes, *, at=NOON) -> InboundMail:
    raw = made if isinstance(made, bytes) else made.as_bytes(policy=SMTP)
    accept(raw=raw, at=at)
    found = InboundMail.objects.latest("pk")
    work_on(mail_id=found.pk, at=at)
    found.refresh_from_db()
    return found


def written_back() -> list[str]:
    return list(Message.objects.filter(kind="answer_refused").values_list("text", flat=True))


def test_an_answer_reaches_its_room_once_however_often_it_comes(member, posts):
    made = mail(member)

    states = [take(made).state for _ in range(2)]

    assert states == [InboundState.TAKEN] * 2
    assert posts == [(member.pk, TOPIC, "Yes, gladly!")]
    kept = InboundMail.objects.get()
    assert (bytes(kept.raw), kept.user) == (b"", member)
    assert written_back() == []


def test_a_mail_of_a_notice_can_be_answered(member, posts):
    notify(
        key="1",
        kind="test.reply",
        to=[member.pk],
        url="/de/",
        context={"who": "Mara", "text": "Who comes?"},
        at=NOON,
        reply_purpose="test.topic",
        reply_object=TOPIC,
    )
    mail_step(notice_id=Notice.objects.get().pk, at=NOON)
    address = Message.objects.get().reply_to

    state = take(mail(member, to=address)).state

    assert (state, len(posts)) == (InboundState.TAKEN, 1)
    assert "You can simply answer this mail." in Message.objects.get(kind="test.reply").text


def test_addresses_survive_servers_that_change_their_case_and_cannot_be_made_up(member):
    address = reply_address("test.topic", TOPIC, member, at=NOON)

    target = read_address(address.upper())

    assert (target.user_id, target.object_id) == (member.pk, TOPIC)
    assert len(address.partition("@")[0]) <= 64
    other = address.replace("reply+", "reply+1")
    for bad in (other, address[:-1], "reply+a.b.c.d@reply.example.org", ""):
        with pytest.raises(BadAddressError):
            read_address(bad)


def test_the_longest_numbers_fit_into_an_address(posts):
    address = reply_address("test.topic", 2**63 - 1, 2**40, at=NOON)

    assert len(address.partition("@")[0]) <= 64
    assert read_address(address).object_id == 2**63 - 1


def test_without_a_domain_nothing_can_be_answered(member, settings):
    settings.REPLY_DOMAIN = ""

    assert reply_address("test.topic", TOPIC, member, at=NOON) == ""


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
        {"List_Id": "<list.example.org>"},
        {"sender": "MAILER-DAEMON@example.org"},
        {"sender": ""},
        {"sender": "kim@example.org, lee@example.org"},
    ],
)
def test_machines_are_not_answered(member, posts, headers):
    found = take(mail(member, **headers))

    assert (found.state, posts, written_back()) == (InboundState.IGNORED, [], [])


def test_another_sender_is_told_at_the_accounts_own_address_once_a_day(member, posts):
    for number in range(3):
        take(mail(member, sender="other@example.com", message_id=f"<{number}@x>"))

    [message] = Message.objects.filter(kind="answer_refused")
    assert (message.user, posts) == (member, [])
    assert "from an address that we do not know" in message.text


def test_an_address_that_was_not_confirmed_counts_as_another(member, posts):
    EmailAddress.objects.update(verified=False)

    assert take(mail(member)).reason == Refusal.OTHER_SENDER
    assert posts == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"to": "reply+0.0.0.aaaaaaaaaaaaaaaaaaaa@reply.example.org"}, Refusal.UNKNOWN),
        ({"text": "> only\n> a quote\n"}, Refusal.EMPTY),
        ({"text": "word " * 5000}, Refusal.TOO_LONG),
        ({"text": "no thanks"}, Refusal.REFUSED),
    ],
)
def test_what_cannot_be_taken_over_is_said_kindly(member, posts, changes, reason):
    found = take(mail(member, **changes))

    assert (found.state, found.reason) == (InboundState.REFUSED, reason)
    assert len(written_back()) == 1
    assert Message.objects.filter(kind="post").count() == 0


def test_the_room_says_in_its_own_words_why_not(member):
    take(mail(member, "no"))

    assert "This conversation is closed." in written_back()[0]


def test_a_mail_of_last_quarter_cannot_be_answered(member, posts):
    found = take(mail(member), at=NOON + timedelta(days=62))

    assert (found.reason, posts) == (Refusal.TOO_OLD, [])


def test_strangers_are_not_written_to(member, posts):
    found = take(mail(member, sender="stranger@example.net", to="reply+x@reply.example.org"))

    assert (found.state, Message.objects.count(), posts) == (InboundState.IGNORED, 0, [])


def test_files_are_refused_kindly_and_the_text_is_taken(member, posts):
    made = mail(member)
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")

    state = take(made).state

    assert (state, len(posts)) == (InboundState.TAKEN, 1)
    assert "files" in written_back()[0]


def test_a_mail_in_html_only_is_read_too(member, posts):
    made = mail(member)
    made.set_content(
        "<p>Hello <b>all</b>,<br>I come.</p><script>x</script>"
        '<div class="gmail_quote">On Monday Mara wrote:<blockquote>old</blockquote></div>',
        subtype="html",
    )

    take(made)

    assert posts[0][2] == "Hello all,\nI come."


def test_a_room_that_fails_is_asked_again_and_nothing_is_half_done(member, posts, monkeypatch):
    def broken(**_fields):
        Message.objects.create(
            key="half", kind="post", user=member, language="de", created_at=NOON, due_at=NOON
        )
        raise ValueError("broken")

    monkeypatch.setitem(replies._handlers, "test.topic", broken)
    with pytest.raises(ValueError, match="broken"):
        take(mail(member))

    kept = InboundMail.objects.get()
    assert (kept.state, Message.objects.count()) == (InboundState.WAITING, 0)


def test_what_lost_its_task_is_handed_out_again_and_given_up_after_two_weeks(member):
    accept(raw=mail(member).as_bytes(), at=NOON)
    DBTaskResult.objects.all().delete()

    counts = [
        look_after_answers(at=NOON + wait)
        for wait in (timedelta(minutes=1), timedelta(minutes=3), GIVEN_UP * 2)
    ]

    kept = InboundMail.objects.get()
    assert counts == [0, 1, 0]
    assert (kept.state, bytes(kept.raw)) == (InboundState.REFUSED, b"")


def hand_in(client, raw, secret=SECRET):
    return client.post(
        reverse("messaging_inbound"),
        data=raw,
        content_type="message/rfc822",
        headers={"Authorization": f"Bearer {secret}"},
    )


def test_a_mail_server_hands_mails_in(member, client):
    raw = mail(member).as_bytes()

    answers = [hand_in(client, raw).status_code for _ in range(2)]

    assert answers == [202, 202]
    assert InboundMail.objects.count() == 1
    assert reverse("messaging_inbound") == "/messaging/inbound/"


@pytest.mark.parametrize("secret", ["wrong", "", SECRET[:-1], "ü"])
def test_only_with_the_secret(member, client, secret):
    assert hand_in(client, b"x", secret).status_code == 401
    assert InboundMail.objects.count() == 0


def test_what_is_too_large_is_not_taken(client):
    assert hand_in(client, b"x" * (LARGEST + 1)).status_code == 413


def test_without_a_secret_nothing_is_taken(client, settings):
    settings.INBOUND_SECRET = ""

    assert hand_in(client, b"x", "").status_code == 401
