"""How a room tells the matrix who may do what: see ``test_matrix``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.world import ROLES, World

#: Addresses of libraries that their own tests cover; ours around them are listed in the rows.
LIBRARIES: Final = ("wagtail", "account_", "mfa_", "usersessions_", "health_")

#: The team of the site in question, and those of it who may write.
TEAM: Final = ("coordinator", "safeguarding", "reader")
WRITERS: Final = ("coordinator", "safeguarding")
NETWORK: Final = ("network", "network_editor")
SIGNED_IN: Final = tuple(role for role in ROLES if role != "anonymous")


def nothing(_world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One address and method: the answer's status for the roles named, and for all others."""

    name: str
    #: role or tuple of roles -> status
    allowed: Mapping[str | tuple[str, ...], int] = field(default_factory=dict)
    others: int = 404
    #: 302 sends to the sign-in page; None: like the others.
    anonymous: int | None = 302
    kwargs: Callable[[World], dict[str, Any]] = nothing
    method: str = "GET"
    query: str = ""
    #: False for what is no page to look at: files, fragments, feeds.
    is_page: bool = True

    @property
    def id(self) -> str:
        return f"{self.method} {self.name}{self.query}"

    def expected(self) -> dict[str, int]:
        """Return role -> status for every role."""
        answers = dict.fromkeys(ROLES, self.others)
        if self.anonymous is not None:
            answers["anonymous"] = self.anonymous
        for roles, status in self.allowed.items():
            for role in (roles,) if isinstance(roles, str) else roles:
                answers[role] = status
        return answers
