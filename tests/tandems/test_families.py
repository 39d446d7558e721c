"""A family with several volunteers: never more than wanted, never the same one twice."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tandemwerk.intake.enums import Side
from tandemwerk.intake.models import Participation
from tandemwerk.pairing.vocabulary import MAX_WANTED
from tandemwerk.tandems.enums import SuggestionState, TandemState
from tandemwerk.tandems.errors import AlreadyInTandemError, AlreadyTogetherError
from tandemwerk.tandems.models import Suggestion, Tandem
from tandemwerk.tandems.panels import who_has_a_tandem
from tandemwerk.tandems.queries.candidates import candidates_of
from tandemwerk.tandems.queries.capacity import free_places
from tandemwerk.tandems.queries.numbers import without_tandem
from tandemwerk.tandems.queries.runs import best_partners, left_people
from tandemwerk.tandems.queries.why import why_nobody, why_not
from tandemwerk.tandems.services.runs import (
    accept_suggestion,
    lock_suggestion,
    propose_by_hand,
    start_run,
)
from tandemwerk.tandems.worklist_life import LONG_WAIT, people_waiting
from tests.factories import (
    NOON,
    MembershipFactory,
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
def family(site):
    """Five people who want two volunteers."""
    return newcomer(site, group_size=5, volunteers_wanted=2)


def volunteer(site, **fields):
    return ParticipationFactory(site=site, side=Side.VOLUNTEER, **fields)


def newcomer(site, **fields):
    return ParticipationFactory(site=site, side=Side.NEWCOMER, **fields)


def accompany(family, **fields):
    """Give the family its first volunteer."""
    return TandemFactory(site=family.site, newcomer=family, **fields)


def propose(one, family):
    return propose_by_hand(
        site=family.site,
        volunteer_id=one.pk,
        newcomer_id=family.pk,
        is_confirmed=True,
        by=UserFactory(),
        at=NOON,
    )


def start(site):
    return start_run(site=site, by=UserFactory(), at=NOON)


def pairs_of(run):
    return set(run.suggestions.values_list("volunteer_id", "newcomer_id"))


def address(name, **kwargs):
    with override("de"):
        return reverse(f"tandems:{name}", kwargs=kwargs)


# ---------------------------------------------------------------- places


def test_a_family_has_as_many_places_as_it_wants_volunteers(site, family):
    places = [propose(one, family).newcomer_place for one in (volunteer(site), volunteer(site))]

    assert places == [1, 2]
    with pytest.raises(AlreadyInTandemError):
        propose(volunteer(site), family)


def test_the_same_two_are_never_a_tandem_twice_at_a_time(site, family):
    one = volunteer(site, capacity=3)
    propose(one, family)

    with pytest.raises(AlreadyTogetherError):
        propose(one, family)
    assert Tandem.objects.live().count() == 1


def test_a_place_that_becomes_free_is_taken_again(site, family):
    accompany(family, newcomer_place=1, state=TandemState.ENDED)
    accompany(family, newcomer_place=2)

    assert propose(volunteer(site), family).newcomer_place == 1


def test_a_wish_that_was_lowered_leaves_no_place_and_ends_nothing(site, family):
    accompany(family, newcomer_place=2)
    Participation.objects.filter(pk=family.pk).update(volunteers_wanted=1)

    with pytest.raises(AlreadyInTandemError):
        propose(volunteer(site), family)
    assert free_places(Participation.objects.filter(pk=family.pk), on=TODAY) == {family.pk: 0}
    assert Tandem.objects.live().count() == 1


def test_the_constraints_have_the_last_word(site, family):
    one = accompany(family).volunteer

    with pytest.raises(IntegrityError), transaction.atomic():
        accompany(family)
    with pytest.raises(IntegrityError), transaction.atomic():
        accompany(family, volunteer=one, place=2, newcomer_place=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        accompany(family, newcomer_place=4)
    accompany(family, newcomer_place=2)


def test_the_programme_and_the_engine_agree_on_how_many_there_can_be():
    field = Participation._meta.get_field("volunteers_wanted")

    assert max(validator.limit_value for validator in field.validators) == MAX_WANTED


# ---------------------------------------------------------------- runs


def test_a_run_gives_a_family_two_different_volunteers(site, family):
    people = [volunteer(site, capacity=2), volunteer(site), volunteer(site, max_group=4)]

    run = start(site)

    assert pairs_of(run) == {(people[0].pk, family.pk), (people[1].pk, family.pk)}


def test_both_suggestions_of_a_family_can_be_accepted(site, family):
    for _ in range(2):
        volunteer(site)
    first, second = start(site).suggestions.order_by("pk")
    user = UserFactory()

    accept_suggestion(suggestion_id=first.pk, by=user, at=NOON)
    second.refresh_from_db()
    state = second.state
    accept_suggestion(suggestion_id=second.pk, by=user, at=NOON)

    live = Tandem.objects.live().filter(newcomer=family)
    assert state == SuggestionState.OPEN
    assert sorted(live.values_list("newcomer_place", flat=True)) == [1, 2]


def test_a_full_family_is_suggested_to_nobody_any_more(site, family):
    accompany(family)
    run = RunFactory(site=site)
    open_ones = SuggestionFactory.create_batch(2, run=run, newcomer=family)

    accept_suggestion(suggestion_id=open_ones[0].pk, by=UserFactory(), at=NOON)

    assert Suggestion.objects.get(pk=open_ones[1].pk).state == SuggestionState.OUTDATED


def test_a_run_knows_who_is_there_already(site, family):
    known = accompany(family, volunteer=volunteer(site, capacity=3)).volunteer

    candidates = candidates_of(site, on=TODAY)

    one = candidates.newcomers[0]
    assert (one.volunteers_wanted, one.volunteers_found) == (2, 1)
    assert pairs_of(start(site)) == set()
    new = volunteer(site)
    assert pairs_of(start(site)) == {(new.pk, family.pk)}
    assert known.pk != new.pk


def test_nobody_stays_alone_because_a_family_gets_its_second(site, family):
    accompany(family)
    Participation.objects.filter(pk=family.pk).update(priority=3)
    alone, one = newcomer(site), volunteer(site)

    assert pairs_of(start(site)) == {(one.pk, alone.pk)}


def test_a_locked_suggestion_keeps_one_place_of_the_family(site, family):
    kept = SuggestionFactory(
        run=RunFactory(site=site), volunteer=volunteer(site, capacity=2), newcomer=family
    )
    lock_suggestion(suggestion_id=kept.pk, locked=True, by=UserFactory(), at=NOON)
    other = volunteer(site)

    run = start(site)

    assert pairs_of(run) == {(other.pk, family.pk)}
    assert Suggestion.objects.get(pk=kept.pk).state == SuggestionState.OPEN


def test_a_run_asks_as_often_for_families_as_for_others(site, django_assert_num_queries):
    newcomer(site)
    volunteer(site)
    with CaptureQueriesContext(connection) as plain:
        candidates_of(site, on=TODAY)
    for _ in range(3):
        accompany(newcomer(site, volunteers_wanted=2))

    with django_assert_num_queries(len(plain)):
        candidates_of(site, on=TODAY)


# ---------------------------------------------------------------- who waits


def test_who_has_one_of_two_does_not_wait_without_a_tandem(site, family):
    waiting = without_tandem(Side.NEWCOMER)

    before = waiting.count()
    accompany(family)

    assert (before, waiting.count()) == (1, 0)


def test_the_worklist_asks_for_the_second_only_long_after_the_first(site, family):
    user = MembershipFactory(site=site).user
    Participation.objects.update(waiting_since=TODAY - timedelta(weeks=30))
    tandem = accompany(family, created_at=NOON - timedelta(days=3))
    Participation.objects.filter(pk=tandem.volunteer_id).update(waiting_since=TODAY)

    soon = people_waiting(user, NOON, 7).items
    with override("en"):
        late = people_waiting(user, NOON + LONG_WAIT, 7).items
    accompany(family, newcomer_place=2, created_at=NOON - timedelta(weeks=20))
    full = people_waiting(user, NOON + LONG_WAIT, 7).items

    assert [item.key for item in soon + full] == []
    assert [(item.key, item.reason) for item in late] == [
        (
            f"waiting/{family.pk}",
            "1 of 2 volunteers found. There is no suggestion for another one yet.",
        )
    ]


def test_by_hand_nobody_is_offered_whom_the_family_has(site, family):
    known, new = accompany(family, volunteer=volunteer(site, capacity=2)).volunteer, volunteer(site)

    offered = [each.participation.pk for each in best_partners(family, on=TODAY)]

    assert (offered, known.pk in offered) == ([new.pk], False)
    assert best_partners(known, on=TODAY) == []


def test_why_nobody_says_how_many_are_there_and_whom_the_family_would_get(site, family):
    accompany(family)
    new = volunteer(site)

    with override("en"):
        answer = why_nobody(family, on=TODAY)

    assert (answer.found, [one.pk for one in answer.now]) == (
        "1 of 2 volunteers found",
        [new.pk],
    )
    assert (answer.is_free, answer.others) == (True, [])


def test_why_nobody_names_both_whom_a_family_without_any_would_get(site, family):
    both = {volunteer(site).pk, volunteer(site).pk}

    answer = why_nobody(family, on=TODAY)

    assert ({one.pk for one in answer.now}, answer.found) == (both, "")


def test_why_not_says_that_a_second_volunteer_costs_nobody_anything(site, family):
    known = accompany(family, volunteer=volunteer(site, capacity=2)).volunteer
    row = next(each for each in candidates_of(site, on=TODAY).rows.values() if each == family)

    with override("en"):
        new, old = (why_not(one, row, on=TODAY) for one in (volunteer(site), known))

    assert (new.asked.broken, new.consequence) == ([], None)
    assert new.found == "1 of 2 volunteers found"
    assert old.asked.broken == [
        "These two were declined, are or were a tandem, or are in a locked suggestion."
    ]


def test_who_is_left_is_shown_with_how_many_are_there(site, family):
    accompany(family)
    run = start(site)

    with override("en"):
        left = left_people(run, on=TODAY)

    assert [(each.participation, each.found) for each in left] == [
        (family, "1 of 2 volunteers found")
    ]


# ---------------------------------------------------------------- pages


@pytest.fixture
def coordinator(world, sign_in):
    return sign_in(world.users["coordinator"])


@pytest.fixture
def shown(world):
    """A family of the coordinator's site with one of two volunteers."""
    made = newcomer(
        world.mine, volunteers_wanted=2, person=PersonFactory(family_name="Familie Noor")
    )
    accompany(made)
    return made


def test_the_persons_page_says_how_many_are_found(coordinator, shown):
    with override("de"):
        page = coordinator.get(reverse("intake:person", args=[shown.pk])).content.decode()

    assert "1 von 2 Freiwilligen gefunden" in page


def test_the_list_of_people_marks_who_lacks_another(shown):
    with override("en"):
        marks = who_has_a_tandem([shown])
        accompany(shown, newcomer_place=2)
        full = who_has_a_tandem([shown])

    assert (str(marks[shown.pk].text), str(full[shown.pk].text)) == (
        "1 of 2 found",
        "in a tandem",
    )


def test_the_board_says_it_of_a_suggestion_with_and_without_script(coordinator, world, shown):
    suggestion = SuggestionFactory(run=RunFactory(site=world.mine), newcomer=shown)

    board = coordinator.get(address("board", slug=world.mine.slug)).content.decode()
    locked = coordinator.post(
        address("lock", pk=suggestion.pk), {"locked": "1"}, HTTP_HX_REQUEST="true"
    ).content.decode()

    for page in (board, locked):
        assert "1 von 2 Freiwilligen gefunden" in page


@pytest.mark.parametrize("query", ["newcomer={family}", "newcomer={family}&volunteer={new}"])
def test_the_page_of_questions_answers_for_a_family(coordinator, world, shown, query):
    new = volunteer(world.mine)
    path = address("why", slug=world.mine.slug)

    page = coordinator.get(f"{path}?{query.format(family=shown.pk, new=new.pk)}")

    assert page.status_code == 200
    assert "1 von 2 Freiwilligen gefunden" in page.content.decode()


def test_a_second_proposal_for_a_full_family_is_refused_in_words(coordinator, world, shown):
    new = volunteer(world.mine)
    path = address("by_hand", slug=world.mine.slug)
    pair = {"volunteer": new.pk, "newcomer": shown.pk, "confirmed": "on"}

    taken = coordinator.post(path, pair)
    again = coordinator.post(path, pair)

    assert (taken.status_code, again.status_code) == (302, 422)
    assert Tandem.objects.live().filter(newcomer=shown).count() == 2
