"""The page behind the link: it tells a stranger nothing, works once, and speaks one's language."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tandemwerk.core import clock
from tandemwerk.core.links import make_token
from tandemwerk.intake.enums import Side
from tandemwerk.people.enums import ConsentPurpose
from tandemwerk.people.models import Consent
from tandemwerk.tandems.enums import AnswerState, TandemState
from tandemwerk.tandems.links import answer_link
from tandemwerk.tandems.models import Answer
from tests.factories import NOON, ParticipationFactory, PersonFactory, SiteFactory
from tests.tandems.proposed import answer_of, make_proposal

pytestmark = pytest.mark.django_db
STATES = AnswerState


@pytest.fixture
def tandem():
    site = SiteFactory(phone="0821 12345", name="Brücke Augsburg")
    volunteer = ParticipationFactory(
        site=site,
        side=Side.VOLUNTEER,
        topics=1,
        person=PersonFactory(
            given_name="Marlene", family_name="Brandt", speaks={"de": 7, "fa": 3}, birth_year=1970
        ),
    )
    newcomer = ParticipationFactory(
        site=site,
        side=Side.NEWCOMER,
        person=PersonFactory(given_name="Farida", family_name="Ahmadi", speaks={"fa": 7}),
    )
    for person in (volunteer.person, newcomer.person):
        Consent.objects.create(
            person=person,
            purpose=ConsentPurpose.PORTRAIT,
            text_version=1,
            way="paper",
            given_at=NOON,
        )
    tandem = make_proposal(site=site, volunteer=volunteer, newcomer=newcomer, language="fa", km=4)
    at = clock.now()
    tandem.answers.update(asked_at=at, expires_at=at + timedelta(days=10))
    return tandem


@pytest.fixture
def asked(tandem):
    """The newcomer's question."""
    return answer_of(tandem, Side.NEWCOMER)


def path_of(answer: Answer) -> str:
    answer = Answer.objects.get(pk=answer.pk)
    return urlsplit(answer_link(answer)).path


def words_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


SECRETS = ("Marlene", "Brandt", "Farida", "Ahmadi", "86150", "example.org", "1970", "+4930")


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_address_tells_a_previewer_only_who_has_written(client, asked, method):
    response = getattr(client, method)(path_of(asked))

    words = words_of(response)
    assert response.status_code == 200
    assert [secret for secret in SECRETS if secret in words] == []
    assert ("Brücke Augsburg" in words) == (method == "get")
    assert Answer.objects.get(pk=asked.pk).state == STATES.WAITING


def test_nobody_keeps_indexes_or_passes_on_the_address(client, asked):
    for response in (client.get(path_of(asked)), client.post(path_of(asked))):
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert 'name="robots" content="noindex' in response.content.decode()
        assert response.cookies == {}


def test_the_button_shows_a_portrait_without_name_or_address(client, asked):
    response = client.post(path_of(asked))

    words = words_of(response)
    assert response.status_code == 200
    assert [secret for secret in SECRETS if secret in words] == []
    labels = {line.icon: line.text for line in response.context["portrait"].lines}
    assert set(labels) >= {"person", "chat", "puzzle", "translate", "calendar-week", "geo-alt"}


def test_without_consent_the_portrait_says_only_what_both_share(client, tandem, asked):
    Consent.objects.filter(person=tandem.volunteer.person).update(withdrawn_at=NOON)

    portrait = client.post(path_of(asked)).context["portrait"]

    assert portrait.is_short
    assert [line.icon for line in portrait.lines] == ["chat", "puzzle"]


@pytest.mark.parametrize("state", ["yes", "no", "call"])
def test_an_answer_is_taken_and_thanked_for(client, asked, state):
    sent = client.post(path_of(asked), {"send": "1", "answer": state, "note": "Danke"})
    thanked = client.get(sent["Location"])

    answer = Answer.objects.get(pk=asked.pk)
    assert (sent.status_code, thanked.status_code) == (302, 200)
    assert (answer.state, answer.note) == (state, "Danke")
    assert thanked.context["state"] == ("called" if state == "call" else "answered")


def test_it_works_without_cookies_and_in_strict_browsers(asked):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(path_of(asked), {"send": "1", "answer": "yes"}, HTTP_ORIGIN="null")

    assert response.status_code == 302
    assert Answer.objects.get(pk=asked.pk).state == STATES.YES


def test_it_works_once(client, asked):
    client.post(path_of(asked), {"send": "1", "answer": "yes"})

    changed = client.post(path_of(asked), {"send": "1", "answer": "no"})
    opened = client.post(path_of(asked))

    assert Answer.objects.get(pk=asked.pk).state == STATES.YES
    assert [each.context["state"] for each in (changed, opened)] == ["answered"] * 2
    assert "portrait" not in opened.context


def test_who_asked_for_a_call_can_still_answer(client, asked):
    client.post(path_of(asked), {"send": "1", "answer": "call"})

    client.post(path_of(asked), {"send": "1", "answer": "yes"})

    assert Answer.objects.get(pk=asked.pk).state == STATES.YES


def test_a_missing_answer_keeps_what_was_typed(client, asked):
    response = client.post(path_of(asked), {"send": "1", "note": "Meine Frage"})

    assert response.status_code == 422
    assert response.context["form"]["note"].value() == "Meine Frage"
    assert Answer.objects.get(pk=asked.pk).state == STATES.WAITING


@pytest.mark.parametrize(
    "data",
    [
        {"answer": "waiting"},
        {"answer": "maybe"},
        {"answer": "yes", "note": "x" * 301},
        {"answer": "yes", "note": "\x00"},
    ],
)
def test_bad_input_is_refused_and_changes_nothing(client, asked, data):
    response = client.post(path_of(asked), {"send": "1", **data})

    assert response.status_code == 422
    assert Answer.objects.get(pk=asked.pk).state == STATES.WAITING


def test_the_page_comes_in_the_persons_language(client, tandem, asked):
    tandem.newcomer.person.language = "fa"
    tandem.newcomer.person.save()
    german = path_of(asked).replace("/fa/", "/de/")

    response = client.get(german)
    page = client.get(response["Location"])

    assert (response.status_code, response["Location"]) == (302, path_of(asked))
    assert path_of(asked).startswith("/fa/answer/")
    assert '<html lang="fa" dir="rtl"' in page.content.decode()


def test_who_reads_another_language_better_can_change_it(client, asked):
    other = next(
        each.url
        for each in client.get(path_of(asked)).context["page_languages"]
        if each.code == "uk"
    )

    cover, message = client.get(other), client.post(other)
    sent = client.post(other, {"send": "1", "answer": "yes"})

    assert [each.status_code for each in (cover, message)] == [200, 200]
    assert message.context["portrait"].language == "uk"
    assert sent["Location"] == other


def test_an_expired_link_gives_the_sites_phone_and_no_portrait(client, asked):
    Answer.objects.filter(pk=asked.pk).update(expires_at=clock.now())

    for response in (client.get(path_of(asked)), client.post(path_of(asked))):
        assert response.status_code == 200
        assert response.context["state"] == "closed"
        assert "0821 12345" in words_of(response)


def test_the_others_no_looks_like_a_time_that_is_over(client, tandem, asked):
    client.post(path_of(answer_of(tandem, Side.VOLUNTEER)), {"send": "1", "answer": "no"})
    declined = words_of(client.get(path_of(asked)))
    tandem.state = TandemState.PROPOSED
    tandem.save()
    Answer.objects.filter(pk=asked.pk).update(expires_at=clock.now())

    assert words_of(client.get(path_of(asked))) == declined


def test_a_replaced_link_does_not_work(client, asked):
    old = path_of(asked)
    Answer.objects.filter(pk=asked.pk).update(nonce="new")

    assert [client.get(old).status_code, client.post(old).status_code] == [404, 404]


def test_a_link_for_something_else_does_not_work(client, asked):
    token = make_token("checkin", pk=asked.pk, nonce=asked.nonce)

    assert client.get(f"/de/answer/{token}/").status_code == 404


def test_a_link_to_an_answer_that_is_gone_does_not_work(client):
    token = make_token("answer", pk=2**70, nonce="x")

    assert client.get(f"/de/answer/{token}/").status_code == 404


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(token=st.text(st.characters(exclude_characters="/?#\\", codec="utf-8"), min_size=1))
def test_made_up_links_are_never_an_error(client, token):
    assert client.get(f"/de/answer/{token}/").status_code in {301, 404}


def test_the_page_asks_as_often_for_rich_portraits_as_for_poor_ones(
    client, tandem, asked, django_assert_max_num_queries, django_assert_num_queries
):
    path = path_of(asked)
    with django_assert_max_num_queries(5) as poor:
        client.post(path)
    for code in ("en", "fr", "ar"):
        tandem.volunteer.person.languages.create(code=code, level=4)

    with django_assert_num_queries(len(poor)):
        client.post(path)
