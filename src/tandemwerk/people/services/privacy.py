"""What somebody may ask of us: a copy of everything about them, and its end."""

from datetime import datetime
from typing import Any

from django.db import transaction

from tandemwerk.core import audit, privacy
from tandemwerk.core.actors import Actor
from tandemwerk.people.models import Person


@transaction.atomic
def export_person(*, person_id: int, by: Actor, at: datetime, scope: str = "") -> dict[str, Any]:
    """Return everything that any room keeps about somebody, as plain values.

    One entry per kind of data with its title, what it is for, how long it is kept, and its rows.
    """
    person = Person.objects.get(pk=person_id)
    audit.record(action="people.export_person", by=by, at=at, target=person, scope=scope)
    return {
        "person": person.pk,
        "made_at": at.isoformat(),
        "data": [
            {
                "name": kind.name,
                "title": str(kind.title),
                "purpose": str(kind.purpose),
                "kept": str(kind.kept),
                "rows": kind.export(person.pk),
            }
            for kind in privacy.kinds()
        ],
    }


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
