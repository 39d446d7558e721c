"""Figures: open places, kilometres, the size of a group."""

import re
from typing import Final

from tandemwerk.intake.reading.cells import soften
from tandemwerk.intake.reading.codes import AssumptionCode, ErrorCode, QuestionCode
from tandemwerk.intake.reading.values.reading import Reading, says_nothing

MAX_CAPACITY: Final = 3
MAX_WANTED: Final = 3
MAX_KM: Final = 500
MAX_GROUP_SIZE: Final = 20

_NUMBER_WORDS: Final = {
    word: number
    for number, words in enumerate(
        (
            "null keine",
            "ein eine einen eins einer one",
            "zwei two",
            "drei three",
            "vier four",
            "fuenf five",
            "sechs six",
            "sieben seven",
            "acht eight",
        )
    )
    for word in words.split()
}
_NUMBER_WORD: Final = re.compile(rf"\b(?:{'|'.join(_NUMBER_WORDS)})\b")
_INTEGER: Final = re.compile(r"(?<![\d.,])\d{1,6}(?:[.,]0+)?(?![\d.,]*\d)")


def parse_capacity(text: str) -> Reading[int | None]:
    """How many tandems somebody has room for; none, or more than three, is asked for."""
    if not text.strip(" -–?"):
        return Reading(None)
    numbers = _integers(text)
    if not numbers or re.search(r"-\s*\d", text.strip()[:2]):
        return Reading(None, error=ErrorCode.CAPACITY_NOT_A_NUMBER)
    capacity = max(numbers)
    if capacity == 0:
        return Reading(None, text, question=QuestionCode.NO_CAPACITY)
    if capacity > MAX_CAPACITY:
        return Reading(MAX_CAPACITY, text, question=QuestionCode.CAPACITY_ABOVE_LIMIT)
    return Reading(capacity)


def parse_km(text: str) -> Reading[int | None]:
    """The greatest distance in kilometres: «10 km», «bis 15km», «5-10»; None for no limit."""
    soft = soften(text)
    if says_nothing(text) or re.search(r"\b(?:egal|beliebig|any|unbegrenzt|ueberall)\b", soft):
        return Reading(None)
    numbers = [number for number in _integers(text) if number <= MAX_KM]
    if not numbers or re.search(r"\bmin\b|minut|\bh\b|stunde|hour", soft):
        return Reading(None, text, question=QuestionCode.NOT_UNDERSTOOD)
    rest = re.sub(
        r"[\d.,\s–-]|km|kilometern?|kilometers?|bis|max|maximal|ca|zu|umkreis|up to|im", "", soft
    )
    return Reading(max(numbers), text if rest.strip(" .()<~") else "")


def parse_group_size(text: str) -> Reading[int]:
    """How many people stand on this side: «4», «Familie mit 3 Kindern», «Paar», «allein»."""
    soft = soften(text)
    if says_nothing(text):
        return Reading(1)
    children = re.search(r"(\d{1,2}|[a-z]+)\s*(?:kind(?:er|ern)?|k\.|kids?|child(?:ren)?)\b", soft)
    count = _number(children[1]) if children else None
    if count is not None:
        single = re.search(r"allein|mutter|vater|mother|father|single|\bmit\b|\bwith\b|\+", soft)
        adults = 2 if re.search(r"famil|paar|eltern|couple|parents", soft) or not single else 1
        size = min(adults + count, MAX_GROUP_SIZE)
        return Reading(size, text, assumption=AssumptionCode.GROUP_SIZE)
    if re.search(r"\b(?:allein\w*|single|alone|einzel\w*)\b", soft):
        return Reading(1)
    if re.search(r"\b(?:ehepaar|paar|couple)\b", soft):
        return Reading(2, assumption=AssumptionCode.GROUP_SIZE)
    numbers = [number for number in _integers(text) if 1 <= number <= MAX_GROUP_SIZE]
    if numbers:
        return Reading(
            numbers[0], "" if re.fullmatch(r"[\d.\s]+(?:pers\w*\.?|people|leute)?", soft) else text
        )
    return Reading(1, text, question=QuestionCode.NOT_UNDERSTOOD)


def parse_max_group(text: str) -> Reading[int | None]:
    """The greatest group welcome: «4», «bis 5 Personen», «nur Einzelpersonen»; None for any."""
    soft = soften(text)
    if says_nothing(text) or re.search(r"\b(?:egal|beliebig|any|alle|all|unbegrenzt)\b", soft):
        return Reading(None)
    sizes = [number for number in _integers(text) if number]
    if sizes:
        return Reading(min(max(sizes), MAX_GROUP_SIZE))
    if re.search(r"einzel|\bsingle|\balone\b|allein", soft):
        return Reading(1)
    return Reading(None, text, question=QuestionCode.NOT_UNDERSTOOD)


def parse_volunteers_wanted(text: str) -> Reading[int | None]:
    """How many volunteers a group needs; more than three is asked for."""
    if says_nothing(text):
        return Reading(None)
    numbers = [number for number in _integers(text) if number]
    if not numbers:
        return Reading(None, text, question=QuestionCode.NOT_UNDERSTOOD)
    wanted = max(numbers)
    if wanted > MAX_WANTED:
        return Reading(MAX_WANTED, text, question=QuestionCode.WANTED_ABOVE_LIMIT)
    return Reading(wanted)


def _integers(text: str) -> list[int]:
    figures = [int(re.split("[.,]", found)[0]) for found in _INTEGER.findall(text)]
    return figures or [_NUMBER_WORDS[word] for word in _NUMBER_WORD.findall(soften(text))]


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else _NUMBER_WORDS.get(text)
