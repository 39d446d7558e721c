"""What this room adds to the menus."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.navigation import NavItem, add
from tandemwerk.programme.rules import is_in_a_team, is_ministry, reads_the_trail, sees_carriers

add(
    NavItem(
        label=_("Carriers and sites"),
        url_name="programme:carriers",
        icon="building",
        area="portal",
        order=60,
        visible=sees_carriers,
    ),
    NavItem(
        label=_("Team"),
        url_name="programme:teams",
        icon="people",
        area="portal",
        order=70,
        visible=is_in_a_team & ~is_ministry,
    ),
    NavItem(
        label=_("Audit trail"),
        url_name="programme:audit",
        icon="clock-history",
        area="portal",
        order=80,
        visible=reads_the_trail,
    ),
)
