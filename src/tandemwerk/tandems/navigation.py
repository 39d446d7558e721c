"""What this room adds to the menus."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.navigation import NavItem, add
from tandemwerk.tandems.rules import is_in_a_site_team

add(
    NavItem(
        label=_("Find pairs"),
        url_name="tandems:boards",
        icon="puzzle",
        area="portal",
        order=25,
        visible=is_in_a_site_team,
    ),
    NavItem(
        label=_("Tandems"),
        url_name="tandems:list",
        icon="people",
        area="portal",
        order=30,
        visible=is_in_a_site_team,
    ),
)
