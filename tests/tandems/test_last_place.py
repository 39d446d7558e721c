"""Two coordinators, one last place, the same moment: one wins, the other is told."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connections

from tandemwerk.intake.enums import Side
from tandemwerk.intake.models import Participation
from tandemwerk.intake.services import change_participation
from tandemwerk.people.enums import ConsentWay
from tandemwerk.tandems.enums import AnswerState, DeclineReason, Reach, RequestState, TandemState
from tandemwerk.tandems.errors import (
    AlreadyInTandemError,
    AlreadyTogetherError,
    NoPlaceLeftError,
    TandemError,
)
from tandemwerk.tandems.models import AcrossOffer, Answer, PairingRound, PairingRun, Tandem
from tandemwerk.tandems.queries.across import code_of
from tandemwerk.tandems.services.across import ask_other_site, hand_over
from tandemwerk.tandems.services.answers import give_answer
from tandemwerk.tandems.services.rounds import run_round, start_round
from tandemwerk.tandems.services.runs import (
    accept_suggestion,
    decline_suggestion,
    propose_by_hand,
    start_run,
)
from tandemwerk.tandems.services.terms import set_reach
from tests.factories import NOON, ParticipationFactory, SiteFactory, UserFactory
from tests.tandems.proposed import RunFactory, SuggestionFactory, make_proposal, make_request

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROUNDS = 50


def at_the_same_moment(*calls: Callable[[], object]) -> list[object]:
    """Run all calls in threads that start together. Return what each returned or raised."""
    outcomes: list[object] = [None] * len(calls)
    line = threading.Barrier(len(calls))

    def run(number: int, call: Callable[[], object]) -> None:
        try:
            line.wait(timeout=10)
            outcomes[number] = call()
        except Exception as error:  # noqa: BLE001  the test looks at whatever came
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def kinds(outcomes):
    return sorted(type(each).__name__ for each in outcomes)


def test_of_two_suggestions_for_the_last_place_one_becomes_a_proposal():
    site = SiteFactory()
    users = UserFactory.create_batch(2)

    for round_number in range(ROUNDS):
        volunteer = ParticipationFactory(site=site, capacity=1 + round_number % 3)
        for place in range(1, volunteer.capacity):
            make_proposal(site=site, volunteer=volunteer, place=place)
        pair = SuggestionFactory.create_batch(2, run=RunFactory(site=site), volunteer=volunteer)

        outcomes = at_the_same_moment(
            *(
                partial(accept_suggestion, suggestion_id=suggestion.pk, by=user, at=NOON)
                for suggestion, user in zip(pair, users, strict=True)
            )
        )

        live = Tandem.objects.live().filter(volunteer=volunteer)
        assert kinds(outcomes) == [NoPlaceLeftError.__name__, Tandem.__name__]
        assert live.count() == volunteer.capacity


def test_of_two_suggestions_for_a_familys_last_place_one_becomes_a_proposal():
    site = SiteFactory()
    users = UserFactory.create_batch(2)

    for round_number in range(ROUNDS):
        wanted = 1 + round_number % 3
        family = ParticipationFactory(site=site, side=Side.NEWCOMER, volunteers_wanted=wanted)
        for place in range(1, wanted):
            make_proposal(site=site, newcomer=family, newcomer_place=place)
        pair = SuggestionFactory.create_batch(2, run=RunFactory(site=site), newcomer=family)

        outcomes = at_the_same_moment(
            *(
                partial(accept_suggestion, suggestion_id=suggestion.pk, by=user, at=NOON)
                for suggestion, user in zip(pair, users, strict=True)
            )
        )

        live = Tandem.objects.live().filter(newcomer=family)
        assert kinds(outcomes) == [AlreadyInTandemError.__name__, Tandem.__name__]
        assert live.count() == wanted


def test_two_who_propose_the_same_two_at_the_same_moment_make_one_tandem():
    site = SiteFactory()
    users = UserFactory.create_batch(2)

    for _ in range(ROUNDS // 2):
        volunteer = ParticipationFactory(site=site, capacity=3)
        family = ParticipationFactory(site=site, side=Side.NEWCOMER, volunteers_wanted=3)

        outcomes = at_the_same_moment(
            *(
                partial(
                    propose_by_hand,
                    site=site,
                    volunteer_id=volunteer.pk,
                    newcomer_id=family.pk,
                    is_confirmed=True,
                    by=user,
                    at=NOON,
                )
                for user in users
            )
        )

        assert kinds(outcomes) == [AlreadyTogetherError.__name__, Tandem.__name__]
        assert Tandem.objects.live().filter(newcomer=family).count() == 1


def test_a_wish_lowered_at_the_moment_of_a_proposal_is_never_overrun_afterwards():
    site, user = SiteFactory(), UserFactory()

    for _ in range(ROUNDS // 2):
        family = ParticipationFactory(site=site, side=Side.NEWCOMER, volunteers_wanted=2)
        make_proposal(site=site, newcomer=family)
        suggestion = SuggestionFactory(run=RunFactory(site=site), newcomer=family)

        proposed, changed = at_the_same_moment(
            partial(accept_suggestion, suggestion_id=suggestion.pk, by=user, at=NOON),
            partial(
                change_participation,
                participation_id=family.pk,
                volunteers_wanted=1,
                by=user,
                at=NOON,
            ),
        )

        live = Tandem.objects.live().filter(newcomer=family).count()
        assert isinstance(changed, Participation)
        # Whoever came first was right: two while two were wanted, or one.
        assert (type(proposed), live) in {(Tandem, 2), (AlreadyInTandemError, 1)}


def test_of_two_sites_that_hand_over_at_the_same_moment_one_wins():
    for _ in range(ROUNDS // 5):
        here, there = SiteFactory(), SiteFactory()
        for site in (here, there):
            set_reach(carrier=site.carrier, reach=Reach.AGREED, by=UserFactory(), at=NOON)
        request = make_request(
            ParticipationFactory(site=here, side=Side.NEWCOMER),
            ParticipationFactory(site=there),
            state=RequestState.AGREED,
        )
        fields = {"way": ConsentWay.PAPER, "by": UserFactory(), "at": NOON}

        outcomes = at_the_same_moment(
            partial(hand_over, request_id=request.pk, site=here, **fields),
            partial(hand_over, request_id=request.pk, site=there, **fields),
            partial(hand_over, request_id=request.pk, site=here, **fields),
        )

        assert kinds(outcomes) == ["NotAgreedError", "NotAgreedError", "ReachRequest"]
        request.refresh_from_db()
        assert {request.asking.site, request.asked.site} == {request.handed_to}


def test_crosswise_proposals_never_wait_for_each_other_in_a_circle():
    """Two volunteers and two newcomers in all four ways, with a decline among them."""
    site, user = SiteFactory(), UserFactory()

    for _ in range(ROUNDS):
        volunteers = ParticipationFactory.create_batch(2, site=site, capacity=1)
        newcomers = ParticipationFactory.create_batch(2, site=site, side=Side.NEWCOMER)
        run = RunFactory(site=site)
        declined = SuggestionFactory(run=run, volunteer=volunteers[0], newcomer=newcomers[1])

        outcomes = at_the_same_moment(
            *(
                partial(
                    propose_by_hand,
                    site=site,
                    volunteer_id=volunteer.pk,
                    newcomer_id=newcomer.pk,
                    is_confirmed=True,
                    by=user,
                    at=NOON,
                )
                for volunteer in volunteers
                for newcomer in newcomers
            ),
            partial(
                decline_suggestion,
                suggestion_id=declined.pk,
                reason=DeclineReason.FIT,
                by=user,
                at=NOON,
            ),
        )

        unexpected = [each for each in outcomes[:4] if not isinstance(each, (Tandem, TandemError))]
        assert unexpected == []
        assert all(
            Tandem.objects.live().filter(volunteer=volunteer).count() <= 1
            for volunteer in volunteers
        )
        assert all(
            Tandem.objects.live().filter(newcomer=newcomer).count() <= 1 for newcomer in newcomers
        )
        assert Tandem.objects.live().filter(volunteer__in=volunteers).count() >= 1


def test_yes_and_no_at_the_same_moment_end_the_proposal_without_a_lost_answer():
    for _ in range(ROUNDS // 2):
        tandem = make_proposal()
        answers = list(tandem.answers.order_by("pk"))

        outcomes = at_the_same_moment(
            *(
                partial(
                    give_answer,
                    answer_id=answer.pk,
                    nonce=answer.nonce,
                    state=state,
                    note="",
                    by=answer.participation.person,
                    at=NOON,
                )
                for answer, state in zip(answers, (AnswerState.YES, AnswerState.NO), strict=True)
            )
        )

        tandem.refresh_from_db()
        assert tandem.state == TandemState.DECLINED
        assert kinds(outcomes) in (["Answer", "Answer"], ["Answer", "AnswerExpiredError"])
        assert Answer.objects.get(pk=answers[1].pk).state == AnswerState.NO


def test_two_sites_that_ask_about_the_same_pair_leave_one_question():
    for _ in range(10):
        mine, theirs = (
            ParticipationFactory(side=Side.VOLUNTEER),
            ParticipationFactory(side=Side.NEWCOMER, site=SiteFactory()),
        )
        both = (mine, theirs)
        for each in both:
            set_reach(carrier=each.site.carrier, reach=Reach.AGREED, by=UserFactory(), at=NOON)
            start_run(site=each.site, by=UserFactory(), at=NOON)

        outcomes = at_the_same_moment(
            *(
                partial(
                    ask_other_site,
                    site=one.site,
                    mine_id=one.pk,
                    code=code_of(other.pk),
                    by=UserFactory(),
                    at=NOON,
                )
                for one, other in (both, both[::-1])
            )
        )

        assert kinds(outcomes) == ["NotInReachError", "ReachRequest"]


def test_two_workers_in_one_round_find_everything_once():
    for _ in range(5):
        site = SiteFactory()
        other = SiteFactory(carrier=site.carrier)
        set_reach(carrier=site.carrier, reach=Reach.CARRIER, by=UserFactory(), at=NOON)
        ParticipationFactory(side=Side.VOLUNTEER, site=site)
        ParticipationFactory(side=Side.NEWCOMER, site=other)
        ParticipationFactory(side=Side.NEWCOMER, site=site)
        ParticipationFactory(side=Side.VOLUNTEER, site=other, max_km=0)
        begun = start_round(carrier=site.carrier, by=UserFactory(), at=NOON)

        outcomes = at_the_same_moment(
            *[partial(run_round, round_id=begun.pk, at=NOON) for _ in range(3)]
        )

        assert kinds(outcomes) == ["PairingRound"] * 3
        found = PairingRound.objects.get(pk=begun.pk)
        assert (found.looked_at, found.finished_at) == (2, NOON)
        assert PairingRun.objects.filter(site__in=(site, other)).count() == 2
        assert AcrossOffer.objects.filter(round=begun).count() == found.offers
