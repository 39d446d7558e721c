"""A passkey in a real browser: set up, signed in with, under the strict policy for scripts."""

import pytest
from playwright.sync_api import expect

from tandemwerk.people.models import User
from tests.browser.conftest import send
from tests.people.factories import PASSWORD, make_account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def with_authenticator(page) -> None:
    """Give the browser a device that recognises its owner without being touched."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_somebody_sets_a_passkey_up_and_signs_in_with_it_alone(visitor, live_server, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_account()
    page = visitor()
    with_authenticator(page)
    home = live_server.url.replace("127.0.0.1", "localhost")

    page.goto(f"{home}/de/accounts/login/")
    page.fill("[name=login]", "kim@example.org")
    page.fill("[name=password]", PASSWORD)
    send(page.locator("form:has([name=password]) button").first)
    page.goto(f"{home}/de/accounts/2fa/webauthn/add/")
    page.click("#passkey_add")
    page.wait_for_url("**/recovery-codes/")
    page.goto(f"{home}/de/accounts/logout/")
    send(page.locator("main form button").first)
    page.goto(f"{home}/de/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto(f"{home}/de/accounts/")

    expect(page.locator("bdi", has_text="kim@example.org")).to_have_count(1)
    assert User.objects.get().authenticator_set.filter(type="webauthn").count() == 1


def test_a_cancelled_passkey_is_explained(visitor, live_server, settings):
    settings.ALLOWED_HOSTS = ["*"]
    page = visitor()
    home = live_server.url.replace("127.0.0.1", "localhost")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": False,
                "automaticPresenceSimulation": True,
            }
        },
    )

    page.goto(f"{home}/de/accounts/login/")
    page.click("#passkey_login")

    page.locator("[data-passkey-trouble]").wait_for(state="visible")
