"""What is kept in memory: only what is still true, and nobody's own page."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client
from django.urls import reverse

from tandemwerk.core import audit, clock
from tandemwerk.core.kept import keep
from tests.factories import SiteFactory

pytestmark = pytest.mark.usefixtures("kept_pages")


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


@pytest.fixture
def people(world) -> str:
    return reverse("intake:people", args=[world.mine.slug])


@pytest.fixture
def coordinator(world, sign_in, client, people) -> Client:
    """Give the coordinator's browser, which has seen the list of people twice."""
    sign_in(world.users["coordinator"])
    for _ in range(2):
        client.get(people)
    return client


def rename(world, name: str) -> None:
    """Change what the list shows without telling anybody."""
    person = world.tandem.volunteer.person
    person.family_name = name
    person.save()


def test_an_own_list_is_drawn_once_as_long_as_nothing_happens(coordinator, people, world):
    rename(world, "Heimlich")

    assert "Heimlich" not in coordinator.get(people).content.decode()


def test_what_somebody_does_at_the_site_is_seen_at_once(coordinator, people, world):
    rename(world, "Sichtbar")
    colleague = world.users["safeguarding"]
    audit.record(
        action="intake.change_people", by=colleague, at=clock.now(), target=world.tandem.volunteer
    )

    assert "Sichtbar" in coordinator.get(people).content.decode()


def test_after_an_own_step_everything_is_drawn_anew(coordinator, people, world):
    rename(world, "Sichtbar")

    coordinator.post(reverse("messaging:notices_read"))

    assert "Sichtbar" in coordinator.get(people).content.decode()


def test_what_there_is_to_tell_is_told_once(coordinator, people):
    coordinator.post(reverse("ui:appearance"), {"theme": "dark", "contrast": "normal"})

    toasts = [coordinator.get(people).content.count(b'class="toast ') for _ in range(3)]

    assert toasts == [toasts[1] + 1, toasts[1], toasts[1]]


def test_nobody_gets_what_was_drawn_for_another(coordinator, people, world):
    stranger, reader = Client(), Client()
    reader.force_login(
        world.users["reader"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )

    assert stranger.get(people).status_code == 302
    assert world.users["coordinator"].name not in reader.get(people).content.decode()


def test_who_leaves_the_team_sees_nothing_at_once(coordinator, people, world):
    world.users["coordinator"].memberships.all().delete()

    assert coordinator.get(people).status_code == 404
