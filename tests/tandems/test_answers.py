"""What both sides say: every order of answers, reminders, the end of the time, new links."""

from datetime import timedelta

import pytest
import time_machine

from tandemwerk.core.links import BadLinkError
from tandemwerk.core.models import AuditEntry
from tandemwerk.intake.enums import Side
from tandemwerk.messaging.models import Message
from tandemwerk.tandems.enums import ANSWER_MOVES, AnswerState, DeclineReason, TandemState
from tandemwerk.tandems.errors import AnswerExpiredError, AnswerGivenError
from tandemwerk.tandems.models import Answer, DeclinedPair
from tandemwerk.tandems.queries.capacity import free_places
from tandemwerk.tandems.services.answers import (
    answer_for,
    expire_answers,
    give_answer,
    remind_answers,
    renew_links,
)
from tandemwerk.tandems.tasks.proposals import look_after_proposals
from tests.factories import NOON, UserFactory
from tests.tandems.proposed import answer_of, make_proposal

pytestmark = pytest.mark.django_db
YES, NO, CALL_ME = AnswerState.YES, AnswerState.NO, AnswerState.CALL_ME


def say(tandem, side, state, *, at=NOON, note=""):
    answer = answer_of(tandem, side)
    return give_answer(
        answer_id=answer.pk,
        nonce=answer.nonce,
        state=state,
        note=note,
        by=answer.participation.person,
        at=at,
    )


def kinds_to(tandem, side):
    person = answer_of(tandem, side).participation.person
    return list(Message.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_one_yes_waits_for_the_other():
    tandem = make_proposal()

    answer = say(tandem, Side.NEWCOMER, YES, note="Gerne")

    tandem.refresh_from_db()
    assert (answer.state, answer.note, answer.answered_at) == (YES, "Gerne", NOON)
    assert tandem.state == TandemState.PROPOSED
    assert not Message.objects.exists()


def test_two_times_yes_tells_both_and_leaves_the_meeting_to_the_site():
    tandem = make_proposal()

    say(tandem, Side.NEWCOMER, YES)
    say(tandem, Side.VOLUNTEER, YES)

    tandem.refresh_from_db()
    assert tandem.state == TandemState.PROPOSED
    assert kinds_to(tandem, Side.NEWCOMER) == ["proposal_both_yes"]
    assert kinds_to(tandem, Side.VOLUNTEER) == ["proposal_both_yes"]


def test_a_no_frees_both_and_rules_the_pair_out():
    tandem = make_proposal()

    say(tandem, Side.NEWCOMER, NO)

    tandem.refresh_from_db()
    pair = DeclinedPair.objects.get()
    people = tandem.site.participations.all()
    assert tandem.state == TandemState.DECLINED
    assert (pair.volunteer, pair.newcomer) == (tandem.volunteer, tandem.newcomer)
    assert (pair.reason, pair.note, pair.declined_by) == (DeclineReason.ANSWER, "", None)
    assert set(free_places(people, on=NOON.date()).values()) == {1}


def test_a_no_is_told_kindly_to_the_other_side_only_and_gives_no_reason():
    tandem = make_proposal()

    say(tandem, Side.NEWCOMER, NO, note="Zu weit weg")

    mail = Message.objects.get()
    assert (mail.person, mail.kind) == (tandem.volunteer.person, "proposal_closed")
    assert "Zu weit weg" not in mail.text + mail.html


def test_the_note_stays_out_of_the_audit_trail():
    tandem = make_proposal()

    say(tandem, Side.NEWCOMER, NO, note="Zu weit weg")

    entry = AuditEntry.objects.get(action="tandems.record_answer")
    assert (entry.actor_kind, entry.changes, entry.reason) == (
        "person",
        {"side": "newcomer", "state": "no"},
        "",
    )


def test_who_asks_for_a_call_may_still_say_yes():
    tandem = make_proposal()

    say(tandem, Side.NEWCOMER, CALL_ME)
    answer = say(tandem, Side.NEWCOMER, YES)

    assert answer.state == YES


@pytest.mark.parametrize("target", [YES, NO, CALL_ME])
@pytest.mark.parametrize("current", AnswerState)
def test_the_table_of_answers_decides(current, target):
    tandem = make_proposal()
    tandem.answers.filter(side=Side.NEWCOMER).update(state=current)

    if target in ANSWER_MOVES.get(current, set()) or target == current:
        assert say(tandem, Side.NEWCOMER, target).state == target
    else:
        with pytest.raises(AnswerGivenError):
            say(tandem, Side.NEWCOMER, target)


def test_saying_the_same_twice_changes_nothing():
    tandem = make_proposal()

    say(tandem, Side.NEWCOMER, YES, note="eins")
    again = say(tandem, Side.NEWCOMER, YES, note="zwei", at=NOON + timedelta(days=20))

    assert (again.note, again.answered_at) == ("eins", NOON)


def test_after_the_time_a_link_answers_nothing():
    tandem = make_proposal()

    with pytest.raises(AnswerExpiredError):
        say(tandem, Side.NEWCOMER, YES, at=NOON + timedelta(days=10))


def test_after_the_others_no_a_link_answers_nothing():
    tandem = make_proposal()
    say(tandem, Side.VOLUNTEER, NO)

    with pytest.raises(AnswerExpiredError):
        say(tandem, Side.NEWCOMER, YES)


def test_a_wrong_nonce_is_no_link():
    answer = answer_of(make_proposal(), Side.NEWCOMER)

    with pytest.raises(BadLinkError):
        give_answer(
            answer_id=answer.pk,
            nonce="other",
            state=YES,
            note="",
            by=answer.participation.person,
            at=NOON,
        )


def test_the_site_notes_an_answer_even_after_the_links_time():
    answer = answer_of(make_proposal(), Side.NEWCOMER)
    user, later = UserFactory(), NOON + timedelta(days=11)

    answer_for(answer_id=answer.pk, state=YES, note="Telefon", by=user, at=later)

    answer.refresh_from_db()
    entry = AuditEntry.objects.get(action="tandems.record_answer")
    assert (answer.state, answer.note) == (YES, "Telefon")
    assert (entry.actor_kind, entry.actor_id) == ("user", user.pk)


def test_the_site_cannot_change_an_answer_that_was_given():
    tandem = make_proposal()
    say(tandem, Side.NEWCOMER, YES)

    with pytest.raises(AnswerGivenError):
        answer_for(
            answer_id=answer_of(tandem, Side.NEWCOMER).pk,
            state=NO,
            note="",
            by=UserFactory(),
            at=NOON,
        )


@pytest.mark.parametrize(("days", "reminded"), [(2, 0), (3, 2), (9, 2), (10, 0)])
def test_reminders_go_out_in_the_carriers_time(days, reminded):
    make_proposal()

    assert remind_answers(NOON + timedelta(days=days)) == reminded
    assert Message.objects.filter(kind="proposal_reminder").count() == reminded


def test_nobody_is_reminded_twice_or_after_answering():
    tandem = make_proposal()
    say(tandem, Side.VOLUNTEER, YES)
    later = NOON + timedelta(days=4)

    counts = [remind_answers(later), remind_answers(later), remind_answers(later)]

    assert counts == [1, 0, 0]
    assert kinds_to(tandem, Side.NEWCOMER) == ["proposal_reminder"]


def test_what_nobody_answers_expires_once():
    tandem = make_proposal()
    late = NOON + timedelta(days=10)

    counts = [expire_answers(late), expire_answers(late)]

    tandem.refresh_from_db()
    assert counts == [1, 0]
    assert (tandem.state, tandem.followed_up_at) == (TandemState.EXPIRED, None)
    assert not DeclinedPair.objects.exists()
    assert not Message.objects.exists()  # nobody of the two was waiting for the other


def test_the_one_who_answered_is_told_that_the_time_is_over():
    tandem = make_proposal()
    say(tandem, Side.VOLUNTEER, YES)

    expire_answers(NOON + timedelta(days=10))

    assert kinds_to(tandem, Side.VOLUNTEER) == ["proposal_closed"]
    assert kinds_to(tandem, Side.NEWCOMER) == []


def test_who_asked_for_a_call_keeps_the_proposal_open():
    tandem = make_proposal()
    say(tandem, Side.VOLUNTEER, CALL_ME)
    say(tandem, Side.NEWCOMER, YES)

    assert expire_answers(NOON + timedelta(days=30)) == 0


def test_the_hourly_task_keeps_to_the_day():
    make_proposal()

    with time_machine.travel(NOON + timedelta(days=4, hours=10)):  # midnight in Berlin
        at_night = look_after_proposals.func()
    with time_machine.travel(NOON + timedelta(days=4)):
        by_day = look_after_proposals.func()

    assert (at_night, by_day) == (0, 2)


def test_a_new_link_makes_the_old_one_worthless_and_asks_again():
    tandem = make_proposal()
    old = answer_of(tandem, Side.NEWCOMER)
    later = NOON + timedelta(days=12)

    renewed = renew_links(answer_id=old.pk, by=UserFactory(), at=later)

    assert renewed.nonce != old.nonce
    assert renewed.expires_at == later + timedelta(days=10)
    assert kinds_to(tandem, Side.NEWCOMER) == ["proposal_question"]
    with pytest.raises(BadLinkError):
        give_answer(
            answer_id=old.pk,
            nonce=old.nonce,
            state=YES,
            note="",
            by=old.participation.person,
            at=later,
        )


def test_no_new_link_for_an_answer_that_was_given():
    tandem = make_proposal()
    say(tandem, Side.NEWCOMER, YES)

    with pytest.raises(AnswerGivenError):
        renew_links(answer_id=answer_of(tandem, Side.NEWCOMER).pk, by=UserFactory(), at=NOON)


def test_no_new_link_for_a_proposal_that_is_over():
    tandem = make_proposal()
    expire_answers(NOON + timedelta(days=10))

    with pytest.raises(AnswerExpiredError):
        renew_links(answer_id=answer_of(tandem, Side.NEWCOMER).pk, by=UserFactory(), at=NOON)
    assert Answer.objects.filter(asked_at=NOON).count() == 2
