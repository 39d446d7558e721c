"""Masks, codes and lists of this room in the reader's language."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import pgettext, pgettext_lazy

from tandemwerk.people.enums import INTERESTS, SPOKEN_LANGUAGES, Level, Topic
from tandemwerk.places import find_place
from tandemwerk.programme.enums import TandemKind

_SHORT_KINDS: Final = {
    TandemKind.EVERYDAY: pgettext_lazy("kind of tandem, in one word", "everyday life"),
    TandemKind.GOAL: pgettext_lazy("kind of tandem, in one word", "goal"),
    TandemKind.GUIDE: pgettext_lazy("kind of tandem, in one word", "guidance"),
}


def listed(words: Iterable[object]) -> str:
    """Return the words as a list in a sentence."""
    return pgettext("between the words of a list", ", ").join(str(word) for word in words)


def kinds_in_words(mask: int) -> list[str]:
    return [str(kind.label) for kind in TandemKind if mask >> kind & 1]


def kinds_in_short(mask: int) -> list[str]:
    """Return the kinds in one word each, for lists."""
    return [str(_SHORT_KINDS[kind]) for kind in TandemKind if mask >> kind & 1]


def topics_in_words(mask: int) -> list[str]:
    return [str(topic.label) for topic in Topic if mask >> topic & 1]


def interests_in_words(slugs: Iterable[str]) -> list[str]:
    return [str(INTERESTS[slug]) for slug in slugs if slug in INTERESTS]


def language_in_words(code: str, level: int) -> str:
    """Return «German (B1)», or «Persian (first language)»."""
    name = str(SPOKEN_LANGUAGES.get(code, code))
    if level == Level.L1:
        return f"{name} ({Level.L1.label})"
    return f"{name} ({Level(level).name})"


def languages_in_short(spoken: Iterable[Any]) -> list[str]:
    """Return «Persian (Dari)» for a first language and «German A2» for others, best first."""
    best_first = sorted(spoken, key=lambda each: (-each.level, each.code))
    return [
        str(SPOKEN_LANGUAGES.get(each.code, each.code))
        + ("" if each.level == Level.L1 else f"\N{NO-BREAK SPACE}{Level(each.level).name}")
        for each in best_first
    ]


def languages_in_words(spoken: Iterable[Any]) -> list[str]:
    """Return what somebody speaks, best first. Each has ``code`` and ``level``."""
    best_first = sorted(spoken, key=lambda each: (-each.level, each.code))
    return [language_in_words(each.code, each.level) for each in best_first]


def place_in_words(postcode: str) -> str:
    """Return «86150 Augsburg»; the postcode alone where no place is known."""
    place = find_place(postcode)
    return f"{postcode} {place.name}" if place else postcode
