"""Words for one of a few things: gender, side, kinds of tandem, topics, priority."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from tandemwerk.intake.reading.cells import fold
from tandemwerk.intake.reading.codes import QuestionCode
from tandemwerk.intake.reading.drafts import KINDS, TOPICS
from tandemwerk.intake.reading.fields import Side
from tandemwerk.intake.reading.values.reading import Reading, parse_yes_no, says_nothing
from tandemwerk.intake.reading.vocabulary import vocabulary

_WORDS: Final = vocabulary("words")


def _pattern(expressions: Iterable[str]) -> re.Pattern[str]:
    """One pattern that finds any of the expressions as whole words."""
    return re.compile(rf"\b(?:{'|'.join(expressions)})\b")


_GENDER_OF_WORD: Final = {word: gender for gender in "fmd" for word in _WORDS["gender"][gender]}
_ANY: Final = frozenset(_WORDS["gender"]["any"])
_NEGATIVE: Final = frozenset(_WORDS["gender"]["negative"])
_WORDS_OF_WISHES: Final = _GENDER_OF_WORD.keys() | _ANY | frozenset(_WORDS["gender"]["fillers"])
_SIDES: Final = tuple((side, _pattern(_WORDS["side"][side])) for side in Side)
#: «Buddy» alone is whoever helps, «international buddy» is not.
_EITHER_SIDE: Final = _pattern(_WORDS["side"]["either"])
_KINDS: Final = tuple(_pattern(_WORDS["kinds"][kind]) for kind in KINDS)
_EVERY_KIND: Final = frozenset(_WORDS["kinds"]["every"])
_TOPICS: Final = tuple(_pattern(_WORDS["topics"][topic]) for topic in TOPICS)
_INTERESTS: Final = {slug: _pattern(words) for slug, words in _WORDS["interests"].items()}
#: The slugs that reading may find.
INTERESTS: Final = tuple(_INTERESTS)
_PRIORITY_OF_WORD: Final = {
    word: int(priority) for priority, words in _WORDS["priority"].items() for word in words
}


def parse_gender(text: str) -> Reading[str]:
    """f, m or d; - where nothing or nothing clear is said.

    >>> parse_gender("weiblich").value, parse_gender("Herr").value, parse_gender("m/w/d").value
    ('f', 'm', '-')
    """
    found = {_GENDER_OF_WORD[word] for word in fold(text).split() if word in _GENDER_OF_WORD}
    if len(found) == 1:
        return Reading(found.pop())
    if found or says_nothing(text) or fold(text) in {"familie", "eheleute", "keine angabe"}:
        return Reading("-")
    return Reading("-", text, question=QuestionCode.NOT_UNDERSTOOD)


def parse_wished_gender(text: str) -> Reading[str]:
    """any, f, m or d, from «nur Frauen», «male please», «egal».

    >>> parse_wished_gender("nur Frauen").value, parse_wished_gender("anyone").value
    ('f', 'any')
    """
    words = set(fold(text).split())
    genders = {_GENDER_OF_WORD[word] for word in words if word in _GENDER_OF_WORD}
    leftover = "" if _WORDS_OF_WISHES | _NEGATIVE | {"oder", "or", "und", "and"} >= words else text
    if len(genders) == 1:
        (gender,) = genders
        unwanted = bool(_NEGATIVE & words)
        return Reading({"f": "m", "m": "f"}.get(gender, "any") if unwanted else gender, leftover)
    if genders or says_nothing(text) or _ANY & words:
        return Reading("any", leftover)
    return Reading("any", text, question=QuestionCode.NOT_UNDERSTOOD)


@lru_cache(maxsize=1_000)
def parse_side(text: str) -> Side | None:
    """Which side a word stands for: «Buddy (local)», «refugee», «Patin»; None if unclear."""
    folded = fold(text)
    found = [side for side, pattern in _SIDES if pattern.search(folded)]
    if not found and _EITHER_SIDE.search(folded):
        return Side.VOLUNTEER
    return found[0] if len(found) == 1 else None


def sides_in(text: str) -> dict[Side, int]:
    """How often a longer text names each side."""
    folded = fold(text)
    return {side: len(pattern.findall(folded)) for side, pattern in _SIDES}


def parse_kinds(text: str) -> Reading[int]:
    """The bits of the kinds a text names, in the order of ``KINDS``."""
    folded = fold(text)
    if says_nothing(text):
        return Reading(0)
    if _EVERY_KIND & set(folded.split()):
        return Reading((1 << len(KINDS)) - 1)
    return _bits(text, _KINDS)


def parse_topics(text: str) -> Reading[int]:
    """The bits of the topics a text names, in the order of ``TOPICS``."""
    if says_nothing(text):
        return Reading(0)
    return _bits(text, _TOPICS)


def _bits(text: str, patterns: Sequence[re.Pattern[str]]) -> Reading[int]:
    """One bit for each pattern found; a piece between commas that has none is kept as a remark."""
    folded = fold(text)
    bits = sum(1 << bit for bit, pattern in enumerate(patterns) if pattern.search(folded))
    if not bits:
        return Reading(0, text, question=QuestionCode.NOT_UNDERSTOOD)
    return Reading(bits, _pieces_without(text, patterns))


def _pieces_without(text: str, patterns: Sequence[re.Pattern[str]]) -> str:
    pieces = [piece.strip() for piece in re.split(r"[,;\n/|+&]", text)]
    unknown = [
        piece
        for piece in pieces
        if fold(piece) and not any(pattern.search(fold(piece)) for pattern in patterns)
    ]
    return ", ".join(unknown)


def parse_interests(text: str) -> Reading[tuple[str, ...]]:
    """Slugs of ``INTERESTS``; what else somebody likes is kept as a remark."""
    if says_nothing(text):
        return Reading(())
    folded = fold(text)
    slugs = tuple(slug for slug, pattern in _INTERESTS.items() if pattern.search(folded))
    return Reading(slugs, _pieces_without(text, tuple(_INTERESTS.values())))


def parse_priority(text: str) -> Reading[int]:
    """0 to 3, from a figure, a word, exclamation marks or a tick."""
    folded = fold(text)
    if re.fullmatch(r"[0-3]", folded):
        return Reading(int(folded))
    if re.fullmatch(r"!+", text.strip()):
        return Reading(min(len(text.strip()), 3))
    found = [_PRIORITY_OF_WORD[word] for word in folded.split() if word in _PRIORITY_OF_WORD]
    if found:
        return Reading(max(found))
    answer = parse_yes_no(text)
    if answer is not None or says_nothing(text):
        return Reading(3 if answer else 0)
    return Reading(0, text, question=QuestionCode.NOT_UNDERSTOOD)
