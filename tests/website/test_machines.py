"""What programs ask for."""

import xml.etree.ElementTree as ET

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from tandemwerk.website.models import ContentPage
from tests.factories import NOON, SiteFactory

pytestmark = pytest.mark.django_db

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def entries(client: Client) -> dict[str, dict[str, str]]:
    """Return each address of the sitemap with its alternates."""
    root = ET.fromstring(client.get("/sitemap.xml").content)
    return {
        url.findtext("s:loc", "", NAMES): {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMES)
        }
        for url in root.findall("s:url", NAMES)
    }


def test_the_sitemap_has_every_page_in_every_language_with_its_alternates(client, website):
    found = entries(client)

    here = "http://testserver"
    assert found[f"{here}/uk/how-it-works/"] == {
        code: f"{here}/{code}/how-it-works/" for code in LANGUAGES
    }
    assert found[f"{here}/de/join/"] == {
        **{code: f"{here}/{code}/join/" for code in LANGUAGES},
        "x-default": f"{here}/join/",
    }
    assert len(found) == len(LANGUAGES) * (10 + 2)


def test_the_sitemap_has_the_public_sites_and_no_others(client):
    site = SiteFactory()
    SiteFactory(is_public=False)

    found = [address for address in entries(client) if "/sites/" in address]

    assert found == [
        *(f"http://testserver/{code}/sites/" for code in LANGUAGES),
        *(f"http://testserver/{code}/sites/{site.slug}/" for code in LANGUAGES),
    ]


def test_a_page_taken_back_is_in_no_sitemap(client, website):
    ContentPage.objects.get(locale__language_code="fa", slug="how-it-works").unpublish()

    found = entries(client)

    assert "http://testserver/fa/how-it-works/" not in found
    assert "fa" not in found["http://testserver/de/how-it-works/"]


def test_the_sitemap_asks_no_more_with_more_sites(client, django_assert_num_queries):
    for _ in range(3):
        SiteFactory()

    with django_assert_num_queries(3):
        answer = client.get("/sitemap.xml")

    assert answer.status_code == 200


def test_an_address_without_language_finds_its_language(client, website):
    answer = client.get("/join/", headers={"Accept-Language": "ar"})

    assert answer["Location"] == "/ar/join/"


def test_robots_are_told_what_is_for_everybody(client):
    answer = client.get("/robots.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text.splitlines() == [
        "User-agent: *",
        "Disallow: /cms/",
        "Disallow: /*/portal/",
        "Disallow: /*/accounts/",
        "Disallow: /documents/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("security@example.org", "mailto:security@example.org"),
        ("https://example.org/security", "https://example.org/security"),
        ("mailto:security@example.org", "mailto:security@example.org"),
    ],
)
@time_machine.travel(NOON, tick=False)
def test_holes_are_reported_to_whom_the_installation_names(client, settings, contact, shown):
    settings.SECURITY_CONTACT = contact

    answer = client.get("/.well-known/security.txt")

    assert answer.text.splitlines() == [
        f"Contact: {shown}",
        "Expires: 2027-03-14T12:00:00Z",
        "Preferred-Languages: de, en",
        "Canonical: http://testserver/.well-known/security.txt",
    ]


def test_where_nobody_is_named_nothing_is_promised(client, settings):
    settings.SECURITY_CONTACT = ""

    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_start_page_can_be_put_on_a_home_screen(client, code):
    manifest = client.get(f"/{code}/manifest.webmanifest")

    assert manifest["Content-Type"] == "application/manifest+json"
    assert (manifest.json()["start_url"], manifest.json()["lang"]) == (f"/{code}/", code)


def test_the_old_address_of_the_icon_still_works(client):
    assert client.get("/favicon.ico")["Location"] == "/static/ui/favicon.ico"
