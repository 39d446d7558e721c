"""Which of the candidates comes first: the same order on every database.

A variant of BM25 (Robertson and Zaragoza 2009, «The Probabilistic Relevance Framework»): rare words
count more than frequent ones, the tenth time less than the first, a title more than the text below
it. A word found through a compound or in spite of a typing error counts less, and a document that
has all words more than one that has some.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tandemwerk.core.search.understanding import Meaning

TITLE: Final = 2.4
#: How fast more of the same stops to count.
SATURATION: Final = 1.2
LENGTH: Final = 0.6
USUAL_LENGTH: Final = 120
#: How strongly missing words weigh.
COVERAGE: Final = 2.0
IN_ORDER: Final = 1.25
WHOLE_TITLE: Final = 1.3
OWN_LANGUAGE: Final = 1.4
#: Who answers less than this share of what the best answers is left out.
LEAST_COVERAGE: Final = 0.34


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """What ranking needs to know of a document."""

    pk: int
    source: str
    object_id: int
    language: str
    title_terms: str
    text_terms: str
    weight: float
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A candidate with its score, and the share of the search that it answers (0 to 1)."""

    candidate: Candidate
    score: float
    coverage: float


def rank(candidates: list[Candidate], meanings: list[Meaning], language: str) -> list[Ranked]:
    """Return the candidates that answer enough of the search, best first; the newer of equals."""
    scored = [_score(each, meanings, language) for each in candidates]
    best = max((each.coverage for each in scored), default=0.0)
    kept = [each for each in scored if each.score and each.coverage >= LEAST_COVERAGE * best]
    kept.sort(key=lambda each: (-each.score, -_moment(each.candidate.at), each.candidate.pk))
    return kept


def _score(candidate: Candidate, meanings: list[Meaning], language: str) -> Ranked:
    title, text = candidate.title_terms.split(), candidate.text_terms.split()
    title_terms, text_terms = set(title), set(text)
    longer = 1 - LENGTH + LENGTH * len(text) / USUAL_LENGTH
    score = covered = 0.0
    for meaning in meanings:
        in_title = max((w for t, w in meaning.terms.items() if t in title_terms), default=0.0)
        in_text = 0.0
        for term, weight in meaning.terms.items():
            if term in text_terms:
                times = text.count(term)
                counts = weight * times / (times + SATURATION * longer)
                in_text = max(in_text, counts * (1 + SATURATION) / (1 + 0.5 * SATURATION))
        score += meaning.rarity * (TITLE * in_title + in_text)
        covered += meaning.rarity * bool(in_title or in_text)
    coverage = covered / sum(meaning.rarity for meaning in meanings)
    score *= coverage**COVERAGE * candidate.weight
    if candidate.language == language:
        score *= OWN_LANGUAGE
    if len(meanings) > 1 and (_in_order(title, meanings) or _in_order(text, meanings)):
        score *= IN_ORDER
    if 0 < len(title) <= len(meanings) + 1 and all(
        meaning.exact & title_terms for meaning in meanings
    ):
        score *= WHOLE_TITLE
    return Ranked(candidate=candidate, score=score, coverage=coverage)


def _in_order(terms: list[str], meanings: list[Meaning]) -> bool:
    """Return whether the words of the search stand side by side."""
    first, *rest = (meaning.exact for meaning in meanings)
    last = len(terms) - len(rest)
    for word in first:
        at = -1
        for _time in range(terms.count(word)):
            at = terms.index(word, at + 1)
            if at < last and all(
                terms[at + step] in exact for step, exact in enumerate(rest, start=1)
            ):
                return True
    return False


def _moment(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0
