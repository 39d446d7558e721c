"""From text to terms: the words that are kept, stemmed by the rules of their language."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from Stemmer import Stemmer

#: Longer searches are cut; nobody types more, and every word costs a comparison.
MAX_WORDS: Final = 5
MAX_LENGTH: Final = 80
#: Longer words are cut: no word that people search for is longer.
MAX_WORD: Final = 60

_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """A text in terms, in order, and each (word, term) of it with how it was first written."""

    terms: list[str]
    words: dict[tuple[str, str], str]


def words_of(text: str) -> list[str]:
    """Return the words of a search as they were typed, for sources that are asked live.

    >>> words_of("  Sahar   Augsburg ")
    ['Sahar', 'Augsburg']
    """
    return text.replace("\x00", " ")[:MAX_LENGTH].split()[:MAX_WORDS]


def analyse(text: str, language: str) -> Analysis:
    """Return the terms of a text and the words that they come from."""
    terms: list[str] = []
    words: dict[tuple[str, str], str] = {}
    for written in tokens_of(text):
        word = written.casefold()[:MAX_WORD]
        term = term_of(word, language)
        terms.append(term)
        words.setdefault((word, term), written[:MAX_WORD])
    return Analysis(terms=terms, words=words)


def tokens_of(text: str) -> list[str]:
    """Return the words of a text as they are written, in order."""
    return _WORD.findall(unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=200_000)
def term_of(word: str, language: str) -> str:
    """Return the term that the index keeps for a word."""
    return str(_stemmer(language).stemWord(word))


@cache
def _stemmer(language: str) -> Stemmer:
    names = {"de": "german", "ar": "arabic", "fa": "persian", "uk": "russian"}
    return Stemmer(names.get(language, "english"))
