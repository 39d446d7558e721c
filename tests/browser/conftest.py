"""A real Chromium against a real server: ``visitor(language, width)`` opens a page."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tandemwerk.people.models import User

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]
#: What axe must find nothing of: the rules of WCAG 2.2 A and AA, and its good practices.
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
AXE = {
    "runOnly": [*WCAG, "best-practice"],
    "resultTypes": ["violations"],
}
AXE_SCRIPT = Axe().axe_script
#: How long a page may take on a machine that does much else, in milliseconds.
PATIENCE = 60_000
FINDINGS = """options => axe.run(options).then(({violations}) => violations.flatMap(
    ({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 120)}`)))"""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium once."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=FLAGS
        )
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Give a function that opens a fresh browser profile: nobody shares cookies."""
    pages = []
    trouble: list[str] = []

    def open_page(**traits: Any) -> Page:
        pages.append(open_profile(chromium, live_server.url, trouble, **traits))
        return pages[-1]

    yield open_page
    for page in pages:
        page.context.close()
    assert trouble == []


def open_profile(
    chromium: Browser,
    address: str,
    trouble: list[str],
    *,
    language: str = "de",
    phone: bool = False,
    dark: bool = False,
    scripts: bool = True,
) -> Page:
    """Open a page in a profile of its own; what goes wrong in its scripts goes to ``trouble``."""
    context = chromium.new_context(
        base_url=address,
        viewport=PHONE if phone else DESK,
        locale=language,
        color_scheme="dark" if dark else "light",
        java_script_enabled=scripts,
        timezone_id="Europe/Berlin",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on(
        "console",
        lambda message: (
            trouble.append(message.text)
            if message.type == "error" and "Content Security Policy" in message.text
            else None
        ),
    )
    return page


def session_of(user: User, address: str) -> Any:
    """Return the cookie that signs ``user`` in, without the sign-in form."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    device = {"ip": "127.0.0.1", "user_agent": "Mozilla/5.0 (X11; Linux) Chrome/140.0"}
    UserSession.objects.create(user=user, session_key=cookie.value, **device)
    return {"name": cookie.key, "value": cookie.value, "url": address}


def sign_in_as(page: Page, user: User, address: str) -> None:
    """Sign the page's browser in as ``user``."""
    page.context.add_cookies([session_of(user, address)])


def send(button: Locator) -> None:
    """Press a button that sends its form, and wait for the page that answers."""
    with button.page.expect_navigation():
        button.click()


def sideways(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


def axe_findings(page: Page, *, rules: Sequence[str] = ()) -> list[str]:
    """Return what axe finds on the page, a line each; by these sets of rules, if any are named."""
    options = AXE | ({"runOnly": [*rules]} if rules else {})
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return list(page.evaluate(FINDINGS, options))
