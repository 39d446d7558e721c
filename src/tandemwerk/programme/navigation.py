"""What this room adds to the menus."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.navigation import NavItem, add
from tandemwerk.programme.rules import is_in_a_team, is_ministry


def _has_a_team(user: Any) -> bool:
    return is_in_a_team(user) and not is_ministry(user)


def _sees_carriers(user: Any) -> bool:
    return bool(user.has_perm("programme.view_carriers"))


add(
    NavItem(
        label=_("Carriers and sites"),
        url_name="programme:carriers",
        icon="building",
        area="portal",
        order=60,
        visible=_sees_carriers,
    ),
    NavItem(
        label=_("Team"),
        url_name="programme:teams",
        icon="people",
        area="portal",
        order=70,
        visible=_has_a_team,
    ),
)
