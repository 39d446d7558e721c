"""After two sites agreed: one hands its person over, and the other one proposes the pair."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tandemwerk.core.models import AuditEntry
from tandemwerk.core.privacy import kinds
from tandemwerk.intake.enums import ParticipationState, Side
from tandemwerk.intake.models import Participation
from tandemwerk.messaging.models import NoticeCopy
from tandemwerk.people.enums import ConsentPurpose, ConsentWay
from tandemwerk.tandems.enums import Reach, RequestState, SuggestionState, TandemState
from tandemwerk.tandems.errors import (
    AlreadyThereError,
    InTandemError,
    NotAgreedError,
    NotHereError,
    NotInReachError,
    NotOpenError,
)
from tandemwerk.tandems.models import ReachRequest, Tandem
from tandemwerk.tandems.queries.across import code_of, request_of
from tandemwerk.tandems.queries.runs import suggestions_of
from tandemwerk.tandems.services.across import hand_over
from tandemwerk.tandems.services.terms import set_reach
from tandemwerk.tandems.worklist_across import pairs_with_other_sites
from tests.factories import (
    NOON,
    ParticipationFactory,
    PersonFactory,
    SiteFactory,
    TandemFactory,
    UserFactory,
)
from tests.tandems.proposed import SuggestionFactory, make_request

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def address(name, **kwargs):
    with override("de"):
        return reverse(f"tandems:{name}", kwargs=kwargs)


def agree(*sites, reach=Reach.AGREED):
    for site in sites:
        set_reach(carrier=site.carrier, reach=reach, by=UserFactory(), at=NOON)


def agreed_pair(here, there, **fields):
    """Somebody of ``here`` and of ``there``, about whom both said yes."""
    mine = ParticipationFactory(
        site=here, side=Side.NEWCOMER, person=PersonFactory(family_name="Hierher")
    )
    theirs = ParticipationFactory(site=there, person=PersonFactory(family_name="Dorthin"))
    return make_request(mine, theirs, state=RequestState.AGREED, answered_at=NOON, **fields)


@pytest.fixture
def request_(world):
    """What the world's own site asked and the foreign one agreed to."""
    agree(world.mine, world.foreign)
    return agreed_pair(world.mine, world.foreign)


def give(request, site, **fields):
    given = {"way": ConsentWay.SPOKEN, "by": UserFactory(), "at": NOON} | fields
    return hand_over(request_id=request.pk, site=site, **given)


# ---------------------------------------------------------------- handing over


def test_the_person_is_with_the_other_site_and_both_find_it_written_down(world, request_):
    by = UserFactory()

    request = give(request_, world.mine, by=by)

    request.asking.refresh_from_db()
    assert request.asking.site == world.foreign
    assert (request.state, request.handed_to) == (RequestState.HANDED_OVER, world.foreign)
    assert (request.handed_by, request.handed_at, request.handed_way) == (by, NOON, "spoken")
    entries = AuditEntry.objects.filter(action="intake.hand_over")
    assert {entry.scope for entry in entries} == {
        world.mine.audit_scope,
        world.foreign.audit_scope,
    }
    assert {entry.changes["way"] for entry in entries} == {"spoken"}


def test_the_site_that_was_asked_can_hand_over_as_well(world, request_):
    request = give(request_, world.foreign)

    assert Participation.objects.get(pk=request.asked_id).site == world.mine


def test_the_ledger_says_that_the_person_agreed_and_how(world, request_):
    give(request_, world.mine, way=ConsentWay.PAPER)

    consent = request_.asking.person.consents.get(purpose=ConsentPurpose.PARTICIPATION)
    assert (consent.way, consent.withdrawn_at) == ("paper", None)


def test_what_the_site_had_in_mind_for_the_person_is_over(world, request_):
    suggestion = SuggestionFactory(run__site=world.mine, newcomer=request_.asking)
    other = agreed_pair(world.mine, world.sister)
    ReachRequest.objects.filter(pk=other.pk).update(asking=request_.asking)

    give(request_, world.mine)

    suggestion.refresh_from_db()
    other.refresh_from_db()
    assert (suggestion.state, other.state) == (SuggestionState.OUTDATED, RequestState.OVER)


def test_a_suggestion_of_earlier_shows_the_person_no_more(world, request_, sign_in):
    suggestion = SuggestionFactory(run__site=world.mine, newcomer=request_.asking)
    client = sign_in(world.users["coordinator"])
    path = address("suggestion", pk=suggestion.pk)
    before = client.get(path).status_code

    give(request_, world.mine)

    assert (before, client.get(path).status_code) == (200, 404)


def test_a_suggestion_that_a_run_found_meanwhile_shows_nobody_who_has_gone(world, request_):
    give(request_, world.mine)
    SuggestionFactory(
        run__site=world.mine,
        newcomer=request_.asking,
        volunteer=ParticipationFactory(site=world.mine, side=Side.VOLUNTEER),
    )

    assert list(suggestions_of(world.mine, viewer=world.users["coordinator"])) == []


def test_the_team_of_the_other_site_is_told_without_a_name(world, request_):
    give(request_, world.mine)

    copy = NoticeCopy.objects.select_related("notice").get(user=world.users["foreign_coordinator"])
    assert copy.notice.kind == "tandems.handed_over"
    assert copy.notice.context == {"site": world.mine.name}


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize("state", [RequestState.ASKED, RequestState.DECLINED, RequestState.OVER])
def test_nobody_is_handed_over_before_both_said_yes(world, request_, state):
    ReachRequest.objects.filter(pk=request_.pk).update(state=state)

    with pytest.raises(NotAgreedError):
        give(request_, world.mine)


@pytest.mark.parametrize("second", ["mine", "foreign"])
def test_of_two_who_press_one_wins(world, request_, second):
    give(request_, world.mine)

    with pytest.raises(NotAgreedError):
        give(request_, getattr(world, second))

    request_.asked.refresh_from_db()
    assert request_.asked.site == world.foreign


def test_who_is_in_a_tandem_stays(world, request_):
    TandemFactory(site=world.mine, newcomer=request_.asking)

    with pytest.raises(InTandemError):
        give(request_, world.mine)


def test_a_tandem_of_the_past_stays_where_it_is(world, request_):
    past = TandemFactory(site=world.mine, newcomer=request_.asking, state=TandemState.ENDED)

    give(request_, world.mine)

    past.refresh_from_db()
    assert past.site == world.mine


@pytest.mark.parametrize("who", ["asking", "asked"])
@pytest.mark.parametrize("state", [ParticipationState.PAUSED, ParticipationState.LEFT])
def test_both_must_want_a_tandem(world, request_, who, state):
    Participation.objects.filter(pk=getattr(request_, f"{who}_id")).update(state=state)

    with pytest.raises(NotOpenError):
        give(request_, world.mine)


def test_who_takes_part_there_already_is_not_taken_twice(world, request_):
    ParticipationFactory(site=world.foreign, side=Side.NEWCOMER, person=request_.asking.person)

    with pytest.raises(AlreadyThereError):
        give(request_, world.mine)


def test_who_has_gone_elsewhere_is_no_longer_here(world, request_):
    Participation.objects.filter(pk=request_.asking_id).update(site=world.sister)

    with pytest.raises(NotHereError):
        give(request_, world.mine)


def test_a_carrier_that_takes_its_yes_back_gets_nobody(world, request_):
    agree(world.foreign, reach=Reach.NONE)

    with pytest.raises(NotInReachError):
        give(request_, world.mine)

    assert Participation.objects.get(pk=request_.asking_id).site == world.mine


def test_the_table_knows_to_whom_somebody_was_handed(request_):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReachRequest.objects.filter(pk=request_.pk).update(state=RequestState.HANDED_OVER)


# ---------------------------------------------------------------- what each site sees


def test_the_giving_site_remembers_the_pair_without_a_name(world, request_, sign_in):
    give(request_, world.mine)
    client = sign_in(world.users["coordinator"])

    page = client.get(address("across", slug=world.mine.slug)).content.decode()
    with override("de"):
        person = client.get(reverse("intake:person", args=[request_.asking_id]))

    assert code_of(request_.asking_id) in page
    assert world.foreign.name in page
    assert not [name for name in ("Hierher", "Dorthin") if name in page]
    assert person.status_code == 404


def test_the_receiving_site_sees_both_and_proposes_them(world, request_, sign_in):
    give(request_, world.mine)
    client = sign_in(world.users["foreign_coordinator"])
    both = {"volunteer": request_.asked_id, "newcomer": request_.asking_id}
    path = address("by_hand", slug=world.foreign.slug)

    page = client.get(address("across", slug=world.foreign.slug)).content.decode()
    compared = client.get(path, both)
    client.post(path, {**both, "confirmed": "on"})

    assert f"{path}?volunteer={both['volunteer']}&amp;newcomer={both['newcomer']}" in page
    assert "Hierher" in compared.content.decode()
    tandem = Tandem.objects.get(site=world.foreign, newcomer=request_.asking)
    assert tandem.state == TandemState.PROPOSED
    page = client.get(address("across", slug=world.foreign.slug)).content.decode()
    assert address("tandem", pk=tandem.pk) in page
    assert path not in page.split('id="request-')[1].split("</article>")[0]


def test_the_page_asks_as_often_for_three_as_for_one(world, sign_in, django_assert_num_queries):
    agree(world.mine, world.foreign)
    client = sign_in(world.users["foreign_coordinator"])
    path = address("across", slug=world.foreign.slug)

    def add():
        agreed_pair(world.mine, world.foreign)
        request = give(agreed_pair(world.mine, world.foreign), world.mine)
        asking = Participation.objects.get(pk=request.asking_id)
        TandemFactory(site=world.foreign, newcomer=asking, volunteer=request.asked)
        give(agreed_pair(world.mine, world.foreign), world.mine)

    add()
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    add()
    add()

    with django_assert_num_queries(len(one)):
        client.get(path)


# ---------------------------------------------------------------- the page


def test_the_page_says_what_happens_and_hands_over(world, request_, sign_in):
    client = sign_in(world.users["coordinator"])
    path = address("across_hand_over", slug=world.mine.slug, pk=request_.pk)

    page = client.get(path)
    response = client.post(path, {"way": "paper", "is_meant": "on"})

    assert "Hierher" in page.content.decode()
    assert response["Location"] == address("across", slug=world.mine.slug)
    assert Participation.objects.get(pk=request_.asking_id).site == world.foreign


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({}, 0),
        ({"way": "paper"}, 1),
        ({"is_meant": "on"}, 1),
        ({"way": "link", "is_meant": "on"}, 1),
    ],
)
def test_without_consent_nobody_goes_and_what_was_typed_stays(world, request_, sign_in, sent, kept):
    client = sign_in(world.users["coordinator"])
    path = address("across_hand_over", slug=world.mine.slug, pk=request_.pk)

    response = client.post(path, sent)

    assert response.status_code == 422
    assert response.content.decode().count(" checked") == kept
    assert Participation.objects.get(pk=request_.asking_id).site == world.mine


def test_what_stands_in_the_way_is_said_and_what_was_typed_stays(world, request_, sign_in):
    TandemFactory(site=world.mine, newcomer=request_.asking)
    client = sign_in(world.users["coordinator"])
    path = address("across_hand_over", slug=world.mine.slug, pk=request_.pk)

    with override("de"):
        problem = str(InTandemError())
        response = client.post(path, {"way": "paper", "is_meant": "on"})

    assert response.status_code == 422
    assert problem in response.content.decode()
    assert response.content.decode().count(" checked") == 2


def test_who_comes_too_late_is_sent_back(world, request_, sign_in):
    give(request_, world.foreign)
    client = sign_in(world.users["coordinator"])
    path = address("across_hand_over", slug=world.mine.slug, pk=request_.pk)

    answers = [client.get(path), client.post(path, {"way": "paper", "is_meant": "on"})]

    assert [each.status_code for each in answers] == [302, 302]


def test_a_request_of_others_is_not_found(world, request_, sign_in):
    client = sign_in(world.users["coordinator"])
    foreign = agreed_pair(world.foreign, SiteFactory())

    for slug, pk in ((world.mine.slug, foreign.pk), (world.foreign.slug, request_.pk)):
        assert client.get(address("across_hand_over", slug=slug, pk=pk)).status_code == 404


# ---------------------------------------------------------------- what is to be done


def test_the_worklist_leads_from_the_question_to_the_proposal(world, request_):
    here, there = world.users["coordinator"], world.users["foreign_coordinator"]

    def keys():
        found = [pairs_with_other_sites(user, NOON, 10).items for user in (here, there)]
        return [[item.key.split("/")[-1] for item in items] for items in found]

    ReachRequest.objects.filter(pk=request_.pk).update(state=RequestState.ASKED)
    asked = keys()
    ReachRequest.objects.filter(pk=request_.pk).update(state=RequestState.AGREED)
    agreed = keys()
    give(request_, world.mine)
    handed = keys()
    newcomer = Participation.objects.get(pk=request_.asking_id)
    TandemFactory(site=world.foreign, newcomer=newcomer, volunteer=request_.asked)

    assert asked == [[], ["answer"]]
    assert agreed == [["accompany"], ["accompany"]]
    assert handed == [[], ["propose"]]
    assert keys() == [[], []]


def test_a_reader_has_nothing_to_do_with_it(world, request_):
    assert pairs_with_other_sites(world.users["reader"], NOON, 10).count == 0


def test_a_request_is_found_by_both_sites_after_the_person_has_moved(world, request_):
    give(request_, world.mine)

    for site, name in ((world.mine, "coordinator"), (world.foreign, "foreign_coordinator")):
        assert request_of(site, request_.pk, viewer=world.users[name], on=TODAY) is not None


def test_a_copy_of_the_data_says_to_whom_somebody_was_handed(world, request_):
    give(request_, world.mine)
    (kept,) = [each for each in kinds() if each.name == "suggestions"]

    (entry,) = kept.export(request_.asking.person_id)
    (of_the_other,) = kept.export(request_.asked.person_id)

    assert entry["handed_over_to"] == world.foreign.name
    assert "handed_over_to" not in of_the_other
