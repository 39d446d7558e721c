"""Who is in a team, and that somebody always answers for it."""

import pytest

from tandemwerk.core.models import AuditEntry
from tandemwerk.programme.enums import Role
from tandemwerk.programme.models import Membership
from tandemwerk.programme.queries.teams import members_of, places_of
from tandemwerk.programme.services import add_member, change_role, remove_member
from tandemwerk.programme.services.teams import AlreadyMemberError, LastLeadError
from tests.factories import NOON, MembershipFactory, UserFactory


def membership(world, role: str) -> Membership:
    return Membership.objects.get(user=world.users[role])


def roles(place) -> list[str]:
    return sorted(Membership.objects.at(place).values_list("role", flat=True))


def test_somebody_joins_a_team_and_the_trail_tells_the_role(world):
    lead, new = world.users["carrier_lead"], UserFactory()

    add_member(place=world.sister, user=new, role=Role.READER, by=lead, at=NOON)

    assert roles(world.sister) == ["reader"]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.target_id, entry.scope, entry.changes) == (
        "programme.add_member",
        new.pk,
        world.sister.audit_scope,
        {"role": "reader"},
    )


def test_nobody_has_the_same_role_twice(world):
    with pytest.raises(AlreadyMemberError):
        add_member(
            place=world.mine,
            user=world.users["reader"],
            role=Role.READER,
            by=world.users["coordinator"],
            at=NOON,
        )


def test_a_role_is_changed(world):
    change_role(
        membership_id=membership(world, "reader").pk,
        role=Role.SAFEGUARDING,
        by=world.users["coordinator"],
        at=NOON,
    )

    assert roles(world.mine) == ["coordinator", "safeguarding", "safeguarding"]
    assert AuditEntry.objects.get().changes == {"role": "safeguarding", "before": "reader"}


def test_the_last_coordinator_cannot_be_removed(world):
    with pytest.raises(LastLeadError):
        remove_member(
            membership_id=membership(world, "coordinator").pk,
            by=world.users["carrier_lead"],
            at=NOON,
        )

    assert "coordinator" in roles(world.mine)
    assert AuditEntry.objects.count() == 0


def test_the_last_coordinator_cannot_become_a_reader(world):
    with pytest.raises(LastLeadError):
        change_role(
            membership_id=membership(world, "coordinator").pk,
            role=Role.READER,
            by=world.users["carrier_lead"],
            at=NOON,
        )

    assert "coordinator" in roles(world.mine)


def test_a_coordinator_goes_when_a_lead_stays(world):
    MembershipFactory(site=world.mine, role=Role.LEAD)

    remove_member(
        membership_id=membership(world, "coordinator").pk,
        by=world.users["carrier_lead"],
        at=NOON,
    )

    assert roles(world.mine) == ["lead", "reader", "safeguarding"]


def test_a_reader_leaves_a_team_that_nobody_leads_yet(world):
    reader = MembershipFactory(site=world.sister, role=Role.READER)

    remove_member(membership_id=reader.pk, by=world.users["carrier_lead"], at=NOON)

    assert roles(world.sister) == []


def test_the_network_office_keeps_a_coordinator(world):
    with pytest.raises(LastLeadError):
        remove_member(
            membership_id=membership(world, "network").pk,
            by=world.users["administrator"],
            at=NOON,
        )


def test_members_come_by_name(world):
    MembershipFactory(site=world.sister, user=UserFactory(name="Zoe"))
    MembershipFactory(site=world.sister, user=UserFactory(name="Anna"))

    assert [member.user.name for member in members_of(world.sister)] == ["Anna", "Zoe"]


def test_somebody_finds_the_places_in_whose_teams_they_are(world):
    user = world.users["coordinator"]
    MembershipFactory(user=user, site=None, carrier=world.carrier, role=Role.READER)

    places = places_of(user)

    assert [(place.place, place.members) for place in places] == [
        (world.carrier, 2),
        (world.mine, 3),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_a_team_page_asks_the_database_as_often_for_one_as_for_three(
    world, sign_in, count, django_assert_max_num_queries
):
    for _ in range(count):
        MembershipFactory(site=world.mine, role=Role.READER)
    client = sign_in(world.users["coordinator"])
    client.get(f"/de/portal/sites/{world.mine.slug}/team/")

    with django_assert_max_num_queries(10):
        client.get(f"/de/portal/sites/{world.mine.slug}/team/")


def test_the_page_says_why_the_last_coordinator_has_to_stay(world, sign_in):
    page = sign_in(world.users["carrier_lead"]).post(
        f"/en/portal/teams/members/{membership(world, 'coordinator').pk}/remove/"
    )

    assert page.status_code == 422
    assert page.context["refusal"].startswith("Nobody else answers for this team.")


def test_whoever_removes_themselves_is_led_to_what_they_still_see(world, sign_in):
    MembershipFactory(site=world.mine, role=Role.LEAD)

    answer = sign_in(world.users["coordinator"]).post(
        f"/de/portal/teams/members/{membership(world, 'coordinator').pk}/remove/"
    )

    assert answer["Location"] == "/de/portal/teams/"


BAD_ROLES = [{}, {"role": "ministry"}, {"role": "root"}, {"role": ["lead", "x"]}]


@pytest.mark.parametrize("data", BAD_ROLES, ids=range(len(BAD_ROLES)))
def test_a_role_that_the_place_does_not_have_is_refused(world, sign_in, data):
    page = sign_in(world.users["coordinator"]).post(
        f"/de/portal/teams/members/{membership(world, 'reader').pk}/role/", data
    )

    assert page.status_code == 422
    assert roles(world.mine) == ["coordinator", "reader", "safeguarding"]
