"""What each room keeps about somebody. A room's ``privacy.py`` registers it.

Somebody is a person who takes part, an account that signs in, or both. The export they may ask for
and the erasure at its end go through the same lists, so a room that stores personal data and is
not in them is found by a test.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tandemwerk.core.actors import Actor


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """One kind of data about a person: what for, how long, how it is shown and erased."""

    name: str
    title: Any
    purpose: Any
    kept: Any
    #: models it covers, as ``app.model``
    models: tuple[str, ...]
    #: person's number -> rows as plain values
    export: Callable[[int], list[dict[str, Any]]]
    #: person's number, actor, moment: removes or empties the rows
    erase: Callable[[int, Actor, datetime], None]


@dataclass(frozen=True, kw_only=True)
class AccountData:
    """One kind of data about an account. As PersonalData, and both functions take its number.

    ``erase`` runs before the account itself goes, and does what the keys' ``on_delete`` does not.
    """

    name: str
    title: Any
    purpose: Any
    kept: Any
    models: tuple[str, ...]
    export: Callable[[int], list[dict[str, Any]]]
    erase: Callable[[int, Actor, datetime], None]


_kinds: list[PersonalData] = []
_account_kinds: list[AccountData] = []
_names: dict[str, Any] = {}


def register(*kinds: PersonalData | AccountData) -> None:
    """Tell that the room keeps these kinds of personal data."""
    for kind in kinds:
        if isinstance(kind, AccountData):
            _account_kinds.append(kind)
        else:
            _kinds.append(kind)


def kinds() -> list[PersonalData]:
    """Return the kinds about a person, those of the higher rooms first: no key is met in use."""
    return list(_kinds)


def account_kinds() -> list[AccountData]:
    """Return the kinds about an account, those of the higher rooms first."""
    return list(_account_kinds)


def name_facts(names: Mapping[str, Any]) -> None:
    """Tell what the facts that a room gives out are called, in words for those they are about."""
    _names.update(names)


def names() -> Mapping[str, Any]:
    """Return the names of all facts by their keys."""
    return dict(_names)


def fact_named(key: str) -> Any:
    """Return the name of a fact; its key where no room has named it."""
    return _names.get(key, key.replace("_", " "))


def erased_by_the_key(_user_id: int, _by: Actor, _at: datetime) -> None:
    """Do nothing: the rows go, or lose the name, with the account (``on_delete``)."""
