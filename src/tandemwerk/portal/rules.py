"""Who sees which numbers. The ministry's are protected, whatever it asks for."""

from typing import Any

import rules

from tandemwerk.programme.rules import (
    is_administrator,
    is_ministry,
    is_network,
    memberships_of,
)


@rules.predicate
def is_carrier_team(user: Any) -> bool:
    """Answers whether ``user`` is in the own team of a carrier."""
    return any(each.carrier_id is not None for each in memberships_of(user))


sees_whole_numbers = is_network | is_administrator | is_carrier_team

rules.add_perm("portal.view_overview", sees_whole_numbers | is_ministry)
rules.add_perm("portal.view_site_numbers", sees_whole_numbers)
