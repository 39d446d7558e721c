"""Who may do what with tandems. The site's team reads, its writers act, nobody else does either.

The two people of a tandem see their own page and may note that they met.
"""

from typing import Any

import rules

from tandemwerk.people.models import User
from tandemwerk.programme.models import Carrier
from tandemwerk.programme.rules import (
    is_administrator,
    is_ministry,
    is_network,
    is_team_of_site,
    leads_carrier,
    leads_site,
    may_write_site,
    memberships_of,
)
from tandemwerk.tandems.enums import RUNNING_STATES
from tandemwerk.tandems.models import Tandem


@rules.predicate
def is_one_of_the_two(user: Any, tandem: Any = None) -> bool:
    """Answers whether ``user`` is the volunteer or the newcomer of ``tandem``."""
    if not isinstance(user, User) or not isinstance(tandem, Tandem):
        return False
    return user.pk in {tandem.volunteer.person.user_id, tandem.newcomer.person.user_id}


@rules.predicate
def is_running(_user: Any, tandem: Any = None) -> bool:
    """Answers whether ``tandem`` was founded and has not ended."""
    return isinstance(tandem, Tandem) and tandem.state in RUNNING_STATES


@rules.predicate
def is_in_a_site_team(user: Any) -> bool:
    """Answers whether ``user`` is in the team of some site, and so has tandems to look at."""
    return any(each.site_id is not None for each in memberships_of(user))


@rules.predicate
def is_team_of_carrier(user: Any, record: Any = None) -> bool:
    """Answers whether ``user`` is in the team of the carrier that ``record`` is."""
    mine = memberships_of(user)
    return isinstance(record, Carrier) and any(each.carrier_id == record.pk for each in mine)


# Suggestions and proposals. The record is a site or belongs to one.
rules.add_perm("tandems.view_board", is_team_of_site)
rules.add_perm("tandems.start_run", may_write_site)
rules.add_perm("tandems.decide_suggestion", may_write_site)
rules.add_perm("tandems.propose", may_write_site)
rules.add_perm("tandems.record_answer", may_write_site)
rules.add_perm("tandems.follow_up", may_write_site)
# Across the walls between sites: who may write looks, asks, and answers for the own site.
rules.add_perm("tandems.reach_out", may_write_site)
rules.add_perm("tandems.answer_request", may_write_site)
rules.add_perm("tandems.hand_over", may_write_site)

# On what terms pairs are found. The record is a site or a carrier; figures have none.
rules.add_perm("tandems.view_terms", is_team_of_carrier | is_network | is_administrator)
rules.add_perm("tandems.set_weights", leads_site | leads_carrier)
rules.add_perm("tandems.set_terms", leads_carrier)
rules.add_perm("tandems.start_round", leads_carrier)
rules.add_perm("tandems.view_nights", is_network | is_administrator)
rules.add_perm("tandems.view_country", is_network | is_ministry | is_administrator)

# The tandem's life. The record is a tandem or belongs to its site.
rules.add_perm("tandems.list_tandems", is_in_a_site_team)
rules.add_perm("tandems.accompany_tandem", is_team_of_site)
rules.add_perm("tandems.view_tandem", is_team_of_site | is_one_of_the_two)
rules.add_perm("tandems.move_tandem", may_write_site)
rules.add_perm("tandems.arrange_meeting", may_write_site)
rules.add_perm("tandems.change_meeting", may_write_site)
rules.add_perm("tandems.note_meeting", (may_write_site | is_one_of_the_two) & is_running)
rules.add_perm("tandems.add_note", may_write_site)
rules.add_perm("tandems.change_agreement", may_write_site)
rules.add_perm("tandems.record_checkin", may_write_site)
rules.add_perm("tandems.handle_checkin", may_write_site)
