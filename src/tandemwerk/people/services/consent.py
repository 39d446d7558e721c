"""The consent ledger: lines are added and closed, never changed."""

from datetime import datetime

from django.db import transaction

from tandemwerk.core import audit
from tandemwerk.core.actors import Actor
from tandemwerk.people.consent_texts import TEXTS, current_version
from tandemwerk.people.enums import ConsentPurpose, ConsentWay
from tandemwerk.people.models import Consent, ConsentText, Person


class NoConsentError(Exception):
    """There is nothing to withdraw."""


@transaction.atomic
def ensure_consent_texts() -> int:
    """Put the words of all versions into the table. Return how many were missing."""
    known = set(ConsentText.objects.values_list("purpose", "version", "language"))
    missing = [
        ConsentText(purpose=purpose, version=version, language=language, text=text)
        for (purpose, version), by_language in TEXTS.items()
        for language, text in by_language.items()
        if (purpose.value, version, language) not in known
    ]
    ConsentText.objects.bulk_create(missing)
    return len(missing)


@transaction.atomic
def give_consent(
    *,
    person_id: int,
    purpose: ConsentPurpose,
    way: ConsentWay,
    by: Actor,
    at: datetime,
    scope: str = "",
    text_version: int | None = None,
) -> Consent:
    """Write down that somebody agreed, to the newest words unless said otherwise.

    Agreeing twice to the same words is one line; agreeing to new words closes the old line.
    """
    person = Person.objects.select_for_update().get(pk=person_id)
    version = text_version or current_version(purpose)
    in_force = person.consents.filter(purpose=purpose, withdrawn_at=None).first()
    if in_force and in_force.text_version == version:
        return in_force
    if in_force:
        in_force.withdrawn_at = at
        in_force.save(update_fields=["withdrawn_at"])
    consent = Consent.objects.create(
        person=person, purpose=purpose, text_version=version, way=way, given_at=at
    )
    audit.record(
        action="people.give_consent",
        by=by,
        at=at,
        target=person,
        scope=scope,
        changes={"purpose": purpose.value, "text_version": version, "way": way.value},
    )
    return consent


@transaction.atomic
def withdraw_consent(
    *, person_id: int, purpose: ConsentPurpose, by: Actor, at: datetime, scope: str = ""
) -> Consent:
    """Write down that somebody no longer agrees. Raises NoConsentError."""
    person = Person.objects.select_for_update().get(pk=person_id)
    consent = person.consents.filter(purpose=purpose, withdrawn_at=None).first()
    if consent is None:
        raise NoConsentError
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    audit.record(
        action="people.withdraw_consent",
        by=by,
        at=at,
        target=person,
        scope=scope,
        changes={"purpose": purpose.value},
    )
    return consent
