"""Every write about carriers, sites, their teams and funding periods."""

from tandemwerk.programme.services.invitations import (
    accept_invitation,
    invite,
    renew_invitation,
    revoke_invitation,
)
from tandemwerk.programme.services.settings import (
    change_carrier,
    change_site,
    create_carrier,
    create_site,
    set_funding_period,
)
from tandemwerk.programme.services.teams import add_member, change_role, remove_member

__all__ = [
    "accept_invitation",
    "add_member",
    "change_carrier",
    "change_role",
    "change_site",
    "create_carrier",
    "create_site",
    "invite",
    "remove_member",
    "renew_invitation",
    "revoke_invitation",
    "set_funding_period",
]
