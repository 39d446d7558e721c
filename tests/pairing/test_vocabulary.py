import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.pairing import (
    KINDS,
    SLOTS,
    TOPICS,
    Day,
    Level,
    Newcomer,
    PairingInputError,
    Part,
    Volunteer,
    from_mask,
    slot_bit,
    to_mask,
)


def test_the_week_grid_starts_on_monday_morning_and_ends_on_sunday_evening():
    assert (len(SLOTS), SLOTS[0], SLOTS[5], SLOTS[20]) == (
        21,
        "mon-morning",
        "tue-evening",
        "sun-evening",
    )


@pytest.mark.parametrize("day", Day)
@pytest.mark.parametrize("part", Part)
def test_a_slot_has_the_bit_of_its_place_in_the_week_grid(day, part):
    assert SLOTS[slot_bit(day, part)] == f"{day}-{part}"


def test_the_bit_orders_that_others_store_stay_as_they_are():
    assert KINDS == ("everyday", "goal", "guide")
    assert TOPICS == (
        "school",
        "training",
        "work",
        "authorities",
        "health",
        "housing",
        "childcare",
        "language",
        "leisure",
    )


@pytest.mark.parametrize("vocabulary", [SLOTS, KINDS, TOPICS])
@settings(deadline=None)
@given(data=st.data())
def test_a_mask_becomes_words_and_the_same_mask_again(vocabulary, data):
    mask = data.draw(st.integers(0, (1 << len(vocabulary)) - 1))

    words = from_mask(mask, vocabulary)

    assert to_mask(words, vocabulary) == mask


def test_an_unknown_word_is_named_with_those_expected():
    with pytest.raises(PairingInputError) as caught:
        to_mask(["friendship"], KINDS)

    assert str(caught.value) == "unknown word 'friendship', expected: everyday goal guide"


@pytest.mark.parametrize("mask", [-1, 8])
def test_a_mask_with_bits_beyond_the_vocabulary_is_refused(mask):
    with pytest.raises(PairingInputError):
        from_mask(mask, KINDS)


def test_a_first_language_compares_like_c2_and_stays_a_first_language():
    assert (Level.L1.proficiency, Level.C2.proficiency, Level.A1.proficiency) == (6, 6, 1)
    assert Level.L1 != Level.C2


@pytest.mark.parametrize(
    ("kind", "change", "message"),
    [
        (Volunteer, {"availability": 1 << 21}, "x: availability is not a mask of 21 bits"),
        (Volunteer, {"kinds": -1}, "x: kinds is not a mask of 3 bits"),
        (Newcomer, {"topics": 1 << 9}, "x: topics is not a mask of 9 bits"),
        (Newcomer, {"max_km": float("nan")}, "x: max_km is not a distance: nan"),
        (Newcomer, {"group_size": 0}, "x: group_size is below 1"),
        (Newcomer, {"priority": 4}, "x: priority is not between 0 and 3"),
        (Volunteer, {"capacity": -1}, "x: capacity is below 0"),
    ],
)
def test_a_person_with_impossible_values_cannot_be_made(kind, change, message):
    person = {
        "id": "x",
        "postcode": "86150",
        "languages": {"de": Level.B1},
        "availability": 1,
        "kinds": 1,
        "max_km": 10,
    }

    with pytest.raises(PairingInputError) as caught:
        kind(**person | change)

    assert str(caught.value) == message
