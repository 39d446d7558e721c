"""The contact form: it reaches somebody, keeps what was typed, and keeps nothing else."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from tandemwerk.messaging.models import Message
from tandemwerk.messaging.services.sending import as_mail
from tandemwerk.website.models import ContactTry
from tandemwerk.website.promise import answer_by
from tandemwerk.website.services.contact import MOST_AN_HOUR, TooManyError, send_letter
from tests.factories import NOON, SiteFactory
from tests.website.letters import a_letter

pytestmark = pytest.mark.django_db

GOOD = {
    "topic": "new",
    "text": "Guten Tag, ich suche jemanden.",
    "name": "Sahar",
    "mail": "sahar@example.org",
    "phone": "",
    "site": "",
    "website": "",
}


def test_a_message_reaches_the_network_office(client: Client, contact_pages):
    answer = client.post("/de/contact/", GOOD)

    message = Message.objects.get()
    assert answer["Location"] == "/de/contact/?sent"
    assert (message.address, message.reply_to, message.language, message.scope) == (
        "office@example.org",
        "sahar@example.org",
        "de",
        "",
    )
    assert "> Guten Tag, ich suche jemanden." in message.text
    assert "Sahar" not in message.subject


def test_a_message_reaches_the_site_it_is_meant_for(client: Client, contact_pages):
    site = SiteFactory(mail="treff@example.org")

    client.post("/fa/contact/", GOOD | {"site": site.slug})

    message = Message.objects.get()
    assert (message.address, message.scope) == ("treff@example.org", site.audit_scope)
    assert "فارسی" in message.text


def test_a_message_for_a_site_without_mail_goes_to_the_office(client: Client, contact_pages):
    site = SiteFactory(mail="")

    client.post("/de/contact/", GOOD | {"site": site.slug})

    message = Message.objects.get()
    assert message.address == "office@example.org"
    assert site.name in message.text


def test_a_reply_reaches_the_person(client: Client, contact_pages):
    client.post("/de/contact/", GOOD)

    mail = as_mail(Message.objects.get())

    assert mail.reply_to == ["sahar@example.org"]


@time_machine.travel(NOON, tick=False)
def test_thanks_name_the_day_of_the_answer(client: Client, contact_pages):
    answer = client.get("/en/contact/?sent")

    assert "We answer by Friday, 18 September." in answer.text


def test_a_link_to_the_form_begins_it(client: Client, contact_pages):
    site = SiteFactory()

    form = client.get(f"/de/contact/?site={site.slug}&topic=help").context["form"]

    assert (form["site"].value(), form["topic"].value()) == (site.slug, "help")


@pytest.mark.parametrize(
    "query", ["site=nirgends", "site=%00", "topic=%3Cb%3E", "site=" + "x" * 900]
)
def test_a_bad_link_to_the_form_still_shows_it(client: Client, contact_pages, query: str):
    answer = client.get(f"/de/contact/?{query}")

    assert answer.status_code == 200


# ------------------------------------------------------------------ bad input


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"topic": ""}, {"topic"}),
        ({"topic": "bribe"}, {"topic"}),
        ({"text": ""}, {"text"}),
        ({"text": "x" * 4001}, {"text"}),
        ({"text": "null\x00"}, {"text"}),
        ({"mail": ""}, {"mail"}),
        ({"mail": "sahar"}, {"mail"}),
        ({"mail": "a@example.org\nBcc: b@example.org"}, {"mail"}),
        ({"phone": "call me"}, {"phone"}),
        ({"phone": "1"}, {"phone"}),
        ({"mail": "", "phone": "1"}, {"phone"}),
        ({"site": "nowhere"}, {"site"}),
        ({"name": "x" * 121}, {"name"}),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_is_kept(
    client: Client, contact_pages, wrong, fields
):
    answer = client.post("/de/contact/", GOOD | wrong)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == fields
    assert answer.context["form"]["name"].value() == (wrong.get("name") or "Sahar")
    assert Message.objects.count() == 0


def test_a_phone_number_alone_is_enough(client: Client, contact_pages):
    client.post("/de/contact/", GOOD | {"mail": "", "phone": "0821 450422"})

    message = Message.objects.get()
    assert message.reply_to == ""
    assert "0821 450422" in message.text


def test_no_line_of_a_stranger_becomes_a_button_of_ours(client: Client, contact_pages):
    text = "Please click:\nhttps://evil.example/\n- one\n\n<b>bold</b>"
    name = "Eve\nhttps://evil.example/"

    client.post("/de/contact/", GOOD | {"text": text, "name": name})

    message = Message.objects.get()
    assert re.findall(r'href="https://evil[^"]*"', message.html) == []
    assert "<b>bold</b>" not in message.html


# ------------------------------------------------------------------ abuse


def test_a_program_that_fills_in_everything_is_thanked_and_ignored(client: Client, contact_pages):
    answer = client.post("/de/contact/", GOOD | {"website": "https://spam.example"})

    assert answer["Location"] == "/de/contact/?sent"
    assert Message.objects.count() == 0


def test_too_many_messages_within_an_hour_are_not_sent(client: Client, contact_pages):
    for _ in range(MOST_AN_HOUR):
        client.post("/de/contact/", GOOD)

    answer = client.post("/de/contact/", GOOD)

    assert answer.status_code == 429
    assert answer.context["form"]["text"].value() == GOOD["text"]
    assert Message.objects.count() == MOST_AN_HOUR


def test_after_an_hour_one_may_write_again():
    for _ in range(MOST_AN_HOUR):
        send(at=NOON)

    send(at=NOON + timedelta(minutes=61))

    assert Message.objects.count() == MOST_AN_HOUR + 1


def test_others_may_write_meanwhile():
    for _ in range(MOST_AN_HOUR):
        send(at=NOON)
    with pytest.raises(TooManyError):
        send(at=NOON)

    send(at=NOON, sent_from="192.0.2.2")

    assert Message.objects.count() == MOST_AN_HOUR + 1


def test_no_trace_of_an_address_is_left_after_a_day():
    send(at=NOON)
    first = ContactTry.objects.get()

    send(at=NOON + timedelta(days=1, minutes=1))

    second = ContactTry.objects.get()
    assert "192.0.2.1" not in first.fingerprint
    assert second.fingerprint != first.fingerprint


def test_the_form_needs_its_token(contact_pages):
    answer = Client(enforce_csrf_checks=True).post("/de/contact/", GOOD)

    assert answer.status_code == 403


def send(*, at, sent_from: str = "192.0.2.1") -> date:
    return send_letter(letter=a_letter(), office_mail="a@example.org", sent_from=sent_from, at=at)


# ------------------------------------------------------------------ the promise


@pytest.mark.parametrize(
    ("written", "answered"),
    [
        (date(2026, 9, 15), date(2026, 9, 18)),  # Tuesday to Friday
        (date(2026, 9, 18), date(2026, 9, 23)),  # over a weekend
        (date(2026, 9, 19), date(2026, 9, 23)),  # written on a Saturday
        (date(2026, 10, 1), date(2026, 10, 6)),  # the Day of German Unity is a Saturday
        (date(2026, 4, 2), date(2026, 4, 9)),  # Good Friday and Easter Monday
        (date(2026, 5, 13), date(2026, 5, 19)),  # Ascension Day
        (date(2026, 5, 22), date(2026, 5, 28)),  # Whit Monday
        (date(2026, 12, 23), date(2026, 12, 29)),  # Christmas; the 26th is a Saturday
        (date(2026, 12, 30), date(2027, 1, 5)),  # New Year
    ],
)
def test_an_answer_is_promised_for_a_day_on_which_offices_work(written: date, answered: date):
    assert answer_by(written) == answered
