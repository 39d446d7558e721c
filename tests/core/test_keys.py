"""Numbers of records as somebody may send them."""

import pytest

from tandemwerk.core.keys import key_of, keys_of


@pytest.mark.parametrize(
    ("text", "key"),
    [("17", 17), ("", None), (None, None), ("-1", None), ("1.5", None), ("٣", None)],
)
def test_a_key_is_a_whole_number_in_plain_digits(text, key):
    assert key_of(text) == key


@pytest.mark.parametrize("length", [19, 40, 5000])
def test_no_key_is_too_large_for_a_database(length):
    assert key_of("9" * length) is None


def test_what_is_no_key_is_left_out():
    assert keys_of(["3", "x", "9" * 30, "4"]) == [3, 4]
