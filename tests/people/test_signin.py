"""Signing in: by password, by code, never telling who has an account."""

import pytest
from axes.models import AccessAttempt
from django.test import Client

from tandemwerk.people.models import User
from tests.people.factories import PASSWORD, code_in_last_mail, mails, make_account

pytestmark = pytest.mark.django_db

LOGIN = "/en/accounts/login/"
ASK = "/en/accounts/login/code/"
CONFIRM = "/en/accounts/login/code/confirm/"


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def sign_in(client: Client, mail: str = "kim@example.org", password: str = PASSWORD, **kwargs):
    return client.post(LOGIN, {"login": mail, "password": password}, **kwargs)


def without_typed(response, *typed: str) -> str:
    """Return the page without what differs between two visits by itself."""
    page = response.content.decode()
    for text in typed:
        page = page.replace(text, "…")
    return page


def test_the_password_signs_in_and_leads_on_in_the_accounts_language(client):
    make_account(language="uk")

    answer = sign_in(client)

    assert signed_in(client)
    assert answer["Location"].startswith("/uk/")
    assert client.cookies["language"].value == "uk"


def test_where_one_wanted_to_go_is_kept_in_the_accounts_language(client):
    make_account(language="fa")

    answer = client.post(
        f"{LOGIN}?next=/de/accounts/sessions/", {"login": "kim@example.org", "password": PASSWORD}
    )

    assert answer["Location"] == "/fa/accounts/sessions/"


def test_another_host_is_nowhere_one_is_led_to(client):
    make_account()

    answer = client.post(
        f"{LOGIN}?next=https://evil.example/", {"login": "kim@example.org", "password": PASSWORD}
    )

    assert answer["Location"].startswith("/de/")


@pytest.mark.parametrize("mail", ["kim@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, mail):
    make_account()

    answer = sign_in(client, mail=mail, password="falsch-falsch-1")

    assert answer.context["form"].non_field_errors() == [
        "E-mail and password do not fit together. Please check both, or have a code sent to you."
    ]
    assert not signed_in(client)


def test_the_address_may_be_written_in_capitals(client):
    make_account()

    sign_in(client, mail="Kim@Example.ORG")

    assert signed_in(client)


def test_a_closed_account_does_not_get_in(client):
    make_account()
    User.objects.update(is_active=False)

    answer = sign_in(client, follow=True)

    assert not signed_in(client)
    assert answer.redirect_chain[-1][0] == "/en/accounts/inactive/"


def test_a_code_from_the_mailbox_signs_in(client):
    make_account(language="fa")

    client.post(ASK, {"email": "kim@example.org"})
    client.post(CONFIRM, {"code": code_in_last_mail()})

    assert signed_in(client)
    assert mails() == [("account_login_code", "fa")]


@pytest.mark.parametrize("zero", ["٠", "۰"], ids=["arabic", "persian"])
def test_a_code_may_be_typed_in_the_digits_of_ones_own_keyboard(client, zero):
    make_account()

    client.post(ASK, {"email": "kim@example.org"})
    typed = code_in_last_mail().translate({48 + n: chr(ord(zero) + n) for n in range(10)})
    client.post(CONFIRM, {"code": typed})

    assert signed_in(client)


def test_a_code_works_three_times_wrong_and_then_no_more(client):
    make_account()

    client.post(ASK, {"email": "kim@example.org"})
    code = code_in_last_mail()
    for _ in range(3):
        client.post(CONFIRM, {"code": "0000-0000"})
    client.post(CONFIRM, {"code": code})

    assert not signed_in(client)


def test_asking_for_a_code_does_not_tell_whether_there_is_an_account():
    make_account()
    known, unknown = Client(), Client()

    answers = [
        without_typed(client.post(ASK, {"email": mail}, follow=True), mail)
        for client, mail in ((known, "kim@example.org"), (unknown, "who@example.org"))
    ]

    tokens = [client.cookies["csrftoken"].value for client in (known, unknown)]
    assert len(set(tokens)) == 2
    assert [len(answer) for answer in answers] == [len(answers[0])] * 2
    assert mails() == [("account_login_code", "de"), ("account_unknown", "en")]


def test_asking_takes_as_many_steps_for_a_stranger_as_for_an_account(
    client, django_assert_max_num_queries
):
    make_account()

    with django_assert_max_num_queries(30) as known:
        Client().post(ASK, {"email": "kim@example.org"})
    with django_assert_max_num_queries(30) as unknown:
        Client().post(ASK, {"email": "who@example.org"})

    assert abs(len(known) - len(unknown)) <= 1


def test_nobody_signs_up_by_themselves(client):
    answer = client.post(
        "/en/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD}
    )

    assert User.objects.count() == 0
    assert "account/signup_closed.html" in [template.name for template in answer.templates]


def test_a_forgotten_password_is_set_anew_with_a_code(client):
    user = make_account()

    client.post("/en/accounts/password/reset/", {"email": "kim@example.org"})
    client.post("/en/accounts/password/reset/confirm/", {"code": code_in_last_mail()})
    client.post(
        "/en/accounts/password/reset/complete/",
        {"password1": "neuer-tee-7-mal", "password2": "neuer-tee-7-mal"},
    )

    user.refresh_from_db()
    assert user.check_password("neuer-tee-7-mal")
    assert mails() == [("account_reset_code", "de"), ("account_notice", "de")]


def test_a_forgotten_password_of_a_stranger_looks_the_same(client):
    answer = client.post("/en/accounts/password/reset/", {"email": "who@example.org"})

    assert answer["Location"] == "/en/accounts/password/reset/confirm/"
    assert mails() == [("account_unknown", "en")]


def test_after_eight_wrong_passwords_the_door_is_closed_for_a_while(client, settings):
    settings.AXES_ENABLED = True
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "100/m/ip", "login": "100/m/ip"}
    make_account()

    answers = [sign_in(client, password="falsch-falsch-1").status_code for _ in range(8)]
    right = sign_in(client)

    assert answers == [200] * 7 + [429]
    assert right.status_code == 429
    assert "429.html" in [template.name for template in right.templates]
    assert AccessAttempt.objects.get().username == "kim@example.org"


def test_too_many_attempts_in_a_minute_are_told_so_in_the_form(client):
    make_account()

    for _ in range(6):
        answer = sign_in(client, password="falsch-falsch-1")

    assert answer.context["form"].non_field_errors() == [
        "There were too many attempts. Please try again in a few minutes."
    ]


BAD = [
    {},
    {"login": "", "password": ""},
    {"login": "no address", "password": "x"},
    {"login": "kim@example.org\x00", "password": "x\x00"},
    {"login": "a" * 5000 + "@example.org", "password": "x" * 5000},
    {"login": ["a@example.org", "b@example.org"], "password": "<script>"},
]


@pytest.mark.parametrize("data", BAD, ids=range(len(BAD)))
def test_whatever_is_typed_the_sign_in_page_answers(client, data):
    answers = {
        client.post(path, data | extra).status_code
        for path, extra in (
            (LOGIN, {}),
            (ASK, {"email": data.get("login", "")}),
            ("/en/accounts/password/reset/", {"email": data.get("login", "")}),
        )
    }

    assert answers <= {200, 302}
