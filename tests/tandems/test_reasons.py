"""Reasons, portraits and work in words."""

from datetime import timedelta

import pytest
from django.utils import translation

from tandemwerk.core.worklist import work_for
from tandemwerk.intake.enums import Side
from tandemwerk.pairing import HardRule, LeftReason
from tandemwerk.people.enums import ConsentPurpose
from tandemwerk.people.models import Consent
from tandemwerk.programme.enums import Role
from tandemwerk.tandems import reasons
from tandemwerk.tandems.enums import AnswerState, TandemState
from tandemwerk.tandems.queries.portraits import age_group, portrait_for
from tandemwerk.tandems.reasons import (
    SHARE_NAMES,
    fit_of,
    left_in_words,
    reasons_in_words,
    relaxation_in_words,
)
from tandemwerk.tandems.words import days_in_words, km_in_words, km_roughly
from tandemwerk.tandems.worklist_proposals import (
    calls_asked_for,
    first_meetings_to_arrange,
    invitations_to_hand_over,
    people_to_tell,
    suggestions_to_look_at,
)
from tests.factories import (
    NOON,
    MembershipFactory,
    ParticipationFactory,
    PersonFactory,
    SiteFactory,
)
from tests.tandems.proposed import REASONS, SuggestionFactory, answer_of, make_proposal


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def said(*stored):
    return [each.text for each in reasons_in_words(stored)]


def test_a_pairs_reasons_are_said_in_words():
    assert said(*REASONS) == ["both speak Persian (Dari)", "4 km", "Tuesday evening", "school"]


def test_a_first_language_of_both_is_said_so():
    reason = {"rule": "language", "values": {"code": "uk", "volunteer": "L1", "newcomer": "L1"}}

    assert said(reason) == ["Ukrainian is the first language of both"]


def test_many_times_are_counted_instead_of_listed():
    slots = ["mon-morning", "tue-morning", "wed-morning", "thu-morning", "fri-morning"]
    many = [{"rule": "slot", "values": {"slot": slot}} for slot in slots]

    assert said(*many[:4])[-1] == "Thursday morning"
    assert said(*many)[3:] == ["and 2 more times"]


@pytest.mark.parametrize(
    "stored",
    [
        {"rule": "unheard-of", "values": {}},
        {"rule": "slot", "values": {"slot": "xyz"}},
        {"rule": "topic", "values": {}},
        {"rule": "waiting", "values": {"volunteer": 3, "newcomer": 0}},
        {},
    ],
)
def test_what_older_runs_stored_and_nobody_understands_is_left_out(stored):
    assert said(stored) == []


def test_every_word_of_the_engine_has_words_of_ours():
    from tandemwerk.pairing import RULES  # noqa: PLC0415

    left = [
        left_in_words([{"rule": str(each), "values": {"candidates": 2}}]) for each in LeftReason
    ]
    relaxed = [
        relaxation_in_words([{"rule": str(rule), "count": 3, "km": None}], side)
        for rule in HardRule
        for side in Side
        if rule is not HardRule.BLOCKED
    ]

    assert [texts for texts in left if len(texts) != 1] == []
    assert all(relaxed)
    assert set(SHARE_NAMES) == set(RULES)
    assert all(reasons.broken_in_words(rule) for rule in HardRule)


def test_the_rule_that_helps_most_is_said_and_a_no_is_never_reopened():
    relax = [
        {"rule": "blocked", "count": 9, "km": None},
        {"rule": "distance", "count": 4, "km": 17.4},
        {"rule": "language", "count": 1, "km": None},
    ]

    assert relaxation_in_words(relax, Side.NEWCOMER) == (
        "With a longer way there would be 4 people (the nearest 17 km away)."
    )
    assert relaxation_in_words(relax[:1], Side.NEWCOMER) == ""


@pytest.mark.parametrize(("score", "steps"), [(1, 4), (0.48, 4), (0.36, 3), (0.24, 2), (0, 1)])
def test_a_score_is_a_word_in_four_steps(score, steps):
    assert fit_of(score).steps == steps


def test_lengths_and_times_are_said_as_people_say_them():
    assert [km_in_words(0.4), km_in_words(12.6)] == ["less than 1 km", "13 km"]
    assert [km_roughly(0.1), km_roughly(5.1), km_roughly(233)] == [
        "up to 2 km away",
        "up to 10 km away",
        "up to 300 km away",
    ]
    assert [days_in_words(days) for days in (1, 13, 14, 59, 60)] == [
        "1 day",
        "13 days",
        "2 weeks",
        "8 weeks",
        "2 months",
    ]


# ---------------------------------------------------------------- portraits


@pytest.mark.parametrize(
    ("birth_year", "group"),
    [
        (2010, "under 18"),
        (2008, "18 to 26 years"),
        (1990, "27 to 39 years"),
        (1930, "60 years or older"),
    ],
)
def test_ages_are_told_as_groups(birth_year, group):
    assert str(age_group(PersonFactory.build(birth_year=birth_year), on=NOON.date())) == group


@pytest.fixture
def asked(db):
    """The newcomer's question about a volunteer who agreed to be described."""
    site = SiteFactory()
    volunteer = ParticipationFactory(
        site=site,
        topics=0b11,
        kinds=3,
        person=PersonFactory(
            speaks={"de": 7, "fa": 2, "en": 1},
            interests=["cooking"],
            gender="f",
            availability=0b100,
        ),
    )
    newcomer = ParticipationFactory(site=site, side=Side.NEWCOMER, kinds=1)
    tandem = make_proposal(site=site, volunteer=volunteer, newcomer=newcomer, language="fa", km=3.9)
    Consent.objects.create(
        person=volunteer.person,
        purpose=ConsentPurpose.PORTRAIT,
        text_version=1,
        way="paper",
        given_at=NOON,
    )
    return answer_of(tandem, Side.NEWCOMER)


def lines_of(portrait):
    return {line.label: line.text for line in portrait.lines}


def test_a_portrait_tells_what_matters_and_no_more(asked):
    assert lines_of(portrait_for(asked, at=NOON, language="en")) == {
        "Age": "40 to 59 years",
        "You can speak together": "Persian (Dari)",
        "It is about": "everyday life",
        "Languages": "German, Persian (Dari)",
        "Can help with": "school, training",
        "Likes": "cooking",
        "Both have time": "Monday evening",
        "Lives": "up to 5 km away",
    }


def test_the_gender_is_told_to_those_who_asked_for_one(asked):
    asked.participation.wishes_gender = "f"

    assert lines_of(portrait_for(asked, at=NOON, language="en"))["Gender"] == "female"


def test_a_family_is_told_as_one(asked):
    asked.other.group_size = 4

    assert lines_of(portrait_for(asked, at=NOON, language="en"))["A family or group"] == "4 people"


# ---------------------------------------------------------------- the worklist


@pytest.fixture
def site(db):
    return SiteFactory()


@pytest.fixture
def coordinator(site):
    return MembershipFactory(site=site).user


def test_who_asked_for_a_call_is_called_first(site, coordinator):
    tandem = make_proposal(site=site)
    tandem.answers.filter(side=Side.NEWCOMER).update(state=AnswerState.CALL_ME, answered_at=NOON)

    work = calls_asked_for(coordinator, NOON, 7)

    assert (work.count, work.items[0].urgency) == (1, "now")
    assert "+493023125000" in work.items[0].reason


def test_two_times_yes_ask_for_a_meeting_and_one_does_not(site, coordinator):
    agreed, half = make_proposal(site=site), make_proposal(site=site)
    agreed.answers.update(state=AnswerState.YES, answered_at=NOON)
    half.answers.filter(side=Side.NEWCOMER).update(state=AnswerState.YES, answered_at=NOON)

    work = first_meetings_to_arrange(coordinator, NOON, 7)

    assert [item.key for item in work.items] == [f"tandems.first_meeting/{agreed.pk}"]


@pytest.mark.parametrize(
    ("person", "count"),
    [
        ({"contact_preference": "both"}, 0),
        ({"contact_preference": "mail"}, 0),
        ({"contact_preference": "phone"}, 1),
        ({"contact_preference": "neither"}, 1),
        ({"contact_preference": "both", "mail": ""}, 1),
    ],
)
def test_those_without_mail_are_asked_in_person(site, coordinator, person, count):
    newcomer = ParticipationFactory(site=site, side=Side.NEWCOMER, person=PersonFactory(**person))
    make_proposal(site=site, newcomer=newcomer)

    assert invitations_to_hand_over(coordinator, NOON, 7).count == count


@pytest.mark.parametrize(
    ("state", "days", "told", "count"),
    [
        (TandemState.EXPIRED, 1, None, 1),
        (TandemState.DECLINED, 1, None, 1),
        (TandemState.EXPIRED, 1, NOON, 0),
        (TandemState.EXPIRED, 31, None, 0),
        (TandemState.PROPOSED, 1, None, 0),
        (TandemState.ENDED, 1, None, 0),
    ],
)
def test_what_came_to_nothing_is_told_for_a_month(coordinator, state, days, told, count):
    site = coordinator.memberships.get().site
    tandem = make_proposal(site=site, created_at=NOON - timedelta(days=days))
    tandem.moves.create(from_state="proposed", to_state=state, at=NOON, by_kind="system")
    tandem.state, tandem.followed_up_at = state, told
    tandem.save()

    assert people_to_tell(coordinator, NOON, 7).count == count


def test_open_suggestions_are_one_item_a_site(site, coordinator):
    for _ in range(2):
        SuggestionFactory(run__site=site)

    work = suggestions_to_look_at(coordinator, NOON, 7)

    assert [str(item.title) for item in work.items] == ["2 suggestions for tandems"]


def test_the_whole_number_is_told_when_only_some_are_shown(site, coordinator):
    for _ in range(3):
        make_proposal(site=site).answers.update(state=AnswerState.CALL_ME, answered_at=NOON)

    work = calls_asked_for(coordinator, NOON, 2)

    assert (len(work.items), work.count) == (2, 6)


def test_readers_and_other_sites_have_no_such_work(site):
    tandem = make_proposal(site=site)
    tandem.answers.update(state=AnswerState.CALL_ME, answered_at=NOON)
    SuggestionFactory(run__site=site)
    reader = MembershipFactory(site=site, role=Role.READER).user

    for user in (reader, MembershipFactory().user):
        assert work_for(user, at=NOON, limit=7).count == 0
