"""What this room adds to the menus."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.navigation import NavItem, add, signed_in
from tandemwerk.programme.enums import WRITING_ROLES
from tandemwerk.programme.rules import memberships_of


def writes_somewhere(user: Any) -> bool:
    """Return whether ``user`` has work: a site whose people and tandems they may change."""
    mine = memberships_of(user)
    return any(each.site_id is not None and each.role in WRITING_ROLES for each in mine)


def sees_overview(user: Any) -> bool:
    """Return whether ``user`` may see the programme in numbers."""
    return bool(user.has_perm("portal.view_overview"))


add(
    NavItem(
        label=_("Start"),
        url_name="portal:start",
        icon="house-door",
        area="portal",
        order=10,
        visible=signed_in,
    ),
    NavItem(
        label=_("To do"),
        url_name="portal:work",
        icon="list-check",
        area="portal",
        order=15,
        visible=writes_somewhere,
    ),
    NavItem(
        label=_("Overview"),
        url_name="portal:overview",
        icon="graph-up",
        area="portal",
        order=50,
        visible=sees_overview,
    ),
    NavItem(
        label=_("My start page"),
        url_name="portal:start",
        icon="house-door",
        area="account",
        order=10,
        visible=signed_in,
    ),
    NavItem(label=_("Search"), url_name="portal:search", icon="search", area="search"),
)
