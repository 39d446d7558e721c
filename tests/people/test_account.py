"""One's own account: name and language, address, password, devices, demo."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.test import Client

from tandemwerk.core.models import AuditEntry
from tandemwerk.people.models import User
from tests.factories import PersonFactory
from tests.people.factories import PASSWORD, code_in_last_mail, mails, make_account

pytestmark = pytest.mark.django_db

PHONE = (
    "Mozilla/5.0 (Linux; Android 12; moto e20) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0.0.0 Mobile Safari/537.36"
)


def at_home(**headers) -> Client:
    """Return a browser in which Kim has signed in with the password."""
    client = Client(headers=headers)
    client.post("/de/accounts/login/", {"login": "kim@example.org", "password": PASSWORD})
    return client


def test_name_and_language_are_changed_and_the_page_goes_on_in_that_language():
    user = make_account()

    answer = at_home().post("/de/accounts/", {"name": "Kim Neu", "language": "ar"})

    user.refresh_from_db()
    assert (user.name, user.language) == ("Kim Neu", "ar")
    assert answer["Location"] == "/ar/accounts/"
    assert AuditEntry.objects.get(action="people.change_account").changes == {
        "fields": ["name", "language"]
    }


@pytest.mark.parametrize(
    "data",
    [{}, {"name": "", "language": "de"}, {"name": "x" * 500, "language": "xx"}, {"name": "\x00"}],
    ids=["nothing", "no name", "too long", "null byte"],
)
def test_bad_input_is_kept_and_explained(data):
    make_account()

    answer = at_home().post("/de/accounts/", data)

    assert answer.status_code == 422
    assert answer.context["form"]["name"].value() == data.get("name")


def test_a_new_address_counts_once_its_code_is_typed_in():
    user = make_account()
    browser = at_home()

    browser.post("/de/accounts/email/", {"email": "neu@example.org", "action_add": ""})
    before = User.objects.get().email
    browser.post("/de/accounts/confirm-email/", {"code": code_in_last_mail()})

    user.refresh_from_db()
    assert (before, user.email) == ("kim@example.org", "neu@example.org")
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("neu@example.org", True, True)
    ]
    assert mails() == [("account_confirm_mail", "de"), ("account_notice", "de")]


def test_an_address_of_somebody_else_is_neither_taken_nor_betrayed():
    make_account()
    make_account(mail="other@example.org")
    browser = at_home()

    answer = browser.post("/de/accounts/email/", {"email": "other@example.org", "action_add": ""})

    assert answer["Location"] == "/de/accounts/confirm-email/"
    confirm = browser.post("/en/accounts/confirm-email/", {"code": code_in_last_mail()})
    assert confirm.context["form"].errors == {"code": ["This address cannot be used."]}


def test_a_new_password_signs_out_everywhere_else():
    user = make_account()
    here, there = at_home(), at_home()

    here.post(
        "/de/accounts/password/change/",
        {
            "oldpassword": PASSWORD,
            "password1": "neuer-tee-7-mal",
            "password2": "neuer-tee-7-mal",
        },
    )

    user.refresh_from_db()
    assert user.check_password("neuer-tee-7-mal")
    assert [each.get("/de/accounts/").status_code for each in (here, there)] == [200, 302]


def test_the_list_of_devices_names_them_and_this_one_comes_first():
    make_account()
    at_home(user_agent=PHONE)
    here = at_home()

    rows = here.get("/en/accounts/sessions/").context["rows"]

    assert [(row.is_here, row.device.name) for row in rows] == [
        (True, "Unknown device"),
        (False, "Chrome on Android"),
    ]


def test_somebody_signs_out_on_another_device():
    user = make_account()
    there, here = at_home(), at_home()
    session = UserSession.objects.get(session_key=there.session.session_key)

    here.post(f"/de/accounts/sessions/{session.pk}/end/")

    assert [each.get("/de/accounts/").status_code for each in (here, there)] == [200, 302]
    assert AuditEntry.objects.filter(action="people.end_session", actor_id=user.pk).count() == 1


def test_somebody_signs_out_everywhere_else():
    make_account()
    others, here = [at_home(), at_home()], at_home()

    here.post("/de/accounts/sessions/others/end/")

    assert [each.get("/de/accounts/").status_code for each in (here, *others)] == [200, 302, 302]


def test_nobody_ends_the_session_of_somebody_else():
    make_account()
    make_account(mail="other@example.org")
    other = Client()
    other.post("/de/accounts/login/", {"login": "other@example.org", "password": PASSWORD})
    session = UserSession.objects.get(session_key=other.session.session_key)

    answer = at_home().post(f"/de/accounts/sessions/{session.pk}/end/")

    assert answer.status_code == 404
    assert other.get("/de/accounts/").status_code == 200


def test_a_participant_reads_and_takes_along_what_is_kept_about_them():
    user = make_account()
    PersonFactory(user=user, given_name="Sahar")
    browser = at_home()

    page = browser.get("/de/accounts/data/")
    file = browser.get("/de/accounts/data/?format=json")

    assert page.status_code == 200
    kinds = {kind["name"]: kind["rows"] for kind in file.json()["data"]}
    assert kinds["person"][0]["given_name"] == "Sahar"
    assert kinds["account"][0]["mail"] == "kim@example.org"


def test_a_part_of_a_page_sends_the_whole_page_to_the_sign_in(client):
    answer = client.get("/de/accounts/sessions/", headers={"HX-Request": "true"})

    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith("/de/accounts/login/")


def test_outside_the_demo_nobody_signs_in_with_a_button(client):
    make_account(mail="coordinator@demo.example")

    answer = client.post("/de/accounts/demo/", {"role": "coordinator"})

    assert answer.status_code == 404


def test_in_the_demo_a_button_signs_in_as_that_role(client, settings):
    settings.DEMO = True
    make_account(mail="newcomer@demo.example", language="fa")

    answer = client.post("/de/accounts/demo/", {"role": "newcomer"})

    assert answer["Location"].startswith("/fa/")
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("role", ["", "administrator", "root", "newcomer@demo.example"])
def test_the_demo_has_no_button_for_other_roles(client, settings, role):
    settings.DEMO = True

    assert client.post("/de/accounts/demo/", {"role": role}).status_code == 404


def test_a_role_without_an_account_leads_back_to_the_sign_in(client, settings):
    settings.DEMO = True

    answer = client.post("/de/accounts/demo/", {"role": "speaker"})

    assert answer["Location"] == "/de/accounts/login/"


def test_the_buttons_stand_on_the_sign_in_page_of_the_demo_only(client, settings):
    outside = "people:demo" in str(client.get("/de/accounts/login/").content)
    without = b"/de/accounts/demo/" in client.get("/de/accounts/login/").content
    settings.DEMO = True
    within = b"/de/accounts/demo/" in client.get("/de/accounts/login/").content

    assert (outside, without, within) == (False, False, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_devices_asks_as_often_for_one_as_for_three(
    count, django_assert_max_num_queries
):
    make_account()
    here, *_others = [at_home() for _ in range(count)]
    here.get("/de/accounts/sessions/")

    with django_assert_max_num_queries(10):
        here.get("/de/accounts/sessions/")


def test_a_device_signed_out_by_a_new_password_is_no_longer_listed():
    user = make_account()
    at_home()
    user.set_password("neuer-tee-7-mal")
    user.save()

    client = Client()
    client.post("/de/accounts/login/", {"login": "kim@example.org", "password": "neuer-tee-7-mal"})

    assert len(client.get("/de/accounts/sessions/").context["rows"]) == 1
