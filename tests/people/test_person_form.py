"""What is asked about a person."""

import pytest

from tandemwerk.core.actors import SYSTEM
from tandemwerk.people.forms.persons import PersonForm
from tandemwerk.people.services import create_person, update_person
from tests.factories import NOON, PersonFactory

PERSON = {
    "given_name": "Sahar",
    "family_name": "Muster",
    "mail": "Sahar@Example.org",
    "phone": "0821 324-0",
    "contact_preference": "both",
    "language": "fa",
    "postcode": "86150 Augsburg",
    "birth_year": "1985",
    "gender": "f",
    "languages_what": ["fa", "de", ""],
    "languages_level": ["7", "2", ""],
    "availability": ["0", "5"],
    "note": "",
}


@pytest.mark.django_db
def test_what_is_typed_becomes_a_person():
    form = PersonForm(PERSON)

    assert form.is_valid(), form.errors
    person = create_person(by=SYSTEM, at=NOON, **form.values())

    person.refresh_from_db()
    assert (person.mail, person.phone, person.postcode) == (
        "sahar@example.org",
        "+498213240",
        "86150",
    )
    assert (person.availability, person.language) == (0b100001, "fa")
    assert dict(person.languages.values_list("code", "level")) == {"fa": 7, "de": 2}


@pytest.mark.django_db
def test_a_person_is_shown_as_known_and_changed():
    person = PersonFactory(speaks={"uk": 7, "de": 3})
    shown = PersonForm(instance=person)

    form = PersonForm(PERSON, instance=person)
    assert form.is_valid(), form.errors
    update_person(person_id=person.pk, by=SYSTEM, at=NOON, **form.values())

    assert shown.initial["languages"] == [("uk", 7), ("de", 3)]
    person.refresh_from_db()
    assert person.given_name == "Sahar"


BAD = [
    {"family_name": ""},
    {"family_name": "x" * 200},
    {"mail": "no address"},
    {"phone": "call me"},
    {"phone": "1" * 60},
    {"contact_preference": "pigeon"},
    {"language": "tlh"},
    {"postcode": "123"},
    {"postcode": "99999"},
    {"birth_year": "85"},
    {"birth_year": "2999"},
    {"birth_year": "nineteen"},
    {"gender": "x"},
    {"languages_what": ["xx"], "languages_level": ["7"]},
    {"languages_what": ["fa"], "languages_level": [""]},
    {"languages_what": [], "languages_level": []},
    {"availability": ["99"]},
    {"note": "x" * 5000},
    {"note": "\x00"},
]


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", BAD, ids=lambda wrong: str(wrong)[:40])
def test_what_cannot_be_is_refused_with_the_field_named(wrong):
    form = PersonForm(PERSON | wrong)

    named = next(iter(wrong)).removesuffix("_what")
    assert list(form.errors) == [named]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("preference", "missing", "named"),
    [("mail", "mail", "mail"), ("phone", "phone", "phone")],
)
def test_a_way_to_be_reached_needs_its_address(preference, missing, named):
    form = PersonForm(PERSON | {"contact_preference": preference, missing: ""})

    assert list(form.errors) == [named]


@pytest.mark.django_db
def test_without_address_and_number_somebody_is_reached_at_the_site():
    without = PERSON | {"mail": "", "phone": ""}

    refused = PersonForm(without | {"contact_preference": "both"})
    taken = PersonForm(without | {"contact_preference": "neither"})

    assert (list(refused.errors), taken.is_valid()) == (["contact_preference"], True)
