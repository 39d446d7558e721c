"""The small world of the tests: two carriers, three sites, somebody in every role.

``mine`` is the site that the matrix asks about. ``foreign`` belongs to another carrier, ``sister``
to the same one.
"""

from dataclasses import dataclass

from tandemwerk.people.models import User
from tandemwerk.programme.enums import Role
from tandemwerk.programme.models import Carrier, Programme, Site
from tandemwerk.tandems.models import Tandem
from tests.factories import (
    CarrierFactory,
    MembershipFactory,
    ProgrammeFactory,
    SiteFactory,
    TandemFactory,
    UserFactory,
)

#: Everybody whom the matrix knows. ``anonymous`` has no account.
ROLES = (
    "anonymous",
    "administrator",
    "network",
    "network_editor",
    "ministry",
    "carrier_lead",
    "foreign_carrier_lead",
    "coordinator",
    "safeguarding",
    "reader",
    "foreign_coordinator",
    "volunteer",
    "newcomer",
    "foreign_volunteer",
)


@dataclass(frozen=True)
class World:
    programme: Programme
    carrier: Carrier
    mine: Site
    sister: Site
    foreign: Site
    tandem: Tandem
    foreign_tandem: Tandem
    users: dict[str, User]


def make_world() -> World:
    """Make the small world."""
    programme = ProgrammeFactory()
    carrier = CarrierFactory(programme=programme)
    mine, sister = SiteFactory(carrier=carrier), SiteFactory(carrier=carrier)
    foreign = SiteFactory()
    tandem, foreign_tandem = TandemFactory(site=mine), TandemFactory(site=foreign)
    memberships = {
        "network": {"role": Role.NETWORK_COORDINATOR, "site": None, "programme": programme},
        "network_editor": {"role": Role.NETWORK_EDITOR, "site": None, "programme": programme},
        "ministry": {"role": Role.MINISTRY, "site": None, "programme": programme},
        "carrier_lead": {"role": Role.LEAD, "site": None, "carrier": carrier},
        "foreign_carrier_lead": {"role": Role.LEAD, "site": None, "carrier": foreign.carrier},
        "coordinator": {"role": Role.COORDINATOR, "site": mine},
        "safeguarding": {"role": Role.SAFEGUARDING, "site": mine},
        "reader": {"role": Role.READER, "site": mine},
        "foreign_coordinator": {"role": Role.COORDINATOR, "site": foreign},
    }
    users = {name: MembershipFactory(**fields).user for name, fields in memberships.items()}
    users["administrator"] = UserFactory(is_superuser=True)
    people = {
        "volunteer": tandem.volunteer,
        "newcomer": tandem.newcomer,
        "foreign_volunteer": foreign_tandem.volunteer,
    }
    for name, participation in people.items():
        users[name] = UserFactory()
        participation.person.user = users[name]
        participation.person.save()
    return World(programme, carrier, mine, sister, foreign, tandem, foreign_tandem, users)
