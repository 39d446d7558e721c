"""Every page of the editors, in every language."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Locale, Page, Site

from tandemwerk.core.models import AuditEntry
from tandemwerk.website.content import pages_of
from tandemwerk.website.models import ContentPage, HomePage
from tandemwerk.website.services import make_website
from tandemwerk.website.services.pages import BELOW_HOME
from tests.factories import NOON, SiteFactory, TandemFactory

LANGUAGES = [code for code, _name in settings.LANGUAGES]
RIGHT_TO_LEFT = {"ar", "fa"}


def paths(code: str) -> list[str]:
    return [f"/{code}/", *(f"/{code}/{slug}/" for slug in BELOW_HOME)]


# ------------------------------------------------------------------ every page


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page_answers_in_its_language_and_direction(client: Client, website, code: str):
    direction = "rtl" if code in RIGHT_TO_LEFT else "ltr"

    answers = {path: client.get(path) for path in paths(code)}

    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(
        paths(code), 200
    )
    assert {
        path
        for path, answer in answers.items()
        if f'<html lang="{code}" dir="{direction}"' not in answer.text
    } == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page_has_one_title_and_a_description(client: Client, website, code: str):
    answers = [client.get(path).text for path in paths(code)]

    titles = [re.findall(r"<h1>(.*?)</h1>", answer, re.DOTALL) for answer in answers]
    descriptions = [re.findall(r'<meta name="description" content="(.+?)">', a) for a in answers]

    assert [len(found) for found in titles] == [1] * len(answers)
    assert [len(found) for found in descriptions] == [1] * len(answers)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_address_in_a_text_leads_nowhere(client: Client, website, code: str):
    """What pages link to is there; the tilde that stands for the language never shows."""
    links = {
        link
        for path in paths(code)
        for link in re.findall(r'<a[^>]* href="(/[^"#]*)"', client.get(path).text)
    }

    answers = {link: client.get(link.replace("&amp;", "&")).status_code for link in links}

    assert {link for link in links if "~" in link} == set()
    assert {link: status for link, status in answers.items() if status not in {200, 302}} == {}


def test_a_page_speaks_of_its_translations(client: Client, website):
    answer = client.get("/de/how-it-works/").text

    alternates = re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', answer)

    assert alternates == [(code, f"{settings.BASE_URL}/{code}/how-it-works/") for code in LANGUAGES]


def test_where_a_translation_is_missing_the_menu_leads_to_the_start_page(client: Client, website):
    ContentPage.objects.get(locale__language_code="fa", slug="how-it-works").unpublish()

    answer = client.get("/de/how-it-works/")

    assert [(language.code, language.url) for language in answer.context["page_languages"]] == [
        ("de", "/de/how-it-works/"),
        ("en", "/en/how-it-works/"),
        ("ar", "/ar/how-it-works/"),
        ("fa", "/fa/"),
        ("uk", "/uk/how-it-works/"),
    ]
    assert 'hreflang="fa" href="http' not in answer.text


def test_the_address_of_a_translation_may_differ(client: Client, website):
    page = ContentPage.objects.get(locale__language_code="en", slug="how-it-works")
    page.slug = "how"
    page.save()

    answer = client.get("/de/how-it-works/")

    assert 'hreflang="en" href="http://testserver/en/how/"' in answer.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_start_page_asks_no_more_with_more_sites(
    client: Client, website, django_assert_max_num_queries, count: int
):
    for _ in range(count):
        SiteFactory()
    client.get("/de/")

    with django_assert_max_num_queries(12):
        answer = client.get("/de/")

    assert answer.status_code == 200


def test_the_figures_are_counted_and_those_of_nothing_left_out(client: Client, website):
    TandemFactory(state="active")
    TandemFactory(state="ended")
    TandemFactory(state="proposed")

    answer = client.get("/en/").text

    stats = re.findall(
        r'stat__label">(.*?)</dt>.*?stat__value">(?:<a[^>]*>)?(\d+)', answer, re.DOTALL
    )
    assert stats == [
        ("tandems founded", "2"),
        ("tandems meet at the moment", "1"),
        ("sites, from the coast to the Alps", "3"),
        ("organisations carry the programme", "3"),
    ]


# ------------------------------------------------------------------ making it


def test_all_languages_have_the_same_pages_with_the_same_parts():
    def shape(code: str) -> dict[str, list[str]]:
        return {
            slug: [kind for kind, _value in words.body] for slug, words in pages_of(code).items()
        }

    shapes = {code: shape(code) for code in LANGUAGES}

    assert shapes == dict.fromkeys(LANGUAGES, shape("de"))


def test_all_languages_answer_the_same_number_of_questions():
    def sizes(code: str) -> list[int]:
        return [
            len(json.loads(json.dumps(value))[key])
            for words in pages_of(code).values()
            for kind, value in words.body
            for key in ("questions", "steps")
            if key == kind
        ]

    assert [sizes(code) for code in LANGUAGES] == [sizes("de")] * len(LANGUAGES)


def test_making_the_website_twice_changes_nothing(website):
    before = [*Page.objects.order_by("pk").values_list("pk", "title", "path")]

    made = make_website(at=NOON)

    assert made == 0
    assert [*Page.objects.order_by("pk").values_list("pk", "title", "path")] == before
    assert AuditEntry.objects.filter(action="website.make_website").count() == 1


def test_what_editors_changed_stays(website):
    page = ContentPage.objects.get(locale__language_code="de", slug="how-it-works")
    page.title, page.slug = "Wie es geht", "wie"
    page.save()

    make_website(at=NOON)

    assert [
        *ContentPage.objects.filter(
            locale__language_code="de", translation_key=page.translation_key
        ).values_list("title", "slug")
    ] == [("Wie es geht", "wie")]


def test_a_page_that_is_missing_is_made_again_as_a_translation(website):
    ContentPage.objects.get(locale__language_code="uk", slug="for-newcomers").delete()

    made = make_website(at=NOON)

    original = ContentPage.objects.get(locale__language_code="de", slug="for-newcomers")
    assert made == 1
    assert len(original.get_translations(inclusive=True)) == len(LANGUAGES)


def test_the_website_takes_the_place_of_wagtails_welcome_page(db):
    Locale.objects.create(language_code="de")
    root = Page.add_root(instance=Page(title="Root", slug="root"))
    welcome = root.add_child(instance=Page(title="Welcome to your new Wagtail site!", slug="home"))
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)

    make_website(at=NOON)

    assert not Page.objects.filter(slug="home").exists()
    assert Site.objects.get().root_page.specific == HomePage.objects.get(locale__language_code="de")


def test_an_address_without_language_leads_to_the_visitors(client: Client, website):
    answers = {
        header: client.get("/", headers={"Accept-Language": header})["Location"]
        for header in ("de-AT", "ar-SY,en;q=0.5", "fa-AF", "uk", "fr", "", "x" * 5000)
    }

    assert answers == {
        "de-AT": "/de/",
        "ar-SY,en;q=0.5": "/ar/",
        "fa-AF": "/fa/",
        "uk": "/uk/",
        "fr": "/de/",
        "": "/de/",
        "x" * 5000: "/de/",
    }


def test_the_language_chosen_before_wins(client: Client, website):
    client.cookies["language"] = "fa"

    answer = client.get("/", headers={"Accept-Language": "de"})

    assert answer["Location"] == "/fa/"
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in answer["Vary"].split(",")}
