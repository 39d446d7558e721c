"""The page of the search: who finds what, kind by kind, and what it says when nothing is found."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tandemwerk.core.search import find, reindex, words_of
from tandemwerk.programme.enums import Role
from tests.factories import SiteFactory
from tests.world import ROLES

pytestmark = pytest.mark.django_db


def address() -> str:
    with override("de"):
        return reverse("portal:search")


def sites(*names: str, **fields) -> None:
    for name in names:
        SiteFactory(name=name, **fields)
    reindex(["sites"])


def ask(client, text: str, **more):
    return client.get(address(), {"q": text, **more})


def titles(page) -> list[str]:
    return [result.hit.title for result in page.context["found"].results]


def test_search_finds_only_what_somebody_may_see(world):
    name = world.tandem.newcomer.person.family_name

    found = {
        role: sorted(source.name for source, _hits in find(_viewer(world, role), name, limit=5))
        for role in ROLES
    }

    team = {"coordinator", "safeguarding", "reader"}
    assert {role for role in ROLES if found[role]} == team
    assert found["coordinator"] == ["people", "tandems"]


def _viewer(world, role):
    return AnonymousUser() if role == "anonymous" else world.users[role]


def test_names_of_participants_are_never_in_the_index(world):
    reindex()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_searchdocument WHERE source NOT IN ('sites')")
        others = cursor.fetchone()[0]
        cursor.execute("SELECT title FROM core_searchdocument")
        named = [title for (title,) in cursor.fetchall()]

    family = world.tandem.newcomer.person.family_name
    assert (others, [title for title in named if family in title]) == (0, [])


def test_everybody_finds_public_sites_and_nobody_hidden_ones(client):
    sites("Haus der Begegnung", place="Ulm")
    sites("Haus der Stille", place="Ulm", is_public=False)

    page = ask(client, "haus ulm")

    assert titles(page) == ["Haus der Begegnung"]


def test_a_site_is_found_by_its_postcode_and_by_a_language_of_its_team(client):
    sites("Lotsenhaus", postcode="86150", place="Augsburg", languages=["uk"])
    sites("Patenhaus", postcode="89073", place="Ulm", languages=["ar"])

    found = [titles(ask(client, text)) for text in ("86150", "arabisch")]

    assert found == [["Lotsenhaus"], ["Patenhaus"]]


def test_what_matched_is_marked_and_what_was_typed_stays_harmless(client):
    sites("Haus <b>Zeugnis</b>")

    content = ask(client, "zeugnis").content.decode()

    assert "Haus &lt;b&gt;<mark>Zeugnis</mark>&lt;/b&gt;" in content


def test_a_mistyped_word_finds_what_was_meant_and_says_so(client):
    sites("Begegnungszentrum")

    page = ask(client, "Begegnugszentrum")

    found = page.context["found"]
    assert (titles(page), found.suggestion, found.is_corrected) == (
        ["Begegnungszentrum"],
        "Begegnungszentrum",
        True,
    )


def test_one_kind_can_be_chosen_and_all_kinds_are_counted(world, sign_in):
    team = sign_in(world.users["coordinator"])
    name = world.tandem.newcomer.person.family_name
    sites(f"Haus {name}")

    everything, people = ask(team, name), ask(team, name, kind="people")

    kinds = {str(kind.url): kind.count for kind in everything.context["found"].kinds}
    live = [source.name for source, _hits, _url in people.context["found"].live]
    assert (list(kinds.values()), live, titles(people)) == ([3, 1, 1, 1], ["people"], [])


@pytest.mark.parametrize("kind", ["nothing", "sites", "", "\x00", "people"])
def test_a_kind_that_found_nothing_is_no_dead_end(client, kind):
    sites("Treffpunkt")

    page = ask(client, "Treffpunkt", kind=kind)

    assert titles(page) == ["Treffpunkt"]


@pytest.mark.parametrize("number", ["1", "2", "0", "-1", "99", "x", "²", "9" * 40])
def test_every_page_number_shows_a_page(client, number):
    sites(*["Treffpunkt"] * 20)

    page = ask(client, "Treffpunkt", page=number)

    assert len(titles(page)) == (5 if number in {"2", "99"} else 15)


def test_the_page_asks_as_often_for_three_as_for_one(client):
    sites("Treffpunkt")
    ask(client, "Treffpunkt")
    with CaptureQueriesContext(connection) as for_one:
        ask(client, "Treffpunkt")
    sites("Treffpunkt", "Treffpunkt")
    ask(client, "Treffpunkt")

    with CaptureQueriesContext(connection) as for_three:
        page = ask(client, "Treffpunkt")

    assert (len(titles(page)), len(for_three)) == (3, len(for_one))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\x00",
        "%",
        "_",
        "'\"<script>",
        "x" * 500,
        "ا" * 90,
        "a' | b & (",
        "und",
        "🙂",
        "-'",
    ],
)
def test_no_search_makes_the_page_fall_over(client, text):
    sites("Treffpunkt")

    page = ask(client, text)

    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_words_are_few_and_short():
    assert words_of("a b c d e f g") == ["a", "b", "c", "d", "e"]


def test_nobody_keeps_what_a_team_searched_for(world, sign_in):
    answer = ask(sign_in(world.users["coordinator"]), "Sahar")

    assert answer["Cache-Control"] == "no-store"
    assert Role.COORDINATOR in answer.wsgi_request.user.memberships.values_list("role", flat=True)
