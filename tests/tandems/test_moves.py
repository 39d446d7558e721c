"""Which move is legal, and what a move leaves behind."""

from datetime import date, timedelta
from itertools import product

import pytest

from tandemwerk.core.models import AuditEntry
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.intake.enums import Side
from tandemwerk.messaging.models import Message
from tandemwerk.tandems.enums import TANDEM_MOVES, AnswerState, EndReason, TandemState
from tandemwerk.tandems.errors import NotBothAgreedError
from tandemwerk.tandems.models import Answer, TandemMove
from tandemwerk.tandems.services.life import add_note, change_agreement, move_tandem
from tests.factories import NOON, TandemFactory, UserFactory
from tests.tandems.factories import MeetingFactory, wanted_by_both

pytestmark = pytest.mark.django_db

LEGAL = {
    ("proposed", "trial"),
    ("proposed", "declined"),
    ("proposed", "expired"),
    ("trial", "active"),
    ("trial", "ended"),
    ("active", "paused"),
    ("active", "ended"),
    ("paused", "active"),
    ("paused", "ended"),
}


def test_the_table_says_which_moves_are_legal():
    table = {(str(here), str(there)) for here in TANDEM_MOVES for there in TANDEM_MOVES[here]}

    assert table == LEGAL


@pytest.mark.parametrize(("here", "there"), list(product(TandemState, TandemState)))
def test_only_legal_moves_happen(here, there):
    tandem = wanted_by_both() if here == TandemState.PROPOSED else TandemFactory(state=here)
    by = UserFactory()

    if (here.value, there.value) in LEGAL:
        moved = move_tandem(tandem_id=tandem.pk, to=there, by=by, at=NOON)
        assert moved.state == there
    else:
        with pytest.raises(IllegalMoveError):
            move_tandem(tandem_id=tandem.pk, to=there, by=by, at=NOON)
        tandem.refresh_from_db()
        assert tandem.state == here


def test_a_move_is_recorded_with_who_when_and_why():
    tandem, by = TandemFactory(), UserFactory()

    move_tandem(tandem_id=tandem.pk, to=TandemState.PAUSED, by=by, at=NOON, reason="Urlaub")

    move = TandemMove.objects.get()
    entry = AuditEntry.objects.get()
    assert (move.from_state, move.to_state, move.at) == ("active", "paused", NOON)
    assert (move.by_kind, move.by_id, move.reason) == ("user", by.pk, "Urlaub")
    assert (entry.action, entry.scope) == ("tandems.move_tandem", tandem.site.audit_scope)
    assert (entry.changes, entry.reason) == ({"from": "active", "to": "paused"}, "")


def test_a_trial_founds_the_tandem_on_that_day_in_berlin():
    tandem = wanted_by_both()
    late = NOON.replace(hour=23)  # already tomorrow in Berlin

    move_tandem(tandem_id=tandem.pk, to=TandemState.TRIAL, by=UserFactory(), at=late)

    tandem.refresh_from_db()
    assert tandem.founded_on == date(2026, 9, 16)


@pytest.mark.parametrize("state", [AnswerState.WAITING, AnswerState.NO, AnswerState.CALL_ME])
def test_no_trial_without_two_times_yes(state):
    tandem = wanted_by_both()
    Answer.objects.filter(tandem=tandem, side=Side.NEWCOMER).update(state=state)

    with pytest.raises(NotBothAgreedError):
        move_tandem(tandem_id=tandem.pk, to=TandemState.TRIAL, by=UserFactory(), at=NOON)

    assert not TandemMove.objects.exists()


def test_an_end_has_a_day_and_a_reason():
    tandem = TandemFactory()

    move_tandem(
        tandem_id=tandem.pk,
        to=TandemState.ENDED,
        by=UserFactory(),
        at=NOON,
        end_reason=EndReason.GOAL_REACHED,
    )

    tandem.refresh_from_db()
    assert (tandem.ended_on, tandem.end_reason) == (date(2026, 9, 15), "goal")


def test_an_end_calls_off_what_is_to_come_and_tells_both():
    tandem = TandemFactory()
    coming = MeetingFactory(tandem=tandem, starts_at=NOON + timedelta(days=2))
    over = MeetingFactory(tandem=tandem, starts_at=NOON - timedelta(days=2))

    move_tandem(tandem_id=tandem.pk, to=TandemState.ENDED, by=UserFactory(), at=NOON)

    coming.refresh_from_db()
    over.refresh_from_db()
    assert (coming.cancelled_at, coming.sequence) == (NOON, 1)
    assert over.cancelled_at is None
    assert Message.objects.filter(kind="meeting_cancelled").count() == 2


def test_a_break_can_be_taken_back():
    tandem, by = TandemFactory(), UserFactory()
    move_tandem(tandem_id=tandem.pk, to=TandemState.PAUSED, by=by, at=NOON)

    move_tandem(tandem_id=tandem.pk, to=TandemState.ACTIVE, by=by, at=NOON)

    tandem.refresh_from_db()
    assert tandem.state == TandemState.ACTIVE
    assert TandemMove.objects.count() == 2


def test_the_agreement_is_kept_and_its_words_stay_out_of_the_trail():
    tandem = TandemFactory()

    change_agreement(tandem_id=tandem.pk, agreement="Jeden Dienstag", by=UserFactory(), at=NOON)

    tandem.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert tandem.agreement == "Jeden Dienstag"
    assert (entry.action, entry.changes, entry.reason) == ("tandems.change_agreement", {}, "")


def test_a_note_knows_its_author_and_its_words_stay_out_of_the_trail():
    tandem, by = TandemFactory(), UserFactory()

    note = add_note(tandem_id=tandem.pk, text="Braucht Ruhe", by=by, at=NOON)

    entry = AuditEntry.objects.get()
    assert (note.text, note.written_by, note.written_at) == ("Braucht Ruhe", by, NOON)
    assert (entry.scope, entry.changes) == (tandem.site.audit_scope, {})
