"""A copy of everything, the end of everything, and no table forgotten."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import SET_NULL, Model

from tandemwerk.core import privacy
from tandemwerk.core.actors import SYSTEM
from tandemwerk.core.models import AuditEntry
from tandemwerk.people.enums import ConsentPurpose, ConsentWay
from tandemwerk.people.models import Person, User
from tandemwerk.people.services import erase_person, export_person, give_consent
from tests.factories import NOON, MembershipFactory, PersonFactory, UserFactory

#: The rooms and libraries whose tables are looked at.
ROOMS = {"people", "programme", "account", "mfa", "usersessions"}


def leads_to_somebody(model: type[Model], seen: frozenset[type[Model]] = frozenset()) -> bool:
    """Return whether a row of ``model`` belongs to a person or account, over any number of keys.

    «Who did it» (SET_NULL, no way back) is not belonging: it empties itself with the account.
    """
    if model in (Person, User):
        return True
    return any(
        leads_to_somebody(field.related_model, seen | {model})
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.related_model not in seen
        and not (
            field.remote_field.on_delete is SET_NULL
            and (field.remote_field.hidden or field.related_model is User)
        )
    )


def in_the_registry() -> set[str]:
    kinds = (*privacy.kinds(), *privacy.account_kinds())
    return {name.lower() for kind in kinds for name in kind.models}


def test_every_table_with_personal_data_is_in_the_registry():
    personal = {
        model._meta.label_lower
        for model in apps.get_models()
        if model._meta.app_label in ROOMS and leads_to_somebody(model)
    }

    registered = in_the_registry()

    assert personal - registered == set()


def test_the_registry_speaks_of_no_table_that_is_gone():
    known = {model._meta.label_lower for model in apps.get_models()}

    assert in_the_registry() - known == set()


@pytest.mark.django_db
def test_somebody_gets_a_copy_of_all_kinds_of_data_and_it_is_recorded():
    user, person = UserFactory(), PersonFactory(given_name="Sahar", speaks={"fa": 7})
    give_consent(
        person_id=person.pk,
        purpose=ConsentPurpose.CONTACT,
        way=ConsentWay.PAPER,
        by=user,
        at=NOON,
    )

    copy = export_person(person_id=person.pk, by=user, at=NOON)

    rows = {kind["name"]: kind["rows"] for kind in copy["data"]}
    assert set(rows) == {kind.name for kind in privacy.kinds() if kind.models}
    assert rows["person"][0]["given_name"] == "Sahar"
    assert (len(rows["languages"]), len(rows["consents"])) == (1, 1)
    assert AuditEntry.objects.filter(action="people.export_person", target_id=person.pk).exists()


def personal_values(person: Person) -> dict[str, Any]:
    names = ("given_name", "family_name", "mail", "phone", "postcode", "birth_year", "note")
    return {name: getattr(person, name) for name in names}


@pytest.mark.django_db
def test_erasing_leaves_a_row_without_anything_personal():
    person = PersonFactory(note="kommt dienstags")
    give_consent(
        person_id=person.pk,
        purpose=ConsentPurpose.CONTACT,
        way=ConsentWay.PAPER,
        by=SYSTEM,
        at=NOON,
    )

    erase_person(person_id=person.pk, by=SYSTEM, at=NOON)

    person.refresh_from_db()
    assert set(personal_values(person).values()) == {"", None}
    assert person.languages.count() == 0
    assert person.consents.filter(withdrawn_at=None).count() == 0
    assert person.erased_at == NOON
    assert AuditEntry.objects.filter(action="people.erase_person").count() == 1


@pytest.mark.django_db
def test_erasing_twice_does_nothing_more():
    person = PersonFactory()

    erase_person(person_id=person.pk, by=SYSTEM, at=NOON)
    erase_person(person_id=person.pk, by=SYSTEM, at=NOON)

    assert AuditEntry.objects.filter(action="people.erase_person").count() == 1


@pytest.mark.django_db
def test_erasing_closes_the_account_of_somebody_without_a_role():
    person = PersonFactory(user=UserFactory())

    erase_person(person_id=person.pk, by=SYSTEM, at=NOON)

    assert User.objects.count() == 0


@pytest.mark.django_db
def test_erasing_keeps_the_account_of_somebody_in_a_team_and_cuts_it_off():
    user = MembershipFactory().user
    person = PersonFactory(user=user)

    erase_person(person_id=person.pk, by=SYSTEM, at=NOON)

    person.refresh_from_db()
    assert (person.user, User.objects.get()) == (None, user)
