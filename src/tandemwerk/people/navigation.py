"""What this room adds to the menus."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.navigation import NavItem, add, signed_in


def _stranger(user: Any) -> bool:
    return not user.is_authenticated


add(
    NavItem(
        label=_("Sign in"),
        url_name="account_login",
        icon="box-arrow-in-right",
        area="account",
        visible=_stranger,
    ),
    NavItem(
        label=_("My account"),
        url_name="people:account",
        icon="person-gear",
        area="account",
        order=80,
        visible=signed_in,
    ),
    NavItem(
        label=_("Sign out"),
        url_name="account_logout",
        icon="box-arrow-right",
        area="account",
        order=90,
        visible=signed_in,
    ),
)
