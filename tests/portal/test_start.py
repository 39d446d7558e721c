"""The start page of each role, and the whole worklist."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tandemwerk.core import audit, clock
from tandemwerk.portal.queries.start import greeting
from tandemwerk.tandems.models import Tandem
from tests.factories import MembershipFactory, TandemFactory, UserFactory
from tests.tandems.factories import CheckInFactory, MeetingFactory

pytestmark = pytest.mark.django_db


def address(name: str, *args) -> str:
    with override("de"):
        return reverse(f"portal:{name}", args=args)


def start_of(world, sign_in, role):
    return sign_in(world.users[role]).get(address("start"))


#: role -> the parts of the start page that have something in them
PARTS = {
    "administrator": {"figures", "overview"},
    "network": {"figures", "overview"},
    "network_editor": {"figures", "overview"},
    "ministry": {"figures", "overview"},
    "carrier_lead": {"figures", "overview", "carrier_sites"},
    "foreign_carrier_lead": {"figures", "overview", "carrier_sites"},
    "coordinator": {"work", "figures"},
    "safeguarding": {"work", "figures"},
    "reader": {"figures"},
    "foreign_coordinator": {"work", "figures"},
    "volunteer": {"tandems"},
    "newcomer": {"tandems"},
    "foreign_volunteer": {"tandems"},
}


@pytest.mark.parametrize("role", PARTS)
def test_each_role_starts_with_what_concerns_it(world, sign_in, role):
    context = start_of(world, sign_in, role).context

    names = ("work", "sites", "tandems", "figures", "overview", "carrier_sites")
    assert {name for name in names if context.get(name)} == PARTS[role]
    assert not context["is_empty"]


def test_somebody_without_any_role_is_told_so(sign_in):
    answer = sign_in(UserFactory()).get(address("start"))

    assert answer.context["is_empty"]


def test_at_most_seven_things_are_shown_and_the_rest_is_counted(world, sign_in):
    long_ago = clock.today() - timedelta(days=200)
    Tandem.objects.filter(pk=world.tandem.pk).update(founded_on=long_ago)
    for _ in range(8):
        TandemFactory(site=world.mine, founded_on=long_ago)

    work = start_of(world, sign_in, "coordinator").context["work"]

    assert (len(work.items), work.count) == (7, 9)


def test_every_thing_to_do_has_a_page_that_opens(world, sign_in):
    long_ago = clock.today() - timedelta(days=200)
    TandemFactory(site=world.mine, founded_on=long_ago)
    CheckInFactory(tandem=world.tandem, hard=True)
    client = sign_in(world.users["coordinator"])

    items = client.get(address("work")).context["items"]

    assert [client.get(item.url).status_code for item in items] == [200, 200]


def test_the_start_page_needs_as_many_queries_for_three_tandems_as_for_one(
    world, sign_in, django_assert_max_num_queries
):
    client = sign_in(world.users["coordinator"])
    CheckInFactory(tandem=world.tandem, hard=True)
    client.get(address("start"))
    with django_assert_max_num_queries(40) as one:
        client.get(address("start"))
    for _ in range(2):
        CheckInFactory(tandem=TandemFactory(site=world.mine), hard=True)

    with django_assert_max_num_queries(40) as three:
        client.get(address("start"))

    assert len(three) == len(one)


def test_the_volunteer_sees_the_next_meeting_and_how_to_reach_the_site(world, sign_in):
    coming = MeetingFactory(tandem=world.tandem, starts_at=clock.now() + timedelta(days=2))

    answer = start_of(world, sign_in, "volunteer")

    (own,) = answer.context["tandems"]
    assert (own.coming, own.other) == (coming, world.tandem.newcomer.person.full_name)
    assert world.mine.street in answer.content.decode()


def test_before_both_agreed_the_start_page_has_no_name(world, sign_in):
    Tandem.objects.filter(pk=world.tandem.pk).update(state="proposed")

    answer = start_of(world, sign_in, "volunteer")

    assert world.tandem.newcomer.person.family_name not in answer.content.decode()


@pytest.mark.parametrize(
    ("hour", "word"), [(5, "Good morning"), (12, "Hello"), (20, "Good evening")]
)
def test_the_greeting_knows_the_time_of_day(hour, word):
    user = UserFactory.build(name="Kim Beispiel")

    with override("en"):
        words = greeting(user, at=datetime(2026, 9, 15, hour, tzinfo=UTC))

    assert words == f"{word}, Kim"


# ------------------------------------------------------------------ several sites


def test_who_is_in_several_sites_sees_each_and_may_look_at_one(world, sign_in):
    user = world.users["coordinator"]
    MembershipFactory(user=user, site=world.sister)
    long_ago = clock.today() - timedelta(days=200)
    silent = TandemFactory(site=world.sister, founded_on=long_ago)
    client = sign_in(user)
    CheckInFactory(tandem=world.tandem, hard=True)

    start = client.get(address("start")).context
    sister = client.get(address("site", world.sister.slug)).context

    assert len(start["sites"]) == 2
    assert start["work"].count == 2
    assert [item.key for item in sister["work"].items] == [f"tandem/{silent.pk}"]
    assert list(sister["others"]) == [world.mine]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 2),
        ({"urgency": "now"}, 1),
        ({"urgency": "later"}, 0),
        ({"site": "the sister's"}, 1),
        ({"urgency": "nonsense"}, 2),
        ({"site": "nowhere"}, 2),
    ],
)
def test_the_whole_worklist_is_narrowed_down(world, sign_in, query, count):
    user = world.users["coordinator"]
    MembershipFactory(user=user, site=world.sister)
    TandemFactory(site=world.sister, founded_on=clock.today() - timedelta(days=200))
    CheckInFactory(tandem=world.tandem, hard=True)
    if "site" in query and query["site"] == "the sister's":
        query = {"site": world.sister.slug}

    page = sign_in(user).get(address("work"), query)

    assert (page.status_code, len(page.context["items"])) == (200, count)


def test_what_a_colleague_does_is_on_the_start_page_at_once(world, sign_in):
    client = sign_in(world.users["coordinator"])
    TandemFactory(site=world.mine, state="trial")
    before = client.get(address("start")).context["work"]
    colleague = MembershipFactory(site=world.mine).user

    asked = CheckInFactory(tandem=world.tandem, mood="call", answered_at=clock.now())
    audit.record(action="tandems.answer", by=colleague, at=clock.now(), target=asked)

    after = client.get(address("start")).context["work"]
    assert f"tandem/{world.tandem.pk}" == after.items[0].key != before.items[0].key


def test_the_worklist_is_not_asked_twice_when_nothing_happened(world, sign_in):
    client = sign_in(world.users["coordinator"])
    client.get(address("start"))

    with CaptureQueriesContext(connection) as first:
        client.get(address("start"))

    assert [query for query in first if "tandems_suggestion" in query["sql"]] == []
