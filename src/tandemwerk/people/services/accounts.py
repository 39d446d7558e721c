"""Accounts and the places where somebody is signed in."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction

from tandemwerk.core import audit
from tandemwerk.core.actors import Actor
from tandemwerk.people.models import User


@transaction.atomic
def create_account(
    *,
    mail: str,
    name: str,
    language: str,
    by: Actor | None,
    at: datetime,
    password: str | None = None,
    scope: str = "",
) -> User:
    """Make an account for somebody who has shown that the address is theirs.

    Without a password they sign in with a code by mail or a passkey. ``by`` is None when they
    make it themselves. Raises IntegrityError when the address has an account already.
    """
    user = User.objects.create_user(mail, password, name=name, language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    audit.record(action="people.create_account", by=by or user, at=at, target=user, scope=scope)
    return user


@transaction.atomic
def change_account(*, user_id: int, name: str, language: str, by: Actor, at: datetime) -> User:
    """Change how an account's owner is called and which language they read."""
    user = User.objects.select_for_update().get(pk=user_id)
    wanted = {"name": name, "language": language}
    changed = [field for field, value in wanted.items() if getattr(user, field) != value]
    if changed:
        user.name, user.language = name, language
        user.save(update_fields=changed)
        audit.record(
            action="people.change_account", by=by, at=at, target=user, changes={"fields": changed}
        )
    return user


@transaction.atomic
def end_session(*, session: UserSession, by: Actor, at: datetime) -> None:
    """Sign an account out where ``session`` is. Its next request there is a stranger's."""
    user = session.user
    session.end()
    audit.record(action="people.end_session", by=by, at=at, target=user)
