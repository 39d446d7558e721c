"""Who may do what in the programme: predicates for every room, and this room's permissions.

The rules answer for roles alone. ``User.has_perm`` says yes to an administrator before it asks
them, but an administrator is in no team: ``visible_to`` keeps persons and tandems from them, so
that a permission without the record in sight opens nothing.
"""

from collections.abc import Set as AbstractSet
from typing import Any, Final

import rules

from tandemwerk.people.models import User
from tandemwerk.programme.enums import (
    LEADING_EVERYWHERE,
    LEADING_ROLES,
    NETWORK_ROLES,
    WRITING_ROLES,
    Role,
)
from tandemwerk.programme.models import Carrier, Place, Programme, Site, memberships_of

__all__ = [
    "is_administrator",
    "is_carrier",
    "is_in_a_carrier",
    "is_in_a_team",
    "is_ministry",
    "is_network",
    "is_network_coordinator",
    "is_team_of_site",
    "leads_anything",
    "leads_carrier",
    "leads_programme",
    "leads_site",
    "may_write_site",
    "memberships_of",
    "reads_the_trail",
    "roles_at",
    "sees_carriers",
    "site_of",
]


def roles_at(user: Any, place: Place) -> AbstractSet[str]:
    """Return what ``user`` is in the team of ``place`` itself."""
    key = f"{place._meta.model_name}_id"
    return {each.role for each in memberships_of(user) if getattr(each, key) == place.pk}


def site_of(record: Any) -> Site | None:
    """Return the site that ``record`` is or belongs to."""
    if record is None or isinstance(record, Site):
        return record
    site = getattr(record, "site", None)
    return site if isinstance(site, Site) else None


@rules.predicate
def is_administrator(user: Any) -> bool:
    """Answers whether ``user`` looks after the installation: accounts, system, audit trail."""
    return isinstance(user, User) and user.is_active and user.is_superuser


@rules.predicate
def is_in_a_team(user: Any) -> bool:
    """Answers whether ``user`` has any role: whoever has one needs a second factor."""
    return bool(list(memberships_of(user)))


@rules.predicate
def is_network(user: Any) -> bool:
    """Answers whether ``user`` works in the network office."""
    return any(each.role in NETWORK_ROLES for each in memberships_of(user))


@rules.predicate
def is_network_coordinator(user: Any) -> bool:
    """Answers whether ``user`` coordinates the network office."""
    return any(each.role == Role.NETWORK_COORDINATOR for each in memberships_of(user))


@rules.predicate
def is_ministry(user: Any) -> bool:
    """Answers whether ``user`` is of the ministry: aggregates, never sites or persons."""
    return any(each.role == Role.MINISTRY for each in memberships_of(user))


@rules.predicate
def is_in_a_carrier(user: Any) -> bool:
    """Answers whether ``user`` is in the team of a carrier."""
    return any(each.carrier_id is not None for each in memberships_of(user))


@rules.predicate
def is_team_of_site(user: Any, record: Any = None) -> bool:
    """Answers whether ``user`` is in the team of the site that ``record`` is or belongs to."""
    site = site_of(record)
    return site is not None and bool(roles_at(user, site))


@rules.predicate
def may_write_site(user: Any, record: Any = None) -> bool:
    """Answers whether ``user`` may change people and tandems of the site of ``record``."""
    site = site_of(record)
    return site is not None and not roles_at(user, site).isdisjoint(WRITING_ROLES)


@rules.predicate
def leads_site(user: Any, record: Any = None) -> bool:
    """Answers whether ``user`` answers for the team of the site of ``record``."""
    site = site_of(record)
    return site is not None and not roles_at(user, site).isdisjoint(LEADING_ROLES)


@rules.predicate
def leads_carrier(user: Any, record: Any = None) -> bool:
    """Answers whether ``user`` answers for the carrier that ``record`` is or belongs to."""
    if isinstance(record, Carrier):
        return not roles_at(user, record).isdisjoint(LEADING_ROLES)
    site = site_of(record)
    if site is None:
        return False
    mine = memberships_of(user)
    return any(each.carrier_id == site.carrier_id and each.role in LEADING_ROLES for each in mine)


@rules.predicate
def leads_programme(user: Any, record: Any = None) -> bool:
    """Answers whether ``user`` coordinates the programme that ``record`` is."""
    return isinstance(record, Programme) and Role.NETWORK_COORDINATOR in roles_at(user, record)


@rules.predicate
def leads_anything(user: Any) -> bool:
    """Answers whether ``user`` answers for any team, carrier or the network office."""
    return any(each.role in LEADING_EVERYWHERE for each in memberships_of(user))


@rules.predicate
def is_carrier(_user: Any, record: Any = None) -> bool:
    """Answers whether ``record`` is a carrier."""
    return isinstance(record, Carrier)


#: Whose team somebody looks after: their own, a carrier that of its sites, and the network
#: office those of the carriers and its own.
_manages: Final = (
    leads_site | leads_carrier | leads_programme | (is_carrier & is_network_coordinator)
)

rules.add_perm("programme.manage_team", _manages | is_administrator)
rules.add_perm("programme.change_site", leads_site | leads_carrier | is_administrator)
rules.add_perm(
    "programme.change_carrier", leads_carrier | is_network_coordinator | is_administrator
)
rules.add_perm("programme.add_site", leads_carrier | is_network_coordinator | is_administrator)
rules.add_perm("programme.add_carrier", is_network_coordinator | is_administrator)
rules.add_perm("programme.set_funding", leads_carrier | is_network_coordinator | is_administrator)
#: Whether the lists of carriers and sites, and the audit trail, are anything for somebody. Menus
#: ask these directly: ``has_perm`` would go on to the tables of Django's own permissions.
sees_carriers: Final = is_network | is_in_a_carrier | is_administrator
reads_the_trail: Final = leads_anything | is_administrator

rules.add_perm("programme.view_carriers", sees_carriers)
rules.add_perm("programme.view_audit", reads_the_trail)
