"""What somebody may ask of us: a copy of everything about them, and its end."""

from datetime import datetime
from typing import Any

from django.db import transaction

from tandemwerk.core import audit, privacy
from tandemwerk.core.actors import Actor
from tandemwerk.people.models import Person, User


@transaction.atomic
def export_person(*, person_id: int, by: Actor, at: datetime, scope: str = "") -> dict[str, Any]:
    """Return everything that any room keeps about somebody who takes part, as plain values.

    One entry per kind of data with its title, what it is for, how long it is kept, and its rows;
    those of their account among them. A kind that keeps nothing itself has no entry.
    """
    person = Person.objects.get(pk=person_id)
    audit.record(action="people.export_person", by=by, at=at, target=person, scope=scope)
    return _copy(person_id=person.pk, user_id=person.user_id, at=at)


@transaction.atomic
def export_account(*, user_id: int, by: Actor, at: datetime) -> dict[str, Any]:
    """Return the same about an account, and about the person it belongs to if there is one."""
    user = User.objects.get(pk=user_id)
    audit.record(action="people.export_account", by=by, at=at, target=user)
    person = Person.objects.filter(user=user).first()
    return _copy(person_id=person.pk if person else None, user_id=user.pk, at=at)


def _copy(*, person_id: int | None, user_id: int | None, at: datetime) -> dict[str, Any]:
    asked: list[tuple[privacy.PersonalData | privacy.AccountData, int]] = []
    if person_id is not None:
        asked += [(kind, person_id) for kind in privacy.kinds()]
    if user_id is not None:
        asked += [(kind, user_id) for kind in privacy.account_kinds()]
    return {
        "person": person_id,
        "account": user_id,
        "made_at": at.isoformat(),
        "data": [
            {
                "name": kind.name,
                "title": str(kind.title),
                "purpose": str(kind.purpose),
                "kept": str(kind.kept),
                "rows": kind.export(number),
            }
            for kind, number in asked
            if kind.models
        ],
    }


@transaction.atomic
def close_account(*, user_id: int, by: Actor, at: datetime) -> None:
    """Erase an account and what every room keeps about it, for good.

    What it wrote for others stays without its name. The caller has made sure that it has no role
    any more: whoever leads the team ends those.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    for kind in privacy.account_kinds():
        kind.erase(user.pk, by, at)
    audit.record(action="people.close_account", by=by, at=at, target=user)
    user.delete()


@transaction.atomic
def erase_person(
    *, person_id: int, by: Actor, at: datetime, scope: str = "", reason: str = ""
) -> None:
    """Erase what every room keeps about somebody, for good.

    An empty row remains, so that a tandem stays countable for the funding without a name.
    Erasing twice does nothing more.
    """
    person = Person.objects.select_for_update().get(pk=person_id)
    if person.erased_at is not None:
        return
    for kind in privacy.kinds():
        kind.erase(person.pk, by, at)
    audit.record(
        action="people.erase_person", by=by, at=at, target=person, scope=scope, reason=reason
    )
