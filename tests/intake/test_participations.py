"""Taking part: who comes in, what they change, how they pause, leave and return."""

from datetime import date

import pytest

from tandemwerk.core.models import AuditEntry
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.intake import services
from tandemwerk.intake.enums import PARTICIPATION_MOVES, ParticipationState, Side
from tandemwerk.intake.models import Participation
from tandemwerk.people.enums import ConsentPurpose, ConsentWay
from tandemwerk.people.models import Person
from tandemwerk.people.services import give_consent
from tests.factories import NOON, ParticipationFactory, PersonFactory, SiteFactory, UserFactory

pytestmark = pytest.mark.django_db
State = ParticipationState


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_somebody_is_taken_in_with_languages_and_consent():
    site, user = SiteFactory(), UserFactory()

    taken = services.add_participation(
        site=site,
        side=Side.NEWCOMER,
        by=user,
        at=NOON,
        family_name="Rahimi",
        languages={"fa": 7, "de": 2},
        consents=[ConsentPurpose.PARTICIPATION],
        way=ConsentWay.SPOKEN,
        priority=2,
    )

    consent = taken.person.consents.get()
    spoken = dict(taken.person.languages.values_list("code", "level"))
    assert (taken.person.family_name, taken.priority, spoken) == ("Rahimi", 2, {"fa": 7, "de": 2})
    assert (consent.purpose, consent.way) == ("participation", "spoken")
    assert (taken.waiting_since, taken.created_by) == (date(2026, 9, 15), user)
    assert actions() == [
        "people.create_person",
        "people.give_consent",
        "intake.add_participation",
    ]
    assert set(AuditEntry.objects.values_list("scope", flat=True)) == {site.audit_scope}


def test_a_person_who_is_there_takes_part_on_the_other_side_too():
    person = PersonFactory()

    taken = services.add_participation(
        site=SiteFactory(), side=Side.VOLUNTEER, person=person, by=UserFactory(), at=NOON
    )

    assert (taken.person, Person.objects.count()) == (person, 1)


def test_nobody_is_half_taken_in():
    with pytest.raises(TypeError, match="shoe_size"):
        services.add_participation(
            site=SiteFactory(),
            side=Side.VOLUNTEER,
            by=UserFactory(),
            at=NOON,
            family_name="Halb",
            shoe_size=42,
        )

    assert Person.objects.count() == 0


def test_a_change_names_the_fields_and_not_what_stands_in_them():
    each = ParticipationFactory(max_km=10)

    changed = services.change_participation(
        participation_id=each.pk, by=UserFactory(), at=NOON, family_name="Neu", max_km=25
    )

    assert (changed.person.family_name, changed.max_km) == ("Neu", 25)
    assert [entry.changes for entry in AuditEntry.objects.order_by("pk")] == [
        {"fields": ["family_name"]},
        {"fields": ["max_km"]},
    ]


def test_a_change_that_changes_nothing_leaves_no_trace():
    each = ParticipationFactory(max_km=10)

    services.change_participation(participation_id=each.pk, by=UserFactory(), at=NOON, max_km=10)

    assert actions() == []


@pytest.mark.parametrize("current", State)
@pytest.mark.parametrize("target", State)
def test_only_the_moves_of_the_table_are_possible(current, target):
    each = ParticipationFactory(state=current)
    legal = target in PARTICIPATION_MOVES.get(current, set())

    try:
        services.move_participation(participation_id=each.pk, to=target, by=UserFactory(), at=NOON)
        moved = True
    except IllegalMoveError:
        moved = False

    each.refresh_from_db()
    assert (moved, each.state) == (legal, target if legal else current)


def test_who_comes_back_waits_from_that_day_on():
    each = ParticipationFactory(state=State.LEFT, waiting_since=date(2024, 1, 1))

    services.move_participation(participation_id=each.pk, to=State.OPEN, by=UserFactory(), at=NOON)

    each.refresh_from_db()
    assert each.waiting_since == date(2026, 9, 15)


def test_who_ends_a_break_keeps_their_place_in_the_queue():
    each = ParticipationFactory(state=State.PAUSED, waiting_since=date(2024, 1, 1))

    services.move_participation(participation_id=each.pk, to=State.OPEN, by=UserFactory(), at=NOON)

    each.refresh_from_db()
    assert each.waiting_since == date(2024, 1, 1)


@pytest.mark.parametrize(("number", "left"), [(0, ["age"]), (1, ["languages"]), (2, None)])
def test_a_question_is_ticked_off(number, left):
    questions = [{"field": "languages", "code": "missing"}, {"field": "age", "code": "missing"}]
    each = ParticipationFactory(questions=questions)

    services.answer_question(participation_id=each.pk, number=number, by=UserFactory(), at=NOON)

    each.refresh_from_db()
    assert [question["field"] for question in each.questions] == (left or ["languages", "age"])


@pytest.mark.parametrize(
    ("purpose", "state"),
    [(ConsentPurpose.PARTICIPATION, State.LEFT), (ConsentPurpose.PORTRAIT, State.OPEN)],
)
def test_without_consent_to_take_part_somebody_leaves(purpose, state):
    each, user = ParticipationFactory(), UserFactory()
    give_consent(person_id=each.person_id, purpose=purpose, way=ConsentWay.PAPER, by=user, at=NOON)

    services.withdraw_consent(participation_id=each.pk, purpose=purpose, by=user, at=NOON)

    each.refresh_from_db()
    assert each.state == state


def test_erasing_leaves_that_somebody_took_part_and_nothing_else():
    each = ParticipationFactory(
        kinds=3, topics=5, priority=2, questions=[{"code": "missing"}], wishes_gender="f"
    )

    services.erase_participant(participation_id=each.pk, by=UserFactory(), at=NOON)

    kept = Participation.objects.values(
        "state", "kinds", "topics", "priority", "questions", "wishes_gender"
    ).get()
    assert kept == {
        "state": "left",
        "kinds": 0,
        "topics": 0,
        "priority": 0,
        "questions": [],
        "wishes_gender": "any",
    }
    assert not Person.objects.get().family_name
