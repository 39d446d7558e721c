"""What each room adds to the menus. A room's ``navigation.py`` calls ``add``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

Area = Literal["public", "portal", "bell", "account", "footer", "search"]


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
    count: int = 0


_items: list[NavItem] = []


def add(*items: NavItem) -> None:
    """Put entries into the menus."""
    _items.extend(items)


def items_for(request: HttpRequest, area: Area) -> list[ShownItem]:
    """Return the entries of ``area`` that this visitor may use, in order."""
    shown = []
    for item in sorted(_items, key=lambda item: (item.order, item.url_name, item.args)):
        if item.area == area and item.visible(request.user):
            url = reverse(item.url_name, args=item.args)
            is_current = request.path == url
            count = item.count(request.user) if item.count else 0
            shown.append(
                ShownItem(
                    label=item.label,
                    url=url,
                    icon=item.icon,
                    is_current=is_current,
                    count=count,
                )
            )
    return shown


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``navigation.<area>`` for each area, lazily."""
    areas: tuple[Area, ...] = ("public", "portal", "bell", "account", "footer", "search")

    def lazily(area: Area) -> Any:
        return SimpleLazyObject(lambda: items_for(request, area))

    return {"navigation": {area: lazily(area) for area in areas}}
