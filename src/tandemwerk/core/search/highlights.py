"""Showing what matched: words in ``<mark>``, and the piece of a text where most of them stand."""

from collections.abc import Collection
from functools import lru_cache
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tandemwerk.core.search.languages import WORD, fold, term_of

#: Characters of a snippet, about three lines on a phone.
SNIPPET: Final = 220
#: Characters of a text that are looked through; longer texts show their beginning.
_LOOKED_THROUGH: Final = 8_000


def highlight(text: str, terms: Collection[str], language: str) -> SafeString:
    """Return ``text`` safely escaped, with the words that have one of ``terms`` in ``<mark>``."""
    pieces: list[str] = []
    last = 0
    for start, end in _matches(text, terms, language):
        pieces += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    pieces.append(escape(text[last:]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped


def snippet(text: str, terms: Collection[str], language: str) -> SafeString:
    """Return the piece of ``text`` where most of the terms stand, highlighted."""
    start = _best_start(text, terms, language)
    if start:
        start = text.rfind(" ", 0, start) + 1
    end = start + SNIPPET
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + SNIPPET // 2)
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    return mark_safe(before + highlight(text[start:end], terms, language) + after)  # noqa: S308 - highlight escapes


def _best_start(text: str, terms: Collection[str], language: str) -> int:
    spots = [
        (start, _term(text[start:end], language))
        for start, end in _matches(text[:_LOOKED_THROUGH], terms, language)
    ]
    best, most = 0, 0
    for at, (start, _own) in enumerate(spots):
        seen = {term for spot, term in spots[at : at + 12] if spot < start + SNIPPET * 3 // 4}
        if len(seen) > most:
            best, most = start, len(seen)
    #: A little of what stands before it; the beginning of the text if it is near.
    return best - SNIPPET // 5 if best > SNIPPET // 2 else 0


def _matches(text: str, terms: Collection[str], language: str) -> list[tuple[int, int]]:
    return [
        (found.start(), found.end())
        for found in WORD.finditer(text)
        if _term(found.group(), language) in terms
    ]


@lru_cache(maxsize=20_000)
def _term(word: str, language: str) -> str:
    """Return the term of a word as it stands in a text; the same words come again and again."""
    return term_of(fold(word), language)
