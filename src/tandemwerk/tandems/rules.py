"""Who may do what with tandems. The site's team reads, its writers act, nobody else does either."""

import rules

from tandemwerk.programme.rules import is_team_of_site, may_write_site

# Suggestions and proposals. The record is a site or belongs to one.
rules.add_perm("tandems.view_board", is_team_of_site)
rules.add_perm("tandems.start_run", may_write_site)
rules.add_perm("tandems.decide_suggestion", may_write_site)
rules.add_perm("tandems.propose", may_write_site)
rules.add_perm("tandems.record_answer", may_write_site)
rules.add_perm("tandems.follow_up", may_write_site)
