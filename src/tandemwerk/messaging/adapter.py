"""The sign-in library's mails leave like all others: through the outbox."""

import secrets
from typing import Any

from tandemwerk.core import clock
from tandemwerk.messaging.links import absolute
from tandemwerk.messaging.services import put_in
from tandemwerk.people.adapter import AccountAdapter as PeopleAdapter
from tandemwerk.people.models import User


class AccountAdapter(PeopleAdapter):
    """Puts codes and notices into the outbox. Known and unknown addresses take the same time."""

    def deliver(
        self, *, kind: str, to: User | str, language: str, path: str, context: dict[str, Any]
    ) -> None:
        put_in(
            key=f"{kind}-{secrets.token_hex(12)}",
            kind=kind,
            to=to,
            language=language,
            context=context | {"link": absolute(path)},
            at=clock.now(),
        )
