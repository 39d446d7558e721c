"""«Take part»: from a side and a postcode to three sites."""

import pytest
from django.conf import settings
from django.test import Client

from tandemwerk.places import find_place
from tests.factories import SiteFactory

pytestmark = pytest.mark.django_db


def site_at(postcode: str):
    place = find_place(postcode)
    return SiteFactory(postcode=postcode, place=place.name, latitude=place.lat, longitude=place.lon)


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("query", ["", "?side=volunteer", "?side=newcomer&q=86150"])
def test_each_step_answers_in_each_language(client: Client, code: str, query: str):
    site_at("86150")

    answer = client.get(f"/{code}/join/{query}")

    assert answer.status_code == 200
    assert f'<html lang="{code}"' in answer.text


def test_both_doors_stand_side_by_side(client: Client):
    answer = client.get("/en/join/")

    assert [door.door.value for door in answer.context["doors"]] == ["volunteer", "newcomer"]
    assert answer.context["step"] == 1


def test_a_side_asks_for_the_place(client: Client):
    answer = client.get("/en/join/?side=newcomer")

    assert answer.context["step"] == 2
    assert '<input type="hidden" name="side" value="newcomer">' in answer.text


def test_a_place_leads_to_the_three_nearest_sites(client: Client):
    for postcode in ("10115", "20095", "80331", "86150"):
        site_at(postcode)

    answer = client.get("/en/join/?side=newcomer&q=86150")

    assert [site.place for site in answer.context["nearest"]] == ["Augsburg", "München", "Berlin"]
    assert answer.context["step"] == 3


def test_a_site_is_written_to_with_the_side_in_mind(client: Client):
    site = site_at("86150")

    answer = client.get("/en/join/?side=volunteer&q=86150")

    assert f'href="/en/contact/?site={site.slug}&amp;topic=help"' in answer.text


@pytest.mark.parametrize(
    "query", ["?side=boss", "?side=", "?side=newcomer&q=nowhere", "?q=%00", "?side=%3Cscript%3E"]
)
def test_a_bad_address_is_answered_with_the_step_that_makes_sense(client: Client, query: str):
    answer = client.get(f"/de/join/{query}")

    assert answer.status_code == 200
    assert answer.context["nearest"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries, count: int):
    for _ in range(count):
        site_at("86150")

    with django_assert_num_queries(2):
        client.get("/de/join/?side=newcomer&q=86150")
