"""Numbers of records as they come from outside."""

from collections.abc import Iterable
from typing import Final

#: A key has at most so many digits; more would be too large for a database.
_DIGITS: Final = 18


def key_of(text: object) -> int | None:
    """Return the number of a record that somebody named; None for what cannot be one.

    >>> key_of("17"), key_of("-1"), key_of("9" * 30), key_of(None)
    (17, None, None, None)
    """
    word = str(text)
    is_key = word.isascii() and word.isdecimal() and len(word) <= _DIGITS
    return int(word) if is_key else None


def keys_of(texts: Iterable[object]) -> list[int]:
    """Return the numbers among these; what cannot be one is left out."""
    return [key for key in map(key_of, texts) if key is not None]
