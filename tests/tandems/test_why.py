"""Questions to a pairing: why these, why not those, why nobody, what a change would bring."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tandemwerk.core.models import AuditEntry
from tandemwerk.intake.enums import Side
from tandemwerk.people.weekgrid import bit
from tandemwerk.tandems.enums import SuggestionState
from tandemwerk.tandems.errors import SuggestionDecidedError
from tandemwerk.tandems.models import PairingRun, Suggestion, Tandem
from tandemwerk.tandems.queries.simulation import Trial, What, simulate
from tandemwerk.tandems.queries.why import second_best, why_nobody, why_not
from tandemwerk.tandems.services.runs import lock_suggestion, start_run
from tests.factories import (
    NOON,
    ParticipationFactory,
    PersonFactory,
    SiteFactory,
    TandemFactory,
    UserFactory,
)
from tests.tandems.proposed import SuggestionFactory

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
SATURDAY_MORNING = 1 << bit(5, 0)
MONDAY_MORNING = 1 << bit(0, 0)
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def site():
    return SiteFactory()


def take_in(site, side, name, *, person=None, **fields):
    made = PersonFactory(family_name=name, given_name="", **(person or {}))
    return ParticipationFactory(site=site, side=side, person=made, **fields)


def volunteer(site, name="Vogt", **fields):
    return take_in(site, Side.VOLUNTEER, name, **fields)


def newcomer(site, name="Noor", **fields):
    return take_in(site, Side.NEWCOMER, name, **fields)


def address(name, **kwargs):
    with override("de"):
        return reverse(f"tandems:{name}", kwargs=kwargs)


# ---------------------------------------------------------------- why not that pair


def test_the_pair_that_the_engine_would_choose_is_called_the_best(site):
    one, other = volunteer(site), newcomer(site)

    with override("en"):
        answer = why_not(one, other, on=TODAY)

    assert answer.consequence.sentence == (
        "These two are the best choice at present, all things considered."
    )
    assert (answer.asked.broken, answer.has) == ([], None)


def test_another_pair_says_who_would_have_nobody_then(site):
    flexible = volunteer(site, "Flexibel")
    picky = volunteer(site, "Streng", person={"availability": MONDAY_MORNING})
    newcomer(site, "Samstag", person={"availability": SATURDAY_MORNING})
    easy = newcomer(site, "Leicht")

    with override("en"):
        answer = why_not(flexible, easy, on=TODAY)

    assert answer.consequence.is_costly
    assert answer.consequence.sentence == "One newcomer more would stay without a tandem."
    assert answer.consequence.moves == [
        "Leicht would get Flexibel, now Streng.",
        "Samstag would have nobody, now Flexibel.",
    ]
    assert answer.has.volunteer == picky


def test_a_forbidden_pair_says_the_rule(site):
    one = volunteer(site, person={"availability": MONDAY_MORNING})
    other = newcomer(site, person={"availability": SATURDAY_MORNING})

    with override("en"):
        answer = why_not(one, other, on=TODAY)

    assert answer.asked.broken == ["They have no free time in common."]
    assert answer.consequence is None


def test_the_second_best_of_both_is_said(site):
    first, second = volunteer(site, "Erste"), volunteer(site, "Zweite", max_km=14)
    one = newcomer(site)
    run = start_run(site=site, by=UserFactory(), at=NOON)
    suggestion = run.suggestions.get()

    for_volunteer, for_newcomer = second_best(suggestion, on=TODAY)

    assert for_volunteer is None
    assert {suggestion.volunteer, for_newcomer.volunteer} == {first, second}
    assert for_newcomer.newcomer == one


# ---------------------------------------------------------------- why nobody


def test_somebody_without_a_suggestion_learns_what_would_open_more(site):
    for number in range(3):
        volunteer(site, f"Vogt{number}", person={"availability": SATURDAY_MORNING})
    one = newcomer(site, person={"availability": MONDAY_MORNING})

    with override("en"):
        answer = why_nobody(one, on=TODAY)

    assert answer.now == []
    assert answer.openings[0].text == (
        "With time (Saturday morning): 3 volunteers within less than 1 km"
    )
    assert answer.openings[0].more == "Nobody else would lose a tandem by it."
    assert answer.openings[0].simulate == {"what": "day", "day": "sat"}


# ---------------------------------------------------------------- trying a change


def test_a_volunteer_with_two_places_would_bring_a_pair_more(site):
    one = volunteer(site, person={"availability": 7})
    newcomer(site, "Erster")
    newcomer(site, "Zweiter")

    found = simulate(site, Trial(what=What.PLACE, person=one), on=TODAY)

    assert found.more == 1
    assert [pair.volunteer for pair in found.new] == [one]
    assert PairingRun.objects.count() == 0


def test_a_volunteer_whose_only_place_is_taken_can_be_tried_with_one_more(site):
    one = volunteer(site)
    TandemFactory(site=site, volunteer=one, newcomer=newcomer(site, "Hat"))
    newcomer(site, "Wartet")

    found = simulate(site, Trial(what=What.PLACE, person=one), on=TODAY)

    assert found.more == 1


@pytest.mark.parametrize(
    ("trial", "more"),
    [
        (Trial(what=What.DAY, day="sat"), 1),
        (Trial(what=What.DAY, day="mon"), 0),
        (Trial(what=What.KM, km=20), 0),
        (Trial(what=What.WISH), 0),
    ],
)
def test_a_change_for_everybody_shows_how_many_pairs_it_brings(site, trial, more):
    volunteer(site, person={"availability": SATURDAY_MORNING})
    newcomer(site, person={"availability": MONDAY_MORNING})

    if trial.day == "mon":
        trial = Trial(what=What.DAY, day="tue", person=newcomer(site, "Dritte"))

    assert simulate(site, trial, on=TODAY).more == more


@pytest.mark.parametrize(
    "query",
    [
        {"what": "day"},
        {"what": "km", "km": "0"},
        {"what": "km", "km": "99999999999999999999"},
        {"what": "nonsense"},
        {"what": "place", "person": "99999999999999999999"},
        {"what": "day", "day": "\x00"},
    ],
)
def test_a_change_that_is_none_is_refused_and_kept(world, sign_in, query):
    client = sign_in(world.users["coordinator"])

    response = client.get(address("simulate", slug=world.mine.slug), query)

    assert response.status_code == 422
    assert "difference" not in response.context


# ---------------------------------------------------------------- locking


def test_a_locked_suggestion_stays_in_the_next_run_and_its_people_are_not_paired_anew(site):
    one, other = volunteer(site), newcomer(site)
    by = UserFactory()
    locked = SuggestionFactory(run__site=site, volunteer=one, newcomer=other)
    lock_suggestion(suggestion_id=locked.pk, locked=True, by=by, at=NOON)
    newcomer(site, "Zweite")
    volunteer(site, "Zweiter")

    run = start_run(site=site, by=by, at=NOON)

    locked.refresh_from_db()
    assert (locked.state, locked.locked_by) == (SuggestionState.OPEN, by)
    assert [each.volunteer_id == one.pk for each in run.suggestions.all()] == [False]
    assert run.summary["kept"] == 1
    assert AuditEntry.objects.filter(action="tandems.lock_suggestion").count() == 1


def test_an_unlocked_suggestion_is_outdated_by_the_next_run(site):
    one, other = volunteer(site), newcomer(site)
    by = UserFactory()
    locked = SuggestionFactory(run__site=site, volunteer=one, newcomer=other)
    for wanted in (True, True, False):
        lock_suggestion(suggestion_id=locked.pk, locked=wanted, by=by, at=NOON)

    run = start_run(site=site, by=by, at=NOON)

    locked.refresh_from_db()
    assert locked.state == SuggestionState.OUTDATED
    assert run.suggestions.count() == 1
    assert AuditEntry.objects.filter(action__contains="lock_suggestion").count() == 2


def test_a_lock_goes_when_one_of_the_two_is_no_longer_free(site):
    one, other = volunteer(site), newcomer(site)
    locked = SuggestionFactory(run__site=site, volunteer=one, newcomer=other, locked_at=NOON)
    other.state = "paused"
    other.save()

    start_run(site=site, by=UserFactory(), at=NOON)

    locked.refresh_from_db()
    assert locked.state == SuggestionState.OUTDATED


def test_what_is_decided_cannot_be_locked(site):
    decided = SuggestionFactory(run__site=site, state=SuggestionState.DECLINED)

    with pytest.raises(SuggestionDecidedError):
        lock_suggestion(suggestion_id=decided.pk, locked=True, by=UserFactory(), at=NOON)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_button_locks_with_and_without_script(world, sign_in, headers):
    client = sign_in(world.users["coordinator"])
    suggestion = SuggestionFactory(run__site=world.mine)

    response = client.post(address("lock", pk=suggestion.pk), {"locked": "1"}, **headers)

    assert response.status_code == (200 if headers else 302)
    assert Suggestion.objects.get().is_locked


# ---------------------------------------------------------------- the pages


@pytest.mark.parametrize(
    "query", [{}, {"volunteer": 1}, {"newcomer": 1}, {"volunteer": 1, "newcomer": 1}]
)
def test_questions_are_asked_as_often_for_three_as_for_one(
    world, sign_in, query, django_assert_num_queries
):
    client = sign_in(world.users["coordinator"])
    chosen = {"volunteer": volunteer(world.mine).pk, "newcomer": newcomer(world.mine).pk}
    asked = {name: chosen[name] for name in query}
    path = address("why", slug=world.mine.slug)
    client.get(path, asked)
    with CaptureQueriesContext(connection) as one:
        client.get(path, asked)
    for _ in range(2):
        volunteer(world.mine)
        newcomer(world.mine)

    assert len(one) <= 22
    with django_assert_num_queries(len(one)):
        response = client.get(path, asked)
    assert response.status_code == 200


def test_somebody_of_another_site_is_nobody_here(world, sign_in):
    client = sign_in(world.users["coordinator"])
    stranger = volunteer(world.foreign)

    response = client.get(address("why", slug=world.mine.slug), {"volunteer": stranger.pk})

    assert response.status_code == 422
    assert stranger.person.family_name not in response.content.decode()


def test_two_suggestions_are_compared_rule_by_rule(world, sign_in, django_assert_max_num_queries):
    client = sign_in(world.users["coordinator"])
    two = [SuggestionFactory(run__site=world.mine).pk for _ in range(2)]

    with django_assert_max_num_queries(16):
        response = client.get(address("compare", slug=world.mine.slug), {"pair": two})

    assert response.status_code == 200
    assert len(response.context["rows"]) == 8


@pytest.mark.parametrize("chosen", [[], ["1"], ["x", "\x00"], ["9" * 40, "1"]])
def test_a_comparison_needs_two(world, sign_in, chosen):
    client = sign_in(world.users["coordinator"])

    response = client.get(address("compare", slug=world.mine.slug), {"pair": chosen})

    assert response.status_code == 422


def test_the_map_shows_each_pair_where_the_newcomer_lives(world, sign_in):
    client = sign_in(world.users["coordinator"])
    suggestion = SuggestionFactory(run__site=world.mine)
    Tandem.objects.all().delete()

    response = client.get(address("board", slug=world.mine.slug), {"view": "map"})

    (point,) = response.context["points"]
    assert point.url == address("suggestion", pk=suggestion.pk)
    assert point.kind == "half"
