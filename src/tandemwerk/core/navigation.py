"""What each room adds to the menus. A room's ``navigation.py`` calls ``add``."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

Area = Literal["public", "portal", "bell", "account", "settings", "footer", "search"]


def everybody(_user: Any) -> bool:
    """Show the item to all."""
    return True


def signed_in(user: Any) -> bool:
    """Show the item to those who signed in."""
    return bool(user.is_authenticated)


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """One entry of a menu. ``label`` is lazy text, ``icon`` a name of the icon sprite."""

    label: Any
    url_name: str
    args: tuple[str, ...] = ()
    icon: str
    area: Area
    #: what it is good for, in a sentence: the settings on the account's page say it
    why: Any = ""
    order: int = 50
    visible: Callable[[Any], bool] = everybody
    #: account -> how many things wait behind the entry; asked only when the menu is shown
    count: Callable[[Any], int] | None = None


@dataclass(frozen=True, kw_only=True)
class ShownItem:
    """An entry as a template shows it."""

    label: Any
    url: str
    icon: str
    is_current: bool
    why: Any = ""
    count: int = 0


_items: defaultdict[Area, list[NavItem]] = defaultdict(list)


def add(*items: NavItem) -> None:
    """Put entries into the menus."""
    for item in items:
        _items[item.area].append(item)
        _items[item.area].sort(key=lambda each: (each.order, each.url_name, each.args))


@cache
def _address(url_name: str, args: tuple[str, ...], _language: str | None) -> str:
    return reverse(url_name, args=args)


def items_for(request: HttpRequest, area: Area) -> list[ShownItem]:
    """Return the entries of ``area`` that this visitor may use, in order."""
    shown = []
    for item in _items[area]:
        if item.visible(request.user):
            url = _address(item.url_name, item.args, get_language())
            is_current = request.path == url
            shown.append(
                ShownItem(
                    label=item.label,
                    url=url,
                    icon=item.icon,
                    is_current=is_current,
                    why=item.why,
                    count=_count_of(item, request),
                )
            )
    return shown


def counts_for(request: HttpRequest) -> list[int]:
    """Return how many things wait behind the entries that this visitor may use."""
    all_items = (item for items in _items.values() for item in items if item.count)
    return [_count_of(item, request) for item in all_items if item.visible(request.user)]


def _count_of(item: NavItem, request: HttpRequest) -> int:
    """Count once in a request, however often it is asked."""
    if item.count is None:
        return 0
    counts: dict[int, int] = request.__dict__.setdefault("navigation_counts", {})
    if id(item) not in counts:
        counts[id(item)] = item.count(request.user)
    return counts[id(item)]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``navigation.<area>`` for each area, lazily."""

    def lazily(area: Area) -> Any:
        return SimpleLazyObject(lambda: items_for(request, area))

    return {"navigation": {area: lazily(area) for area in get_args(Area)}}
