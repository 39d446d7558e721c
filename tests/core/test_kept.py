"""What is kept in memory: only what is still true, and nobody's own page."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.urls import reverse

from tandemwerk.core.kept import keep
from tests.factories import SiteFactory


def test_what_is_kept_is_made_once_by_however_many_ask():
    made = []

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: keep("a number", lambda: made.append(1) or 7), range(40)))

    assert (set(found), made) == ({7}, [1])


def test_another_version_is_made_again():
    keep("number/1", lambda: 1)

    assert keep("number/2", lambda: 2) == 2


@pytest.fixture
def address(db) -> str:
    return reverse("programme:site_public", args=[SiteFactory(name="Haus am See").slug])


def nonce_of(response) -> str:
    return response.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]


def test_a_stranger_gets_the_page_that_another_stranger_got(
    client, address, django_assert_num_queries
):
    client.get(address)

    with django_assert_num_queries(0):
        again = client.get(address)

    assert "Haus am See" in again.content.decode()


def test_each_answer_has_the_nonce_of_its_own_policy(client, address):
    first, second = client.get(address), client.get(address)

    assert nonce_of(first) != nonce_of(second)
    assert f'nonce="{nonce_of(second)}"' in second.content.decode()
    assert nonce_of(first) not in second.content.decode()


def test_another_look_and_another_language_are_other_pages(client, address):
    client.get(address)
    client.cookies["theme"] = "dark"

    dark, arabic = client.get(address), client.get(address.replace("/de/", "/ar/"))

    assert 'data-bs-theme="dark"' in dark.content.decode()
    assert 'dir="rtl"' in arabic.content.decode()


def test_who_is_signed_in_gets_a_page_of_their_own(world, sign_in, client, address):
    client.get(address)

    signed_in = sign_in(world.users["coordinator"]).get(address)

    assert reverse("account_logout") in signed_in.content.decode()
