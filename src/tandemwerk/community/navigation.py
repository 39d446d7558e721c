"""What this room adds to the menus."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.community.rules import is_member
from tandemwerk.core.navigation import NavItem, add

add(
    NavItem(
        label=_("Community"),
        url_name="community:home",
        icon="chat-dots",
        area="portal",
        order=40,
        visible=is_member,
    ),
)
