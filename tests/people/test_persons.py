import pytest

from tandemwerk.core.actors import SYSTEM
from tandemwerk.core.models import AuditEntry
from tandemwerk.people.models import Person
from tandemwerk.people.services import create_person, set_languages, update_person
from tests.factories import NOON, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


def spoken(person: Person) -> dict[str, int]:
    return dict(person.languages.values_list("code", "level"))


def test_a_person_is_taken_in_with_languages():
    person = create_person(
        given_name="Sahar",
        family_name="Muster",
        languages={"fa": 7, "de": 2},
        by=SYSTEM,
        at=NOON,
        scope="carrier/1/site/2/",
    )

    assert spoken(person) == {"fa": 7, "de": 2}
    assert AuditEntry.objects.values_list("action", "target_id", "scope", "changes").get() == (
        "people.create_person",
        person.pk,
        "carrier/1/site/2/",
        {},
    )


def test_a_field_that_a_person_does_not_have_is_refused():
    with pytest.raises(TypeError, match="shoe_size"):
        create_person(family_name="Muster", shoe_size=38, by=SYSTEM, at=NOON)


def test_the_trail_names_the_changed_fields_and_not_their_values():
    user, person = UserFactory(), PersonFactory(given_name="Sahar", phone="+4930111")

    update_person(
        person_id=person.pk,
        given_name="Sahra",
        phone="+4930111",
        languages={"fa": 7},
        by=user,
        at=NOON,
    )

    person.refresh_from_db()
    assert (person.given_name, spoken(person)) == ("Sahra", {"fa": 7})
    assert AuditEntry.objects.get().changes == {"fields": ["given_name", "languages"]}


def test_nothing_changed_is_nothing_recorded():
    person = PersonFactory(given_name="Sahar")

    update_person(person_id=person.pk, given_name="Sahar", by=SYSTEM, at=NOON)

    assert AuditEntry.objects.count() == 0


def test_languages_are_kept_when_nothing_is_said_of_them():
    person = PersonFactory(speaks={"uk": 7})

    update_person(person_id=person.pk, given_name="Olena", by=SYSTEM, at=NOON)

    assert spoken(person) == {"uk": 7}


def test_languages_are_replaced_as_a_whole():
    person = PersonFactory(speaks={"uk": 7, "de": 1})

    set_languages(person_id=person.pk, languages={"de": 3}, by=SYSTEM, at=NOON)

    assert spoken(person) == {"de": 3}
