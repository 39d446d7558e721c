import pytest

from tandemwerk.pairing import RULES, PairingInputError, Weights
from tandemwerk.pairing.scoring import check_weights


def test_the_shipped_weights_name_every_rule_and_nothing_else():
    assert set(Weights.default().rules) == set(RULES)


def test_the_shipped_parameters_are_those_of_the_code():
    text = "[weights]\nlanguage = 1\n"

    assert Weights.parse(text).parameters == Weights.default().parameters


def test_a_rule_that_is_not_named_does_not_count():
    weights = Weights.parse("[weights]\nlanguage = 3\ndistance = 1\n")

    assert [weights.share(rule) for rule in ("language", "distance", "topics")] == [0.75, 0.25, 0]


def test_weights_are_plain_data_for_the_record():
    weights = Weights.parse("[weights]\nage = 2\n[parameters]\nage_span_years = 10\n")

    assert weights.as_data() == {
        "weights": {"age": 2},
        "parameters": {
            "waiting_half_days": 90,
            "enough_slots": 4,
            "age_span_years": 10,
            "max_wait_days": 0,
        },
    }


def test_weights_cannot_be_changed_behind_a_run():
    rules = {"age": 1.0}
    weights = Weights(rules)

    rules["age"] = 5.0

    assert weights.rules["age"] == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[weights", "not a TOML file: "),
        ("", "weights: at least one rule needs a weight above 0"),
        ("[weights]\nage = 0", "weights: at least one rule needs a weight above 0"),
        ("[weights]\nage = -1", "weights.age must not be below 0"),
        ("[weights]\nage = nan", "weights.age is not a number: nan"),
        ("[weights]\nage = true", "weights.age is not a number: True"),
        ("[weights]\nage = 'much'", "weights.age is not a number: 'much'"),
        ("weights = 3", "weights is not a section"),
        ("[wieghts]\nage = 1", "unknown section 'wieghts', expected: parameters weights"),
        (
            "[weights]\nage = 1\n[parameters]\nenough_slots = 0",
            "parameters.enough_slots must be above 0",
        ),
        (
            "[weights]\nage = 1\n[parameters]\nslots = 1",
            "unknown parameter 'slots', expected: age_span_years enough_slots max_wait_",
        ),
        (
            "[weights]\nage = 1\n[parameters]\nmax_wait_days = -1",
            "parameters.max_wait_days must not be below 0",
        ),
    ],
)
def test_a_wrong_weights_file_names_the_entry(text, message):
    with pytest.raises(PairingInputError) as caught:
        Weights.parse(text)

    assert str(caught.value).startswith(message)


def test_a_weight_for_a_rule_that_does_not_exist_is_refused():
    with pytest.raises(PairingInputError) as caught:
        check_weights(Weights({"shoe_size": 1}))

    assert str(caught.value).startswith("unknown rule 'shoe_size', expected: language topics")
