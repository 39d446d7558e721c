"""Team roles need a second factor; participants may have one."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client, TestCase

from tandemwerk.core.models import AuditEntry
from tests.factories import MembershipFactory
from tests.people.factories import PASSWORD, mails, make_account

pytestmark = pytest.mark.django_db

#: Any page that is not about signing in, and where one is sent from it.
INSIDE, SET_UP = "/en/portal/", "/en/accounts/2fa/"


def sign_in() -> Client:
    client = Client()
    client.post("/en/accounts/login/", {"login": "kim@example.org", "password": PASSWORD})
    return client


def code_for(secret: str, *, periods: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods))


def set_up_app(client: Client) -> str:
    """Set an app up; return its secret."""
    page = client.get("/en/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post("/en/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    return secret


def test_a_code_from_the_app_is_asked_for_after_the_password():
    make_account()
    secret = set_up_app(sign_in())
    client = sign_in()

    before = "_auth_user_id" in client.session
    client.post("/en/accounts/2fa/authenticate/", {"code": code_for(secret, periods=1)})

    assert (before, "_auth_user_id" in client.session) == (False, True)
    assert mails() == [("account_notice", "de")]
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {
        "people.create_account",
        "people.add_second_factor",
    }


def test_a_wrong_code_does_not_get_in():
    make_account()
    set_up_app(sign_in())
    client = sign_in()

    answer = client.post("/en/accounts/2fa/authenticate/", {"code": "000000"})

    assert answer.context["form"].errors == {"code": ["This code is not right, or it has expired."]}
    assert "_auth_user_id" not in client.session


def test_a_spare_code_gets_in_once():
    make_account()
    first = sign_in()
    set_up_app(first)
    spare = first.get("/en/accounts/2fa/recovery-codes/").context["unused_codes"][0]

    outcomes = []
    for _ in range(2):
        client = sign_in()
        client.post("/en/accounts/2fa/authenticate/", {"code": spare})
        outcomes.append("_auth_user_id" in client.session)

    assert outcomes == [True, False]


def test_the_secret_of_an_app_is_sealed_in_the_database():
    make_account()
    secret = set_up_app(sign_in())

    stored = Authenticator.objects.get(type="totp").data["secret"]

    assert secret not in stored
    assert stored.startswith("derived:")


@pytest.fixture
def _required(settings):
    settings.MFA_REQUIRED = True


@pytest.mark.usefixtures("_required")
class TestRequired:
    def test_a_team_member_without_one_is_sent_to_set_it_up(self):
        MembershipFactory(user=make_account())

        answer = sign_in().get(INSIDE)

        assert (answer.status_code, answer["Location"]) == (302, SET_UP)

    def test_an_administrator_is_too(self):
        user = make_account()
        user.is_superuser = True
        user.save()

        assert sign_in().get(INSIDE)["Location"] == SET_UP

    def test_a_part_of_a_page_sends_the_whole_page_there(self):
        MembershipFactory(user=make_account())

        answer = sign_in().get(INSIDE, headers={"HX-Request": "true"})

        assert (answer.status_code, answer["HX-Redirect"]) == (204, SET_UP)

    @pytest.mark.parametrize(
        "path",
        [
            "/en/accounts/",
            "/en/accounts/2fa/",
            "/en/accounts/2fa/totp/activate/",
            "/en/accounts/password/change/",
            "/en/accounts/logout/",
            "/health/live",
        ],
    )
    def test_the_way_there_stays_open(self, path):
        MembershipFactory(user=make_account())

        assert sign_in().get(path).status_code == 200

    def test_with_one_the_pages_open(self):
        MembershipFactory(user=make_account())
        client = sign_in()

        set_up_app(client)

        assert client.get(INSIDE).status_code == 200

    def test_a_participant_needs_none(self):
        make_account()

        assert sign_in().get(INSIDE).status_code == 200

    def test_a_stranger_is_not_sent_there(self, client):
        assert client.get("/en/sites/").status_code == 200
