"""Who writes the website."""

from typing import Any

import rules

from tandemwerk.programme.enums import Role
from tandemwerk.programme.rules import memberships_of

_EDITING = frozenset({Role.NETWORK_EDITOR, Role.NETWORK_COORDINATOR})


@rules.predicate
def is_editor(user: Any) -> bool:
    """Answers whether ``user`` edits for the network office or coordinates it."""
    return any(each.role in _EDITING for each in memberships_of(user))


rules.add_perm("website.edit_website", is_editor)
