"""What the header of a column says about it, in German and English.

Every pattern is matched against the folded header («PLZ / Ort» is «plz ort»). A header that is
nothing but the pattern is worth its full weight, one that only contains it less, so «Sprachen
(Niveau)» is still about languages, and «Ort» wins over «Datum, Ort».
"""

import re
from functools import lru_cache
from typing import Final

from tandemwerk.intake.reading.cells import fold
from tandemwerk.intake.reading.fields import Field, Side
from tandemwerk.intake.reading.values.availability import parse_availability
from tandemwerk.intake.reading.values.choices import (
    parse_gender,
    parse_kinds,
    parse_side,
    parse_topics,
)
from tandemwerk.intake.reading.values.languages import language_in
from tandemwerk.intake.reading.vocabulary import vocabulary

#: Marks the columns that ``handback`` adds, in every language of the interface.
REASON_MARK: Final = "⚠"
#: Between the upper and the lower text of a header that takes two rows.
HEADER_LEVELS: Final = " › "
#: From here on a header counts as understood.
UNDERSTOOD: Final = 0.5

_HEADERS: Final = vocabulary("headers")
_WEIGHTS: Final = {"strong": 1.0, "weak": 0.55}
#: Field, pattern and weight of a header that says so, alone or among other words.
_PATTERNS: Final = tuple(
    (Field(field), re.compile("|".join(words)), weight)
    for strength, weight in _WEIGHTS.items()
    for field, words in _HEADERS[strength].items()
)
_PATTERNS_INSIDE: Final = tuple(
    re.compile(rf"\b(?:{pattern.pattern})\b") for _, pattern, _ in _PATTERNS
)
#: Fields so short or so common that a longer header must not be taken for them.
_ONLY_WHOLE: Final = frozenset({Field.IGNORE, Field.IS_MINOR, Field.GROUP_SIZE, Field.NOTE})
_LONGEST_HEADER: Final = 120
_MOST_WORDS_OF_VALUE: Final = 2

_SIDES: Final = tuple(
    (Side(side), re.compile(rf"\b(?:{'|'.join(words)})\b"))
    for side, words in _HEADERS["side"].items()
)


@lru_cache(maxsize=1_000)
def header_scores(header: str) -> dict[Field, float]:
    """How likely the header means each field, 0 to 1, without a look at the cells.

    Of a header in two rows, «Kontakt › Telefon», the lower text may say it alone.
    """
    scores = _scores(header)
    if HEADER_LEVELS in header:
        for field, score in _scores(header.rpartition(HEADER_LEVELS)[2]).items():
            scores[field] = max(score, scores.get(field, 0.0))
    return scores


def _scores(header: str) -> dict[Field, float]:
    if header.startswith(REASON_MARK) or header.strip() == "#":
        return {Field.IGNORE: 1.0}
    folded = fold(header)
    if not folded or len(header) > _LONGEST_HEADER:
        return {}
    scores: dict[Field, float] = {}
    # «TEL2», «Sprache 1»: the figure only counts columns.
    uncounted = folded.rstrip("0123456789 ")
    for (field, whole, weight), inside in zip(_PATTERNS, _PATTERNS_INSIDE, strict=True):
        if whole.fullmatch(folded) or whole.fullmatch(uncounted):
            score = weight
        elif field not in _ONLY_WHOLE and (found := inside.search(folded)):
            score = weight * (0.5 + 0.4 * len(found[0]) / len(folded))
        else:
            continue
        scores[field] = max(score, scores.get(field, 0.0))
    for field, score in _grid_scores(header).items():
        scores[field] = max(score, scores.get(field, 0.0))
    return scores


def _grid_scores(header: str) -> dict[Field, float]:
    """Headers that are a value themselves, with ticks below: «Mo vorm.», «Lotse», «Farsi»."""
    scores: dict[Field, float] = {}
    times = parse_availability(header)
    if times.value and not times.leftover:
        scores[Field.AVAILABILITY] = 0.8
    if language_in(header):
        scores[Field.LANGUAGES] = 0.6
    kinds = parse_kinds(header)
    if kinds.value and not kinds.leftover:
        scores[Field.KINDS] = 0.45
    topics = parse_topics(header)
    if topics.value and not topics.leftover and len(fold(header).split()) <= _MOST_WORDS_OF_VALUE:
        # Only ticks below make it more than a word: «Behörden» above «x».
        scores[Field.TOPICS] = 0.42
    return scores


def is_understood(header: str) -> bool:
    """Whether the text is more likely a header than a cell of data."""
    return max(header_scores(header).values(), default=0.0) >= UNDERSTOOD


def side_of_header(header: str) -> Side | None:
    """The side whose lists have such a column: nobody asks volunteers for their origin."""
    folded = fold(header)
    found = [side for side, pattern in _SIDES if pattern.search(folded)]
    return found[0] if len(found) == 1 else None


def is_plain_value(text: str) -> bool:
    """Whether a text that could be a header is rather a value: «Frau», «Patin», «abends»."""
    is_short = len(fold(text).split()) <= _MOST_WORDS_OF_VALUE
    return is_short and (parse_gender(text).value != "-" or parse_side(text) is not None)
