"""Persons and the languages they speak."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from tandemwerk.core import audit
from tandemwerk.core.actors import Actor
from tandemwerk.people.models import Person, PersonLanguage

#: What ``create_person`` and ``update_person`` take.
PERSON_FIELDS: Final = frozenset(
    {
        "user",
        "given_name",
        "family_name",
        "mail",
        "phone",
        "contact_preference",
        "language",
        "postcode",
        "birth_year",
        "gender",
        "availability",
        "interests",
        "note",
    }
)


def _refuse_unknown(fields: Mapping[str, Any]) -> None:
    unknown = fields.keys() - PERSON_FIELDS
    if unknown:
        raise TypeError(f"a person has no {', '.join(sorted(unknown))}")


@transaction.atomic
def create_person(
    *,
    by: Actor,
    at: datetime,
    scope: str = "",
    languages: Mapping[str, int] | None = None,
    **fields: Any,
) -> Person:
    """Take somebody in.

    ``languages`` maps codes of ``enums.SPOKEN_LANGUAGES`` to values of ``enums.Level``. ``scope``
    is the branch of the programme that may read of it in the audit trail: the site's.
    """
    _refuse_unknown(fields)
    person = Person.objects.create(**fields)
    _write_languages(person, languages or {})
    audit.record(action="people.create_person", by=by, at=at, target=person, scope=scope)
    return person


@transaction.atomic
def update_person(
    *,
    person_id: int,
    by: Actor,
    at: datetime,
    scope: str = "",
    languages: Mapping[str, int] | None = None,
    **fields: Any,
) -> Person:
    """Change what is known of somebody; ``languages`` replaces all of them, None keeps them.

    The audit trail names the fields that changed, never what stood or stands in them. Nothing
    changed, nothing recorded.
    """
    _refuse_unknown(fields)
    person = Person.objects.select_for_update().get(pk=person_id)
    changed = [name for name, value in fields.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, fields[name])
    if changed:
        person.save(update_fields=changed)
    if languages is not None and _write_languages(person, languages):
        changed.append("languages")
    if changed:
        _record_change(person, changed, by=by, at=at, scope=scope)
    return person


@transaction.atomic
def set_languages(
    *, person_id: int, languages: Mapping[str, int], by: Actor, at: datetime, scope: str = ""
) -> None:
    """Replace the languages somebody speaks: code -> level."""
    person = Person.objects.select_for_update().get(pk=person_id)
    if _write_languages(person, languages):
        _record_change(person, ["languages"], by=by, at=at, scope=scope)


def _record_change(
    person: Person, fields: list[str], *, by: Actor, at: datetime, scope: str
) -> None:
    audit.record(
        action="people.change_person",
        by=by,
        at=at,
        target=person,
        scope=scope,
        changes={"fields": sorted(fields)},
    )


def _write_languages(person: Person, languages: Mapping[str, int]) -> bool:
    """Make ``languages`` the person's; return whether anything changed."""
    spoken = {each.code: each.level for each in person.languages.all()}
    wanted = {code: int(level) for code, level in languages.items()}
    if spoken == wanted:
        return False
    person.languages.all().delete()
    PersonLanguage.objects.bulk_create(
        PersonLanguage(person=person, code=code, level=level) for code, level in wanted.items()
    )
    return True
