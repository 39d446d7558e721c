import importlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings

from tandemwerk.core.actors import SYSTEM
from tandemwerk.people.consent_texts import TEXTS
from tandemwerk.people.enums import ConsentPurpose, ConsentWay
from tandemwerk.people.models import Consent, ConsentText
from tandemwerk.people.queries import consent_text, consents_in_force
from tandemwerk.people.services import ensure_consent_texts, give_consent, withdraw_consent
from tandemwerk.people.services.consent import NoConsentError
from tests.factories import NOON, PersonFactory

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=1)


def ledger(person) -> list[tuple]:
    lines = Consent.objects.filter(person=person).order_by("given_at")
    return list(lines.values_list("purpose", "text_version", "given_at", "withdrawn_at"))


def give(person, at=NOON, **fields):
    return give_consent(
        person_id=person.pk,
        purpose=ConsentPurpose.CONTACT,
        way=ConsentWay.SPOKEN,
        by=SYSTEM,
        at=at,
        **fields,
    )


def test_consent_is_written_down_with_its_words_and_moment():
    person = PersonFactory()

    give(person)

    assert ledger(person) == [("contact", 1, NOON, None)]


def test_agreeing_twice_to_the_same_words_is_one_line():
    person = PersonFactory()

    first, second = give(person), give(person, at=LATER)

    assert first == second
    assert ledger(person) == [("contact", 1, NOON, None)]


def test_agreeing_to_new_words_closes_the_old_line():
    person = PersonFactory()

    give(person)
    give(person, at=LATER, text_version=2)

    assert ledger(person) == [("contact", 1, NOON, LATER), ("contact", 2, LATER, None)]


def test_withdrawing_closes_the_line_and_one_may_agree_again():
    person = PersonFactory()

    give(person)
    withdraw_consent(person_id=person.pk, purpose=ConsentPurpose.CONTACT, by=SYSTEM, at=LATER)
    give(person, at=LATER)

    assert ledger(person) == [("contact", 1, NOON, LATER), ("contact", 1, LATER, None)]


def test_what_was_never_given_cannot_be_withdrawn():
    person = PersonFactory()

    with pytest.raises(NoConsentError):
        withdraw_consent(person_id=person.pk, purpose=ConsentPurpose.CONTACT, by=SYSTEM, at=NOON)


def test_every_text_stands_in_every_language_of_the_interface():
    languages = {code for code, _ in settings.LANGUAGES}

    assert {key: set(texts) for key, texts in TEXTS.items()} == dict.fromkeys(TEXTS, languages)
    assert {purpose for purpose, _ in TEXTS} == set(ConsentPurpose)


def test_a_missing_text_is_put_in_once():
    ensure_consent_texts()
    ConsentText.objects.filter(language="uk", purpose="contact").delete()

    assert [ensure_consent_texts(), ensure_consent_texts()] == [1, 0]


def test_a_new_installation_has_the_first_version_of_every_text():
    migration = importlib.import_module("tandemwerk.people.migrations.0002_consent_texts")

    migration.put_first_versions(apps, None)

    first = {key: texts for key, texts in TEXTS.items() if key[1] == 1}
    assert ConsentText.objects.count() == sum(len(texts) for texts in first.values())
    assert consent_text(ConsentPurpose.CONTACT, "uk") == (
        ConsentText.objects.get(purpose="contact", version=1, language="uk").text
    )


def test_the_purposes_in_force_are_known():
    person = PersonFactory()

    give(person)

    assert consents_in_force(person.pk) == {"contact"}
