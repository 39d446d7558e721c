"""What the sign-in library does to an account goes into the audit trail as well."""

from collections.abc import Callable
from typing import Any, Final

from allauth.account import signals as account
from allauth.mfa import signals as factors
from django.dispatch import Signal

from tandemwerk.core import audit, clock
from tandemwerk.people.models import User

#: The library's signal -> what the trail says.
SAFETY: Final[dict[Signal, str]] = {
    account.password_changed: "people.change_password",
    account.password_set: "people.set_password",
    account.password_reset: "people.reset_password",
    account.email_changed: "people.change_mail",
    factors.authenticator_added: "people.add_second_factor",
    factors.authenticator_removed: "people.remove_second_factor",
    factors.authenticator_reset: "people.renew_spare_codes",
}


def _recorder(action: str) -> Callable[..., None]:
    def record(*, user: User, **_kwargs: Any) -> None:
        audit.record(action=action, by=user, at=clock.now(), target=user)

    return record


for _signal, _action in SAFETY.items():
    _signal.connect(_recorder(_action), weak=False, dispatch_uid=_action)
