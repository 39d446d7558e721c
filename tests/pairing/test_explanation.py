from datetime import date, timedelta

import numpy as np
import pytest

from tandemwerk.pairing import (
    TOPICS,
    GenderWish,
    HardRule,
    Level,
    Relaxation,
    Weights,
    explain_pair,
    pair_people,
    to_mask,
)
from tandemwerk.pairing import relaxation as relaxation_module
from tandemwerk.pairing.population import Population
from tandemwerk.pairing.relaxation import relaxations
from tests.pairing.people import (
    TODAY,
    locate,
    newcomer,
    plain_broken,
    plain_km,
    random_map,
    random_people,
    volunteer,
)

DARI = {"fa": Level.L1, "de": Level.A2}


def reasons_of(explanation):
    return [(reason.rule, dict(reason.values)) for reason in explanation.reasons]


def test_a_pair_is_explained_by_what_both_have_in_common():
    giver = volunteer(
        postcode="86316",
        languages={"de": Level.L1, "fa": Level.B2},
        availability=0b1_000_101,
        kinds=0b011,
        topics=to_mask(["school", "work"], TOPICS),
        interests=frozenset({"chess", "music"}),
        waiting_since=date(2025, 11, 12),
    )
    taker = newcomer(
        languages=DARI,
        availability=0b1_000_001,
        kinds=0b010,
        topics=to_mask(["health", "school"], TOPICS),
        interests=frozenset({"chess"}),
        waiting_since=TODAY - timedelta(days=400),
        priority=2,
    )

    explanation = explain_pair(giver, taker, locate=locate, today=TODAY)

    assert reasons_of(explanation) == [
        ("language", {"code": "fa", "volunteer": "B2", "newcomer": "L1"}),
        ("distance", {"km": 6.6}),
        ("slot", {"slot": "mon-morning"}),
        ("slot", {"slot": "wed-morning"}),
        ("topic", {"topic": "school"}),
        ("kind", {"kind": "goal"}),
        ("interest", {"interest": "chess"}),
        ("waiting", {"volunteer": 10, "newcomer": 400}),
        ("priority", {"level": 2}),
    ]
    assert (explanation.language, explanation.broken) == ("fa", ())


def test_the_shares_of_a_pair_add_up_to_its_score():
    explanation = explain_pair(
        volunteer(postcode="86316"), newcomer(priority=1), locate=locate, today=TODAY
    )

    assert sum(share.brings for share in explanation.shares) == pytest.approx(
        explanation.score, abs=1e-6
    )
    assert sum(share.weight for share in explanation.shares) == pytest.approx(1)
    assert "age" not in [share.rule for share in explanation.shares]


def test_a_pair_by_hand_is_told_every_hard_rule_that_it_breaks():
    explanation = explain_pair(
        volunteer(kinds=0b100, wishes_gender=GenderWish.FEMALE, max_group=2),
        newcomer(
            postcode="80331",
            languages={"ar": Level.L1},
            availability=0,
            is_minor=True,
            group_size=3,
        ),
        locate=locate,
        today=TODAY,
        blocked=True,
    )

    assert explanation.broken == tuple(HardRule)
    assert explanation.language is None
    assert reasons_of(explanation) == [("distance", {"km": 56.5})]


def test_a_language_below_a2_is_no_reason():
    explanation = explain_pair(
        volunteer(languages={"de": Level.L1}),
        newcomer(languages={"de": Level.A1}),
        locate=locate,
        today=TODAY,
    )

    assert explanation.broken == (HardRule.LANGUAGE,)
    assert [reason.rule for reason in explanation.reasons] == ["distance", "slot", "kind"]


def test_an_unknown_distance_is_none_and_no_reason():
    explanation = explain_pair(volunteer(postcode="99999"), newcomer(), locate=locate, today=TODAY)

    assert explanation.km is None
    assert explanation.broken == (HardRule.DISTANCE,)
    assert [reason.rule for reason in explanation.reasons] == ["language", "slot", "kind"]


def test_a_reason_is_plain_data_for_the_record():
    explanation = explain_pair(volunteer(), newcomer(), locate=locate, today=TODAY)

    assert explanation.reasons[0].as_data() == {
        "rule": "language",
        "values": {"code": "de", "volunteer": "B1", "newcomer": "B1"},
    }


@pytest.mark.parametrize("cells", [30, 100_000])
@pytest.mark.parametrize("seed", range(6))
def test_relaxing_one_rule_gives_what_the_plain_rules_count(seed, cells, monkeypatch):
    monkeypatch.setattr(relaxation_module, "_CELLS", cells)
    points = random_map(seed)
    givers, takers = random_people(seed)
    blocked = {(giver.id, takers[7].id) for giver in givers[::2]}
    population = Population.of(
        givers, takers, locate=points.get, today=TODAY, blocked=sorted(blocked)
    )
    broken = {
        (v, n): plain_broken(giver, taker, points=points, blocked=blocked)
        for v, giver in enumerate(givers)
        for n, taker in enumerate(takers)
        if giver.capacity
    }

    def expected(pairs):
        counts = {
            rule: sum(1 for pair in pairs if broken[pair] == {str(rule)}) for rule in HardRule
        }
        best_first = sorted(HardRule, key=lambda rule: -counts[rule])
        kms = [
            plain_km(givers[v], takers[n], points) for v, n in pairs if broken[v, n] == {"distance"}
        ]
        nearest = min((km for km in kms if km < float("inf")), default=None)
        return tuple(
            Relaxation(
                rule,
                counts[rule],
                pytest.approx(nearest, abs=1e-6)
                if rule is HardRule.DISTANCE and nearest is not None
                else None,
            )
            for rule in best_first
            if counts[rule]
        )

    found_volunteers, found_newcomers = relaxations(
        population, volunteers=np.arange(len(givers)), newcomers=np.arange(len(takers))
    )

    assert found_volunteers == [
        expected([(v, n) for n in range(len(takers)) if givers[v].capacity])
        for v in range(len(givers))
    ]
    assert found_newcomers == [
        expected([(v, n) for v in range(len(givers)) if givers[v].capacity])
        for n in range(len(takers))
    ]


def left_of(givers, takers):
    result = pair_people(givers, takers, locate=locate, today=TODAY)
    return {
        (one.side, one.id): ([(r.rule, dict(r.values)) for r in one.reasons], one.relax)
        for one in result.left
    }


def test_nobody_for_somebody_names_the_rule_that_would_help_most():
    saturday = volunteer("V3", availability=1 << 15)

    left = left_of(
        [
            volunteer("V1", availability=1 << 15),
            volunteer("V2", postcode="80331", availability=1 << 15),
            saturday,
        ],
        [newcomer("N1")],
    )

    assert left["newcomer", "N1"] == (
        [("no_candidate", {})],
        Relaxation(HardRule.AVAILABILITY, 2),
    )
    assert left["volunteer", "V2"] == ([("no_candidate", {})], None)


def test_the_distance_rule_says_how_far_the_nearest_lives():
    left = left_of(
        [volunteer("V1", postcode="80331"), volunteer("V2", postcode="10115")], [newcomer("N1")]
    )

    assert left["newcomer", "N1"][1] == Relaxation(
        HardRule.DISTANCE, 2, pytest.approx(56.454, abs=0.001)
    )


def test_who_is_left_because_all_candidates_are_taken_is_told_how_many_there_were():
    left = left_of([volunteer("V1"), volunteer("V2")], [newcomer(f"N{n}") for n in range(3)])

    assert list(left.values()) == [([("candidates_taken", {"candidates": 2})], None)]


def test_what_is_missing_in_the_own_record_is_named():
    left = left_of(
        [volunteer("V1", capacity=0)],
        [newcomer("N1", postcode="", languages={"de": Level.A1}, availability=0, kinds=0)],
    )

    assert left == {
        ("volunteer", "V1"): ([("no_place", {})], None),
        ("newcomer", "N1"): (
            [
                ("no_candidate", {}),
                ("no_language", {}),
                ("no_availability", {}),
                ("no_kind", {}),
                ("no_location", {}),
            ],
            None,
        ),
    }


def test_other_weights_change_the_score_and_not_what_is_allowed():
    giver, taker = volunteer(), newcomer(priority=3)

    plain = explain_pair(giver, taker, locate=locate, today=TODAY)
    urgent = explain_pair(
        giver, taker, locate=locate, today=TODAY, weights=Weights({"priority": 1})
    )

    assert (urgent.score, urgent.broken) == (1, plain.broken)
    assert plain.score < 1
