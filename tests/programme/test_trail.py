"""Who reads what of the audit trail, and in which words."""

import csv
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils.translation import override

import tandemwerk
from tandemwerk.core import audit
from tandemwerk.core.actors import SYSTEM
from tandemwerk.core.models import AuditEntry
from tandemwerk.core.naming import all_actions, all_tables
from tandemwerk.intake.models import Participation
from tandemwerk.people.models import User
from tandemwerk.people.services import erase_person
from tandemwerk.programme.access import record_read
from tandemwerk.programme.queries.trail import entries_visible_to, lines
from tests.factories import NOON, ParticipationFactory
from tests.world import ROLES, World

PAGE = "/en/portal/audit/"


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def write(world: World, role: str, action: str, target, **fields) -> AuditEntry:
    return audit.record(action=action, by=world.users[role], at=NOON, target=target, **fields)


@pytest.fixture
def trail(world) -> dict[str, AuditEntry]:
    """Give entries of each kind: name -> entry."""
    return {
        "person here": write(
            world,
            "coordinator",
            "people.change_person",
            world.tandem.newcomer.person,
            scope=world.mine.audit_scope,
            changes={"fields": ["phone"]},
            reason="rang on Monday",
        ),
        "person there": write(
            world,
            "foreign_coordinator",
            "people.change_person",
            world.foreign_tandem.newcomer.person,
            scope=world.foreign.audit_scope,
        ),
        "site": write(world, "coordinator", "programme.change_site", world.mine),
        "sister": write(world, "carrier_lead", "programme.change_site", world.sister),
        "carrier": write(world, "network", "programme.change_carrier", world.carrier),
        "programme": write(
            world,
            "administrator",
            "programme.add_member",
            world.users["network_editor"],
            scope=world.programme.audit_scope,
        ),
        "nowhere": write(world, "reader", "people.change_password", world.users["reader"]),
    }


EVERYTHING = {
    "person here",
    "person there",
    "site",
    "sister",
    "carrier",
    "programme",
    "nowhere",
}
SEEN: dict[str, set[str]] = {role: set() for role in ROLES} | {
    "administrator": EVERYTHING,
    "network": {"site", "sister", "carrier", "programme"},
    "carrier_lead": {"person here", "site", "sister", "carrier"},
    "foreign_carrier_lead": {"person there"},
    "coordinator": {"person here", "site"},
    "foreign_coordinator": {"person there"},
}


@pytest.mark.parametrize("role", [role for role in ROLES if role != "anonymous"])
def test_each_role_reads_what_it_answers_for(world, trail, role):
    seen = entries_visible_to(world.users[role])

    assert {name for name, entry in trail.items() if seen.contains(entry)} == SEEN[role]


def one_line(world: World, entry: AuditEntry, role: str):
    reader = User.objects.get(pk=world.users[role].pk)
    return next(lines([entry], reader))


def test_who_accompanies_the_person_reads_the_name_and_the_reason(world, trail):
    line = one_line(world, trail["person here"], "coordinator")

    assert line.record == world.tandem.newcomer.person.full_name
    assert line.details == [("changed", "phone")]
    assert line.reason == "rang on Monday"


@pytest.mark.parametrize("role", ["carrier_lead", "administrator"])
def test_who_answers_without_seeing_persons_reads_no_name_and_no_reason(world, trail, role):
    line = one_line(world, trail["person here"], role)

    assert (line.record, line.details, line.reason) == ("not shown to you", [], "")


def test_after_erasing_the_trail_knows_no_name(world, trail):
    person = world.tandem.newcomer.person
    name = person.full_name

    erase_person(person_id=person.pk, by=SYSTEM, at=NOON)

    assert name not in one_line(world, trail["person here"], "coordinator").record


def test_what_is_gone_is_called_erased(world, trail):
    entry = trail["programme"]
    User.objects.filter(pk=entry.target_id).delete()

    assert one_line(world, entry, "network").record == "erased"


def test_an_actor_is_named_to_who_sees_their_team(world, trail):
    named = {
        role: one_line(world, trail["site"], role).actor
        for role in ("coordinator", "carrier_lead", "foreign_coordinator")
    }

    name = world.users["coordinator"].name
    assert named == {
        "coordinator": f"{name} (you)",
        "carrier_lead": name,
        "foreign_coordinator": "not shown to you",
    }


def test_somebody_with_a_link_and_the_programme_itself_are_actors_too(world):
    person = world.tandem.newcomer.person
    by_link = audit.record(action="tandems.give_answer", by=person, at=NOON, target=world.tandem)
    by_itself = audit.record(action="tandems.move_tandem", by=SYSTEM, at=NOON, target=world.tandem)

    assert one_line(world, by_link, "coordinator").actor == f"{person.full_name}, through a link"
    assert one_line(world, by_itself, "coordinator").actor == "Tandemwerk itself"


def test_an_entry_of_a_table_that_is_gone_is_still_shown(world):
    entry = write(world, "coordinator", "old.thing", world.mine)
    AuditEntry.objects.update(target_type="old.table")
    entry.refresh_from_db()

    line = one_line(world, entry, "administrator")

    assert (line.action, line.kind, line.record) == ("old.thing", "old.table", "erased")


def shown(client, query: str = "") -> list[str]:
    return [str(line.action) for line in client.get(PAGE + query).context["lines"]]


def test_the_page_is_narrowed_by_who_what_and_when(world, trail, sign_in):
    client = sign_in(world.users["administrator"])
    name = world.users["carrier_lead"].name

    by_actor = client.get(PAGE, {"actor": name}).context["lines"]
    by_action = client.get(PAGE, {"action": "programme.change_site"}).context["lines"]
    by_record = client.get(
        PAGE, {"table": "programme.carrier", "number": world.carrier.pk}
    ).context["lines"]
    before = client.get(PAGE, {"until": "2026-09-14"}).context["lines"]
    on_the_day = client.get(PAGE, {"since": "2026-09-15", "until": "2026-09-15"}).context["lines"]

    counts = [len(found) for found in (by_actor, by_action, by_record, before, on_the_day)]
    assert counts == [1, 2, 1, 0, len(EVERYTHING)]


BAD = [
    "?since=nonsense&until=0001-01-01",
    "?number=99999999999999999999999",
    "?number=-1&page=abc",
    "?action=%00&table=x&actor=%00",
    "?until=9999-12-31&since=0001-01-01&page=-5",
]


@pytest.mark.parametrize("query", BAD)
def test_a_bad_filter_is_explained_and_never_breaks(world, trail, sign_in, query):
    client = sign_in(world.users["administrator"])

    answers = [client.get(PAGE + query), client.get(f"{PAGE}export.csv{query}")]

    assert [answer.status_code for answer in answers] == [200, 200]


def test_the_file_holds_what_the_page_shows_and_taking_it_is_written_down(world, trail, sign_in):
    client = sign_in(world.users["coordinator"])

    file = client.get(f"{PAGE}export.csv?action=programme.change_site")

    rows = [*csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";")]
    assert len(rows) == 2
    entry = AuditEntry.objects.get(action="programme.export_audit")
    assert (entry.actor_id, entry.changes) == (
        world.users["coordinator"].pk,
        {"filter": ["action"]},
    )


def test_no_cell_of_the_file_is_a_formula(world, sign_in):
    world.users["coordinator"].name = "=cmd|' /C calc'!A0"
    world.users["coordinator"].save()
    write(world, "coordinator", "programme.change_site", world.mine)

    file = sign_in(world.users["carrier_lead"]).get(f"{PAGE}export.csv").content.decode()

    assert ";=cmd" not in file
    assert "'=cmd" in file


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_database_as_often_for_one_as_for_three(
    world, sign_in, count, django_assert_max_num_queries
):
    for _ in range(count):
        participation = ParticipationFactory(site=world.mine)
        write(
            world,
            "coordinator",
            "intake.add_participation",
            participation,
            scope=world.mine.audit_scope,
        )
    client = sign_in(world.users["coordinator"])
    client.get(PAGE)

    with django_assert_max_num_queries(16):
        client.get(PAGE)


def test_reading_is_written_down_once_an_hour(world):
    reader, participation = world.users["reader"], Participation.objects.first()

    first = record_read(reader, participation, NOON)
    again = record_read(reader, participation, NOON + timedelta(minutes=59))
    later = record_read(reader, participation, NOON + timedelta(minutes=61))

    assert first is not None
    assert again is None
    assert later is not None
    assert (first.action, first.scope) == (
        "intake.read_participation",
        participation.site.audit_scope,
    )


def test_somebody_elses_reading_is_written_down_besides(world):
    participation = Participation.objects.first()

    for role in ("reader", "coordinator"):
        record_read(world.users[role], participation, NOON)

    assert AuditEntry.objects.count() == 2


def test_only_reading_can_be_looked_for(world, trail, sign_in):
    record_read(world.users["reader"], world.tandem, NOON)

    with time_machine.travel(NOON):
        found = shown(sign_in(world.users["coordinator"]), "?reads=on")

    assert found == ["read a tandem"]


def test_every_action_that_a_service_records_has_words():
    source = Path(tandemwerk.__file__).parent
    written = {
        action
        for file in source.glob("*/**/*.py")
        for line in file.read_text().splitlines()
        if "action=" in line or "_record(" in line
        for action in re.findall(r'"([a-z]+\.[a-z_]+)"', line)
    }

    assert written - set(all_actions()) == set()


def test_every_table_that_the_trail_tells_of_has_words(world, trail):
    told = {entry.target_type for entry in trail.values()}

    assert told - set(all_tables()) == set()


def test_details_are_told_in_words(world):
    entry = write(
        world,
        "coordinator",
        "programme.change_role",
        world.users["reader"],
        scope=world.mine.audit_scope,
        changes={"role": "lead", "before": "reader", "made_up": ["a", 1]},
    )

    assert one_line(world, entry, "coordinator").details == [
        ("role", "lead"),
        ("before", "reader"),
        ("made_up", "a, 1"),
    ]
