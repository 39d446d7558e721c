"""What follows from a change, put into words: other pairs, and what one person could change."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tandemwerk.intake.enums import Side
from tandemwerk.pairing import DAYS, KINDS, SLOTS
from tandemwerk.people.weekgrid import slots_in_words
from tandemwerk.programme.enums import TandemKind
from tandemwerk.tandems.reasons import language_name
from tandemwerk.tandems.words import km_in_words
from tandemwerk.ui.forms import DAYS as DAY_WORDS

if TYPE_CHECKING:  # what computes is loaded at its first use
    from tandemwerk.pairing import Change, Opening

#: Changes of the score of all pairs together that are smaller than this are not worth a sentence.
_HARDLY: Final = 0.005


@dataclass(frozen=True, kw_only=True)
class Consequence:
    """What would follow if a pair had to be: the sum of it in a sentence, then person by person."""

    sentence: str
    moves: list[str]
    is_costly: bool


def change_in_words(change: "Change", names: Mapping[str, str]) -> Consequence:
    """Return what the best that can be made of a change would mean. ``names``: by engine's id."""
    return Consequence(
        sentence=_sentence(change),
        moves=[_move(move, names) for move in change.moves],
        is_costly=change.tandems < 0 or change.overdue < 0,
    )


def _sentence(change: "Change") -> str:
    if not change.moves:
        return _("These two are the best choice at present, all things considered.")
    if change.tandems < 0:
        return ngettext(
            "One newcomer more would stay without a tandem.",
            "%(count)s newcomers more would stay without a tandem.",
            -change.tandems,
        ) % {"count": -change.tandems}
    if change.overdue < 0:
        return _("Somebody who has waited too long already would wait on.")
    if change.total < -_HARDLY:
        return _("As many tandems as now, but all together they would fit a little less well.")
    return _("As many tandems as now, and they would fit as well.")


def _move(move: Any, names: Mapping[str, str]) -> str:
    words = {
        "newcomer": names.get(move.newcomer_id, ""),
        "before": names.get(move.before or "", ""),
        "after": names.get(move.after or "", ""),
    }
    if move.after is None:
        return _("%(newcomer)s would have nobody, now %(before)s.") % words
    if move.before is None:
        return _("%(newcomer)s would get %(after)s, now nobody.") % words
    return _("%(newcomer)s would get %(after)s, now %(before)s.") % words


# ---------------------------------------------------------------- what one person could change


@dataclass(frozen=True, kw_only=True)
class ShownOpening:
    """A change of one person, how many it would open, and how the simulation is asked for it."""

    text: str
    more: str
    #: Names and values for the form of the simulation; empty where it does not know the change.
    simulate: dict[str, str | int]


def openings_in_words(openings: Iterable["Opening"], side: Side) -> list[ShownOpening]:
    """Return the changes in the order given, without those that say the same of fewer people."""
    shown: list[ShownOpening] = []
    said = set[str]()
    for opening in openings:
        ((name, value),) = opening.change.items()
        if name == "day" and _covers(said, str(value), opening.count):
            continue
        said.add(f"{value}/{opening.count}")
        shown.append(
            ShownOpening(
                text=_("%(change)s: %(people)s")
                % {"change": _CHANGES[name](value), "people": _people(opening, side)},
                more=_ready(opening),
                simulate=_SIMULATED.get(name, lambda _: {})(value),
            )
        )
    return shown


def _covers(said: set[str], day: str, count: int) -> bool:
    """Tell whether a slot of this day has already been said to open as many."""
    return any(f"{slot}/{count}" in said for slot in SLOTS if slot.startswith(day))


def _people(opening: "Opening", side: Side) -> str:
    km = km_in_words(opening.within_km)
    if side == Side.NEWCOMER:
        words = ngettext(
            "one volunteer within %(km)s", "%(count)s volunteers within %(km)s", opening.count
        )
    else:
        words = ngettext(
            "one newcomer within %(km)s", "%(count)s newcomers within %(km)s", opening.count
        )
    return words % {"count": opening.count, "km": km}


def _ready(opening: "Opening") -> str:
    if not opening.ready:
        return ""
    if opening.ready == opening.count:
        return _("Nobody else would lose a tandem by it.")
    return ngettext(
        "With one of them nobody else would lose a tandem.",
        "With %(count)s of them nobody else would lose a tandem.",
        opening.ready,
    ) % {"count": opening.ready}


def day_name(day: str) -> str:
    """Return the name of a day of the week grid."""
    return str(DAY_WORDS[DAYS.index(day)])


_CHANGES: Final[Mapping[str, Callable[[Any], str]]] = {
    "day": lambda day: _("With time on %(day)s") % {"day": day_name(day)},
    "slot": lambda slot: (
        _("With time (%(time)s)") % {"time": slots_in_words(1 << SLOTS.index(slot))[0]}
    ),
    "kind": lambda kind: (
        _("For another kind of tandem (%(kind)s)") % {"kind": TandemKind(KINDS.index(kind)).label}
    ),
    "language": lambda code: (
        _("With simple sentences in %(language)s") % {"language": language_name(code)}
    ),
    "km": lambda km: _("With a way of up to %(km)s") % {"km": km_in_words(km)},
    "wish": lambda _value: str(_NO_WISH),
    "minors_ok": lambda _value: str(_CLEARED),
    "max_group": lambda size: _("If groups of up to %(size)s people were welcome") % {"size": size},
}
_NO_WISH: Final[Promise] = gettext_lazy("Without the wish for a certain gender")
_CLEARED: Final[Promise] = gettext_lazy("With the certificate of good conduct")

_SIMULATED: Final[Mapping[str, Callable[[Any], dict[str, str | int]]]] = {
    "day": lambda day: {"what": "day", "day": day},
    "slot": lambda slot: {"what": "day", "day": slot.split("-")[0]},
    "km": lambda km: {"what": "km", "km": km},
    "wish": lambda _value: {"what": "wish"},
}
