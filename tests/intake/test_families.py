"""Families: how many volunteers they want, and how large a group a volunteer accompanies."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from tandemwerk.intake.models import Participation
from tandemwerk.intake.reading import Field, Sheet, guess_mapping, read_people
from tandemwerk.intake.tables import EXPORT_HEAD, export_row
from tandemwerk.people.services.privacy import erase_person, export_person
from tests.factories import NOON, ParticipationFactory, UserFactory
from tests.intake.reading.lists import TODAY, delimited, fields, people, read

NEWCOMERS = delimited(
    [
        ["Familien 2026"],
        ["Vorname", "Nachname", "PLZ", "Telefon", "Sprachen", "Personen", "Paten gewünscht"],
        ["Omid", "Rahimi", "86150", "0821 555123", "Dari", "5", "2"],
        ["Sahar", "Karimi", "86150", "0821 555124", "Dari", "1", ""],
        ["Layla", "Haddad", "86150", "0821 555125", "Arabisch", "7", "5"],
    ]
)
VOLUNTEERS = delimited(
    [
        ["Freiwillige 2026"],
        ["Vorname", "Nachname", "PLZ", "Telefon", "Sprachen", "Kapazität", "max. Gruppengröße"],
        ["Anna", "Becker", "86150", "0821 555126", "Deutsch", "2", "bis 4 Personen"],
        ["Karl", "Huber", "86150", "0821 555127", "Deutsch", "1", "egal"],
        ["Eva", "Lang", "86150", "0821 555128", "Deutsch", "1", "nur Einzelpersonen"],
    ]
)


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", [0, 4])
def test_nobody_wants_no_volunteer_or_more_than_three(wanted):
    with pytest.raises(IntegrityError), transaction.atomic():
        ParticipationFactory(side="newcomer", volunteers_wanted=wanted)


@pytest.mark.django_db
def test_one_volunteer_is_wanted_where_nothing_is_said():
    assert ParticipationFactory(side="newcomer").volunteers_wanted == 1


def test_a_list_says_how_many_volunteers_a_family_wants():
    _, mapping, verdicts = read(NEWCOMERS)

    assert fields(mapping)["Paten gewünscht"] == Field.VOLUNTEERS_WANTED
    assert [(each.group_size, each.volunteers_wanted) for each in people(verdicts)] == [
        (5, 2),
        (1, None),
        (7, 3),
    ]
    asked = [question.code for verdict in verdicts for question in verdict.questions]
    assert "wanted_above_limit" in asked


def test_a_list_says_how_large_a_group_a_volunteer_accompanies():
    _, mapping, verdicts = read(VOLUNTEERS)

    assert fields(mapping)["max. Gruppengröße"] == Field.MAX_GROUP
    assert [(each.capacity, each.max_group) for each in people(verdicts)] == [
        (2, 4),
        (1, None),
        (1, 1),
    ]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Anzahl Freiwillige", Field.VOLUNTEERS_WANTED),
        ("Gewünschte Paten", Field.VOLUNTEERS_WANTED),
        ("Wie viele Patinnen?", Field.VOLUNTEERS_WANTED),
        ("Number of volunteers", Field.VOLUNTEERS_WANTED),
        ("Volunteers needed", Field.VOLUNTEERS_WANTED),
        ("Familien bis", Field.MAX_GROUP),
        ("Max. group size", Field.MAX_GROUP),
    ],
)
def test_headers_in_german_and_english_are_understood(header, field):
    rows = [("Vorname", "Nachname", "PLZ", header), ("Omid", "Rahimi", "86150", "2")]

    mapping = guess_mapping(Sheet("Liste", rows))

    assert mapping.columns[3] == field


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["de", "en"])
def test_what_was_exported_is_read_again(language):
    site = ParticipationFactory(
        side="newcomer", group_size=5, volunteers_wanted=2, person__family_name="Rahimi"
    ).site
    ParticipationFactory(site=site, capacity=3, max_group=4, person__family_name="Becker")
    everybody = Participation.objects.order_by("pk").select_related("person")

    with translation.override(language):
        head = tuple(str(word) for word in EXPORT_HEAD)
        sheet = Sheet("People", [head, *(export_row(each) for each in everybody)])
    verdicts = read_people(sheet, guess_mapping(sheet), today=TODAY)

    family, volunteer = (verdict.person for verdict in verdicts)
    assert (family.group_size, family.volunteers_wanted) == (5, 2)
    assert (volunteer.capacity, volunteer.max_group) == (3, 4)


@pytest.mark.django_db
def test_the_copy_of_own_data_has_it_and_erasing_removes_it():
    each, user = ParticipationFactory(side="newcomer", volunteers_wanted=2), UserFactory()

    copy = export_person(person_id=each.person_id, by=user, at=NOON)
    erase_person(person_id=each.person_id, by=user, at=NOON)

    each.refresh_from_db()
    assert '"volunteers_wanted": 2' in str(copy).replace("'", '"')
    assert each.volunteers_wanted == 1
