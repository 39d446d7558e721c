"""What this room adds to the menus."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.navigation import NavItem, add, signed_in

add(
    NavItem(label=_("Knowledge"), url_name="knowledge:shelf", icon="book", area="public", order=35),
    NavItem(
        label=_("Library"),
        url_name="knowledge:shelf",
        icon="book",
        area="portal",
        order=45,
        visible=signed_in,
    ),
)
