"""Rounds: many sites paired together, first between them, then each of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from tandemwerk.core import clock
from tandemwerk.core.models import AuditEntry
from tandemwerk.core.worklist import work_for
from tandemwerk.intake.enums import ParticipationState, Side
from tandemwerk.messaging.models import Notice
from tandemwerk.people.services import erase_person, export_person
from tandemwerk.tandems.enums import DeclineReason, Reach, RequestState
from tandemwerk.tandems.errors import NotInReachError
from tandemwerk.tandems.models import (
    AcrossOffer,
    DeclinedPair,
    PairingRound,
    PairingRun,
    ReachRequest,
    Suggestion,
)
from tandemwerk.tandems.queries.across import code_of, offered_pairs
from tandemwerk.tandems.queries.promised import OFFERED_FOR
from tandemwerk.tandems.services import rounds
from tandemwerk.tandems.services.across import answer_request, ask_other_site, decline_offer
from tandemwerk.tandems.services.rounds import run_night, run_round, start_round
from tandemwerk.tandems.services.runs import propose_by_hand, start_run
from tandemwerk.tandems.services.terms import set_nightly, set_reach
from tests.factories import NOON, ParticipationFactory, SiteFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def address(name, **kwargs):
    with override("de"):
        return reverse(f"tandems:{name}", kwargs=kwargs)


def agree(carrier, reach=Reach.CARRIER):
    set_reach(carrier=carrier, reach=reach, by=UserFactory(), at=NOON)


def comes(site, side, **fields):
    return ParticipationFactory(site=site, side=side, **fields)


def together(carrier, *, at=NOON):
    """Do what the worker does after the button was pressed."""
    found = start_round(carrier=carrier, by=UserFactory(), at=at)
    return run_round(round_id=found.pk, at=at)


@pytest.fixture
def chain():
    """Two sites of a carrier: V and N1 are of the first, W of the second; N1 fits W as well.

    N2 of the first site is near V alone, so both are paired only when W takes N1.
    """
    here = SiteFactory()
    there = SiteFactory(carrier=here.carrier)
    agree(here.carrier)
    people = {
        "V": comes(here, Side.VOLUNTEER, capacity=1),
        "N1": comes(here, Side.NEWCOMER),
        "N2": comes(here, Side.NEWCOMER),
        "W": comes(there, Side.VOLUNTEER, capacity=1),
    }
    return here, there, people


# ---------------------------------------------------------------- what is found


def test_all_sites_together_find_more_than_each_for_itself(chain):
    here, _there, people = chain

    found = together(here.carrier)

    assert (found.alone, found.together, found.gain, found.offers) == (1, 2, 1, 1)
    assert (found.looked_at, found.suggestions, found.finished_at) == (2, 1, NOON)
    (offer,) = AcrossOffer.objects.all()
    (suggestion,) = Suggestion.objects.all()
    assert offer.volunteer == people["W"]
    assert {offer.newcomer, suggestion.newcomer} == {people["N1"], people["N2"]}


def test_a_pair_of_two_sites_is_kept_from_the_suggestions_of_its_sites(chain):
    here, there, people = chain
    together(here.carrier)
    waiting = AcrossOffer.objects.get().newcomer
    comes(there, Side.NEWCOMER)

    start_run(site=there, by=UserFactory(), at=NOON)
    start_run(site=here, by=UserFactory(), at=NOON)

    suggested = Suggestion.objects.filter(state="open")
    assert not suggested.filter(volunteer=people["W"]).exists()
    assert not suggested.filter(newcomer=waiting).exists()


def test_it_is_kept_for_two_weeks_and_no_longer(chain):
    here, there, people = chain
    together(here.carrier)
    comes(there, Side.NEWCOMER)

    later = NOON + OFFERED_FOR + timedelta(days=1)
    start_run(site=there, by=UserFactory(), at=later)

    assert Suggestion.objects.filter(state="open", volunteer=people["W"]).exists()
    assert offered_pairs(here, on=later.date()) == []


def test_the_night_forgets_what_nobody_asked_about_in_time(chain):
    here, _there, _people = chain
    together(here.carrier)

    run_night(at=NOON + OFFERED_FOR)
    kept = AcrossOffer.objects.count()
    run_night(at=NOON + OFFERED_FOR + timedelta(days=1))

    assert (kept, AcrossOffer.objects.count()) == (1, 0)


def test_a_new_round_finds_the_pairs_between_sites_anew(chain):
    here, _there, people = chain
    together(here.carrier)
    people["W"].state = ParticipationState.PAUSED
    people["W"].save()

    found = together(here.carrier, at=NOON + timedelta(hours=1))

    assert (found.offers, AcrossOffer.objects.count(), found.together) == (0, 0, 1)


def test_a_carrier_that_has_not_agreed_gets_suggestions_inside_each_site_only(chain):
    here, _there, _people = chain
    agree(here.carrier, Reach.NONE)

    found = together(here.carrier)

    assert (found.offers, found.suggestions, found.together) == (0, 1, 0)


def test_of_other_carriers_only_those_take_part_whom_their_site_has_left(chain):
    here, _there, _people = chain
    stranger = SiteFactory()
    for carrier in (here.carrier, stranger.carrier):
        agree(carrier, Reach.AGREED)
    theirs = comes(stranger, Side.NEWCOMER)
    comes(here, Side.VOLUNTEER, capacity=1)
    comes(here, Side.VOLUNTEER, capacity=1)

    before = together(here.carrier)
    start_run(site=stranger, by=UserFactory(), at=NOON)
    after = together(here.carrier, at=NOON + timedelta(hours=1))

    assert (before.offers, after.offers) == (0, 1)
    assert AcrossOffer.objects.get().newcomer == theirs
    assert PairingRun.objects.filter(site=stranger).count() == 1


def test_at_night_carriers_that_agreed_are_one_circle_and_each_other_one_its_own():
    sites = [SiteFactory() for _ in range(4)]
    for site, reach in zip(
        sites, [Reach.AGREED, Reach.AGREED, Reach.CARRIER, Reach.NONE], strict=True
    ):
        agree(site.carrier, reach)
        set_nightly(carrier=site.carrier, wanted=True, by=UserFactory(), at=NOON)
    comes(sites[0], Side.VOLUNTEER)
    agreed = comes(sites[1], Side.NEWCOMER)
    comes(sites[2], Side.NEWCOMER)
    comes(sites[3], Side.NEWCOMER)

    night = run_night(at=NOON)

    assert (night.offers, night.looked_at, night.carrier) == (1, 4, None)
    assert AcrossOffer.objects.get().newcomer == agreed


def test_who_was_asked_about_is_kept_until_the_answer(chain):
    here, there, people = chain
    together(here.carrier)
    offer = AcrossOffer.objects.get()
    ask_other_site(
        site=there,
        mine_id=people["W"].pk,
        code=code_of(offer.newcomer_id),
        by=UserFactory(),
        at=NOON,
    )
    comes(there, Side.NEWCOMER)

    found = together(here.carrier, at=NOON + timedelta(hours=1))

    assert not Suggestion.objects.filter(state="open", volunteer=people["W"]).exists()
    assert found.offers == 0


# ---------------------------------------------------------------- killed, twice, at once


def test_a_round_that_was_killed_goes_on_and_doubles_nothing(chain, monkeypatch):
    here, there, _people = chain
    compute = rounds.compute
    started = start_round(carrier=here.carrier, by=UserFactory(), at=NOON)

    def killed(site, **kwargs):
        if site == there:
            raise KeyboardInterrupt
        return compute(site, **kwargs)

    monkeypatch.setattr(rounds, "compute", killed)
    with pytest.raises(KeyboardInterrupt):
        run_round(round_id=started.pk, at=NOON)
    monkeypatch.setattr(rounds, "compute", compute)
    monkeypatch.setattr(rounds, "pair_together", None)  # found already, so it is not asked again

    found = run_round(round_id=started.pk, at=NOON)

    assert (found.looked_at, found.offers, AcrossOffer.objects.count()) == (2, 1, 1)
    assert PairingRun.objects.count() == 2


def test_a_second_press_starts_no_second_round(chain):
    here, _there, _people = chain

    first, second = (start_round(carrier=here.carrier, by=UserFactory(), at=NOON) for _ in "ab")

    assert first == second
    assert AuditEntry.objects.filter(action="tandems.start_round").count() == 1


def test_a_round_that_died_can_be_taken_up_again(world, sign_in):
    begun = clock.now() - timedelta(hours=1)
    PairingRound.objects.create(carrier=world.carrier, day=begun.date(), started_at=begun, sites=1)
    client = sign_in(world.users["carrier_lead"])
    press = address("start_round", slug=world.carrier.slug)

    page = client.get(address("carrier_pairing", slug=world.carrier.slug))
    client.post(press)

    assert press in page.content.decode()
    assert PairingRound.objects.count() == 1
    assert DBTaskResult.objects.filter(task_path__endswith="run_round_in_background").exists()


def test_people_that_cannot_be_read_do_not_stop_a_round(chain):
    here, there, people = chain
    people["W"].person.availability = 1 << 21
    people["W"].person.save()

    found = together(here.carrier)

    assert (found.offers, found.failed, found.suggestions) == (0, 1, 1)
    assert there.pairing_runs.get().state == "failed"


# ---------------------------------------------------------------- asking, saying no


def asked(site, mine, theirs):
    return {
        "site": site,
        "mine_id": mine.pk,
        "code": code_of(theirs.pk),
        "by": UserFactory(),
        "at": NOON,
    }


def test_asking_takes_the_offer_away_and_tells_the_other_team(chain):
    here, there, people = chain
    together(here.carrier)
    offer = AcrossOffer.objects.get()

    request = ask_other_site(**asked(there, people["W"], offer.newcomer))

    assert not AcrossOffer.objects.exists()
    notice = Notice.objects.get(kind="tandems.asked")
    assert (notice.scope, notice.context) == (here.audit_scope, {"site": there.name})
    answer_request(request_id=request.pk, agrees=False, by=UserFactory(), at=NOON)
    assert Notice.objects.get(kind="tandems.refused").context == {}
    assert ReachRequest.objects.get().state == RequestState.DECLINED


def test_two_sites_ask_about_the_same_pair_and_one_question_stands(chain):
    here, there, people = chain
    together(here.carrier)
    offer = AcrossOffer.objects.get()
    ask_other_site(**asked(there, people["W"], offer.newcomer))

    with pytest.raises(NotInReachError):
        ask_other_site(**asked(here, offer.newcomer, people["W"]))

    assert ReachRequest.objects.count() == 1


def test_who_says_no_is_never_offered_the_pair_again(chain):
    here, there, people = chain
    together(here.carrier)
    offer = AcrossOffer.objects.get()

    decline_offer(**asked(there, people["W"], offer.newcomer), reason=DeclineReason.DISTANCE)
    found = together(here.carrier, at=NOON + timedelta(hours=1))

    assert DeclinedPair.objects.get().reason == DeclineReason.DISTANCE
    assert AuditEntry.objects.get(action="tandems.decline_other_site").scope == there.audit_scope
    assert found.offers == 1
    assert AcrossOffer.objects.get().newcomer != offer.newcomer


def test_a_carrier_that_changes_its_mind_offers_nobody_any_more(chain):
    here, _there, _people = chain
    together(here.carrier)

    agree(here.carrier, Reach.NONE)

    assert not AcrossOffer.objects.exists()


def test_who_is_proposed_to_somebody_meanwhile_is_not_offered_any_more(chain):
    here, there, people = chain
    together(here.carrier)
    newcomer = comes(there, Side.NEWCOMER)

    propose_by_hand(
        site=there,
        volunteer_id=people["W"].pk,
        newcomer_id=newcomer.pk,
        by=UserFactory(),
        at=NOON,
    )

    assert not AcrossOffer.objects.exists()


# ---------------------------------------------------------------- pages


@pytest.fixture
def offered(world):
    """A pair of the own and another site that a round has found."""
    for site in (world.mine, world.foreign):
        agree(site.carrier, Reach.AGREED)
        set_nightly(carrier=site.carrier, wanted=True, by=UserFactory(), at=NOON)
    comes(world.mine, Side.NEWCOMER)
    comes(world.foreign, Side.VOLUNTEER, capacity=1)
    run_night(at=clock.now())
    return AcrossOffer.objects.get()


def test_the_page_shows_the_pair_without_a_name_and_writes_the_look_down(world, sign_in, offered):
    client = sign_in(world.users["coordinator"])

    response = client.get(address("across", slug=world.mine.slug))

    content = response.content.decode()
    assert code_of(offered.volunteer_id) in content
    assert offered.volunteer.person.family_name not in content
    assert world.foreign.name not in content
    entry = AuditEntry.objects.get(action="tandems.view_foreign")
    assert entry.target_id == offered.volunteer_id


def test_the_board_and_the_worklist_say_that_a_pair_was_found(world, sign_in, offered):
    user = world.users["coordinator"]

    response = sign_in(user).get(address("board", slug=world.mine.slug))

    assert address("across", slug=world.mine.slug) in response.content.decode()
    keys = {item.key for item in work_for(user, at=clock.now(), limit=50).items}
    assert f"tandems.found_across/{world.mine.pk}" in keys


def test_a_no_without_a_reason_is_shown_again_with_what_was_typed(world, sign_in, offered):
    client = sign_in(world.users["coordinator"])
    form = {"mine": offered.newcomer_id, "code": code_of(offered.volunteer_id), "note": "Zu weit"}

    bad = client.post(address("across_decline", slug=world.mine.slug), form)
    good = client.post(
        address("across_decline", slug=world.mine.slug), form | {"reason": "distance"}
    )

    assert bad.status_code == 422
    assert "Zu weit" in bad.content.decode()
    assert good.status_code == 302
    assert DeclinedPair.objects.get().note == "Zu weit"


def test_a_carrier_sees_how_far_its_round_is_and_what_was_gained(world, sign_in, chain):
    client = sign_in(world.users["carrier_lead"])
    path = address("carrier_pairing", slug=world.carrier.slug)

    client.post(address("start_round", slug=world.carrier.slug))
    under_way = client.get(path)
    half = client.get(address("round", slug=world.carrier.slug), headers={"HX-Request": "true"})
    run_round(round_id=PairingRound.objects.get().pk, at=NOON)
    done = client.get(path)
    over = client.get(address("round", slug=world.carrier.slug), headers={"HX-Request": "true"})

    assert address("round", slug=world.carrier.slug) in under_way.content.decode()
    assert 'role="progressbar"' in half.content.decode() or "<progress" in half.content.decode()
    assert "stats" in done.content.decode()
    assert over.headers["HX-Refresh"] == "true"


def test_the_page_asks_as_often_for_three_as_for_one(
    world, sign_in, offered, django_assert_num_queries
):
    client = sign_in(world.users["coordinator"])
    path = address("across", slug=world.mine.slug)
    assert len(client.get(path).context["offered"]) == 1
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for _ in range(2):
        comes(world.mine, Side.NEWCOMER)
        comes(world.foreign, Side.VOLUNTEER, capacity=1)
    run_night(at=clock.now() + timedelta(days=1))
    assert AcrossOffer.objects.count() == 3

    with django_assert_num_queries(len(one)):
        response = client.get(path)
    assert len(response.context["offered"]) == 3


def test_an_offer_is_in_the_export_and_gone_with_the_person(offered):
    person = offered.newcomer.person

    exported = export_person(person_id=person.pk, by=UserFactory(), at=NOON)
    erase_person(person_id=person.pk, by=UserFactory(), at=NOON)

    assert "suggested_at" in str(exported)
    assert not AcrossOffer.objects.exists()


def test_the_page_of_somebody_says_that_a_pair_with_another_site_was_found(world, sign_in, offered):
    client = sign_in(world.users["coordinator"])
    with override("de"):
        path = reverse("intake:person", kwargs={"pk": offered.newcomer_id})

    assert address("across", slug=world.mine.slug) in client.get(path).content.decode()


def test_who_no_longer_looks_keeps_the_other_one_from_nobody(chain):
    here, there, people = chain
    together(here.carrier)
    waiting = AcrossOffer.objects.get().newcomer
    people["W"].state = ParticipationState.PAUSED
    people["W"].save()
    comes(here, Side.VOLUNTEER, capacity=1)

    start_run(site=here, by=UserFactory(), at=NOON)

    assert Suggestion.objects.filter(state="open", newcomer=waiting).exists()
    assert offered_pairs(here, on=TODAY) == offered_pairs(there, on=TODAY) == []
