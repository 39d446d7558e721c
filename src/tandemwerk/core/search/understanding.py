"""What somebody means: each word of a search with everything that may stand for it.

The vocabulary knows every word of the index. So «Zeugnis» also finds the compounds that end or
begin with it, «Führungszeugnis» also its parts, and a word that nobody has written the ones that
look like it. None of this needs a dictionary, and it grows with what people write.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import log
from typing import Final

from django.db.models import Q
from django.db.models.functions import Length
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from tandemwerk.core.models import SearchWord
from tandemwerk.core.search.languages import WORD, fold, languages_of, term_of
from tandemwerk.core.search.store import starts_with
from tandemwerk.core.search.words import clean, is_worth_keeping

#: Words of a question that are looked at.
MAX_QUESTION: Final = 12
#: Longer questions are cut.
MAX_CHARACTERS: Final = 300

#: How much a word that is not the one asked for counts.
ENDS_WITH: Final = 0.7
BEGINS_WITH: Final = 0.45
LAST_PART: Final = 0.4
FIRST_PART: Final = 0.25
MISTYPED: Final = 0.6

_SHORTEST_PART: Final = 4
_SHORTEST_END: Final = 3
#: A part this long is believed without knowing the other one.
_SURE_PART: Final = 5
#: Compounds that one word may stand for.
_MOST_COMPOUNDS: Final = 40
_JOINTS: Final = ("", "s", "es", "n", "en", "e", "er")
#: A word is taken for a typing error if another that looks like it is so much more frequent.
_MUCH_MORE: Final = 20
#: What so few documents say may be the error of one writer.
_ONE_WRITER: Final = 2
#: From so many letters one error is forgiven, from so many two.
_ONE_ERROR: Final = 4
_TWO_ERRORS: Final = 8


@dataclass(kw_only=True)
class Meaning:
    """One word of a search: its terms with how much each counts, and how rare it is."""

    word: str
    exact: frozenset[str]
    terms: dict[str, float]
    #: What a compound ends with, if nobody has written that alone.
    tails: list[str] = field(default_factory=list)
    #: In how many documents it stands; 0 for a word that nobody has written.
    documents: int = 0
    #: What was meant, if it looks like a typing error.
    instead: str = ""
    #: Whether nobody has written it.
    is_unknown: bool = False
    rarity: float = 1.0


@dataclass(kw_only=True)
class Question:
    """A search, understood."""

    meanings: list[Meaning] = field(default_factory=list)
    #: The search as it may have been meant, if a word looks mistyped.
    suggestion: str = ""


def understand(text: str, language: str, *, size: int, widely: bool = True) -> Question:
    """Return what ``text`` may mean to the index, which holds ``size`` documents.

    Two queries, and one for each word that nobody has written. Without ``widely`` compounds are
    only taken apart, not looked for: quick, for while somebody types.
    """
    text = clean(text[:MAX_CHARACTERS])
    written = {fold(each): each for each in WORD.findall(text)}
    words = [each for each in written if is_worth_keeping(each)][:MAX_QUESTION]
    meanings = [_plain(word, language) for word in words]
    if not meanings:
        return Question()
    _count(meanings)
    if widely:
        _find_compounds(meanings)
    for meaning in meanings:
        if widely:
            _forgive(meaning, language)
        seen = min(size, meaning.documents or 1)
        meaning.rarity = log(1 + size / seen) or 1.0
    return Question(meanings=meanings, suggestion=_corrected(text, written, meanings))


def _plain(word: str, language: str) -> Meaning:
    terms = [term_of(word, each) for each in languages_of(word, language)]
    return Meaning(word=word, exact=frozenset(terms), terms=dict.fromkeys(terms, 1.0))


def _count(meanings: list[Meaning]) -> None:
    """Learn from the vocabulary how frequent the words are, and which parts they are made of."""
    tails = {tail for each in meanings for term in each.exact for _rest, tail in _ends(term)}
    heads = {head for each in meanings for rest, _tail in _ends(each.word) for head in _heads(rest)}
    wanted = {term for each in meanings for term in each.exact}
    wanted |= tails | {term_of(head, "de") for head in heads}
    frequency: dict[str, int] = {}
    rows = SearchWord.objects.filter(term__in=wanted).values_list("term", "documents")
    for term, documents in rows:
        frequency[term] = max(frequency.get(term, 0), documents)
    for each in meanings:
        each.documents = max(frequency.get(term, 0) for term in each.exact)
        for part, weight in _parts(each, frequency):
            each.terms.setdefault(part, weight)


def _ends(word: str) -> Iterator[tuple[str, str]]:
    """Give the ways to cut a word in two, the longest end first."""
    for cut in range(3, len(word) - _SHORTEST_PART + 1):
        yield word[:cut], word[cut:]


def _heads(rest: str) -> Iterator[str]:
    """Give what the first part of a compound may be without the letters that join it."""
    for joint in _JOINTS:
        if rest.endswith(joint) and len(rest) - len(joint) >= _SHORTEST_PART - 1:
            yield rest.removesuffix(joint)


def _parts(meaning: Meaning, frequency: dict[str, int]) -> Iterator[tuple[str, float]]:
    """Give the parts of a compound: the end says what it is, the beginning which kind."""
    for term in meaning.exact:
        for rest, tail in _ends(term):
            start = meaning.word[: len(rest)]
            head = next((each for each in _heads(start) if term_of(each, "de") in frequency), "")
            first = term_of(head, "de") if head else ""
            if tail in frequency:
                if first or (len(tail) >= _SURE_PART and len(rest) >= _SHORTEST_PART):
                    yield tail, LAST_PART
                    if first:
                        yield first, FIRST_PART
                    break
            elif len(head) >= _SURE_PART and len(tail) >= _SHORTEST_PART:
                meaning.tails.append(tail)
                yield first, FIRST_PART
                break


def _find_compounds(meanings: list[Meaning]) -> None:
    """Add the longer words that end or begin with the words of the search."""
    wanted = Q()
    for each in meanings:
        for term in [*each.exact, *each.tails]:
            if len(term) >= _SHORTEST_END:
                wanted |= starts_with("backwards", term[::-1])
            if len(term) >= _SHORTEST_PART:
                wanted |= starts_with("term", term)
        if len(each.word) >= _SHORTEST_PART:
            wanted |= starts_with("term", each.word)
    if not wanted:
        return
    rows = SearchWord.objects.filter(wanted).order_by("-documents", "pk")
    limit = _MOST_COMPOUNDS * len(meanings)
    for found in dict.fromkeys(rows.values_list("term", flat=True)[: 2 * limit]):
        for each in meanings:
            weight = _as_compound(found, each)
            if weight and len(each.terms) < _MOST_COMPOUNDS:
                each.terms.setdefault(found, weight)


def _as_compound(found: str, meaning: Meaning) -> float:
    """Return how much a longer word counts for a word of the search; 0 if it has nothing of it."""
    if any(_is_end(found, term) for term in meaning.exact):
        return ENDS_WITH
    if any(_is_beginning(found, each) for each in [*meaning.exact, meaning.word]):
        return BEGINS_WITH
    is_kin = any(_is_end(found, each) or _is_beginning(found, each) for each in meaning.tails)
    return LAST_PART * ENDS_WITH if is_kin else 0.0


def _is_end(found: str, term: str) -> bool:
    #: «Jugendamt» is an «Amt», but «gesamt» is none.
    least = 3 if len(term) >= _SHORTEST_PART else 4
    return len(term) >= _SHORTEST_END and len(found) - len(term) >= least and found.endswith(term)


def _is_beginning(found: str, start: str) -> bool:
    return len(start) >= _SHORTEST_PART and found.startswith(start)


def _forgive(meaning: Meaning, language: str) -> None:
    """Add what looks like a word that nobody has written, or nearly nobody."""
    word = meaning.word
    errors = (len(word) >= _ONE_ERROR) + (len(word) >= _TWO_ERRORS)
    has_compounds = not {ENDS_WITH, BEGINS_WITH}.isdisjoint(meaning.terms.values())
    is_written = meaning.documents > _ONE_WRITER or has_compounds
    if not errors or word.isdigit() or is_written:
        return
    near = starts_with("word", word[0]) | starts_with("backwards", word[:-3:-1])
    rows = SearchWord.objects.annotate(length=Length("word")).filter(
        near, length__gte=len(word) - errors, length__lte=len(word) + errors
    )
    least = _MUCH_MORE * meaning.documents
    found_rows = rows.values_list("word", "term", "documents", "shown")
    known = {row[0]: row for row in found_rows if row[2] >= least and row[0] != word}
    close = extract(word, list(known), scorer=OSA.distance, score_cutoff=errors, limit=8)
    if not close:
        return
    best = min(close, key=lambda each: (each[1], -known[each[0]][2], each[0]))
    for found, distance, _index in close:
        if distance == best[1]:
            for each in languages_of(found, language):
                meaning.terms.setdefault(term_of(found, each), MISTYPED)
            meaning.terms.setdefault(known[found][1], MISTYPED)
    meaning.is_unknown = not meaning.documents
    meaning.instead = known[best[0]][3]
    meaning.documents = max(meaning.documents, known[best[0]][2])


def _corrected(text: str, written: dict[str, str], meanings: Iterable[Meaning]) -> str:
    """Return the text with what was meant in place of what was typed; nothing if all is well."""
    corrected = text
    for each in meanings:
        if each.instead:
            corrected = corrected.replace(written[each.word], each.instead, 1)
    return corrected if corrected != text else ""
