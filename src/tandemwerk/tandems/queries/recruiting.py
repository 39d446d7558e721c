"""Whom to look for, put into words: for a list, and as a text for a campaign."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tandemwerk.pairing import TOPICS
from tandemwerk.people.enums import Topic
from tandemwerk.places import find_place
from tandemwerk.tandems.reasons import language_name
from tandemwerk.tandems.words import days_in_words, listed

#: So many kinds are a list that somebody can work with.
MOST: Final = 12
_WHO: Final[Mapping[str, Promise]] = {
    "f": gettext_lazy("women"),
    "m": gettext_lazy("men"),
    "d": gettext_lazy("diverse people"),
    "-": gettext_lazy("people"),
    "any": gettext_lazy("people"),
}
_WHEN: Final[Mapping[str, Promise]] = {
    "morning": gettext_lazy("in the morning, from Monday to Friday"),
    "afternoon": gettext_lazy("in the afternoon, from Monday to Friday"),
    "evening": gettext_lazy("in the evening, from Monday to Friday"),
    "weekend": gettext_lazy("at the weekend"),
}


@dataclass(frozen=True, kw_only=True)
class WantedLine:
    """A kind of volunteer to look for, in the reader's language."""

    title: str
    waiting: str
    more: list[str]


def add_up_wanted(
    lists: Iterable[Sequence[Mapping[str, Any]]], *, least: int = 1
) -> list[dict[str, Any]]:
    """Add the lists of several sites up, the kind that helps most first; small ones left out."""
    kinds: dict[tuple[str, ...], dict[str, Any]] = {}
    for wanted in lists:
        for row in wanted:
            key = tuple(str(row[name]) for name in ("language", "gender", "time", "region"))
            known = kinds.get(key)
            if known is None:
                kinds[key] = dict(row)
                continue
            people = known["newcomers"] + row["newcomers"]
            days = known["days"] * known["newcomers"] + row["days"] * row["newcomers"]
            known |= {
                "newcomers": people,
                "days": days / people,
                "minors": known["minors"] + row["minors"],
                "groups": known["groups"] + row["groups"],
                "topics": [topic for topic in known["topics"] if topic in row["topics"]],
            }
    found = [row for row in kinds.values() if row["newcomers"] >= least]
    return sorted(found, key=lambda row: -row["newcomers"])[:MOST]


def wanted_in_words(rows: Iterable[Mapping[str, Any]]) -> list[WantedLine]:
    """Return whom to look for, line by line."""
    return [_line(row) for row in rows]


def campaign_text(lines: Sequence[WantedLine], *, contact: str) -> str:
    """Return the list as a text to copy, for a campaign."""
    told = [f"– {line.title} ({line.waiting})" for line in lines]
    begin = _("Who would like to accompany somebody? We are looking for:")
    return "\n".join([begin, "", *told, "", contact]).strip()


def _line(row: Mapping[str, Any]) -> WantedLine:
    title = _("%(who)s who speak %(language)s and have time %(when)s, around %(place)s") % {
        "who": _WHO.get(row["gender"], _WHO["any"]),
        "language": language_name(row["language"]),
        "when": _WHEN[row["time"]],
        "place": _place(row),
    }
    count = row["newcomers"]
    waiting = ngettext("%(count)s person is waiting", "%(count)s people are waiting", count)
    return WantedLine(
        title=title[:1].upper() + title[1:],
        waiting=waiting % {"count": count},
        more=[*_more(row)],
    )


def _place(row: Mapping[str, Any]) -> str:
    place = find_place(row["place"])
    return place.name if place else f"{row['region']}…"


def _more(row: Mapping[str, Any]) -> Iterable[str]:
    if days := round(row["days"]):
        yield _("waiting for %(time)s on average") % {"time": days_in_words(days)}
    if row["minors"]:
        yield ngettext(
            "%(count)s of them is a minor", "%(count)s of them are minors", row["minors"]
        ) % {"count": row["minors"]}
    if row["groups"]:
        yield ngettext(
            "%(count)s of them is a family or group",
            "%(count)s of them are families or groups",
            row["groups"],
        ) % {"count": row["groups"]}
    topics = [Topic(TOPICS.index(topic)).label for topic in row["topics"] if topic in TOPICS]
    if topics:
        yield _("would like help with: %(topics)s") % {"topics": listed(topics)}
