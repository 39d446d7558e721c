"""What the room keeps about somebody: all of it exported, and gone when it is to go."""

import pytest
from django.apps import apps

from tandemwerk.core.actors import SYSTEM
from tandemwerk.core.privacy import kinds
from tandemwerk.intake.enums import Side
from tandemwerk.messaging.models import Message
from tandemwerk.people.services import erase_person, export_person
from tandemwerk.tandems.enums import DeclineReason, EndReason, TandemState
from tandemwerk.tandems.models import Answer, DeclinedPair, PairingRun, Suggestion, Tandem
from tests.factories import NOON, TandemFactory, UserFactory
from tests.people.test_privacy import leads_to_somebody
from tests.tandems.factories import CheckInFactory
from tests.tandems.proposed import REASONS, RunFactory, SuggestionFactory, make_proposal

pytestmark = pytest.mark.django_db


def rows_of(person, name):
    copy = export_person(person_id=person.pk, by=SYSTEM, at=NOON)
    return next(kind["rows"] for kind in copy["data"] if kind["name"] == name)


def erase(person):
    erase_person(person_id=person.pk, by=UserFactory(), at=NOON)


def test_every_table_of_the_room_that_leads_to_somebody_is_in_the_registry():
    registered = {name.lower() for kind in kinds() for name in kind.models}

    personal = {
        model._meta.label_lower
        for model in apps.get_app_config("tandems").get_models()
        if leads_to_somebody(model)
    }

    assert personal - registered == set()


def test_a_copy_holds_ones_own_words_and_not_the_others():
    tandem = make_proposal(reasons=REASONS, agreement="Dienstags Tee")
    tandem.answers.filter(side=Side.NEWCOMER).update(note="Gerne", state="yes")
    tandem.answers.filter(side=Side.VOLUNTEER).update(note="Geheim", state="call")
    CheckInFactory(tandem=tandem, side=Side.NEWCOMER, line="Gut")
    tandem.notes.create(text="Notiz", written_at=NOON)
    person = tandem.newcomer.person

    assert [row["note"] for row in rows_of(person, "answers")] == ["Gerne"]
    assert [row["line"] for row in rows_of(person, "checkins")] == ["Gut"]
    copy = rows_of(person, "tandems")[0]
    assert copy["agreement"] == "Dienstags Tee"
    assert [note["text"] for note in copy["notes"]] == ["Notiz"]
    assert len(copy["reasons"]) == len(REASONS)
    assert tandem.volunteer.person.family_name not in str(copy)


def test_suggestions_and_pairs_ruled_out_are_in_the_copy():
    suggestion = SuggestionFactory()
    DeclinedPair.objects.create(
        volunteer=suggestion.volunteer,
        newcomer=suggestion.newcomer,
        reason=DeclineReason.KNOWN,
        note="Nachbarn",
        declined_at=NOON,
    )

    rows = rows_of(suggestion.newcomer.person, "suggestions")

    assert len(rows) == 2
    assert rows[1]["note"] == "Nachbarn"


def test_erasing_ends_what_runs_and_empties_what_was_said():
    tandem = TandemFactory(agreement="Dienstags Tee", reasons=REASONS, km=3.0)
    tandem.notes.create(text="Notiz", written_at=NOON)
    tandem.meetings.create(starts_at=NOON, place="Bei mir", note="Tee")
    tandem.moves.create(to_state="active", at=NOON, by_kind="user", reason="Wort")

    erase(tandem.newcomer.person)

    tandem.refresh_from_db()
    assert (tandem.state, tandem.end_reason) == (TandemState.ENDED, EndReason.OTHER)
    assert (tandem.agreement, tandem.reasons, tandem.km, tandem.language) == ("", [], None, "")
    assert not tandem.notes.exists()
    assert list(tandem.meetings.values_list("starts_at", "place", "note")) == [(NOON, "", "")]
    assert set(tandem.moves.values_list("reason", flat=True)) == {""}


def test_erasing_somebody_who_was_asked_tells_only_the_other():
    tandem = make_proposal()
    Answer.objects.update(note="Wort")

    erase(tandem.newcomer.person)

    tandem.refresh_from_db()
    assert tandem.state == TandemState.DECLINED
    assert list(Message.objects.values_list("person_id", "kind")) == [
        (tandem.volunteer.person_id, "proposal_closed")
    ]
    assert dict(Answer.objects.values_list("side", "note")) == {
        "volunteer": "Wort",
        "newcomer": "",
    }


def test_erasing_takes_somebody_out_of_runs_and_suggestions():
    suggestion = SuggestionFactory()
    run = RunFactory(
        site=suggestion.site,
        left=[
            {"participation": suggestion.newcomer_id, "side": "newcomer"},
            {"participation": suggestion.volunteer_id, "side": "volunteer"},
        ],
    )

    erase(suggestion.newcomer.person)

    assert not Suggestion.objects.exists()
    assert PairingRun.objects.get(pk=run.pk).left == [
        {"participation": suggestion.volunteer_id, "side": "volunteer"}
    ]


def test_what_has_ended_stays_countable():
    tandem = TandemFactory(state=TandemState.ENDED, ended_on=NOON.date())

    erase(tandem.volunteer.person)

    assert Tandem.objects.founded().get() == tandem
