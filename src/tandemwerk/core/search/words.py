"""From text to terms: the words that are kept, and how they were first written."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from tandemwerk.core.search.languages import MAX_WORD, WORD, fold, term_of
from tandemwerk.core.search.stopwords import STOPWORDS

#: Longer searches are cut; nobody types more, and every word costs a comparison.
MAX_WORDS: Final = 5
MAX_LENGTH: Final = 80


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


def clean(text: str) -> str:
    """Return a text as the index keeps it: letters composed, one space between words."""
    return " ".join(unicodedata.normalize("NFC", text.replace("\x00", " ")).split())


def analyse(text: str, language: str) -> Analysis:
    """Return the terms of a clean text and the words that they come from.

    >>> analyse("Das Zeugnis der Mentorinnen", "de").terms
    ['zeugnis', 'mentor']
    """
    terms: list[str] = []
    words: dict[tuple[str, str], str] = {}
    for written in WORD.findall(text):
        word = fold(written)
        if is_worth_keeping(word):
            term = term_of(word, language)
            terms.append(term)
            words.setdefault((word, term), written[:MAX_WORD])
    return Analysis(terms=terms, words=words)


def is_worth_keeping(word: str) -> bool:
    """Return whether a folded word says something."""
    return word not in STOPWORDS and (len(word) > 1 or word.isdigit())
