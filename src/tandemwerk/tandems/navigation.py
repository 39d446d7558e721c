"""What this room adds to the menus."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.navigation import NavItem, add
from tandemwerk.programme.rules import is_in_a_carrier, is_ministry, is_network
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
    NavItem(
        label=_("How pairs are found"),
        url_name="tandems:terms",
        icon="sliders",
        area="portal",
        order=62,
        visible=is_in_a_carrier | is_network,
    ),
    NavItem(
        label=_("Fairness"),
        url_name="tandems:country_fairness",
        icon="graph-up",
        area="portal",
        order=63,
        visible=is_network | is_ministry,
    ),
    NavItem(
        label=_("Pairs at night"),
        url_name="tandems:nights",
        icon="moon-stars",
        area="portal",
        order=64,
        visible=is_network,
    ),
)
