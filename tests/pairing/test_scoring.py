from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.pairing import KINDS, RULES, SLOTS, TOPICS, Level, Weights, to_mask
from tandemwerk.pairing.candidates import find_candidates
from tandemwerk.pairing.hardrules import Pairs
from tandemwerk.pairing.population import Population
from tandemwerk.pairing.scoring import best_language, score_pairs, share_pairs
from tandemwerk.pairing.weights import Parameters
from tests.pairing.people import TODAY, locate, newcomer, random_map, random_people, volunteer


def one_pair(giver, taker):
    population = Population.of(
        [volunteer(**giver)], [newcomer(**taker)], locate=locate, today=TODAY
    )
    return population, Pairs.of(population, np.array([0]), np.array([0]))


def share(rule, giver, taker, **parameters):
    return float(RULES[rule](*one_pair(giver, taker), Parameters(**parameters))[0])


def spoken(**levels):
    return {"languages": {code: Level[level] for code, level in levels.items()}}


def waited(days):
    return {"waiting_since": TODAY - timedelta(days=days)}


@pytest.mark.parametrize(
    ("rule", "giver", "taker", "expected"),
    [
        ("language", spoken(de="C2"), spoken(de="A2"), 0),
        ("language", spoken(de="A1"), spoken(de="A1"), 0),
        ("language", spoken(de="C2"), spoken(de="B1"), 0.25),
        ("language", spoken(fa="L1"), spoken(fa="L1"), 1),
        ("language", spoken(de="L1", fa="B2"), spoken(de="A2", fa="L1"), 0.5),
        ("topics", {"topics": to_mask(["school", "work"], TOPICS)}, {}, 0.5),
        ("topics", {}, {"topics": to_mask(["school"], TOPICS)}, 0),
        (
            "topics",
            {"topics": to_mask(["school", "work"], TOPICS)},
            {"topics": to_mask(["school", "health", "work"], TOPICS)},
            2 / 3,
        ),
        ("kind", {"kinds": 0b111}, {"kinds": to_mask(["goal"], KINDS)}, 1),
        ("kind", {"kinds": 0b010}, {"kinds": 0b011}, 0.5),
        ("interests", {"interests": frozenset({"chess"})}, {}, 0.5),
        (
            "interests",
            {"interests": frozenset({"chess", "music", "gardens"})},
            {"interests": frozenset({"music", "football"})},
            0.5,
        ),
        ("availability", {}, {}, 0.25),
        ("availability", {"availability": 0b111111}, {"availability": 0b011111}, 1),
        ("distance", {}, {}, 1),
        ("distance", {"max_km": 0}, {"max_km": 0}, 1),
        ("distance", {"postcode": "86316", "max_km": 0}, {"max_km": 0}, 0),
        ("distance", {"postcode": "99999"}, {}, 0),
        ("age", {"birth_year": 1990}, {"birth_year": 1990}, 1),
        ("age", {"birth_year": 1975}, {"birth_year": 1990}, 0.5),
        ("age", {"birth_year": 1940}, {"birth_year": 2000}, 0),
        ("age", {"birth_year": 1940}, {}, 0.5),
        ("waiting", {}, {}, 0),
        ("waiting", waited(90), waited(90), 0.5),
        ("waiting", {}, waited(90), 0.25),
        ("waiting", waited(-20), {}, 0),
        ("priority", {}, {"priority": 3}, 1),
        ("priority", {}, {"priority": 1}, 1 / 3),
    ],
)
def test_each_rule_gives_the_share_that_its_text_promises(rule, giver, taker, expected):
    assert share(rule, giver, taker) == pytest.approx(expected)


def test_the_distance_share_falls_in_a_straight_line_to_the_nearer_limit():
    near = share("distance", {"postcode": "86316", "max_km": 10}, {"max_km": 400})

    assert near == pytest.approx(1 - 6.59 / 10, abs=0.001)


def test_a_year_of_waiting_ranks_above_two_weeks_and_two_years_above_one():
    days = [0, 1, 14, 15, 180, 365, 366, 730, 3650]

    shares = [share("waiting", {}, waited(day)) for day in days]

    assert shares == sorted(set(shares))
    assert shares[5] - shares[2] > 0.3
    assert shares[7] - shares[5] > 0.04


def test_parameters_change_the_rules_they_belong_to():
    assert share("waiting", waited(10), waited(10), waiting_half_days=10) == 0.5
    assert share("availability", {}, {}, enough_slots=1) == 1
    assert share("age", {"birth_year": 1989}, {"birth_year": 1990}, age_span_years=2) == 0.5


@pytest.mark.parametrize(
    ("giver", "taker", "code", "level"),
    [
        (spoken(de="C1", fa="L1"), spoken(de="C1", fa="L1"), "fa", 6),
        (spoken(de="C2", fa="C2"), spoken(de="C2", fa="L1"), "fa", 6),
        (spoken(ar="B1", de="B1"), spoken(ar="B1", de="B1"), "ar", 3),
        (spoken(de="L1", fa="A2"), spoken(de="B1", fa="L1"), "de", 3),
        (spoken(de="L1"), spoken(fa="L1"), None, 0),
    ],
)
def test_the_best_language_serves_the_weaker_speaker_best(giver, taker, code, level):
    population, pair = one_pair(giver, taker)

    best = best_language(population, pair)

    found = population.languages[best.position[0]] if best.position[0] >= 0 else None
    assert (found, int(best.level[0])) == (code, level)


def test_a_score_is_the_weighted_mean_of_the_shares():
    population, pair = one_pair(spoken(de="C2"), {**spoken(de="B1"), "priority": 3})
    weights = Weights({"language": 3, "priority": 1})

    assert score_pairs(population, pair, weights).tolist() == [(3 * 0.25 + 1) / 4]


@settings(deadline=None)
@given(
    seed=st.integers(0, 50),
    weights=st.dictionaries(st.sampled_from(sorted(RULES)), st.floats(0, 1e6), min_size=1).filter(
        lambda weights: sum(weights.values()) > 0
    ),
)
def test_scores_stay_between_0_and_1_in_millionths_for_any_weights(seed, weights):
    givers, takers = random_people(seed, volunteers=8, newcomers=8)
    population = Population.of(givers, takers, locate=random_map(seed).get, today=TODAY)
    pairs = find_candidates(population)

    scores = score_pairs(population, pairs, Weights(weights))

    assert ((scores >= 0) & (scores <= 1)).all()
    assert (np.rint(scores * 1e6) / 1e6 == scores).all()


def test_every_share_of_every_pair_is_between_0_and_1():
    givers, takers = random_people(3)
    population = Population.of(givers, takers, locate=random_map(3).get, today=TODAY)
    everyone = np.indices((len(givers), len(takers))).reshape(2, -1)
    pairs = Pairs.of(population, everyone[0], everyone[1])

    shares = share_pairs(population, pairs, Weights(dict.fromkeys(RULES, 1)))

    assert list(shares) == list(RULES)
    assert all(((values >= 0) & (values <= 1)).all() for values in shares.values())


def test_every_rule_says_where_it_comes_from():
    assert [name for name, rule in RULES.items() if "Source: " not in (rule.__doc__ or "")] == []


def test_free_times_of_the_whole_week_are_counted():
    all_week = {"availability": to_mask(SLOTS, SLOTS)}

    assert share("availability", all_week, all_week, enough_slots=42) == 0.5
