"""The public list and map of sites, and each site's page."""

import json

import pytest
from django.test import Client
from django.utils.translation import override

from tandemwerk.places import find_place
from tandemwerk.programme.enums import TandemKind, TargetGroup
from tandemwerk.programme.models import Site
from tandemwerk.programme.queries.sites import (
    as_geojson,
    in_order,
    nearest_sites,
    whereabouts,
)
from tests.factories import CarrierFactory, SiteFactory

pytestmark = pytest.mark.django_db


def site_at(postcode: str, **fields) -> Site:
    """Make a site in the middle of a postcode."""
    place = find_place(postcode)
    return SiteFactory(
        postcode=postcode,
        place=place.name,
        land=place.land,
        latitude=place.lat,
        longitude=place.lon,
        name=f"Treff {place.name}",
        slug=f"treff-{postcode}",
        **fields,
    )


def names(response) -> list[str]:
    """Return the sites of a page in the order shown."""
    return [site.name for site in (*response.context["nearest"], *response.context["rows"])]


# ------------------------------------------------------------------ nearest


def test_the_three_nearest_to_a_postcode_come_nearest_first():
    for postcode in ("10115", "80331", "90402", "20095", "86150"):
        site_at(postcode)

    found = nearest_sites(find_place("86150"))

    assert [(site.place, round(site.km)) for site in found] == [
        ("Augsburg", 0),
        ("München", 56),
        ("Nürnberg", 122),
    ]


def test_of_two_sites_at_the_same_place_the_first_by_name_comes_first():
    later = site_at("86150")
    later.name, later.slug = "Zweiter Treff", "zweiter"
    later.save()
    site_at("86150")

    found = nearest_sites(find_place("86150"))

    assert [site.name for site in found] == ["Treff Augsburg", "Zweiter Treff"]


def test_a_site_that_is_not_public_is_never_found():
    site_at("86150", is_public=False)

    found = nearest_sites(find_place("86150"))

    assert found == []


def test_a_place_within_the_catchment_belongs_to_the_site():
    site_at("86150", catchment_km=20)
    site_at("80331", catchment_km=20)

    found = nearest_sites(find_place("86152"))

    assert [(site.place, site.is_responsible) for site in found] == [
        ("Augsburg", True),
        ("München", False),
    ]


def test_a_search_shows_three_sites_before_all_others(client: Client):
    for postcode in ("10115", "80331", "90402", "20095", "86150"):
        site_at(postcode)

    response = client.get("/de/sites/?q=86150")

    assert [site.place for site in response.context["nearest"]] == [
        "Augsburg",
        "München",
        "Nürnberg",
    ]
    assert [site.place for site in response.context["rows"]] == ["Berlin", "Hamburg"]


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("86150", "86150 Augsburg"),
        (" D-86150 ", "86150 Augsburg"),
        ("86150 Augsburg", "86150 Augsburg"),
        ("٨٦١٥٠", "86150 Augsburg"),
        ("augs", "86150 Augsburg"),
        ("Frankfurt", "60306 Frankfurt am Main"),
    ],
)
def test_a_place_is_understood_as_people_type_it(typed: str, place: str):
    where = whereabouts(typed)

    assert str(where.place) == place


def test_a_name_of_several_places_offers_the_others():
    where = whereabouts("Frankfurt")

    assert [place.name for place in where.namesakes] == ["Frankfurt (Oder)"]


@pytest.mark.parametrize("typed", ["99999", "nirgendwo", "<script>", "\x00", "x" * 5000])
def test_an_unknown_place_is_said_and_the_list_stays(client: Client, typed: str):
    site_at("86150")

    response = client.get("/de/sites/", {"q": typed})

    assert response.status_code == 200
    assert response.context["where"].place is None
    assert names(response) == ["Treff Augsburg"]


# ------------------------------------------------------------------ filters


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Treff Augsburg", "Treff Berlin", "Treff Hamburg"]),
        ("language=fa", ["Treff Augsburg", "Treff Hamburg"]),
        ("language=uk", ["Treff Berlin"]),
        ("kind=1", ["Treff Berlin", "Treff Hamburg"]),
        ("group=women", ["Treff Augsburg", "Treff Hamburg"]),
        ("group=families", ["Treff Hamburg"]),
        ("land=DE-BE", ["Treff Berlin"]),
        ("language=fa&kind=1", ["Treff Hamburg"]),
        ("language=fa&q=10115", ["Treff Hamburg", "Treff Augsburg"]),
        ("language=xx", ["Treff Augsburg", "Treff Berlin", "Treff Hamburg"]),
        ("kind=99&land=FR", ["Treff Augsburg", "Treff Berlin", "Treff Hamburg"]),
    ],
)
def test_filters_choose_sites(client: Client, query: str, found: list[str]):
    goal = 1 << TandemKind.GOAL
    everyday = 1 << TandemKind.EVERYDAY
    site_at("86150", languages=["de", "fa"], kinds=everyday, target_groups=[TargetGroup.WOMEN])
    site_at("10115", languages=["de", "uk"], kinds=goal, target_groups=[TargetGroup.MEN])
    site_at("20095", languages=["fa"], kinds=goal | everyday, target_groups=[TargetGroup.ALL])

    response = client.get(f"/de/sites/?{query}")

    assert names(response) == found


def test_the_map_has_the_filters_of_the_list(client: Client):
    site_at("86150", languages=["fa"])

    response = client.get("/de/sites/?q=86150&language=fa&page=1")

    assert response.context["points_url"] == "/de/sites/sites.geojson?language=fa"


def test_nothing_found_says_so(client: Client):
    site_at("86150", languages=["fa"])

    response = client.get("/en/sites/?language=fa&land=DE-BE")

    assert response.context["total"] == 0
    assert "No site fits all of this" in response.text


def test_the_second_page_goes_on_where_the_first_ended(client: Client):
    carrier = CarrierFactory()
    for number in range(30):
        SiteFactory(carrier=carrier, name=f"Treff {number:02}")

    first = names(client.get("/de/sites/?q=86150"))
    second = names(client.get("/de/sites/?q=86150&page=2"))

    assert first + second == [f"Treff {number:02}" for number in range(30)]


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "1e9"])
def test_a_page_that_is_none_shows_one_that_is(client: Client, page: str):
    site_at("86150")

    response = client.get(f"/de/sites/?page={page}")

    assert names(response) == ["Treff Augsburg"]


# ------------------------------------------------------------------ queries


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [("/de/sites/", 3), ("/de/sites/?q=86150", 3), ("/de/sites/sites.geojson", 2)],
)
def test_the_number_of_queries_does_not_grow(
    client: Client, django_assert_num_queries, address: str, queries: int, count: int
):
    for _ in range(count):
        SiteFactory()

    with django_assert_num_queries(queries):
        response = client.get(address)

    assert response.status_code == 200


# ------------------------------------------------------------------ GeoJSON


def test_the_geojson_holds_the_public_sites_and_no_more():
    site = site_at("86150")
    site_at("10115", is_public=False)

    with override("en"):
        collection = as_geojson(Site.objects.public())

    assert collection == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {
                    "type": "Point",
                    "coordinates": [site.longitude, site.latitude],
                },
                "properties": {
                    "name": "Treff Augsburg",
                    "text": "86150 Augsburg",
                    "url": "/en/sites/treff-86150/",
                },
            }
        ],
    }


def test_the_geojson_is_kept_by_caches(client: Client):
    site_at("86150")

    first = client.get("/de/sites/sites.geojson?language=fa")
    second = client.get(
        "/de/sites/sites.geojson?language=fa", headers={"If-None-Match": first["ETag"]}
    )

    assert first["Content-Type"] == "application/geo+json"
    assert first["Cache-Control"] == "public, max-age=600"
    assert second.status_code == 304


# ------------------------------------------------------------------ a site's page


def test_the_page_of_a_site_says_what_it_is_to_machines_as_well(client: Client):
    site = site_at(
        "86150",
        carrier=CarrierFactory(name="Bund der Begegnung"),
        mail="treff@example.org",
        phone="0821 450422-0",
        about="</script><b>",
    )

    response = client.get(f"/de/sites/{site.slug}/")
    _, _, rest = response.text.partition('<script type="application/ld+json" nonce="')
    nonce, _, rest = rest.partition('">')
    data = json.loads(rest.partition("</script>")[0])

    assert f"'nonce-{nonce}'" in response["Content-Security-Policy"]
    assert data == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": "Treff Augsburg",
        "url": f"http://testserver/de/sites/{site.slug}/",
        "parentOrganization": {"@type": "Organization", "name": "Bund der Begegnung"},
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Maximilianstraße 3",
            "postalCode": "86150",
            "addressLocality": "Augsburg",
            "addressCountry": "DE",
        },
        "location": {
            "@type": "Place",
            "geo": {
                "@type": "GeoCoordinates",
                "latitude": site.latitude,
                "longitude": site.longitude,
            },
        },
        "knowsLanguage": ["de", "fa"],
        "email": "treff@example.org",
        "telephone": "+498214504220",
    }


def test_a_name_cannot_end_the_data_for_machines(client: Client):
    site = SiteFactory(name="</script><script>alert(1)</script>")

    response = client.get(f"/de/sites/{site.slug}/")

    assert "<script>alert" not in response.text


def test_a_site_without_phone_mail_and_hours_has_a_page(client: Client):
    site = SiteFactory(phone="keine", mail="", opening="", street="", about="", languages=["xx"])

    response = client.get(f"/de/sites/{site.slug}/")

    assert response.status_code == 200


def test_a_site_that_is_not_public_has_no_page(client: Client):
    site = SiteFactory(is_public=False)

    response = client.get(f"/de/sites/{site.slug}/")

    assert response.status_code == 404


def test_other_sites_nearby_leave_out_this_one(client: Client):
    site = site_at("86150")
    site_at("80331")

    response = client.get(f"/de/sites/{site.slug}/")

    assert [near.place for near in response.context["nearby"]] == ["München"]


def test_without_a_place_sites_come_by_place_and_name():
    site_at("86150")
    site_at("10115")

    found = in_order(Site.objects.public(), None)

    assert [Site.objects.get(pk=pk).place for pk, _km in found] == ["Augsburg", "Berlin"]
