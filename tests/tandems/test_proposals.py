"""Proposing: places, both questions, and what becomes of a proposal that comes to nothing."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tandemwerk.core.models import AuditEntry
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.intake.enums import ParticipationState, Side
from tandemwerk.messaging.models import Message
from tandemwerk.programme.models import FundingPeriod
from tandemwerk.tandems.enums import (
    TANDEM_MOVES,
    AnswerState,
    SuggestionState,
    TandemState,
)
from tandemwerk.tandems.errors import (
    AlreadyInTandemError,
    NoPlaceLeftError,
    NotAPairError,
    NotOpenError,
)
from tandemwerk.tandems.models import DeclinedPair, Tandem, TandemMove
from tandemwerk.tandems.queries.capacity import free_places, lowest_free_place
from tandemwerk.tandems.services.moves import record_move
from tandemwerk.tandems.services.proposals import (
    Match,
    follow_up,
    lock_pair,
    open_proposal,
    withdraw_proposal,
)
from tests.factories import (
    NOON,
    ParticipationFactory,
    PersonFactory,
    SiteFactory,
    TandemFactory,
    UserFactory,
)
from tests.tandems.proposed import SuggestionFactory, make_proposal

pytestmark = pytest.mark.django_db
MATCH = Match(language="fa", km=4.2, reasons=[])
TODAY = NOON.date()


def make_pair(site=None, **volunteer):
    site = site or SiteFactory()
    return (
        ParticipationFactory(site=site, side=Side.VOLUNTEER, **volunteer),
        ParticipationFactory(site=site, side=Side.NEWCOMER),
    )


@transaction.atomic
def propose(volunteer, newcomer):
    held = lock_pair(volunteer_id=volunteer.pk, newcomer_id=newcomer.pk)
    return open_proposal(
        volunteer=held[0], newcomer=held[1], match=MATCH, by=UserFactory(), at=NOON
    )


def test_a_proposal_asks_both_sides_in_their_own_languages():
    volunteer, newcomer = make_pair()
    newcomer.person.language = "fa"
    newcomer.person.save()

    tandem = propose(volunteer, newcomer)

    answers = {answer.side: answer for answer in tandem.answers.all()}
    assert (tandem.state, tandem.place, tandem.language) == ("proposed", 1, "fa")
    assert {side: answer.state for side, answer in answers.items()} == {
        "volunteer": "waiting",
        "newcomer": "waiting",
    }
    assert answers["newcomer"].expires_at == NOON + timedelta(days=10)
    assert sorted(Message.objects.values_list("kind", "language")) == [
        ("proposal_question", "de"),
        ("proposal_question", "fa"),
    ]


def test_mails_name_nobody_and_lead_to_the_readers_own_page():
    volunteer, newcomer = make_pair()

    propose(volunteer, newcomer)

    mail = Message.objects.get(person=newcomer.person)
    names = (volunteer.person.family_name, newcomer.person.family_name)
    assert [name for name in names if name in mail.subject + mail.text] == []
    assert "http://testserver/de/answer/" in mail.text


def test_who_wants_no_mail_gets_none():
    volunteer, newcomer = make_pair()
    newcomer.person.contact_preference = "neither"
    newcomer.person.save()

    propose(volunteer, newcomer)

    assert list(Message.objects.values_list("person_id", flat=True)) == [volunteer.person_id]


def test_the_move_and_the_audit_trail_say_who_proposed():
    tandem = propose(*make_pair())

    move = TandemMove.objects.get(tandem=tandem)
    entry = AuditEntry.objects.about(tandem).get()
    assert (move.from_state, move.to_state, move.by_kind) == ("", "proposed", "user")
    assert (entry.action, entry.scope) == ("tandems.propose", tandem.site.audit_scope)


def test_places_are_taken_from_the_lowest_and_none_beyond_the_capacity():
    site = SiteFactory()
    volunteer, newcomer = make_pair(site, capacity=2)
    others = ParticipationFactory.create_batch(2, site=site, side=Side.NEWCOMER)

    places = [propose(volunteer, newcomer).place, propose(volunteer, others[0]).place]

    assert places == [1, 2]
    with pytest.raises(NoPlaceLeftError):
        propose(volunteer, others[1])


def test_a_place_that_becomes_free_is_taken_again():
    site = SiteFactory()
    volunteer, newcomer = make_pair(site, capacity=3)
    TandemFactory(site=site, volunteer=volunteer, place=1, state=TandemState.ENDED)
    TandemFactory(site=site, volunteer=volunteer, place=2)

    assert propose(volunteer, newcomer).place == 1


def test_a_capacity_that_was_lowered_leaves_no_place():
    volunteer, _ = make_pair(capacity=1)
    TandemFactory(site=volunteer.site, volunteer=volunteer, place=3)

    assert lowest_free_place(volunteer, on=TODAY) is None


def test_the_carriers_agreement_of_the_year_limits_the_places():
    volunteer, newcomer = make_pair(capacity=3)
    FundingPeriod.objects.create(
        carrier=volunteer.site.carrier,
        year=2026,
        rate_cents=20000,
        contingent=50,
        max_tandems_per_volunteer=1,
    )
    TandemFactory(site=volunteer.site, volunteer=volunteer)

    with pytest.raises(NoPlaceLeftError):
        propose(volunteer, newcomer)


def test_the_agreement_of_another_year_does_not_limit():
    volunteer, newcomer = make_pair(capacity=3)
    FundingPeriod.objects.create(
        carrier=volunteer.site.carrier,
        year=2025,
        rate_cents=20000,
        contingent=50,
        max_tandems_per_volunteer=1,
    )
    TandemFactory(site=volunteer.site, volunteer=volunteer)

    assert propose(volunteer, newcomer).place == 2


@pytest.mark.parametrize("state", TandemState)
def test_a_newcomer_has_one_live_tandem(state):
    volunteer, newcomer = make_pair()
    TandemFactory(site=newcomer.site, newcomer=newcomer, state=state)
    is_live = state in {"proposed", "trial", "active", "paused"}

    if is_live:
        with pytest.raises(AlreadyInTandemError):
            propose(volunteer, newcomer)
    else:
        assert propose(volunteer, newcomer).state == TandemState.PROPOSED


@pytest.mark.parametrize("state", [ParticipationState.PAUSED, ParticipationState.LEFT])
@pytest.mark.parametrize("side", [0, 1])
def test_who_takes_a_break_is_not_asked(state, side):
    pair = make_pair()
    pair[side].state = state
    pair[side].save()

    with pytest.raises(NotOpenError):
        propose(*pair)


def test_nobody_accompanies_themselves():
    site, person = SiteFactory(), PersonFactory()
    both = [ParticipationFactory(site=site, person=person, side=side) for side in Side]

    with pytest.raises(NotAPairError):
        propose(*both)


def test_people_of_two_sites_are_no_pair():
    volunteer, _ = make_pair()
    _, newcomer = make_pair()

    with pytest.raises(NotAPairError):
        propose(volunteer, newcomer)


def test_two_of_one_side_are_no_pair():
    volunteer, newcomer = make_pair()

    with pytest.raises(NotAPairError):
        propose(newcomer, volunteer)


def test_suggestions_that_became_impossible_are_outdated():
    site = SiteFactory()
    volunteer, newcomer = make_pair(site, capacity=2)
    same_newcomer = SuggestionFactory(run__site=site, newcomer=newcomer)
    same_volunteer = SuggestionFactory(run__site=site, volunteer=volunteer)

    propose(volunteer, newcomer)

    same_newcomer.refresh_from_db()
    same_volunteer.refresh_from_db()
    assert same_newcomer.state == SuggestionState.OUTDATED
    assert same_volunteer.state == SuggestionState.OPEN  # a second place is free


def test_a_full_volunteer_is_suggested_to_nobody_any_more():
    site = SiteFactory()
    volunteer, newcomer = make_pair(site, capacity=1)
    suggestion = SuggestionFactory(run__site=site, volunteer=volunteer)

    propose(volunteer, newcomer)

    suggestion.refresh_from_db()
    assert suggestion.state == SuggestionState.OUTDATED


@pytest.mark.parametrize("target", TandemState)
@pytest.mark.parametrize("current", TandemState)
def test_the_table_of_moves_decides_and_every_move_is_recorded(current, target):
    tandem = TandemFactory(state=current)
    is_legal = target in TANDEM_MOVES.get(current, set())

    if not is_legal:
        with pytest.raises(IllegalMoveError):
            record_move(tandem, to=target, by=UserFactory(), at=NOON)
    else:
        record_move(tandem, to=target, by=UserFactory(), at=NOON, reason="so")

    tandem.refresh_from_db()
    assert tandem.state == (target if is_legal else current)
    assert list(tandem.moves.values_list("from_state", "to_state", "reason")) == (
        [(current, target, "so")] if is_legal else []
    )


def test_the_constraints_have_the_last_word():
    volunteer, newcomer = make_pair()
    TandemFactory(site=volunteer.site, volunteer=volunteer, place=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        TandemFactory(site=volunteer.site, volunteer=volunteer, place=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        TandemFactory.create_batch(2, site=newcomer.site, newcomer=newcomer)


def test_free_places_are_counted_for_both_sides_at_once():
    site = SiteFactory()
    volunteer, newcomer = make_pair(site, capacity=3)
    idle_volunteer, idle_newcomer = make_pair(site, capacity=2)
    TandemFactory(site=site, volunteer=volunteer, newcomer=newcomer)
    TandemFactory(site=site, volunteer=volunteer, state=TandemState.ENDED, place=2)

    rows = site.participations.filter(
        pk__in=[volunteer.pk, newcomer.pk, idle_volunteer.pk, idle_newcomer.pk]
    )
    assert free_places(rows, on=TODAY) == {
        volunteer.pk: 2,
        newcomer.pk: 0,
        idle_volunteer.pk: 2,
        idle_newcomer.pk: 1,
    }


def test_a_proposal_that_is_taken_back_frees_both_and_rules_nobody_out():
    tandem = make_proposal()

    withdraw_proposal(tandem_id=tandem.pk, reason="Irrtum", by=UserFactory(), at=NOON)

    tandem.refresh_from_db()
    assert tandem.state == TandemState.DECLINED
    assert tandem.followed_up_at == NOON
    assert not DeclinedPair.objects.exists()
    assert list(Message.objects.values_list("kind", flat=True)) == ["proposal_closed"] * 2


def test_who_was_never_asked_is_told_nothing():
    tandem = propose(*make_pair())  # the questions wait in the outbox

    withdraw_proposal(tandem_id=tandem.pk, reason="", by=UserFactory(), at=NOON)

    assert sorted(Message.objects.values_list("kind", "state")) == [
        ("proposal_question", "cancelled"),
        ("proposal_question", "cancelled"),
    ]


def test_a_tandem_that_has_begun_cannot_be_taken_back():
    tandem = TandemFactory(state=TandemState.TRIAL)

    with pytest.raises(IllegalMoveError):
        withdraw_proposal(tandem_id=tandem.pk, reason="", by=UserFactory(), at=NOON)


def test_somebody_without_mail_leaves_the_telling_to_the_site():
    tandem = make_proposal()
    tandem.newcomer.person.contact_preference = "phone"
    tandem.newcomer.person.save()

    withdraw_proposal(tandem_id=tandem.pk, reason="", by=UserFactory(), at=NOON)
    assert Tandem.objects.get(pk=tandem.pk).followed_up_at is None
    follow_up(tandem_id=tandem.pk, by=UserFactory(), at=NOON)
    follow_up(tandem_id=tandem.pk, by=UserFactory(), at=NOON + timedelta(days=1))

    assert Tandem.objects.get(pk=tandem.pk).followed_up_at == NOON
    assert AuditEntry.objects.filter(action="tandems.follow_up").count() == 1


def test_an_answer_of_no_is_not_told_again():
    tandem = make_proposal()
    tandem.answers.filter(side=Side.VOLUNTEER).update(state=AnswerState.NO)

    withdraw_proposal(tandem_id=tandem.pk, reason="", by=UserFactory(), at=NOON)

    assert list(Message.objects.values_list("person_id", flat=True)) == [tandem.newcomer.person_id]
