"""The engine's reasons put into words, here and nowhere else, in the language of the reader."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tandemwerk.intake.enums import Side
from tandemwerk.pairing import KINDS as KIND_WORDS
from tandemwerk.pairing import SLOTS, TOPICS, HardRule
from tandemwerk.people.enums import INTERESTS, SPOKEN_LANGUAGES, Topic
from tandemwerk.people.weekgrid import slots_in_words
from tandemwerk.programme.enums import TandemKind
from tandemwerk.tandems.words import days_in_words, km_in_words

if TYPE_CHECKING:  # what computes is loaded at its first use
    from tandemwerk.pairing import Share

Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Said:
    """A reason as a page shows it."""

    rule: str
    icon: str
    text: str


# ---------------------------------------------------------------- what speaks for a pair

#: In the order in which people want to read them; a rule that is not here is not said.
_ICONS: Final = {
    "language": "translate",
    "distance": "geo-alt",
    "slot": "calendar-week",
    "topic": "lightbulb",
    "interest": "heart",
    "kind": "puzzle",
    "waiting": "hourglass",
    "priority": "exclamation-circle",
}
_ORDER: Final = tuple(_ICONS)


def reasons_in_words(reasons: Iterable[Values], *, of_each: int = 3) -> list[Said]:
    """Return stored reasons as short phrases, at most ``of_each`` of one rule.

    What is left out is counted in a last phrase of the rule: «and 4 more times».
    """
    by_rule: dict[str, list[Values]] = {}
    for reason in reasons:
        by_rule.setdefault(str(reason.get("rule")), []).append(reason.get("values", {}))
    said = []
    for rule in _ORDER:
        phrases = [text for values in by_rule.get(rule, []) if (text := _PHRASES[rule](values))]
        shown = phrases if len(phrases) <= of_each + 1 else [*phrases[:of_each]]
        said += [Said(rule=rule, icon=_ICONS[rule], text=text) for text in shown]
        if more := len(phrases) - len(shown):
            said.append(Said(rule=rule, icon=_ICONS[rule], text=_and_more(rule, more)))
    return said


def _and_more(rule: str, count: int) -> str:
    if rule == "slot":
        return ngettext("and %(count)s more time", "and %(count)s more times", count) % {
            "count": count
        }
    return _("and %(count)s more") % {"count": count}


def _language(values: Values) -> str:
    name = language_name(values.get("code", ""))
    if values.get("volunteer") == values.get("newcomer") == "L1":
        return _("%(language)s is the first language of both") % {"language": name}
    return _("both speak %(language)s") % {"language": name}


def language_name(code: str) -> str:
    """Return the name of a spoken language."""
    return str(SPOKEN_LANGUAGES.get(code, code))


def _distance(values: Values) -> str:
    return km_in_words(float(values.get("km", 0)))


def _slot(values: Values) -> str:
    slot = values.get("slot")
    return slots_in_words(1 << SLOTS.index(slot))[0] if slot in SLOTS else ""


def _topic(values: Values) -> str:
    topic = values.get("topic")
    return str(Topic(TOPICS.index(topic)).label) if topic in TOPICS else ""


def _interest(values: Values) -> str:
    return str(INTERESTS.get(str(values.get("interest")), values.get("interest", "")))


def _kind(values: Values) -> str:
    kind = values.get("kind")
    return str(TandemKind(KIND_WORDS.index(kind)).label) if kind in KIND_WORDS else ""


def _waiting(values: Values) -> str:
    days = int(values.get("newcomer", 0))
    return _("waiting for %(time)s") % {"time": days_in_words(days)} if days else ""


def _priority(values: Values) -> str:
    return _("marked as urgent") if values.get("level") else ""


_PHRASES: Final[Mapping[str, Callable[[Values], str]]] = {
    "language": _language,
    "distance": _distance,
    "slot": _slot,
    "topic": _topic,
    "interest": _interest,
    "kind": _kind,
    "waiting": _waiting,
    "priority": _priority,
}


# ---------------------------------------------------------------- how well they fit

#: Names of the rules that make the score, for the page with the details.
SHARE_NAMES: Final[Mapping[str, Promise]] = {
    "language": gettext_lazy("common language"),
    "topics": gettext_lazy("topics"),
    "kind": gettext_lazy("kind of tandem"),
    "interests": gettext_lazy("interests"),
    "availability": gettext_lazy("free time"),
    "distance": gettext_lazy("distance"),
    "age": gettext_lazy("age"),
    "waiting": gettext_lazy("waiting time"),
    "priority": gettext_lazy("urgency"),
}


@dataclass(frozen=True, kw_only=True)
class ShownShare:
    """How far a rule is met by two people and how much it counts, in percent."""

    name: Promise
    percent: int
    weight: int
    #: What that brings: points of a hundred.
    points: float


def shares_in_words(shares: "Sequence[Share]") -> list[ShownShare]:
    """Return the rules that make a score with what they bring."""
    return [
        ShownShare(
            name=SHARE_NAMES[each.rule],
            percent=round(100 * each.share),
            weight=round(100 * each.weight),
            points=round(100 * each.brings, 1),
        )
        for each in shares
    ]


@dataclass(frozen=True, kw_only=True)
class Fit:
    """How well two people fit, in a word and in steps of four."""

    word: Promise
    steps: int


#: Scores of real pairs lie between 0.2 and 0.6: waiting and urgency count as well, and nobody has
#: everything. The steps part them about evenly.
FITS: Final = (
    (0.48, Fit(word=gettext_lazy("fits very well"), steps=4)),
    (0.36, Fit(word=gettext_lazy("fits well"), steps=3)),
    (0.24, Fit(word=gettext_lazy("fits"), steps=2)),
    (0.0, Fit(word=gettext_lazy("is possible"), steps=1)),
)


def fit_of(score: float) -> Fit:
    """Return a score as a word: a percentage would promise what nobody can measure."""
    return next((fit for least, fit in FITS if score >= least), FITS[-1][1])


# ---------------------------------------------------------------- what speaks against a pair


def broken_in_words(rule: HardRule) -> str:
    """Return what a hard rule says against a pair that was chosen by hand."""
    return str(_BROKEN[rule])


_BROKEN: Final[Mapping[HardRule, Promise]] = {
    HardRule.DISTANCE: gettext_lazy(
        "They live further apart than one of them wants to go, or we do not know where."
    ),
    HardRule.AVAILABILITY: gettext_lazy("They have no free time in common."),
    HardRule.KIND: gettext_lazy("They want different kinds of tandem."),
    HardRule.LANGUAGE: gettext_lazy("They share no language in which both speak simple sentences."),
    HardRule.GENDER: gettext_lazy("One of them wishes for a person of another gender."),
    HardRule.MINORS: gettext_lazy(
        "One is a minor, and no certificate of good conduct is noted for the other."
    ),
    HardRule.BLOCKED: gettext_lazy(
        "These two were declined, are or were a tandem, or are in a locked suggestion."
    ),
    HardRule.GROUP_SIZE: gettext_lazy("The group is larger than the other person would take."),
}


# ---------------------------------------------------------------- why somebody is left


def left_in_words(reasons: Iterable[Values]) -> list[str]:
    """Return why somebody has no suggestion, the decisive reason first."""
    texts = (_left(str(each.get("rule")), each.get("values", {})) for each in reasons)
    return [text for text in texts if text]


def _left(rule: str, values: Values) -> str:
    if rule == "candidates_taken":
        count = int(values.get("candidates", 0))
        return ngettext(
            "One person would fit, but is needed for somebody else.",
            "%(count)s people would fit, but all are needed for somebody else.",
            count,
        ) % {"count": count}
    return str(_LEFT.get(rule, ""))


_LEFT: Final[Mapping[str, Promise]] = {
    "no_place": gettext_lazy("Has no free place."),
    "no_candidate": gettext_lazy("At present nobody fits."),
    "no_language": gettext_lazy("No language is noted in which simple sentences are possible."),
    "no_availability": gettext_lazy("No free time is noted."),
    "no_kind": gettext_lazy("No kind of tandem is noted."),
    "no_location": gettext_lazy("The postcode is missing or not known."),
}

#: Rules that a site can talk about with somebody. Who declined is not asked again, and the
#: certificate is a matter of the volunteer.
_RELAXABLE: Final = frozenset(set(HardRule) - {HardRule.BLOCKED})


def relaxation_in_words(relax: Iterable[Values], side: Side) -> str:
    """Return which single rule, relaxed, would help most, and how much; empty when none would."""
    best = next((each for each in relax if each.get("rule") in _RELAXABLE), None)
    if best is None:
        return ""
    rule, count, km = HardRule(best["rule"]), int(best["count"]), best.get("km")
    if rule is HardRule.DISTANCE and km is not None:
        return ngettext(
            "With a longer way there would be one person (%(km)s away).",
            "With a longer way there would be %(count)s people (the nearest %(km)s away).",
            count,
        ) % {"count": count, "km": km_in_words(km)}
    people = ngettext("one person", "%(count)s people", count) % {"count": count}
    return str(_RELAXED[rule, side if rule is HardRule.MINORS else None]) % {"people": people}


_RELAXED: Final[Mapping[tuple[HardRule, Side | None], Promise]] = {
    (HardRule.DISTANCE, None): gettext_lazy("With a longer way there would be %(people)s."),
    (HardRule.AVAILABILITY, None): gettext_lazy(
        "With another free time in the week there would be %(people)s."
    ),
    (HardRule.KIND, None): gettext_lazy("With another kind of tandem there would be %(people)s."),
    (HardRule.LANGUAGE, None): gettext_lazy(
        "With one more common language there would be %(people)s."
    ),
    (HardRule.GENDER, None): gettext_lazy(
        "Without the wish for a certain gender there would be %(people)s."
    ),
    (HardRule.GROUP_SIZE, None): gettext_lazy(
        "If groups of any size were welcome there would be %(people)s."
    ),
    (HardRule.MINORS, Side.VOLUNTEER): gettext_lazy(
        "With the certificate of good conduct there would be %(people)s."
    ),
    (HardRule.MINORS, Side.NEWCOMER): gettext_lazy(
        "If volunteers had the certificate of good conduct there would be %(people)s."
    ),
}
