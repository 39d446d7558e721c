"""Pairs across the walls between sites: agreed first, without names, every look written down."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tandemwerk.core.models import AuditEntry
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.intake.enums import Side
from tandemwerk.people.enums import ConsentPurpose
from tandemwerk.people.models import Consent
from tandemwerk.tandems.enums import REQUEST_MOVES, Reach, RequestState
from tandemwerk.tandems.errors import NotInReachError
from tandemwerk.tandems.models import PairingTerms, ReachRequest
from tandemwerk.tandems.queries.across import across_pairs, code_of, partners_of, requests_of
from tandemwerk.tandems.services.across import answer_request, ask_other_site
from tandemwerk.tandems.services.runs import start_run
from tandemwerk.tandems.services.terms import set_reach
from tests.factories import (
    NOON,
    CarrierFactory,
    ParticipationFactory,
    PersonFactory,
    SiteFactory,
    UserFactory,
)
from tests.tandems.proposed import make_request

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def address(name, **kwargs):
    with override("de"):
        return reverse(f"tandems:{name}", kwargs=kwargs)


def agree(carrier, reach):
    return set_reach(carrier=carrier, reach=reach, by=UserFactory(), at=NOON)


def left(site, side, name, *, portrait=True):
    """Somebody whom the last run of their own site has left."""
    person = PersonFactory(family_name=name, given_name="Geheim", phone="+4982100001")
    if portrait:
        Consent.objects.create(
            person=person,
            purpose=ConsentPurpose.PORTRAIT,
            text_version=1,
            way="paper",
            given_at=NOON,
        )
    row = ParticipationFactory(site=site, side=side, person=person)
    start_run(site=site, by=UserFactory(), at=NOON)
    return row


@pytest.fixture
def sites():
    """Two sites of two carriers that agreed."""
    here, there = SiteFactory(), SiteFactory()
    for site in (here, there):
        agree(site.carrier, Reach.AGREED)
    return here, there


@pytest.fixture
def both(sites):
    here, there = sites
    return left(here, Side.NEWCOMER, "Hier"), left(there, Side.VOLUNTEER, "Dort")


def ask(site, both, **fields):
    mine, theirs = both
    given = {"site": site, "mine_id": mine.pk, "code": code_of(theirs.pk)}
    return ask_other_site(**(given | {"by": UserFactory(), "at": NOON} | fields))


# ---------------------------------------------------------------- how far


@pytest.mark.parametrize(
    ("ours", "theirs", "found"),
    [
        (Reach.NONE, Reach.AGREED, []),
        (Reach.CARRIER, Reach.AGREED, ["sister"]),
        (Reach.AGREED, Reach.CARRIER, ["sister"]),
        (Reach.AGREED, Reach.NONE, ["sister"]),
        (Reach.AGREED, Reach.AGREED, ["sister", "stranger"]),
    ],
)
def test_both_carriers_must_have_agreed(ours, theirs, found):
    carrier = CarrierFactory()
    site = SiteFactory(carrier=carrier)
    SiteFactory(carrier=carrier, name="sister")
    agree(carrier, ours)
    agree(SiteFactory(name="stranger").carrier, theirs)

    names = partners_of(site).order_by("name").values_list("name", flat=True)

    assert list(names) == found


def test_it_is_off_at_first_and_says_who_agreed_and_when():
    carrier = CarrierFactory()
    assert PairingTerms(carrier=carrier).reach == Reach.NONE

    terms = agree(carrier, Reach.CARRIER)

    assert terms.reach_at == NOON
    assert AuditEntry.objects.get(action="tandems.set_terms").changes == {"reach": "carrier"}


# ---------------------------------------------------------------- without names


def test_people_whom_their_own_sites_cannot_pair_fit_each_other(sites, both):
    (pair,) = across_pairs(sites[0], on=TODAY)

    assert (pair.mine, pair.theirs) == both


def test_a_stranger_has_no_name_no_contact_and_two_digits_of_a_postcode(sites, both):
    with override("en"):
        (pair,) = across_pairs(sites[0], on=TODAY)

    facts = {fact.label: fact.text for fact in pair.stranger.facts}
    assert facts["Area"] == "86…"
    assert "about" not in facts["Age"]
    assert not {"Dort", "Geheim", "86150", "+4982100001"} & {*facts.values(), pair.stranger.code}


def test_who_did_not_agree_to_be_described_is_hardly_described(sites):
    here, there = sites
    left(here, Side.NEWCOMER, "Hier")
    left(there, Side.VOLUNTEER, "Dort", portrait=False)

    with override("en"):
        (pair,) = across_pairs(here, on=TODAY)

    assert [fact.label for fact in pair.stranger.facts] == ["Area", "It is about"]
    assert {reason.rule for reason in pair.reasons} == {"language", "kind"}


def test_the_page_shows_no_name_of_the_other_site_and_writes_the_look_down(world, sign_in):
    for site in (world.mine, world.foreign):
        agree(site.carrier, Reach.AGREED)
    left(world.mine, Side.NEWCOMER, "Hier")
    stranger = left(world.foreign, Side.VOLUNTEER, "Dort")
    client = sign_in(world.users["coordinator"])

    response = client.get(address("across", slug=world.mine.slug))

    content = response.content.decode()
    assert response.status_code == 200
    assert code_of(stranger.pk) in content
    assert not [word for word in ("Dort", world.foreign.name, "4982100001") if word in content]
    entry = AuditEntry.objects.get(action="tandems.view_foreign")
    assert (entry.target_id, entry.scope) == (stranger.pk, world.foreign.audit_scope)
    assert entry.actor_id == world.users["coordinator"].pk


def test_the_page_asks_as_often_for_three_as_for_one(world, sign_in, django_assert_num_queries):
    for site in (world.mine, world.foreign):
        agree(site.carrier, Reach.AGREED)
    client = sign_in(world.users["coordinator"])
    path = address("across", slug=world.mine.slug)

    def add():
        make_request(
            left(world.mine, Side.NEWCOMER, "Hier"), left(world.foreign, Side.VOLUNTEER, "Dort")
        )
        left(world.mine, Side.NEWCOMER, "Noch")
        left(world.foreign, Side.VOLUNTEER, "Eine")

    add()
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    add()
    add()

    assert len(one) <= 36
    with django_assert_num_queries(len(one)):
        client.get(path)


# ---------------------------------------------------------------- asking and answering


@pytest.mark.parametrize("current", RequestState)
@pytest.mark.parametrize("agrees", [True, False])
def test_a_request_moves_only_as_the_table_says(both, current, agrees):
    is_handed = current == RequestState.HANDED_OVER
    handed_to = both[1].site if is_handed else None
    request = make_request(*both, state=current, handed_to=handed_to)
    to = RequestState.AGREED if agrees else RequestState.DECLINED
    by = UserFactory()

    if to in REQUEST_MOVES.get(current, set()):
        answered = answer_request(request_id=request.pk, agrees=agrees, by=by, at=NOON)
        assert (answered.state, answered.answered_by) == (to, by)
    else:
        with pytest.raises(IllegalMoveError):
            answer_request(request_id=request.pk, agrees=agrees, by=by, at=NOON)


def test_names_are_seen_only_after_both_said_yes(sites, both, world):
    here, there = sites
    viewers = {site: UserFactory() for site in sites}
    for site, user in viewers.items():
        site.memberships.create(user=user, role="coordinator")
    request = ask(here, both)

    def seen(site):
        (one,) = requests_of(site, viewer=viewers[site], on=TODAY)
        return one

    before = [seen(here).theirs, seen(there).theirs]
    must_answer = [seen(here).is_to_answer, seen(there).is_to_answer]
    answer_request(request_id=request.pk, agrees=True, by=UserFactory(), at=NOON)

    assert (before, must_answer) == ([None, None], [False, True])
    assert [seen(here).theirs, seen(there).theirs] == [both[1], both[0]]


@pytest.mark.parametrize("fields", [{"code": "NOBODY"}, {"mine_id": 0}])
def test_only_who_is_offered_can_be_asked_for(sites, both, fields):
    with pytest.raises(NotInReachError):
        ask(sites[0], both, **fields)


def test_who_has_been_asked_is_not_offered_again(sites, both):
    ask(sites[0], both)

    assert across_pairs(sites[0], on=TODAY) == []
    assert across_pairs(sites[1], on=TODAY) == []


def test_a_carrier_that_takes_its_yes_back_is_out_of_reach(sites, both):
    agree(sites[1].carrier, Reach.NONE)

    with pytest.raises(NotInReachError):
        ask(sites[0], both)


def test_the_site_that_asked_cannot_answer_itself(world, sign_in):
    for site in (world.mine, world.foreign):
        agree(site.carrier, Reach.AGREED)
    pair = left(world.mine, Side.NEWCOMER, "Hier"), left(world.foreign, Side.VOLUNTEER, "Dort")
    request = ask(world.mine, pair)
    client = sign_in(world.users["coordinator"])

    response = client.post(address("across_answer", pk=request.pk), {"answer": "yes"})

    request.refresh_from_db()
    assert (response.status_code, request.state) == (403, RequestState.ASKED)


@pytest.mark.parametrize("sent", [{}, {"mine": "x", "code": "\x00"}, {"mine": "9" * 30}])
def test_a_question_about_nobody_says_so(world, sign_in, sent):
    client = sign_in(world.users["coordinator"])

    response = client.post(address("across_ask", slug=world.mine.slug), sent)

    assert response.status_code == 302
    assert ReachRequest.objects.count() == 0


@pytest.mark.parametrize(("sent", "reach"), [("agreed", "agreed"), ("nonsense", None)])
def test_a_carrier_chooses_one_of_three(world, sign_in, sent, reach):
    client = sign_in(world.users["carrier_lead"])

    client.post(address("across_terms", slug=world.carrier.slug), {"reach": sent})

    assert PairingTerms.objects.values_list("reach", flat=True).first() == reach
