"""Who came and who found a tandem, quarter by quarter: groups, honest medians, small numbers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tandemwerk.intake.enums import ParticipationState, Side
from tandemwerk.intake.models import Participation
from tandemwerk.intake.services.participations import erase_participant, move_participation
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.queries.course import charts_of, course_of, lines_of, quarters_until
from tests.factories import NOON, ParticipationFactory, SiteFactory, TandemFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
MAY = date(2026, 5, 4)
#: Places of the quarter in which MAY is, and of the one before.
SPRING, WINTER = 6, 5


@pytest.fixture
def site():
    return SiteFactory()


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["memory"].clear()


def come(site, *, on=MAY, found_after=None, side=Side.NEWCOMER, state=TandemState.ACTIVE, **person):
    """Let somebody come, and found a tandem after so many days."""
    fields = {f"person__{name}": value for name, value in person.items()}
    one = ParticipationFactory(site=site, side=side, waiting_since=on, **fields)
    written_down(one, on)
    if found_after is not None:
        begin(one, on + timedelta(days=found_after), state=state)
    return one


def begin(one, day, *, state=TandemState.ACTIVE):
    """Found a tandem with somebody who came long ago."""
    other = Side.NEWCOMER if one.is_volunteer else Side.VOLUNTEER
    partner = ParticipationFactory(site=one.site, side=other, waiting_since=date(2016, 1, 4))
    both = {str(one.side): one, str(other): partner}
    return TandemFactory(site=one.site, founded_on=day, state=state, **both)


def written_down(one, day):
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    Participation.objects.filter(pk=one.pk).update(created_at=at)


def count(site, by="side", side=Side.NEWCOMER):
    """Return value -> group."""
    caches["memory"].clear()
    found = course_of(site, division=by, side=side, on=TODAY)
    return {group.value: group for group in found.groups}


def lines(site, by="side", side=Side.NEWCOMER):
    caches["memory"].clear()
    with override("en"):
        return lines_of(course_of(site, division=by, side=side, on=TODAY))


def address(name, place):
    with override("de"):
        return reverse(f"tandems:{name}", kwargs={"slug": place.slug})


# ---------------------------------------------------------------- quarters


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 3, 31), date(2026, 1, 1)),
        (date(2026, 12, 31), date(2026, 10, 1)),
    ],
)
def test_the_quarters_end_with_the_one_of_today(day, last):
    quarters = quarters_until(day)

    assert (len(quarters), quarters[-1], quarters[-5]) == (8, last, last.replace(year=2025))


def test_people_count_in_the_quarter_in_which_they_came(site):
    come(site, on=date(2026, 3, 31), found_after=40)
    come(site, on=date(2026, 4, 1))

    group = count(site)["newcomer"]

    assert (group.came[-4:-1].tolist(), group.found[-4:-1].tolist()) == ([1, 1, 0], [1, 0, 0])
    assert (group.came[-1], group.found[-1]) == (2, 1)


def test_who_came_before_these_two_years_is_not_counted(site):
    come(site, on=date(2024, 9, 30), found_after=3)
    come(site, on=date(2024, 10, 1), found_after=3)

    group = count(site)["newcomer"]

    assert group.came.tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 1]


def test_the_first_tandem_counts_and_the_second_does_not(site):
    one = come(site, found_after=20, state=TandemState.ENDED)
    begin(one, MAY + timedelta(days=70))
    for _ in range(4):
        come(site, found_after=20)

    group = count(site)["newcomer"]

    assert (group.found[SPRING], group.half_after[-1]) == (5, 20)


def test_a_proposal_is_no_tandem_yet(site):
    one = come(site)
    begin(one, None, state=TandemState.PROPOSED)

    assert count(site)["newcomer"].found[-1] == 0


# ---------------------------------------------------------------- who is gone


def test_who_left_without_a_tandem_still_counts_as_somebody_who_came(site):
    gone = come(site)
    come(site, found_after=10)
    move_participation(
        participation_id=gone.pk, to=ParticipationState.LEFT, by=UserFactory(), at=NOON
    )

    group = count(site)["newcomer"]

    assert (group.came[SPRING], group.found[SPRING]) == (2, 1)


def test_who_comes_back_is_not_new_again(site):
    one, by = come(site, found_after=10, state=TandemState.ENDED), UserFactory()
    for state in (ParticipationState.LEFT, ParticipationState.OPEN):
        move_participation(participation_id=one.pk, to=state, by=by, at=NOON)

    group = count(site)["newcomer"]

    assert (group.came[SPRING], group.found[SPRING], group.came[-1]) == (1, 1, 1)


def test_who_is_on_a_list_came_when_the_list_says(site):
    one = come(site, on=date(2026, 2, 1))
    written_down(one, MAY)

    assert count(site)["newcomer"].came[WINTER] == 1


@pytest.mark.parametrize("by", ["language", "gender", "age", "district"])
def test_who_was_erased_counts_in_no_group_they_can_be_known_by(site, by):
    one = come(site, found_after=10)
    erase_participant(participation_id=one.pk, by=UserFactory(), at=NOON)

    groups = count(site, by)

    assert [(value, int(each.came[-1]), int(each.found[-1])) for value, each in groups.items()] == [
        ("-" if by == "gender" else "", 1, 1)
    ]


# ---------------------------------------------------------------- groups


def test_people_are_compared_by_what_they_have_in_common(site):
    come(site, gender="m", birth_year=2000, postcode="10115", speaks={"fa": 7, "de": 2})
    come(site, gender="f", birth_year=1950, postcode="86150", speaks={"fa": 5, "de": 3})
    come(site, gender="f", birth_year=None, postcode="", speaks={"ar": 7, "ku": 7, "de": 6})

    def sizes(by):
        return {value: int(group.came[-1]) for value, group in count(site, by).items()}

    assert sizes("language") == {"fa": 2, "ar": 1, "ku": 1}
    assert sizes("gender") == {"f": 2, "m": 1}
    assert sizes("age") == {"18-26": 1, "60+": 1, "": 1}
    assert sizes("district") == {"": 1, "101": 1, "861": 1}


def test_both_sides_are_compared_and_one_can_be_chosen(site):
    come(site)
    come(site, side=Side.VOLUNTEER, found_after=4)

    both, volunteers = count(site, side=""), count(site, side=Side.VOLUNTEER)

    assert {value: int(each.found[-1]) for value, each in both.items()} == {
        "newcomer": 0,
        "volunteer": 1,
    }
    assert [*volunteers] == ["volunteer"]


def test_ages_stand_in_their_order_and_other_groups_by_size(site):
    for year, postcode in ((1950, "10115"), (2000, "86150"), (2000, "86152")):
        come(site, birth_year=year, postcode=postcode)

    assert [*count(site, "age")] == ["18-26", "60+"]
    assert [*count(site, "district")] == ["861", "101"]


def test_of_very_many_groups_the_small_ones_are_put_together(site):
    for number in range(12):
        come(site, postcode=f"{10 + number}115", found_after=3)
    come(site, postcode="10115")

    groups = count(site, "district")

    assert (len(groups), next(iter(groups)), [*groups][-1]) == (11, "101", "*")
    assert (groups["*"].came[-1], groups["*"].found[-1]) == (2, 2)


# ---------------------------------------------------------------- medians and small numbers


def test_half_of_them_after_is_the_median_over_all_who_came(site):
    for days in (10, 20, 30, None, None):
        come(site, found_after=days)

    group = count(site)["newcomer"]

    assert (group.half_after[SPRING], group.half_after[-1]) == (30, 30)


def test_while_fewer_than_half_have_a_tandem_there_is_no_median(site):
    for days in (1, 2, None, None, None):
        come(site, found_after=days)

    line = lines(site)[0]

    assert (line.found, line.share, line.half_after) == ("2", "40 %", "–")


def test_of_four_people_neither_share_nor_median_nor_chart_is_shown(site):
    for _ in range(4):
        come(site, found_after=10)

    line = lines(site)[0]
    course = course_of(site, division="side", side="", on=TODAY)

    assert (line.came, line.found) == ("4", "4")
    assert (line.share, line.interval, line.half_after) == ("–", "–", "–")
    assert [chart for chart in charts_of(course) if "newcomer" in str(chart.title).lower()] == []


def test_a_quarter_of_few_has_no_median_where_two_years_have_one(site):
    for number in range(6):
        come(site, on=date(2026, 2, 1) if number < 3 else MAY, found_after=7)

    group = count(site)["newcomer"]

    assert (group.half_after[WINTER], group.half_after[SPRING]) == (None, None)
    assert group.half_after[-1] == 7


# ---------------------------------------------------------------- the pages


def test_a_chart_has_its_table_with_the_median_behind_it(world, sign_in):
    client = sign_in(world.users["coordinator"])
    for _ in range(5):
        come(world.mine, on=date(2026, 7, 1), found_after=9)

    response = client.get(address("site_course", world.mine), {"by": "side", "who": "newcomer"})

    (chart,) = response.context["charts"]
    assert dict(chart.table.rows)["Q3\N{NO-BREAK SPACE}2026"] == ["6", "6", "9"]
    assert "6 von 6 mit Tandem" in response.content.decode()


def test_a_carrier_sees_its_sites_together_and_no_other_one(world, sign_in):
    client = sign_in(world.users["carrier_lead"])
    for site in (world.mine, world.sister, world.foreign):
        come(site)

    response = client.get(address("carrier_course", world.carrier), {"who": "newcomer"})

    assert [line.came for line in response.context["lines"]] == ["3"]
    assert "Muster" not in response.content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_numbers_can_be_taken_away_as_a_file(world, sign_in, kind):
    client = sign_in(world.users["coordinator"])

    response = client.get(address("site_course", world.mine), {"by": "gender", "export": kind})

    assert response.status_code == 200
    assert f"fairness-{world.mine.slug}" in response["Content-Disposition"]
    if kind == "csv":
        head, *rows = response.content.decode("utf-8-sig").splitlines()
        assert (head.count(";"), len(rows)) == (4, 8)
        assert "weiblich;Q3\N{NO-BREAK SPACE}2026;2;2;" in rows


def test_a_site_where_nobody_came_says_so(world, sign_in):
    client = sign_in(world.users["carrier_lead"])
    Participation.objects.update(waiting_since=date(2016, 1, 4))

    response = client.get(address("carrier_course", world.carrier))

    assert (response.status_code, response.context["lines"]) == (200, [])


def test_a_group_that_is_none_is_refused_with_a_word(world, sign_in):
    client = sign_in(world.users["coordinator"])

    response = client.get(address("site_course", world.mine), {"by": "shoes", "export": "csv"})

    assert response.status_code == 422
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("page", ["site_course", "carrier_course"])
@pytest.mark.parametrize("by", ["side", "language", "gender", "age", "district"])
def test_many_people_take_as_many_queries_as_few(
    world, sign_in, page, by, django_assert_num_queries
):
    is_site = page == "site_course"
    client = sign_in(world.users["coordinator" if is_site else "carrier_lead"])
    path = address(page, world.mine if is_site else world.carrier)
    come(world.mine)
    client.get(path, {"by": by})
    caches["memory"].clear()
    with CaptureQueriesContext(connection) as few:
        client.get(path, {"by": by})
    for number in range(8):
        come(world.mine, postcode=f"{10 + number}115", birth_year=1950 + number, found_after=3)
    caches["memory"].clear()

    with django_assert_num_queries(len(few)):
        client.get(path, {"by": by})


def test_what_was_counted_is_kept_until_somebody_changes_something(site):
    one = come(site)
    kept = [course_of(site, division="gender", side="", on=TODAY) for _ in range(2)]

    with CaptureQueriesContext(connection) as again:
        course_of(site, division="gender", side="", on=TODAY)
    move_participation(
        participation_id=one.pk, to=ParticipationState.LEFT, by=UserFactory(), at=NOON
    )
    with CaptureQueriesContext(connection) as changed:
        course_of(site, division="gender", side="", on=TODAY)

    assert len(kept) == 2
    assert (len(again), len(changed)) == (1, 2)


@pytest.mark.parametrize(("page", "role"), [("site", "coordinator"), ("carrier", "carrier_lead")])
def test_the_fairness_page_leads_there_in_one_step(world, sign_in, page, role):
    client = sign_in(world.users[role])
    place = world.mine if page == "site" else world.carrier

    response = client.get(address(f"{page}_fairness", place))

    assert f'href="{address(f"{page}_course", place)}"' in response.content.decode()
