"""The handbook's table: every kind of space, every role, what it may. Made from the rules.

``python -m tests.community.spaces_table`` is not needed: ``WRITE_TABLE=1 pytest
tests/community/test_spaces_table.py`` writes it anew.
"""

from pathlib import Path
from typing import Final

from tandemwerk.community.enums import JoinPolicy, SpaceKind, TopicKind
from tandemwerk.community.models import Space
from tandemwerk.community.rules import may_moderate, may_read, may_write
from tandemwerk.people.models import User
from tandemwerk.programme.enums import Role
from tests.community.factories import SpaceFactory, SpaceMembershipFactory, TopicFactory
from tests.factories import CarrierFactory, MembershipFactory, ProgrammeFactory, SiteFactory
from tests.world import World

PAGE: Final = Path(__file__).parents[2] / "docs" / "handbook" / "spaces.md"
BEGIN: Final = "<!-- Aus den Regeln gemacht; nicht von Hand ändern. -->"
END: Final = "<!-- Ende der Tabelle -->"
#: role of the small world -> what the handbook calls it
ROLES: Final = {
    "network": "Netzwerkbüro: Koordination",
    "network_moderator": "Netzwerkbüro: Moderation",
    "network_editor": "Netzwerkbüro: Redaktion",
    "ministry": "Ministerium",
    "carrier_lead": "Programmträger: Leitung",
    "carrier_reader": "Programmträger: nur lesen",
    "coordinator": "Standort: Koordination",
    "safeguarding": "Standort: Schutzbeauftragte",
    "reader": "Standort: nur lesen",
    "foreign_carrier_lead": "anderer Programmträger: Leitung",
    "foreign_coordinator": "Standort eines anderen Programmträgers",
    "group_member": "Mitglied der Arbeitsgruppe",
    "group_owner": "Verantwortlich für die Arbeitsgruppe",
    "administrator": "Administration der Installation",
    "volunteer": "Freiwillige ohne Rolle im Team",
    "anonymous": "ohne Anmeldung",
}


def spaces(world: World) -> dict[str, Space]:
    """Make one space of each kind, named as in the handbook."""
    return {
        "Alle Mitglieder": SpaceFactory(kind=SpaceKind.MEMBERS),
        "Nur Programmträger": SpaceFactory(kind=SpaceKind.CARRIERS),
        "Ein Programmträger mit seinen Standorten": SpaceFactory(
            kind=SpaceKind.CARRIER, carrier=world.carrier
        ),
        "Arbeitsgruppe, offen": SpaceFactory(kind=SpaceKind.GROUP, join_policy=JoinPolicy.OPEN),
        "Arbeitsgruppe, auf Anfrage": SpaceFactory(
            kind=SpaceKind.GROUP, join_policy=JoinPolicy.REQUEST
        ),
        "Arbeitsgruppe, auf Einladung": SpaceFactory(
            kind=SpaceKind.GROUP, join_policy=JoinPolicy.INVITATION
        ),
        "Dialog mit dem Ministerium": SpaceFactory(kind=SpaceKind.MINISTRY),
        "Nur Netzwerkbüro": SpaceFactory(kind=SpaceKind.INTERNAL),
    }


def people(world: World, made: dict[str, Space]) -> dict[str, User | None]:
    """Return somebody in every role; ``anonymous`` is nobody."""
    users: dict[str, User | None] = dict(world.users)
    users["anonymous"] = None
    users["network_moderator"] = MembershipFactory(
        role=Role.NETWORK_MODERATOR, site=None, programme=ProgrammeFactory()
    ).user
    users["carrier_reader"] = MembershipFactory(
        role=Role.READER, site=None, carrier=world.carrier
    ).user
    for name, role in (("group_member", "member"), ("group_owner", "owner")):
        # of another carrier, so that only the group opens what they may
        site = SiteFactory(carrier=CarrierFactory())
        users[name] = MembershipFactory(site=site).user
        for space in made.values():
            if space.kind == SpaceKind.GROUP:
                SpaceMembershipFactory(space=space, user=users[name], role=role)
    return users


def cell(user: User | None, space: Space, topic: object) -> str:
    """Say what somebody may in a space: nothing, read, write, moderate."""
    if user is None or not may_read(user, space):
        return "–"
    words = ["lesen"]
    if may_write(user, topic):
        words.append("schreiben")
    if may_moderate(user, space):
        words.append("moderieren")
    return ", ".join(words)


def table(world: World) -> str:
    """Return the table as Markdown."""
    made = spaces(world)
    users = people(world, made)
    topics = {
        name: TopicFactory(space=space, kind=TopicKind.DISCUSSION) for name, space in made.items()
    }
    lines = [
        "| Rolle | " + " | ".join(made) + " |",
        "| --- |" + " --- |" * len(made),
    ]
    lines += [
        f"| {words} | "
        + " | ".join(cell(users[role], made[name], topics[name]) for name in made)
        + " |"
        for role, words in ROLES.items()
    ]
    return "\n".join(lines)
