"""Times of the week in free words: «Mo+Mi ab 17 Uhr», «Wochenende», «immer außer Mittwoch».

A week is 21 bits, ``day * 3 + part`` with the parts morning, afternoon and evening; Monday morning
is bit 0. Days that are named together share the parts named with them: «Di Vormittag, Do
Nachmittag» are two slots, «Mo, Mi nachmittags» are two as well, «Sa» alone is the whole day.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from tandemwerk.intake.reading.cells import fold, soften
from tandemwerk.intake.reading.codes import QuestionCode
from tandemwerk.intake.reading.values.reading import Reading, says_nothing

ALL_DAYS: Final = frozenset(range(7))
ALL_PARTS: Final = frozenset(range(3))
WHOLE_WEEK: Final = (1 << 21) - 1
_WORKDAYS: Final = frozenset(range(5))
_WEEKEND: Final = frozenset({5, 6})
_MORNING, _AFTERNOON, _EVENING = 0, 1, 2
#: Hours at which the parts begin and end, and what «ab» and «bis» leave open.
_PART_HOURS: Final = ((6.0, 12.0), (12.0, 17.0), (17.0, 23.0))
_FIRST_HOUR, _LAST_HOUR = 8.0, 22.0
_ENOUGH_HOURS: Final = 2.0

_DAY_WORDS: Final = {
    word: day
    for day, words in enumerate(
        (
            "montag montags mo mon monday mondays",
            "dienstag dienstags di die tue tues tuesday tuesdays",
            "mittwoch mittwochs mi wed wednesday wednesdays",
            "donnerstag donnerstags do thu thur thurs thursday thursdays",
            "freitag freitags fr fri friday fridays",
            "samstag samstags sonnabend sonnabends sa sat saturday saturdays",
            "sonntag sonntags so sun sunday sundays",
        )
    )
    for word in words.split()
    if word != "die"  # an article more often than a Tuesday
}
_DAY: Final = "|".join(sorted(_DAY_WORDS, key=len, reverse=True))
_LONG_DAYS: Final = (
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|wochenend"
)
_HOUR: Final = r"(?:[01]?\d|2[0-4])"
_CLOCK: Final = rf"{_HOUR}(?:[:.]\d\d)?"
_OCLOCK: Final = r"(?:\s*(?:uhr|h|o'?clock|am|pm|a\.m\.|p\.m\.)(?![a-z]))?"

#: Tried in this order at every place of the text.
_TOKENS: Final = (
    ("date", r"\d{1,2}\.\d{1,2}\.(?:\d{2,4})?|\d{4}-\d\d-\d\d"),
    (
        "often",
        (
            r"\d+(?:\s*-\s*\d+)?\s*(?:x|mal|times|std\.?|stunden?|hours?|h)\s*"
            r"(?:/|pro|die|in der|per|a|im|in the)\s*(?:woche|week|monat|month|tag|day)"
            r"|\d+\s*(?:x|mal|times)\b|(?:ein|zwei)mal|alle (?:2|zwei|vier|4) wochen|once a week"
        ),
    ),
    (
        "days",
        rf"(?P<day_from>{_DAY})\.?\s*(?:-|–|—|bis|to|until|through)\s*(?P<day_to>{_DAY})\b\.?",
    ),
    (
        "hours",
        (
            rf"(?:von|from|zwischen|between)?\s*(?P<hour_from>{_CLOCK})(?P<unit_from>{_OCLOCK})"
            rf"\s*(?:-|–|—|bis|to|until|und|and)\s*(?P<hour_to>{_CLOCK})(?!\d)(?P<unit_to>{_OCLOCK})"
        ),
    ),
    (
        "from_hour",
        rf"(?:ab|nach|after|from|seit)\s*(?:ca\.?\s*)?(?P<after>{_CLOCK})(?![\d.])(?P<unit_after>{_OCLOCK})",
    ),
    (
        "until_hour",
        rf"(?:bis|vor|before|until|till)\s*(?:ca\.?\s*)?(?P<before>{_CLOCK})(?![\d.])(?P<unit_before>{_OCLOCK})",
    ),
    (
        "at_hour",
        (
            rf"(?:(?:um|gegen|at)\s*(?P<at>{_CLOCK})(?![\d.])(?P<unit_at>{_OCLOCK})"
            rf"|(?P<clock>{_HOUR}[:.]\d\d|{_HOUR}(?=\s*(?:uhr|pm|am)\b))(?P<unit_clock>{_OCLOCK}))"
        ),
    ),
    (
        "workdays",
        (
            r"(?:werktags?|werktaeglich|wochentags?|wochentage|unter der woche|in der woche"
            r"|weekdays?|during the week|arbeitstags?|working days)\b"
        ),
    ),
    ("weekend", r"(?:wochenenden?|weekends?|we)\b"),
    ("daily", r"(?:taeglich|jeden tag|alle tage|every ?day|daily|jeden)\b"),
    (
        "always",
        (
            r"(?:flexibel|flexible|flex|immer|jederzeit|always|any ?time|egal|offen"
            r"|rund um die uhr|whenever|zeitlich ungebunden|open|ganze woche|all week)\b"
        ),
    ),
    ("except", r"(?:ausser|nicht|nie|keine?n?|except|not|ohne|no|never|bis auf|but not)\b"),
    ("otherwise", r"(?:sonst|dafuer|aber|but|otherwise|ansonsten)\b"),
    (
        "morning",
        r"(?:vormittags?|vorm(?=\W|$)|vm(?=\W|$)|morgens?|mornings?|frueh|fruehs|morgends)\b",
    ),
    ("afternoon", r"(?:nachmittags?|nachm(?=\W|$)|nm(?=\W|$)|afternoons?|mittags?|noon)\b"),
    (
        "evening",
        (
            r"(?:abends?|abds?(?=\W|$)|evenings?|nights?|nachts?|feierabend"
            r"|nach der arbeit|after work)\b"
        ),
    ),
    ("daytime", r"(?:tagsueber|during the day|daytime)\b"),
    ("whole", r"(?:ganztags?|ganztaegig|ganzer tag|ganzen tag|all day|whole day)\b"),
    ("day", rf"(?:{_DAY})\b\.?(?!\s*(?:gegen|oft|viel)\b)"),
    ("strong", r"[;\n|]"),
    ("weak", r"[,+&/()]|\b(?:und|u|and|oder|or|sowie|od)\b\.?"),
    (
        "filler",
        (
            r"(?:am|an|in|den|dem|der|im|uhr|zeit|habe?|ich|i|on|at|the|jeweils|nur|only"
            r"|gern|gerne|kann|can|have|moeglich)\b"
        ),
    ),
    ("word", r"[^\W_]+"),
    ("other", r"."),
)
_SCANNER: Final = re.compile(
    "|".join(f"(?P<{name}>{pattern})" for name, pattern in _TOKENS), re.DOTALL
)
_PARTS_OF_TOKEN: Final = {
    "morning": frozenset({_MORNING}),
    "afternoon": frozenset({_AFTERNOON}),
    "evening": frozenset({_EVENING}),
    "daytime": frozenset({_MORNING, _AFTERNOON}),
    "whole": ALL_PARTS,
}
_HOUR_TOKENS: Final = frozenset({"hours", "from_hour", "until_hour", "at_hour"})
_DAYS_OF_TOKEN: Final = {"workdays": _WORKDAYS, "weekend": _WEEKEND, "daily": ALL_DAYS}


@dataclass(slots=True)
class _Group:
    """Days and parts that belong together."""

    days: frozenset[int] = frozenset()
    parts: frozenset[int] = frozenset()
    is_negative: bool = False
    #: What came first, and what came last: they tell where the next group begins.
    first: str = ""
    last: str = ""
    only_weekend: bool = False

    def mask(self) -> int:
        if not self.days and not self.parts:
            return 0
        return slots(self.days or ALL_DAYS, self.parts or ALL_PARTS)


@dataclass(slots=True)
class _Week:
    """The groups of a text while it is read from left to right."""

    wanted: int = 0
    unwanted: int = 0
    group: _Group = field(default_factory=_Group)
    after_separator: bool = False
    has_remark: bool = False

    def close(self, *, negative: bool = False) -> None:
        if self.group.is_negative:
            self.unwanted |= self.group.mask()
        else:
            self.wanted |= self.group.mask()
        self.group = _Group(is_negative=negative)

    def add_days(self, days: frozenset[int], *, weekend: bool = False) -> None:
        group = self.group
        complete = group.first == "days" and group.parts
        beside = weekend and self.after_separator and group.parts and not group.days
        if complete or beside:
            self.close(negative=group.is_negative)
            group = self.group
        group.only_weekend = weekend and not group.days
        group.days |= days
        group.first = group.first or "days"
        group.last = "days"
        self.after_separator = False

    def add_parts(self, parts: frozenset[int]) -> None:
        group = self.group
        complete = group.first == "parts" and group.days
        beside = group.only_weekend and self.after_separator
        if complete or beside:
            self.close(negative=group.is_negative)
            group = self.group
        group.parts |= parts
        group.first = group.first or "parts"
        group.last = "parts"
        self.after_separator = False

    def add_always(self) -> None:
        """«flexibel» fills what the group leaves open: «Mo flexibel» is all of Monday."""
        if not self.group.days:
            self.add_days(ALL_DAYS)
        if not self.group.parts:
            self.add_parts(ALL_PARTS)

    def mask(self) -> int:
        self.close()
        return (self.wanted or (WHOLE_WEEK if self.unwanted else 0)) & ~self.unwanted


def slots(days: frozenset[int], parts: frozenset[int]) -> int:
    """The bits of every one of the days at every one of the parts."""
    return sum(1 << (day * 3 + part) for day in days for part in parts)


@lru_cache(maxsize=1_000)
def parse_availability(text: str) -> Reading[int]:
    """The slots a text names; what else it says is kept as a remark in its own words.

    >>> bin(parse_availability("Mo+Mi ab 17 Uhr").value)
    '0b100000100'
    """
    if says_nothing(text):
        return Reading(0)
    week = _Week()
    soft = soften(text)
    soft = re.sub(
        rf"\b({_LONG_DAYS})s?(?=(?:vor|nach)?(?:mittag|abend)|morgen|frueh)", r"\1 ", soft
    )
    for token in _SCANNER.finditer(soft):
        _take(week, token)
    mask = week.mask()
    if not mask:
        return Reading(0, text, question=QuestionCode.NOT_UNDERSTOOD)
    if week.has_remark and re.search(r"schule|kita|kindergarten|school", soft):
        # «vormittags, wenn die Kinder in der Schule sind»
        mask &= slots(_WORKDAYS, ALL_PARTS) or mask
    return Reading(mask, text if week.has_remark else "")


def _take(week: _Week, token: re.Match[str]) -> None:
    # Groups inside a token come after it; the token itself is the first group that matched.
    kind = next(name for name, _ in _TOKENS if token[name] is not None)
    if kind in _PARTS_OF_TOKEN:
        week.add_parts(_PARTS_OF_TOKEN[kind])
    elif kind in _DAYS_OF_TOKEN:
        week.add_days(_DAYS_OF_TOKEN[kind], weekend=kind == "weekend")
    elif kind in _HOUR_TOKENS:
        week.add_parts(_parts_of_hours(*_hours(token, kind)))
    elif kind == "day":
        week.add_days(frozenset({_DAY_WORDS[token[kind].rstrip(".")]}))
    elif kind == "days":
        week.add_days(_span(_DAY_WORDS[token["day_from"]], _DAY_WORDS[token["day_to"]]))
    elif kind == "always":
        week.add_always()
    else:
        _take_other(week, kind)


def _take_other(week: _Week, kind: str) -> None:
    """What stands between days and parts, or is neither."""
    match kind:
        case "except":
            week.close(negative=True)
        case "otherwise":
            week.close()
        case "strong":
            week.close(negative=week.group.is_negative)
        case "weak":
            week.after_separator = True
        case "word" | "often" | "date":
            week.has_remark = True


def _span(first: int, last: int) -> frozenset[int]:
    """The days from one to another, over the end of the week if need be."""
    return frozenset((first + n) % 7 for n in range((last - first) % 7 + 1))


def _hours(token: re.Match[str], kind: str) -> tuple[float, float]:
    match kind:
        case "hours":
            end = _hour(token["hour_to"], token["unit_to"])
            start = _hour(token["hour_from"], token["unit_from"] or token["unit_to"])
            return (start if start < end else _hour(token["hour_from"], "")), end
        case "from_hour":
            return _hour(token["after"], token["unit_after"]), _LAST_HOUR
        case "until_hour":
            return _FIRST_HOUR, _hour(token["before"], token["unit_before"])
        case _:
            name = "at" if token["at"] else "clock"
            hour = _hour(token[name], token[f"unit_{name}"])
            return hour, hour + 1


def _hour(clock: str, unit: str | None) -> float:
    hours, _, minutes = clock.replace(":", ".").partition(".")
    hour = int(hours) + int(minutes or 0) / 60
    afternoon = fold(unit or "") in {"pm", "p m"}
    return hour + 12 if afternoon and hour < 12 else hour  # noqa: PLR2004


def _parts_of_hours(start: float, end: float) -> frozenset[int]:
    """The parts of the day in which the hours leave time to meet: two hours, or half of them."""
    length = max(end - start, 0.5)
    overlaps = {
        part: min(end, closes) - max(start, opens)
        for part, (opens, closes) in enumerate(_PART_HOURS)
    }
    enough = min(_ENOUGH_HOURS, length / 2)
    chosen = frozenset(part for part, overlap in overlaps.items() if overlap >= enough)
    return chosen or frozenset({max(overlaps, key=lambda part: overlaps[part])})
