"""The programme in numbers: whole, narrowed down, as a file, and protected."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from tandemwerk.core.suppression import SMALL
from tandemwerk.portal.drawings import months_chart, shade_steps
from tandemwerk.portal.queries.overview import Wanted, month_label, whole_overview
from tandemwerk.portal.queries.published import published_overview
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.queries.numbers import tally
from tandemwerk.tandems.services.life import move_tandem
from tests.factories import CarrierFactory, ParticipationFactory, SiteFactory, TandemFactory
from tests.tandems.factories import wanted_by_both

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 15)


def address(name: str, *args) -> str:
    with override("de"):
        return reverse(f"portal:{name}", args=args)


def some_tandems(count: int, **fields) -> None:
    for _ in range(count):
        TandemFactory(**fields)


@pytest.fixture
def two_sites():
    """Two carriers in two Länder, over three years."""
    by, bw = SiteFactory(land="DE-BY"), SiteFactory(land="DE-BW")
    some_tandems(3, site=by, founded_on=date(2024, 5, 1))
    some_tandems(2, site=by, founded_on=date(2026, 9, 1))
    some_tandems(4, site=bw, founded_on=date(2025, 2, 1), state=TandemState.ENDED)
    ParticipationFactory(site=bw, side="newcomer")
    return by, bw


def numbers(rows) -> dict[str, list[str]]:
    return {row.key: [str(cell) for cell in row.cells] for row in rows}


def test_the_overview_counts_all(two_sites):
    by, bw = two_sites

    overview = whole_overview(Wanted(), tally(), today=TODAY)

    assert [str(cell) for cell in overview.total.cells] == ["9", "5", "4", "5"]
    assert str(overview.this_month) == "2"
    assert numbers(overview.laender) == {
        "DE-BW": ["4", "0", "4", "5"],
        "DE-BY": ["5", "5", "0", "0"],
    }
    assert numbers(overview.carriers) == {
        str(by.carrier_id): ["5", "5", "0", "0"],
        str(bw.carrier_id): ["4", "0", "4", "5"],
    }
    assert overview.years == [2026, 2025, 2024]


def test_the_overview_is_narrowed_down(two_sites):
    by, bw = two_sites

    asked = {
        "year": Wanted(year=2025),
        "carrier": Wanted(carrier=by.carrier_id),
        "land": Wanted(land="DE-BW"),
        "crossed": Wanted(carrier=by.carrier_id, land="DE-BW"),
        "foreign": Wanted(carriers=frozenset({bw.carrier_id})),
        "unknown": Wanted(year=1999, carrier=10**9, land="DE-XX"),
    }
    totals = {
        name: [str(cell) for cell in whole_overview(wanted, tally(), today=TODAY).total.cells]
        for name, wanted in asked.items()
    }

    assert totals == {
        "year": ["4", "5", "4", "5"],
        "carrier": ["5", "5", "0", "0"],
        "land": ["4", "0", "4", "5"],
        "crossed": ["0", "0", "0", "0"],
        "foreign": ["4", "0", "4", "5"],
        "unknown": ["0", "0", "0", "0"],
    }


def test_months_run_without_gaps_up_to_now(two_sites):
    overview = whole_overview(Wanted(), tally(), today=TODAY)

    assert len(overview.months) == 24
    assert overview.months[-1][0] == month_label(2026 * 12 + 8)
    assert sum(number.value for _label, number in overview.months) == 6


@pytest.mark.parametrize(("year", "months"), [(2025, 12), (2026, 9), (2027, 1)])
def test_a_year_has_its_months_so_far(two_sites, year, months):
    assert len(whole_overview(Wanted(year=year), tally(), today=TODAY).months) == months


def test_an_empty_programme_has_an_overview():
    overview = whole_overview(Wanted(), tally(), today=TODAY)

    assert [str(cell) for cell in overview.total.cells] == ["0"] * 4
    assert months_chart(overview) is None
    assert shade_steps([]) == []


def test_the_number_moves_at_once(world, sign_in):
    tandem = wanted_by_both(site=world.mine)
    client = sign_in(world.users["network"])
    before = client.get(address("overview")).context["overview"].total.founded.value

    move_tandem(
        tandem_id=tandem.pk,
        to=TandemState.TRIAL,
        by=world.users["coordinator"],
        at=tandem.created_at,
    )

    after = client.get(address("overview")).context["overview"].total.founded.value
    assert after == before + 1


def test_a_carrier_sees_its_own_numbers_only(world, sign_in):
    some_tandems(3, site=world.sister)

    overview = sign_in(world.users["carrier_lead"]).get(address("overview")).context["overview"]

    assert overview.total.founded.value == 4
    assert [row.key for row in overview.carriers] == [str(world.carrier.pk)]


def test_a_carrier_cannot_ask_for_another_one(world, sign_in):
    client = sign_in(world.users["carrier_lead"])

    answer = client.get(address("overview"), {"carrier": world.foreign.carrier_id})

    assert answer.context["overview"].total.founded.value == 1


@pytest.mark.parametrize(
    "query", [{"year": "x"}, {"carrier": "1;"}, {"land": "XX"}, {"year": "99999999999999999999"}]
)
@pytest.mark.parametrize("role", ["network", "ministry"])
def test_a_filter_that_does_not_fit_is_none(world, sign_in, role, query):
    answer = sign_in(world.users[role]).get(address("overview"), query)

    assert answer.status_code == 200


def test_the_overview_needs_as_many_queries_for_three_as_for_one(
    world, sign_in, django_assert_max_num_queries
):
    client = sign_in(world.users["network"])
    client.get(address("overview"))
    with django_assert_max_num_queries(30) as one:
        TandemFactory(site=world.mine)
        client.get(address("overview"))
    for _ in range(2):
        some_tandems(1, site=SiteFactory())

    with django_assert_max_num_queries(30) as three:
        client.get(address("overview"))

    assert len(three) <= len(one)


def test_the_export_has_the_same_numbers(world, sign_in):
    answer = sign_in(world.users["network"]).get(address("overview"), {"export": "csv"})

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][2:] == ["2", "2", "0", "0"]
    assert {row[0] for row in rows[1:]} >= {rows[1][0]}


# ------------------------------------------------------------------ protected


@pytest.fixture
def country():
    """Three carriers; one founded three tandems only."""
    sites = [
        SiteFactory(carrier=CarrierFactory(), land=land) for land in ("DE-BY", "DE-BW", "DE-BE")
    ]
    for site, count in zip(sites, (30, 12, 3), strict=True):
        some_tandems(count, site=site, founded_on=date(2026, 9, 1))
    return sites


def test_the_ministry_sees_no_small_number_and_nothing_to_subtract_it_from(country):
    overview = published_overview(None, tally(), today=TODAY)

    shown = numbers(overview.carriers)
    by_carrier = [shown[str(site.carrier_id)][0] for site in country]
    by_land = {key: cells[0] for key, cells in numbers(overview.laender).items()}
    assert by_carrier == ["30", "·", "< 5"]
    assert [by_land[site.land] for site in country] == ["30", "·", "< 5"]
    assert str(overview.total.founded) == "45"


def test_what_the_ministry_sees_of_one_year_does_not_undo_what_it_sees_of_all(country):
    rare, other = country[2], country[1]
    some_tandems(9, site=rare, founded_on=date(2025, 9, 1))
    some_tandems(40, site=other, founded_on=date(2025, 9, 1))

    pages = {
        year: numbers(published_overview(year, tally(), today=TODAY).carriers)[
            str(rare.carrier_id)
        ][0]
        for year in (None, 2025, 2026)
    }

    assert pages[2026] == "< 5"
    # Twelve in all and nine of 2025 would tell the three of 2026.
    assert "·" in {pages[None], pages[2025]}


def test_every_number_shown_to_the_ministry_is_true_or_none(country):
    whole = whole_overview(Wanted(), tally(), today=TODAY)
    protected = published_overview(None, tally(), today=TODAY)

    true = {row.key: row for row in [*whole.carriers, *whole.laender, whole.total]}
    for row in [*protected.carriers, *protected.laender]:
        for cell, right in zip(
            row.cells, true[row.key].cells if row.key in true else (), strict=False
        ):
            assert cell.value in {None, right.value}
            assert cell.value is None or not 0 < cell.value < SMALL


def test_the_ministrys_pages_name_no_site_and_show_no_small_number(world, sign_in, country):
    client = sign_in(world.users["ministry"])

    start = client.get(address("start"))
    overview = client.get(address("overview"))
    sheet = client.get(address("overview"), {"export": "csv"})

    sites = [site.name for site in (*country, world.mine, world.sister, world.foreign)]
    for answer in (start, overview, sheet):
        words = answer.content.decode("utf-8-sig")
        assert [name for name in sites if name in words] == []
    assert overview.context["overview"].is_protected
    assert overview.context["filter"].form.fields.keys() == {"year"}
    cells = [
        cell
        for row in csv.reader(io.StringIO(sheet.content.decode("utf-8-sig")), delimiter=";")
        for cell in row[2:]
        if cell.isdigit()
    ]
    assert [cell for cell in cells if 0 < int(cell) < SMALL] == []


def test_somebody_of_ministry_and_network_sees_whole_numbers(world, sign_in):
    user = world.users["network"]
    user.memberships.create(role="ministry", programme=world.programme)

    answer = sign_in(user).get(address("overview"))

    assert not answer.context["overview"].is_protected


# ------------------------------------------------------------------ sites


def test_the_numbers_of_each_site_name_nobody(world, sign_in):
    answer = sign_in(world.users["network"]).get(address("site_numbers"))

    words = answer.content.decode()
    assert answer.context["count"] == 3
    assert world.tandem.volunteer.person.family_name not in words


def test_a_carrier_sees_the_numbers_of_its_own_sites(world, sign_in):
    answer = sign_in(world.users["carrier_lead"]).get(address("site_numbers"))

    shown = {row.record.site.slug: row.record.running for row in answer.context["table"].rows}
    assert shown == {world.mine.slug: 1, world.sister.slug: 0}


@pytest.mark.parametrize(
    "query", [{"q": "Standort"}, {"land": "DE-BY"}, {"carrier": "x"}, {"q": "%"}]
)
def test_the_sites_are_narrowed_down(world, sign_in, query):
    answer = sign_in(world.users["network"]).get(address("site_numbers"), query)

    assert answer.status_code == 200


def test_the_numbers_of_sites_need_as_many_queries_for_three_as_for_one(
    world, sign_in, django_assert_max_num_queries
):
    client = sign_in(world.users["network"])
    client.get(address("site_numbers"))
    with django_assert_max_num_queries(30) as few:
        client.get(address("site_numbers"))
    for _ in range(3):
        TandemFactory()

    with django_assert_max_num_queries(30) as many:
        client.get(address("site_numbers"))

    assert len(many) == len(few)
