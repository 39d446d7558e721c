"""Suggesting pairs: whom a run sees, what it stores, and what becomes of its suggestions."""

from datetime import timedelta

import pytest
from django.utils import translation

from tandemwerk.core.models import AuditEntry
from tandemwerk.intake.enums import ParticipationState, Side
from tandemwerk.pairing import KINDS, PARTS, SLOTS, TOPICS, HardRule
from tandemwerk.people.enums import ConsentPurpose, Day, Part, Topic
from tandemwerk.people.models import Consent
from tandemwerk.people.weekgrid import bit
from tandemwerk.programme.enums import TandemKind
from tandemwerk.tandems.enums import (
    SUGGESTION_MOVES,
    DeclineReason,
    RunState,
    SuggestionState,
    TandemState,
)
from tandemwerk.tandems.errors import (
    MinorsError,
    NoPlaceLeftError,
    NotAPairError,
    SuggestionDecidedError,
    UnconfirmedError,
)
from tandemwerk.tandems.models import DeclinedPair, PairingRun, Suggestion, Tandem
from tandemwerk.tandems.queries.candidates import candidates_of, explain_by_hand
from tandemwerk.tandems.queries.runs import best_partners, left_people
from tandemwerk.tandems.services import runs
from tandemwerk.tandems.services.runs import (
    accept_suggestion,
    compute_run,
    decline_suggestion,
    propose_by_hand,
    start_run,
)
from tests.factories import (
    NOON,
    ParticipationFactory,
    PersonFactory,
    SiteFactory,
    TandemFactory,
    UserFactory,
)
from tests.tandems.proposed import RunFactory, SuggestionFactory

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture
def site():
    return SiteFactory()


@pytest.fixture
def pair(site):
    """Two people who fit."""
    return (
        ParticipationFactory(site=site, side=Side.VOLUNTEER),
        ParticipationFactory(site=site, side=Side.NEWCOMER),
    )


def start(site, *, at=NOON):
    return start_run(site=site, by=UserFactory(), at=at)


def pairs_of(run):
    return list(run.suggestions.values_list("volunteer_id", "newcomer_id"))


# ---------------------------------------------------------------- the two vocabularies


def test_masks_mean_the_same_to_the_engine_and_to_us():
    assert [topic.name.lower() for topic in Topic] == list(TOPICS)
    assert [kind.name.lower() for kind in TandemKind] == list(KINDS)
    assert [SLOTS[bit(day, part)] for day in Day for part in Part] == [
        f"{day.name.lower()[:3]}-{part}" for day in Day for part in PARTS
    ]


# ---------------------------------------------------------------- whom a run sees


def test_open_people_with_a_free_place_are_paired(site, pair):
    run = start(site)

    assert (run.state, run.finished_at) == (RunState.DONE, NOON)
    assert pairs_of(run) == [(pair[0].pk, pair[1].pk)]


@pytest.mark.parametrize(("most", "found"), [(None, 1), (4, 1), (3, 0)])
def test_a_family_goes_to_somebody_who_takes_so_many(site, most, found):
    ParticipationFactory(site=site, side=Side.VOLUNTEER, max_group=most)
    ParticipationFactory(site=site, side=Side.NEWCOMER, group_size=4)

    assert len(pairs_of(start(site))) == found


@pytest.mark.parametrize("state", [ParticipationState.PAUSED, ParticipationState.LEFT])
@pytest.mark.parametrize("side", [0, 1])
def test_who_takes_a_break_is_left_out(site, pair, state, side):
    pair[side].state = state
    pair[side].save()

    assert pairs_of(start(site)) == []


def test_people_of_other_sites_are_not_seen(site, pair):
    ParticipationFactory(side=Side.NEWCOMER)

    candidates = candidates_of(site, on=TODAY)

    assert [one.id for one in candidates.newcomers] == [str(pair[1].pk)]


def test_who_has_a_tandem_is_not_suggested(site, pair):
    TandemFactory(site=site, newcomer=pair[1])

    assert pairs_of(start(site)) == []


def test_a_volunteer_counts_with_the_places_that_are_free(site, pair):
    pair[0].capacity = 3
    pair[0].save()
    TandemFactory(site=site, volunteer=pair[0])

    candidates = candidates_of(site, on=TODAY)

    assert [one.capacity for one in candidates.volunteers] == [2]


@pytest.mark.parametrize("state", [TandemState.ENDED, TandemState.DECLINED])
def test_who_was_a_tandem_before_is_not_suggested_again(site, pair, state):
    TandemFactory(site=site, volunteer=pair[0], newcomer=pair[1], state=state)

    assert pairs_of(start(site)) == []


def test_a_pair_without_an_answer_in_time_may_come_again(site, pair):
    TandemFactory(site=site, volunteer=pair[0], newcomer=pair[1], state=TandemState.EXPIRED)

    assert pairs_of(start(site)) == [(pair[0].pk, pair[1].pk)]


def test_a_declined_pair_never_comes_again(site, pair):
    first = start(site).suggestions.get()
    decline_suggestion(suggestion_id=first.pk, reason=DeclineReason.FIT, by=UserFactory(), at=NOON)

    assert pairs_of(start(site, at=NOON + timedelta(hours=1))) == []


def test_nobody_is_suggested_to_themselves(site):
    person = PersonFactory()
    for side in Side:
        ParticipationFactory(site=site, person=person, side=side)

    assert pairs_of(start(site)) == []


def test_who_withdrew_consent_is_left_out(site, pair):
    consent = Consent.objects.create(
        person=pair[0].person,
        purpose=ConsentPurpose.PARTICIPATION,
        text_version=1,
        way="paper",
        given_at=NOON,
        withdrawn_at=NOON,
    )
    without = candidates_of(site, on=TODAY).volunteers
    Consent.objects.create(
        person=pair[0].person,
        purpose=ConsentPurpose.PARTICIPATION,
        text_version=1,
        way="paper",
        given_at=NOON,
    )

    assert consent.pk
    assert without == []
    assert len(candidates_of(site, on=TODAY).volunteers) == 1


# ---------------------------------------------------------------- what a run stores


def test_a_run_stores_what_it_was_given_and_found(site, pair):
    far_away = ParticipationFactory(
        site=site, side=Side.NEWCOMER, person=PersonFactory(postcode="10115")
    )

    run = start(site)

    suggestion = run.suggestions.get()
    assert len(run.input_hash) == 64
    assert run.rules == [str(rule) for rule in HardRule]
    assert run.weights["weights"]["language"] > 0
    assert run.summary["counts"]["tandems"] == 1
    assert set(run.summary["seconds"]) >= {"candidates", "assignment", "proof"}
    assert [(entry["participation"], entry["side"]) for entry in run.left] == [
        (far_away.pk, "newcomer")
    ]
    assert (suggestion.language, suggestion.km) == ("de", 0.0)
    assert suggestion.reasons[0]["rule"] == "language"


def test_the_same_people_give_the_same_result(site, pair):
    one, other = start(site), start(site, at=NOON + timedelta(hours=1))

    assert one.pk != other.pk
    assert one.input_hash == other.input_hash
    assert pairs_of(one) == pairs_of(other)


def test_a_new_run_outdates_what_is_still_open_of_the_earlier_ones(site, pair):
    first = start(site).suggestions.get()
    decided = SuggestionFactory(run__site=site, state=SuggestionState.DECLINED)

    start(site, at=NOON + timedelta(hours=1))

    first.refresh_from_db()
    decided.refresh_from_db()
    assert first.state == SuggestionState.OUTDATED
    assert decided.state == SuggestionState.DECLINED


def test_a_site_without_people_gets_an_empty_run(site):
    run = start(site)

    assert (run.state, run.left, pairs_of(run)) == (RunState.DONE, [], [])


def test_starting_a_run_is_in_the_audit_trail(site):
    run = start(site)

    assert AuditEntry.objects.about(run).get().action == "tandems.start_run"


def test_a_large_site_is_left_to_the_worker(site, pair, monkeypatch):
    monkeypatch.setattr(runs, "AT_ONCE", 1)

    run = start(site)
    again = start(site, at=NOON + timedelta(minutes=1))
    waiting = PairingRun.objects.get().state
    compute_run(run_id=run.pk, at=NOON)

    assert again == run
    assert waiting == RunState.QUEUED
    assert PairingRun.objects.get().state == RunState.DONE
    assert pairs_of(run) == [(pair[0].pk, pair[1].pk)]


@pytest.mark.parametrize("state", [RunState.QUEUED, RunState.RUNNING])
def test_computing_twice_is_as_good_as_once(site, pair, state):
    run = RunFactory(site=site, state=state)

    compute_run(run_id=run.pk, at=NOON)
    compute_run(run_id=run.pk, at=NOON + timedelta(hours=1))

    assert len(pairs_of(run)) == 1
    assert PairingRun.objects.get(pk=run.pk).finished_at == NOON


def test_a_run_that_died_does_not_stand_in_the_way(site, pair):
    RunFactory(site=site, state=RunState.RUNNING, created_at=NOON - timedelta(minutes=11))

    assert start(site).state == RunState.DONE


def test_people_that_the_engine_cannot_read_fail_the_run_and_change_nothing(site, pair):
    open_before = SuggestionFactory(run__site=site)
    pair[0].person.availability = 2**21
    pair[0].person.save()

    run = start(site)

    open_before.refresh_from_db()
    assert run.state == RunState.FAILED
    assert run.summary == {"error": f"{pair[0].pk}: availability is not a mask of 21 bits"}
    assert open_before.state == SuggestionState.OPEN


def test_a_run_asks_as_often_for_many_people_as_for_few(
    site, pair, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(6) as few:
        candidates_of(site, on=TODAY)
    ParticipationFactory.create_batch(4, site=site, side=Side.NEWCOMER)
    ParticipationFactory.create_batch(4, site=site, side=Side.VOLUNTEER)

    with django_assert_num_queries(len(few)):
        candidates_of(site, on=TODAY)


# ---------------------------------------------------------------- deciding


def test_accepting_proposes_the_two_with_their_reasons():
    suggestion = SuggestionFactory()
    user = UserFactory()

    tandem = accept_suggestion(suggestion_id=suggestion.pk, by=user, at=NOON)

    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.decided_by) == (SuggestionState.ACCEPTED, user)
    assert (tandem.volunteer, tandem.newcomer) == (suggestion.volunteer, suggestion.newcomer)
    assert (tandem.km, tandem.language, tandem.reasons) == (4.2, "fa", suggestion.reasons)


@pytest.mark.parametrize("target", [SuggestionState.ACCEPTED, SuggestionState.DECLINED])
@pytest.mark.parametrize("current", SuggestionState)
def test_the_table_of_suggestions_decides(current, target):
    suggestion = SuggestionFactory(state=current)
    is_legal = target in SUGGESTION_MOVES.get(current, set())

    def decide():
        if target == SuggestionState.ACCEPTED:
            accept_suggestion(suggestion_id=suggestion.pk, by=UserFactory(), at=NOON)
        else:
            decline_suggestion(
                suggestion_id=suggestion.pk, reason=DeclineReason.TIME, by=UserFactory(), at=NOON
            )

    if is_legal:
        decide()
    else:
        with pytest.raises(SuggestionDecidedError):
            decide()

    suggestion.refresh_from_db()
    assert suggestion.state == (target if is_legal else current)


def test_the_last_place_goes_to_the_first_and_the_other_is_told(site):
    volunteer = ParticipationFactory(site=site, side=Side.VOLUNTEER, capacity=1)
    run = RunFactory(site=site)
    one, other = SuggestionFactory.create_batch(2, run=run, volunteer=volunteer)

    accept_suggestion(suggestion_id=one.pk, by=UserFactory(), at=NOON)

    with pytest.raises(NoPlaceLeftError):
        accept_suggestion(suggestion_id=other.pk, by=UserFactory(), at=NOON)
    assert Tandem.objects.live().count() == 1


def test_declining_keeps_the_reason():
    suggestion, user = SuggestionFactory(), UserFactory()

    decline_suggestion(
        suggestion_id=suggestion.pk,
        reason=DeclineReason.KNOWN,
        note="Nachbarn",
        by=user,
        at=NOON,
    )

    pair = DeclinedPair.objects.get()
    assert (pair.reason, pair.note, pair.declined_by) == ("known", "Nachbarn", user)


# ---------------------------------------------------------------- by hand


def by_hand(site, volunteer, newcomer, **more):
    return propose_by_hand(
        site=site,
        volunteer_id=volunteer.pk,
        newcomer_id=newcomer.pk,
        by=UserFactory(),
        at=NOON,
        **more,
    )


def test_two_who_fit_are_proposed_by_hand_with_the_same_reasons(site, pair):
    suggested = start(site).suggestions.get()

    tandem = by_hand(site, *pair)

    assert tandem.reasons == suggested.reasons


def test_broken_rules_must_be_confirmed(site, pair):
    pair[0].kinds, pair[1].kinds = 1, 2
    for one in pair:
        one.save()

    with pytest.raises(UnconfirmedError):
        by_hand(site, *pair)
    tandem = by_hand(site, *pair, is_confirmed=True)

    assert explain_by_hand(*pair, on=TODAY).broken == (HardRule.KIND,)
    assert tandem.kind == TandemKind.GOAL  # what the newcomer wants


def test_no_confirmation_gets_around_the_protection_of_minors(site, pair):
    pair[1].is_minor = True
    pair[1].save()

    with pytest.raises(MinorsError):
        by_hand(site, *pair, is_confirmed=True)


def test_a_pair_of_another_site_cannot_be_proposed_here(pair):
    with pytest.raises(NotAPairError):
        by_hand(SiteFactory(), *pair)


def test_a_pair_that_was_declined_needs_a_confirmation(site, pair):
    TandemFactory(site=site, volunteer=pair[0], newcomer=pair[1], state=TandemState.DECLINED)

    assert explain_by_hand(*pair, on=TODAY).broken == (HardRule.BLOCKED,)
    with pytest.raises(UnconfirmedError):
        by_hand(site, *pair)


@pytest.mark.parametrize("side", [0, 1])
def test_the_best_partners_break_few_rules_and_score_high(site, pair, side):
    chosen, partner = pair[side], pair[1 - side]
    stranger = ParticipationFactory(
        site=site, side=partner.side, person=PersonFactory(speaks={"ti": 7})
    )

    found = best_partners(chosen, on=TODAY)

    assert [each.participation for each in found] == [partner, stranger]
    assert [each.broken for each in found] == [(), (HardRule.LANGUAGE,)]


# ---------------------------------------------------------------- those left


def test_those_left_are_told_why_and_what_would_help(site, pair):
    person = PersonFactory(availability=0)
    left = ParticipationFactory(site=site, side=Side.NEWCOMER, person=person)

    run = start(site)

    with translation.override("en"):
        found = left_people(run, on=TODAY)
    assert [each.participation for each in found] == [left]
    assert found[0].why == ["At present nobody fits.", "No free time is noted."]
    assert found[0].relax == "With another free time in the week there would be one person."


def test_who_has_found_somebody_meanwhile_is_no_longer_left(site, pair):
    person = PersonFactory(availability=0)
    left = ParticipationFactory(site=site, side=Side.NEWCOMER, person=person)
    run = start(site)

    TandemFactory(site=site, newcomer=left)

    assert left_people(run, on=TODAY) == []


def test_a_run_belongs_to_its_site_alone():
    suggestion = SuggestionFactory()
    assert Suggestion.objects.visible_to(UserFactory()).count() == 0
    assert suggestion.site == suggestion.run.site
