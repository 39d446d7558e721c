"""The list of a site's people: what it shows, finds, sorts and hands out."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tandemwerk.core.models import AuditEntry
from tandemwerk.intake.enums import ParticipationState, Side
from tandemwerk.intake.models import Participation
from tandemwerk.people.models import User
from tests.factories import ParticipationFactory, PersonFactory, SiteFactory
from tests.world import ROLES, World


@pytest.fixture
def site(world: World):
    return world.sister


@pytest.fixture
def coordinator(world: World, site, sign_in):
    world.users["coordinator"].memberships.create(role="coordinator", site=site)
    return sign_in(world.users["coordinator"])


def names(client, site, query: str = "") -> list[str]:
    response = client.get(reverse("intake:people", args=[site.slug]) + query)
    rows = response.context["table"].paginated_rows
    return [row.record.person.family_name for row in rows]


@pytest.fixture
def three(site) -> list[Participation]:
    """Make a volunteer in Augsburg, a newcomer in Leipzig, and somebody who left."""
    volunteer = PersonFactory(
        given_name="Anna", family_name="Becker", mail="anna@example.org", phone="+49821555123"
    )
    newcomer = PersonFactory(
        given_name="Omid", family_name="Rahimi", postcode="04109", speaks={"fa": 7, "de": 2}
    )
    return [
        ParticipationFactory(site=site, person=volunteer, kinds=1),
        ParticipationFactory(
            site=site,
            person=newcomer,
            side=Side.NEWCOMER,
            kinds=6,
            questions=[{"code": "missing", "field": "age"}],
        ),
        ParticipationFactory(site=site, person__family_name="Weg", state=ParticipationState.LEFT),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Becker", "Rahimi"]),
        ("?q=omid", ["Rahimi"]),
        ("?q=anna+becker", ["Becker"]),
        ("?q=anna%40example", ["Becker"]),
        ("?q=0821+555123", ["Becker"]),
        ("?q=niemand", []),
        ("?side=newcomer", ["Rahimi"]),
        ("?state=left", ["Weg"]),
        ("?state=left&state=open", ["Becker", "Rahimi", "Weg"]),
        ("?language=fa", ["Rahimi"]),
        ("?kind=0", ["Becker"]),
        ("?kind=2", ["Rahimi"]),
        ("?place=041", ["Rahimi"]),
        ("?place=leipzig", ["Rahimi"]),
        ("?place=Nirgendwo", []),
        ("?ask=true", ["Rahimi"]),
        ("?ask=false", ["Becker"]),
        ("?sort=-name", ["Rahimi", "Becker"]),
        ("?side=martian&kind=99&state=gone&language=xx&sort=secret&page=99", ["Becker", "Rahimi"]),
        ("?q=%00&place=%00", ["Becker", "Rahimi"]),
    ],
)
def test_the_list_finds(coordinator, site, three, query, found):
    assert sorted(names(coordinator, site, query)) == sorted(found)


def test_the_list_is_sorted_as_asked(coordinator, site, three):
    assert names(coordinator, site, "?sort=-name") == ["Rahimi", "Becker"]


def test_an_erased_person_is_in_no_list(coordinator, site, three):
    three[0].person.erased_at = three[0].created_at
    three[0].person.save()

    assert names(coordinator, site) == ["Rahimi"]


def queries_for(client, address: str) -> int:
    """Return how often a page asks the database, once everything about it is warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_the_list_asks_the_database_as_often_for_three_as_for_one(coordinator, site):
    address = reverse("intake:people", args=[site.slug])
    ParticipationFactory(site=site)
    for_one = queries_for(coordinator, address)

    ParticipationFactory.create_batch(2, site=site)

    assert (queries_for(coordinator, address), for_one <= 12) == (for_one, True)


def test_the_file_holds_what_the_filter_left_and_is_recorded(coordinator, site, three):
    response = coordinator.get(
        reverse("intake:people", args=[site.slug]) + "?export=csv&side=volunteer"
    )

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    entry = AuditEntry.objects.get(action="intake.export_people")
    assert [row[3] for row in rows[1:]] == ["Becker"]
    assert (entry.target_id, entry.changes) == (site.pk, {"count": 1})


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nothing_in_a_file_is_a_formula(coordinator, site, kind):
    ParticipationFactory(site=site, person__family_name="=1+1", person__note="@SUM(A1)")

    content = coordinator.get(
        reverse("intake:people", args=[site.slug]) + f"?export={kind}"
    ).content

    assert (b";=1+1" in content or b"<f>" in content) is False


def test_who_sees_the_people_of_a_site_is_who_the_rule_lets_in(world):
    each = world.tandem.volunteer
    answers = {}

    for role in set(ROLES) - {"anonymous", "administrator"}:
        user = User.objects.get(pk=world.users[role].pk)
        sees = Participation.objects.visible_to(user).filter(pk=each.pk).exists()
        answers[role] = (sees, user.has_perm("intake.view_people", each))

    assert [role for role, (sees, may) in answers.items() if sees != may] == []
    assert {role for role, (sees, _may) in answers.items() if sees} == {
        "coordinator",
        "safeguarding",
        "reader",
    }


def test_nobody_sees_people_of_a_site_they_are_not_in(sign_in, world):
    other = SiteFactory()

    response = sign_in(world.users["coordinator"]).get(reverse("intake:people", args=[other.slug]))

    assert response.status_code == 404
