"""Who may do what with the people of a site. Its team reads, its writers act, nobody else does.

The record is a site, or belongs to one.
"""

from typing import Any

import rules

from tandemwerk.programme.rules import is_team_of_site, may_write_site, memberships_of


@rules.predicate
def is_in_a_site_team(user: Any) -> bool:
    """Answers whether ``user`` is in the team of some site, and so has people to look at."""
    return any(each.site_id is not None for each in memberships_of(user))


rules.add_perm("intake.list_sites", is_in_a_site_team)
rules.add_perm("intake.view_people", is_team_of_site)
rules.add_perm("intake.change_people", may_write_site)
rules.add_perm("intake.export_people", may_write_site)
rules.add_perm("intake.import_people", may_write_site)
