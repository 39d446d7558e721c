"""Local information: fetched in the background from a real server, shown from the copy."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from tandemwerk.knowledge.integreat import IntegreatClient, UnreachableError
from tandemwerk.knowledge.integreat.cleaning import clean_html, cleaned_regions
from tandemwerk.knowledge.models import LocalPage, LocalRegion
from tandemwerk.knowledge.queries.local import branch_at, language_for, regions_near
from tandemwerk.knowledge.services.local import fetch_content, refresh_content, refresh_regions
from tandemwerk.places import find_place
from tests.factories import NOON
from tests.knowledge.integreat_server import ANSWERS, REGIONS, serving

pytestmark = pytest.mark.django_db
NOBODY = IntegreatClient(base_url="http://127.0.0.1:9")


@pytest.fixture(scope="module")
def source():
    with serving(ANSWERS) as address:
        yield address


@pytest.fixture
def api(source) -> IntegreatClient:
    return IntegreatClient(base_url=source)


@pytest.fixture
def region(api) -> LocalRegion:
    refresh_regions(client=api, at=NOON)
    region = LocalRegion.objects.get(slug="musterstadt")
    for content in LocalPage.Content.values:
        refresh_content(region=region, language="de", content=content, client=api, at=NOON)
    return region


def address(name: str, region: LocalRegion | None = None, language: str = "de") -> str:
    with override(language):
        return reverse(f"knowledge:{name}", kwargs={"region": region.slug} if region else None)


# ------------------------------------------------------------------ the client


def test_only_regions_that_are_live_are_kept(region):
    assert set(LocalRegion.objects.values_list("slug", flat=True)) == {"musterstadt", "beispiel"}


def test_a_region_that_is_no_longer_live_goes(region):
    with serving({"/api/v3/regions/": REGIONS[1:]}) as other:
        refresh_regions(client=IntegreatClient(base_url=other), at=NOON)

    assert list(LocalRegion.objects.values_list("slug", flat=True)) == ["beispiel"]


def test_a_language_that_is_not_offered_has_no_content(api):
    found = api.content(region="musterstadt", language="fa", content="pages")

    assert found == []


@pytest.mark.parametrize(
    "answer",
    [b"<html>maintenance</html>", b"", b'{"a": 1}', b"[" * 100_000, "http://127.0.0.1:9/"],
    ids=["html", "nothing", "object", "nested", "redirect"],
)
def test_what_is_no_list_counts_as_unreachable(answer):
    with serving({"/api/v3/regions/": answer}) as other, pytest.raises(UnreachableError):
        IntegreatClient(base_url=other).regions()


def test_an_answer_without_end_is_not_read(monkeypatch):
    monkeypatch.setattr("tandemwerk.knowledge.integreat.client.MAX_BYTES", 1_000)

    with (
        serving({"/api/v3/regions/": [{"name": "x" * 2_000}]}) as other,
        pytest.raises(UnreachableError),
    ):
        IntegreatClient(base_url=other).regions()


def test_entries_without_the_promised_shape_are_left_out():
    odd = [None, 7, "x", [], {"live": True}, {"live": True, "path": "../x", "name": "X"}]

    assert cleaned_regions(odd) == []


# ------------------------------------------------------------------ what is kept


def test_html_comes_without_scripts_and_pictures_and_its_links_lead_to_the_source(region):
    kept = LocalPage.objects.get(region=region, content="pages").payload

    assert [entry["html"] for entry in kept] == [
        (
            "<p>Eine Wohnung finden.</p><p>Fragen Sie <b>nach</b>.</p>"
            '<a rel="noopener noreferrer nofollow">Klick</a>'
        ),
        (
            '<h3>Vor dem Vertrag</h3><p>Lesen Sie <a href="https://local.example/musterstadt/de/'
            'beratung/" rel="noopener noreferrer nofollow">hier</a>.</p>'
        ),
    ]


def test_hostile_html_stays_harmless():
    shown = clean_html(
        '<svg onload=alert(1)><iframe src="//x"></iframe><a href="data:text/html,x">a</a>'
        '<p style="position:fixed">b</p><form action="/x"><input name=y></form>',
        base="https://local.example/",
    )

    assert shown == "<p>b</p>"


def test_pages_form_a_tree_and_one_without_parent_stands_at_the_top(region):
    entries = LocalPage.objects.get(region=region, content="pages").payload

    top = branch_at(entries, "")
    below = branch_at(entries, "/musterstadt/de/wohnen/")

    assert [(each.entry["title"], each.below) for each in top.entries] == [("Wohnen", 1)]
    assert [each.entry["title"] for each in below.entries] == ["Mietvertrag"]
    assert branch_at(entries, "/elsewhere/") is None


def test_when_nobody_answers_the_copy_stays(region):
    done = refresh_content(
        region=region, language="de", content="pages", client=NOBODY, at=NOON + timedelta(days=2)
    )

    kept = LocalPage.objects.get(region=region, content="pages")
    assert (done, len(kept.payload), kept.fetched_at) == (False, 2, NOON)


# ------------------------------------------------------------------ which region, which language


def test_the_region_that_a_place_lies_in_comes_first(region):
    near = regions_near(LocalRegion.objects.all(), find_place("86152"))

    assert [(each.region.slug, each.is_inside) for each in near] == [
        ("musterstadt", True),
        ("beispiel", False),
    ]


@pytest.mark.parametrize(
    ("offered", "wanted", "reader", "shown"),
    [
        (["de", "ar"], "", "ar", "ar"),
        (["de", "ar"], "de", "ar", "de"),
        (["de", "en"], "", "fa", "en"),
        (["de"], "xx", "fa", "de"),
        (["tr"], "", "fa", "tr"),
        ([], "", "fa", ""),
    ],
)
def test_another_language_stands_in_for_one_that_is_missing(offered, wanted, reader, shown):
    region = LocalRegion(languages=offered)

    assert language_for(region, wanted=wanted, reader=reader) == shown


# ------------------------------------------------------------------ the pages


def test_somebody_signed_in_is_shown_the_region_of_their_site(world, sign_in, region):
    client = sign_in(world.users["coordinator"])

    page = client.get(address("local", language="en")).content.decode()

    assert "Your place belongs to it" in page


def test_pages_events_and_places_are_shown_with_source_and_link(client, region):
    with _at(NOON):
        pages, events, places = (
            client.get(address(name, region)).content.decode()
            for name in ("local_pages", "local_events", "local_places")
        )

    assert "https://local.example/musterstadt/de/wohnen/" in pages
    assert "local.example" in pages
    assert ("Sprachcafé" in events, "Vorbei" in events) == (True, False)
    assert ("Ausländeramt" in places, "08:00–12:00" in places) == (True, True)


def work() -> None:
    """Do what waits, as the worker would: in the test's own transaction."""
    waiting = DBTaskResult.objects.filter(task_path__endswith="local.fetch_content")
    for result in waiting:
        fetch_content.func(*result.args_kwargs["args"])


def _at(moment):
    return time_machine.travel(moment, tick=False)


def test_what_is_written_from_right_to_left_is_shown_so(client, region):
    LocalPage.objects.create(
        region=region,
        language="ar",
        content="pages",
        payload=LocalPage.objects.get(content="pages").payload,
        fetched_at=NOON,
    )

    page = client.get(address("local_pages", region) + "?language=ar").content.decode()

    assert 'lang="ar" dir="rtl"' in page


def test_who_looks_at_an_old_copy_has_it_fetched_once_and_reads_the_old_one(
    client, region, settings, source
):
    settings.INTEGREAT_URL = source
    with _at(NOON + timedelta(days=2)):
        for _ in range(3):
            page = client.get(address("local_pages", region)).content.decode()
        asked = DBTaskResult.objects.filter(task_path__endswith="local.fetch_content").count()
        work()

    fetched_at = LocalPage.objects.get(region=region, content="pages").fetched_at
    assert ("Wohnen" in page, asked) == (True, 1)
    assert fetched_at == NOON + timedelta(days=2)


def test_when_the_source_is_gone_the_page_says_so_and_shows_the_copy(client, region):
    with _at(NOON + timedelta(days=2)):
        client.get(address("local_pages", region))
        work()
        page = client.get(address("local_pages", region, "en")).content.decode()

    assert "cannot be reached" in page
    assert "Wohnen" in page


def test_without_a_source_the_page_says_so_kindly(client, settings, region):
    settings.INTEGREAT_URL = ""

    start = client.get(address("local", language="en"))
    inner = client.get(address("local_pages", region))

    assert "not switched on" in start.content.decode()
    assert (start.status_code, inner.status_code) == (200, 404)


@pytest.mark.parametrize(
    ("name", "query", "status"),
    [
        ("local", "?q=%00%00", 200),
        ("local", "?q=" + "9" * 500, 200),
        ("local_pages", "?in=/nowhere/", 404),
        ("local_pages", "?in=%00&language=%00", 404),
        ("local_events", "?page=x", 200),
        ("local_places", "?page=999&language=../..", 200),
    ],
)
def test_odd_questions_are_answered(client, region, name, query, status):
    where = address(name, None if name == "local" else region)

    assert client.get(where + query).status_code == status


@pytest.mark.parametrize("name", ["local_pages", "local_events", "local_places"])
def test_more_entries_ask_no_more_of_the_database(
    client, region, name, django_assert_max_num_queries
):
    kept = LocalPage.objects.get(
        region=region, content=name.removeprefix("local_").replace("places", "locations")
    )
    kept.payload = kept.payload * 3
    kept.save()

    with _at(NOON), django_assert_max_num_queries(4):
        client.get(address(name, region))
