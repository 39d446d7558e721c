"""«@Name» in a text: whom it means among those who read the space, and how it is shown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Q, QuerySet

from tandemwerk.community.models import Space
from tandemwerk.community.queries.spaces import readers_of
from tandemwerk.core.markdown import to_html
from tandemwerk.people.models import User
from tandemwerk.programme.models import Carrier, Membership, Site

#: More in one text are not looked up.
MOST: Final = 10
OFFERED: Final = 8
_LONGEST: Final = 120
_AT: Final = re.compile(r"(?<![\w@/.])@(?=\w)")
_WORD: Final = re.compile(r"\w+")
_MARKS: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~])")


@dataclass(frozen=True, kw_only=True)
class Mentioned:
    """Who is meant, and the names as they stand in the text."""

    user_ids: frozenset[int] = frozenset()
    names: tuple[str, ...] = ()


@dataclass
class _Names:
    """Names of people and organisations in small letters -> accounts, and the words as written."""

    accounts: dict[str, set[int]] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, user_id: int) -> None:
        key = name.casefold()
        self.accounts.setdefault(key, set()).add(user_id)
        self.spelled.setdefault(key, name)


def find_mentions(text: str, space: Space) -> Mentioned:
    """Return whom ``text`` mentions among the readers of ``space``; nobody else exists for it.

    Three queries for a text with an @, none for others.
    """
    tails = [text[match.end() : match.end() + _LONGEST] for match in _AT.finditer(text)][:MOST]
    starts = {match.group() for tail in tails if (match := _WORD.match(tail))}
    if not starts:
        return Mentioned()
    names = _names_beginning(starts, space)
    by_length = sorted(names.accounts, key=len, reverse=True)
    found: set[int] = set()
    spelled: list[str] = []
    for tail in tails:
        low = tail.casefold()
        name = next((each for each in by_length if _begins(low, each)), None)
        if name is not None:
            found |= names.accounts[name]
            spelled.append(tail[: len(names.spelled[name])])
    return Mentioned(user_ids=frozenset(found), names=tuple(dict.fromkeys(spelled)))


def _begins(text: str, name: str) -> bool:
    rest = text[len(name) : len(name) + 1]
    return text.startswith(name) and not (rest.isalnum() or rest == "_")


def _names_beginning(starts: Iterable[str], space: Space) -> _Names:
    readers = readers_of(space)
    people, sites, carriers = Q(pk__in=()), Q(pk__in=()), Q(pk__in=())
    for start in starts:
        people |= Q(name__istartswith=start)
        sites |= Q(site__name__istartswith=start)
        carriers |= Q(carrier__name__istartswith=start)
    names = _Names()
    for number, name in readers.filter(people).exclude(name="").values_list("pk", "name"):
        names.add(name, number)
    teams = Membership.objects.filter(user__in=readers.values("pk"))
    for rows, label in ((teams.filter(sites), "site"), (teams.filter(carriers), "carrier")):
        for number, name in rows.values_list("user_id", f"{label}__name"):
            names.add(name, number)
    return names


def render(text: str, mentioned: Mentioned) -> str:
    """Return the HTML of a text in which those who are mentioned stand out."""
    for name in sorted(mentioned.names, key=len, reverse=True):
        # A doubled backslash is one in the words that are put in.
        shown = _MARKS.sub(r"\\\1", name).replace("\\", "\\\\")
        text = re.sub(rf"(?<![\w@/.*])@{re.escape(name)}(?!\w)", f"**@{shown}**", text)
    return str(to_html(text))


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A name that can be mentioned, and what stands beside it in the list."""

    name: str
    note: str = ""


def look_up(words: str, space: Space) -> list[Offered]:
    """Return people and organisations among the readers of a space whose name has these words."""
    words = " ".join(words.split())[:_LONGEST]
    if not words:
        return []
    readers = readers_of(space)
    people = readers.exclude(name="").filter(_has(words, "name")).order_by("name", "pk")
    places = _places(readers)
    sites = Site.objects.filter(_has(words, "name"), pk__in=places["site_id"])
    carriers = Carrier.objects.filter(_has(words, "name"), pk__in=places["carrier_id"])
    return [
        *(Offered(name=each) for each in people.values_list("name", flat=True)[:OFFERED]),
        *(Offered(name=each.name, note=each.place) for each in sites.order_by("name")[:OFFERED]),
        *(Offered(name=each.name) for each in carriers.order_by("name")[:OFFERED]),
    ][:OFFERED]


def _places(readers: QuerySet[User]) -> dict[str, QuerySet[Membership, dict[str, int]]]:
    teams = Membership.objects.filter(user__in=readers.values("pk"))
    return {key: teams.values(key) for key in ("site_id", "carrier_id")}


def _has(words: str, name: str) -> Q:
    return Q(**{f"{name}__istartswith": words}) | Q(**{f"{name}__icontains": f" {words}"})
