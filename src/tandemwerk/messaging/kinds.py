"""What people can be told of: kinds of notices, their groups, and parts of the digest.

Rooms register here when they are loaded; nothing in here touches the database.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tandemwerk.messaging.enums import Rhythm

Context = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class NoticeGroup:
    """Kinds for which somebody chooses one rhythm, as the page «Notifications» lists them."""

    name: str
    #: Lazy texts.
    label: Any
    description: Any = ""
    #: What holds for those who chose nothing.
    default: Rhythm = Rhythm.DAILY
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class NoticeKind:
    """One kind of thing that people are told of.

    It is said in the active language whenever somebody reads it: at once, in a digest, a month
    later.
    """

    #: ``room.what`` (``community.reply``), at most 60 characters.
    name: str
    group: str
    #: Lazy text, also the mail's subject. Names nobody.
    label: Any
    #: What happened, one plain sentence without markup: a lazy text with places for the words of
    #: the context, or a function of the context where that is not enough. It asks no database.
    sentence: Any
    #: Name of the context's plain text below the sentence in a mail of its own, never in a digest.
    body: str = ""
    #: Lazy text on the button that leads there; «Look at it» where none is given.
    action: Any = None
    icon: str = "bell"

    def say(self, context: Context) -> str:
        """Return the sentence with the words that ``notify`` was given."""
        return str(self.sentence(context) if callable(self.sentence) else self.sentence % context)


#: numbers of accounts, since, until -> number -> lines (plain text), each in the language of that
#: account. Called once for a few hundred accounts: a bounded number of queries for all of them.
SectionFunction = Callable[[Sequence[int], datetime, datetime], Mapping[int, Sequence["Line"]]]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a digest and, if it has one, the path it leads to."""

    text: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class DigestSection:
    """A part of the digest that is looked up when the digest is made."""

    name: str
    group: str
    #: Lazy text above the lines.
    label: Any
    lines: SectionFunction
    order: int = 50


class UnknownKindError(LookupError):
    """A room spoke of a kind of notice that nobody registered."""


_groups: dict[str, NoticeGroup] = {}
_kinds: dict[str, NoticeKind] = {}
_sections: dict[str, DigestSection] = {}


def register(*wanted: NoticeGroup | NoticeKind) -> None:
    """Add groups and kinds. The same name again replaces what was there."""
    for each in wanted:
        if isinstance(each, NoticeGroup):
            _groups[each.name] = each
        else:
            _kinds[each.name] = each


def digest_section(
    name: str, *, group: str, label: Any, order: int = 50
) -> Callable[[SectionFunction], SectionFunction]:
    """Add a part of the digest for those who want ``group`` daily or weekly. Use as decorator."""

    def add(lines: SectionFunction) -> SectionFunction:
        _sections[name] = DigestSection(
            name=name, group=group, label=label, lines=lines, order=order
        )
        return lines

    return add


def groups() -> list[NoticeGroup]:
    """Return all groups in their order."""
    return sorted(_groups.values(), key=lambda group: (group.order, group.name))


def group_named(name: str) -> NoticeGroup | None:
    """Return a group, or None when its room is gone."""
    return _groups.get(name)


def kind_named(name: str) -> NoticeKind:
    """Return a kind. Raises UnknownKindError."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKindError(name) from None


def kinds_of(groups: Iterable[str]) -> list[str]:
    """Return the names of all kinds of these groups."""
    wanted = set(groups)
    return sorted(kind.name for kind in _kinds.values() if kind.group in wanted)


def all_kinds() -> list[NoticeKind]:
    """Return all kinds by name."""
    return sorted(_kinds.values(), key=lambda kind: kind.name)


def sections() -> list[DigestSection]:
    """Return the parts of the digest in their order."""
    return sorted(_sections.values(), key=lambda section: (section.order, section.name))
