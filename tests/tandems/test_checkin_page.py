"""The page behind the link: it reveals nothing, works once, and looking is not answering."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tandemwerk.core import clock
from tandemwerk.core.links import make_token
from tandemwerk.tandems.enums import Mood, TandemState
from tandemwerk.tandems.links import CHECKIN_PURPOSE, checkin_link
from tandemwerk.tandems.models import CheckIn
from tests.tandems.factories import CheckInFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def checkin() -> CheckIn:
    at = clock.now()
    return CheckInFactory(asked_at=at, expires_at=at + timedelta(days=14))


def path_of(checkin: CheckIn) -> str:
    return urlsplit(checkin_link(checkin)).path


def test_one_tap_chooses_and_the_button_answers(client, checkin):
    asked = client.get(path_of(checkin), {"answer": "hard"})

    form = asked.context["form"]
    thanked = client.post(path_of(checkin), {"mood": form["mood"].value(), "line": "Viel"})

    checkin.refresh_from_db()
    assert (asked.status_code, thanked.status_code) == (200, 200)
    assert (checkin.mood, checkin.line) == (Mood.HARD, "Viel")


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_a_link_answers_nothing(client, checkin, method):
    for mood in Mood:
        getattr(client, method)(path_of(checkin), {"answer": mood.value})

    checkin.refresh_from_db()
    assert (checkin.mood, checkin.answered_at) == ("", None)


def test_the_page_names_nobody_and_no_site(client, checkin):
    tandem = checkin.tandem
    words = client.get(path_of(checkin)).content.decode()

    secrets = [
        tandem.volunteer.person.family_name,
        tandem.newcomer.person.family_name,
        tandem.newcomer.person.given_name,
        tandem.site.name,
        tandem.site.place,
    ]
    assert [secret for secret in secrets if secret in words] == []


def test_nobody_keeps_indexes_or_passes_on_the_address(client, checkin):
    answers = [
        client.get(path_of(checkin)),
        client.post(path_of(checkin), {"mood": "very_good"}),
        client.get(path_of(checkin)),
        client.get("/de/check-in/1-guessed.signature/"),
    ]

    for answer in answers:
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies


def test_the_page_works_without_cookies_and_from_no_origin(checkin):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(path_of(checkin), {"mood": "very_good"}, headers={"origin": "null"})

    checkin.refresh_from_db()
    assert (answer.status_code, checkin.mood) == (200, "very_good")


def test_a_persian_reader_gets_a_persian_page_from_right_to_left(client, checkin):
    checkin.tandem.newcomer.person.language = "fa"
    checkin.tandem.newcomer.person.save()

    words = client.get(path_of(checkin)).content.decode()

    assert '<html lang="fa" dir="rtl"' in words


def test_the_second_answer_is_thanked_for_and_not_taken(client, checkin):
    client.post(path_of(checkin), {"mood": "very_good"})

    again = client.post(path_of(checkin), {"mood": "hard"})

    checkin.refresh_from_db()
    assert (again.status_code, again.context["why"]) == (200, "answered")
    assert checkin.mood == "very_good"


@pytest.mark.parametrize(
    ("change", "why"),
    [({"expires_at": clock.now() - timedelta(days=1)}, "expired"), ({"nonce": "new"}, "expired")],
)
def test_a_closed_link_says_so(client, checkin, change, why):
    path = path_of(checkin)
    CheckIn.objects.filter(pk=checkin.pk).update(**change)

    answer = client.get(path)

    assert (answer.status_code, answer.context["why"]) == (410, why)


def test_a_tandem_that_ended_asks_no_more(client, checkin):
    checkin.tandem.state = TandemState.ENDED
    checkin.tandem.save()

    assert client.get(path_of(checkin)).status_code == 410


def test_a_token_for_something_else_opens_nothing(client, checkin):
    tokens = [
        make_token("answer", pk=checkin.pk, nonce=checkin.nonce),
        make_token(CHECKIN_PURPOSE, pk=10**12, nonce=checkin.nonce),
    ]

    answers = [client.get(f"/de/check-in/{token}/").status_code for token in tokens]

    assert answers == [404, 404]


@pytest.mark.parametrize(
    "data", [{}, {"mood": ""}, {"mood": "splendid"}, {"mood": "hard", "line": "x" * 301}]
)
def test_bad_input_keeps_what_was_typed_and_answers_nothing(client, checkin, data):
    answer = client.post(path_of(checkin), data)

    checkin.refresh_from_db()
    assert (answer.status_code, checkin.mood) == (422, "")
    assert data.get("line", "") in answer.content.decode()


@given(token=st.text(max_size=60))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_token_makes_the_page_fall_over(client, token):
    answer = client.get("/de/check-in/" + "x".join(token.split("/")) + "/")

    assert answer.status_code in {301, 404}


@given(mood=st.text(max_size=20), line=st.text(max_size=400))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_text_makes_the_form_fall_over(client, checkin, mood, line):
    answer = client.post(path_of(checkin), {"mood": f"?{mood}", "line": line})

    assert answer.status_code == 422
