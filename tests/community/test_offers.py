"""Questions that nobody answers reach those who probably know, and never too many of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tandemwerk.community.enums import DecisionKind, OfferState, PostState
from tandemwerk.community.models import Decision, Offer, Profile, Suspension
from tandemwerk.community.queries import offers as queries
from tandemwerk.community.queries.offers import MOST_OPEN, OFFERS, reasons_in_words
from tandemwerk.community.services import offers
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.knowledge.models import Term
from tandemwerk.messaging.models import Notice
from tandemwerk.programme.enums import Role
from tests.community.factories import PostFactory, SpaceFactory, TopicFactory
from tests.factories import NOON, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

THREE_DAYS = timedelta(days=3)


@pytest.fixture
def term():
    return Term.objects.create(slug="housing", names={"de": "Wohnen", "en": "Housing"})


def expert(term, *, member=None, **fields):
    user = (member or MembershipFactory()).user
    given = {"changed_at": NOON, "languages": ["de"]} | fields
    profile = Profile.objects.create(user=user, **given)
    profile.expertise.add(term)
    return user


def question(term, **fields):
    given = {"created_at": NOON - THREE_DAYS, "terms": [term]} | fields
    return TopicFactory(**given)


def offered(topic):
    return set(Offer.objects.filter(topic=topic).values_list("user_id", flat=True))


def test_a_question_goes_to_three_who_know_about_it(term):
    experts = [expert(term) for _ in range(5)]
    topic = question(term)

    made = offers.offer_questions(at=NOON)

    assert made == OFFERS
    assert offered(topic) <= {user.pk for user in experts}
    assert Notice.objects.filter(kind="community.offer").count() == OFFERS


def test_twice_in_a_row_the_second_run_finds_nothing_to_do(term):
    for _ in range(5):
        expert(term)
    question(term)
    offers.offer_questions(at=NOON)

    assert offers.offer_questions(at=NOON + timedelta(hours=1)) == 0


def test_a_young_question_and_an_answered_one_are_not_offered(term):
    expert(term)
    question(term, created_at=NOON - timedelta(days=1))
    answered = question(term)
    PostFactory(topic=answered, created_at=NOON - timedelta(days=2))

    assert offers.offer_questions(at=NOON) == 0


def test_what_the_asker_adds_is_no_answer(term):
    expert(term)
    topic = question(term)
    PostFactory(topic=topic, author=topic.author, created_at=NOON - timedelta(days=2))

    assert offers.offer_questions(at=NOON) == 1


def test_never_the_asker(term):
    user = expert(term)
    question(term, author=user)

    assert offers.offer_questions(at=NOON) == 0


def test_never_somebody_who_cannot_read_the_space(term):
    expert(term)
    question(term, space=SpaceFactory(kind="internal"))
    question(term, space=SpaceFactory(carrier_only=True))
    question(term, space=SpaceFactory(group=True, join_policy="invitation"))

    assert offers.offer_questions(at=NOON) == 0


def test_never_somebody_who_only_reads(term):
    expert(term, member=MembershipFactory(role=Role.READER))
    question(term)

    assert offers.offer_questions(at=NOON) == 0


@pytest.mark.parametrize("everywhere", [True, False])
def test_never_somebody_who_is_suspended(term, everywhere):
    user, topic = expert(term), question(term)
    decision = Decision.objects.create(
        kind=DecisionKind.SUSPEND, space=topic.space, person=user, at=NOON, reason="-"
    )
    Suspension.objects.create(
        user=user,
        space=None if everywhere else topic.space,
        decision=decision,
        starts_at=NOON - timedelta(days=1),
        ends_at=NOON + timedelta(days=1),
    )

    assert offers.offer_questions(at=NOON) == 0


def test_never_somebody_who_wants_no_questions_or_has_left(term):
    expert(term, takes_questions=False)
    expert(term, member=MembershipFactory(user=UserFactory(is_active=False)))
    question(term)

    assert offers.offer_questions(at=NOON) == 0


def test_accepted_answers_count_like_a_word_in_the_profile(term):
    user = MembershipFactory().user
    earlier = question(term, created_at=NOON - timedelta(days=90))
    earlier.accepted_post = PostFactory(topic=earlier, author=user)
    earlier.save()
    topic = question(term)

    offers.offer_questions(at=NOON)

    offer = Offer.objects.get(topic=topic)
    assert (offer.user, offer.reasons) == (user, [["accepted", 1]])


def test_the_load_is_spread(term):
    experts = [expert(term) for _ in range(6)]
    for _ in range(4):
        question(term)

    offers.offer_questions(at=NOON)

    loads = [Offer.objects.filter(user=user).count() for user in experts]
    assert loads == [MOST_OPEN] * 6


def test_nobody_gets_more_than_their_list_holds_over_several_runs(term):
    user = expert(term)
    for number in range(3):
        question(term)
        offers.offer_questions(at=NOON + timedelta(hours=number))

    assert Offer.objects.filter(user=user).count() == MOST_OPEN


def test_whoever_was_asked_least_lately_comes_first(term):
    tired, rested = expert(term), expert(term)
    old = question(term, created_at=NOON - timedelta(days=80))
    Offer.objects.create(
        topic=old, user=tired, state=OfferState.DECLINED, offered_at=NOON - timedelta(days=1)
    )
    others = [expert(term) for _ in range(2)]
    topic = question(term)

    offers.offer_questions(at=NOON)

    assert offered(topic) == {rested.pk, *(user.pk for user in others)}


def test_a_pass_asks_the_next_best(term):
    for _ in range(4):
        expert(term)
    topic = question(term)
    offers.offer_questions(at=NOON)
    first = Offer.objects.filter(topic=topic).first()

    offers.pass_offer(offer_id=first.pk, by=first.user, at=NOON + timedelta(hours=1))

    assert len(offered(topic)) == OFFERS + 1
    assert Notice.objects.filter(key=f"community.offer:{first.pk}").count() == 0


def test_a_question_taken_on_stays_in_the_list_until_it_is_answered(term):
    user = expert(term)
    topic = question(term)
    offers.offer_questions(at=NOON)
    offer = Offer.objects.get()

    offers.accept_offer(offer_id=offer.pk, by=user, at=NOON)
    PostFactory(topic=topic, author=user, created_at=NOON + timedelta(minutes=5))
    offers.settle_offers(at=NOON + timedelta(hours=1))

    offer.refresh_from_db()
    assert offer.state == OfferState.ANSWERED


def test_an_answer_of_somebody_else_ends_the_offers(term):
    expert(term)
    topic = question(term)
    offers.offer_questions(at=NOON)
    PostFactory(topic=topic, created_at=NOON + timedelta(minutes=5))

    offers.settle_offers(at=NOON + timedelta(hours=1))

    assert Offer.objects.get().state == OfferState.LAPSED


def test_a_hidden_answer_is_none(term):
    expert(term)
    topic = question(term)
    PostFactory(topic=topic, created_at=NOON - timedelta(days=1), state=PostState.HIDDEN)

    assert offers.offer_questions(at=NOON) == 1


@pytest.mark.parametrize("state", [OfferState.ANSWERED, OfferState.DECLINED, OfferState.LAPSED])
def test_an_offer_that_is_settled_stays_so(term, state):
    offer = Offer.objects.create(topic=question(term), user=expert(term), offered_at=NOON)
    Offer.objects.filter(pk=offer.pk).update(state=state)

    with pytest.raises(IllegalMoveError):
        offers.accept_offer(offer_id=offer.pk, by=offer.user, at=NOON)


def test_the_reasons_are_said_in_words(term):
    user = expert(term, languages=["de", "fa"])
    topic = question(term, language="fa")

    offers.offer_questions(at=NOON)

    offer = Offer.objects.get()
    assert (offer.user, offer.topic) == (user, topic)
    assert len(reasons_in_words([offer])[offer.pk]) == 2


def test_of_an_unnamed_question_no_reason_tells_the_land_it_does_not_tell_itself(term):
    member = MembershipFactory()
    expert(term)
    question(term, author=member.user, site=member.site, anonymity="moderators")

    offers.offer_questions(at=NOON)

    assert Offer.objects.get().reasons == [["term", "housing"]]


def test_the_number_of_queries_is_the_same_for_one_question_and_three(
    term, django_assert_num_queries
):
    expert(term)
    question(term)
    with CaptureQueriesContext(connection) as one:
        queries.questions(queries.unanswered(at=NOON), at=NOON)
    for _ in range(2):
        expert(term)
        question(term)

    with django_assert_num_queries(len(one)):
        queries.questions(queries.unanswered(at=NOON), at=NOON)
