"""Carriers, sites and funding: what may be written, and what the trail tells of it."""

import pytest

from tandemwerk.core.models import AuditEntry
from tandemwerk.programme.models import Carrier, FundingPeriod, Site
from tandemwerk.programme.services import (
    change_site,
    create_carrier,
    create_site,
    set_funding_period,
)
from tests.factories import NOON, CarrierFactory, SiteFactory

SITE = {
    "name": "Haus am Markt",
    "about": "Wir trinken Tee.",
    "street": "Markt 1",
    "postcode": "D-86150",
    "catchment_km": "20",
    "kinds": ["0", "2"],
    "target_groups": ["women", "families"],
    "languages": ["de", "fa"],
    "capacity": "60",
    "mail": "haus@example.org",
    "phone": "0821 324 0",
    "opening": "Dienstag 10 bis 16",
    "is_public": "on",
}
CARRIER = {
    "name": "Bund der Häuser",
    "about": "",
    "website": "haeuser.example",
    "mail": "",
    "checkin_days": "42, 14, 14",
    "checkin_every_days": "91",
    "remind_after_days": "3",
    "expire_after_days": "10",
}
FUNDING = {
    "year": "2027",
    "rate": "210.50",
    "contingent": "120",
    "max_tandems_per_volunteer": "3",
    "min_months": "6",
    "proof": "Zwei Treffen im Monat",
}


def site_page(world) -> str:
    return f"/de/portal/sites/{world.mine.slug}/settings/"


def test_place_and_coordinates_follow_from_the_postcode(world, sign_in):
    answer = sign_in(world.users["coordinator"]).post(
        site_page(world), SITE | {"postcode": "01067"}
    )

    site = Site.objects.get(pk=world.mine.pk)
    assert answer.status_code == 302
    assert (site.postcode, site.place, site.land) == ("01067", "Dresden", "DE-SN")
    assert (round(site.latitude), round(site.longitude)) == (51, 14)
    assert (site.kinds, site.languages, site.phone) == (5, ["de", "fa"], "+498213240")


def test_the_trail_tells_numbers_and_keeps_ways_to_reach_somebody_out(world):
    change_site(
        site_id=world.mine.pk,
        capacity=60,
        mail="haus@example.org",
        name=world.mine.name,
        by=world.users["coordinator"],
        at=NOON,
    )

    assert AuditEntry.objects.get().changes == {"capacity": 60, "fields": ["mail"]}


def test_nothing_changed_is_nothing_recorded(world):
    change_site(
        site_id=world.mine.pk,
        capacity=world.mine.capacity,
        by=world.users["coordinator"],
        at=NOON,
    )

    assert AuditEntry.objects.count() == 0


def test_a_reader_sees_the_settings_and_cannot_type(world, sign_in):
    page = sign_in(world.users["reader"]).get(site_page(world))

    assert {field.disabled for field in page.context["form"].fields.values()} == {True}


BAD_SITES = [
    {"name": ""},
    {"name": "x" * 500},
    {"postcode": "123"},
    {"postcode": "99999"},
    {"postcode": "\x00"},
    {"catchment_km": "0"},
    {"catchment_km": "20000"},
    {"capacity": "-1"},
    {"kinds": []},
    {"kinds": ["64"]},
    {"languages": ["xx"]},
    {"target_groups": ["<script>"]},
    {"mail": "no address"},
    {"phone": "abc"},
    {"about": "x" * 5000},
]


@pytest.mark.parametrize("wrong", BAD_SITES, ids=lambda wrong: str(wrong)[:30])
def test_a_bad_site_is_refused_with_the_field_named_and_kept(world, sign_in, wrong):
    page = sign_in(world.users["coordinator"]).post(site_page(world), SITE | wrong)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == list(wrong)
    assert Site.objects.get(pk=world.mine.pk).name == world.mine.name
    assert page.context["form"]["street"].value() == "Markt 1"


def test_a_new_site_gets_an_address_of_its_own(world):
    fields = {
        "name": "Häuser & Höfe",
        "postcode": "86150",
        "place": "Augsburg",
        "land": "DE-BY",
        "latitude": 48.4,
        "longitude": 10.9,
    }
    sites = [
        create_site(carrier=world.carrier, by=world.users["network"], at=NOON, **fields)
        for _ in range(2)
    ]

    assert [site.slug for site in sites] == ["haeuser-hoefe", "haeuser-hoefe-2"]


def test_a_name_without_letters_gets_an_address_too(world):
    carrier = create_carrier(
        programme=world.programme, name="…", by=world.users["network"], at=NOON
    )

    assert carrier.slug == "carrier"


def test_the_network_office_takes_a_carrier_in(world, sign_in):
    answer = sign_in(world.users["network"]).post("/de/portal/carriers/new/", CARRIER)

    carrier = Carrier.objects.get(slug="bund-der-haeuser")
    assert carrier.checkin_days == [14, 42]
    assert carrier.website == "https://haeuser.example"
    assert answer["Location"] == "/de/portal/carriers/bund-der-haeuser/team/"


def test_a_carriers_lead_opens_a_site(world, sign_in):
    sign_in(world.users["carrier_lead"]).post(
        f"/de/portal/carriers/{world.carrier.slug}/sites/new/", SITE
    )

    assert Site.objects.get(slug="haus-am-markt").carrier == world.carrier


BAD_CARRIERS = [
    {"name": ""},
    {"checkin_days": "soon"},
    {"checkin_days": "0"},
    {"checkin_days": "14, 9999"},
    {"checkin_days": ",".join(str(day) for day in range(1, 20))},
    {"checkin_days": "١٤"},
    {"checkin_every_days": "1"},
    {"remind_after_days": "10"},
    {"website": "javascript:alert(1)"},
    {"mail": "x"},
    {"about": "x" * 3000},
]


@pytest.mark.parametrize("wrong", BAD_CARRIERS, ids=lambda wrong: str(wrong)[:30])
def test_a_bad_carrier_is_refused_with_the_field_named(world, sign_in, wrong):
    page = sign_in(world.users["carrier_lead"]).post(
        f"/de/portal/carriers/{world.carrier.slug}/settings/", CARRIER | wrong
    )

    assert page.status_code == 422
    assert list(page.context["form"].errors) == list(wrong)


def funding_page(world, what: str = "new") -> str:
    return f"/de/portal/carriers/{world.carrier.slug}/funding/{what}/"


def test_a_year_of_funding_is_agreed_and_changed(world, sign_in):
    client = sign_in(world.users["network"])

    client.post(funding_page(world), FUNDING)
    client.post(funding_page(world, "2027"), FUNDING | {"contingent": "130"})

    period = FundingPeriod.objects.get()
    assert (period.year, period.rate_cents, period.contingent) == (2027, 21050, 130)
    assert [entry.changes for entry in AuditEntry.objects.order_by("pk")] == [
        {
            "year": 2027,
            "contingent": 120,
            "max_tandems_per_volunteer": 3,
            "min_months": 6,
            "rate_cents": 21050,
            "fields": ["proof"],
        },
        {"year": 2027, "contingent": 130},
    ]


BAD_FUNDING = [
    {"year": "1999"},
    {"year": "2026"},
    {"rate": "-1"},
    {"rate": "210.555"},
    {"rate": "1e99"},
    {"contingent": "99999999999"},
    {"max_tandems_per_volunteer": "4"},
    {"min_months": "0"},
    {"proof": "x" * 3000},
]


@pytest.mark.parametrize("wrong", BAD_FUNDING, ids=lambda wrong: str(wrong)[:30])
def test_bad_funding_is_refused_with_the_field_named(world, sign_in, wrong):
    set_funding_period(
        carrier=world.carrier,
        year=2026,
        rate_cents=20000,
        contingent=100,
        by=world.users["network"],
        at=NOON,
    )

    page = sign_in(world.users["network"]).post(funding_page(world), FUNDING | wrong)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == list(wrong)


@pytest.mark.parametrize("path", ["/de/portal/carriers/", "/de/portal/sites/"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_the_database_as_often_for_one_as_for_three(
    world, sign_in, path, count, django_assert_max_num_queries
):
    for _ in range(count):
        SiteFactory(carrier=CarrierFactory(programme=world.programme))
    client = sign_in(world.users["network"])
    client.get(path)

    with django_assert_max_num_queries(11):
        client.get(path)


@pytest.mark.parametrize(
    "query",
    ["?q=Stand", "?q=%00", "?land=XX&carrier=9999&is_public=maybe", "?sort=-nothing&page=x"],
)
@pytest.mark.parametrize("path", ["/de/portal/carriers/", "/de/portal/sites/"])
def test_whatever_a_list_is_narrowed_by_it_answers(world, sign_in, path, query):
    assert sign_in(world.users["network"]).get(path + query).status_code == 200


def test_a_carriers_lead_finds_the_own_sites_alone(world, sign_in):
    page = sign_in(world.users["carrier_lead"]).get("/de/portal/sites/")

    shown = {row.record.slug for row in page.context["table"].page.object_list}
    assert shown == {world.mine.slug, world.sister.slug}
