"""What this room adds to the menus."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.navigation import NavItem, add
from tandemwerk.intake.rules import is_in_a_site_team

add(
    NavItem(
        label=_("People"),
        url_name="intake:sites",
        icon="person-heart",
        area="portal",
        order=20,
        visible=is_in_a_site_team,
    ),
)
