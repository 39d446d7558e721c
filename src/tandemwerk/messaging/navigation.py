"""What this room adds to the menus."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tandemwerk.core.navigation import NavItem, add, signed_in
from tandemwerk.messaging.queries import unread_count
from tandemwerk.messaging.rules import runs_the_installation
from tandemwerk.programme.enums import Role
from tandemwerk.programme.models import memberships_of


def _has_an_outbox(user: Any) -> bool:
    has_a_team = any(each.role != Role.MINISTRY for each in memberships_of(user))
    return user.is_authenticated and (user.is_superuser or has_a_team)


def _is_in_the_demo(_user: Any) -> bool:
    return bool(settings.DEMO)


add(
    NavItem(
        label=_("News for you"),
        url_name="messaging:notices",
        icon="bell",
        area="bell",
        visible=signed_in,
        count=unread_count,
    ),
    NavItem(
        label=_("Notifications"),
        url_name="messaging:choices",
        icon="sliders",
        area="account",
        order=82,
        visible=signed_in,
    ),
    NavItem(
        label=_("Notifications"),
        url_name="messaging:choices",
        icon="sliders",
        area="settings",
        why=_("What you hear of, where and how often."),
        visible=signed_in,
    ),
    NavItem(
        label=_("Outbox"),
        url_name="messaging:outbox",
        icon="envelope",
        area="portal",
        order=80,
        visible=_has_an_outbox,
    ),
    NavItem(
        label=_("System"),
        url_name="messaging:system",
        icon="gear",
        area="portal",
        order=95,
        visible=runs_the_installation,
    ),
    NavItem(
        label=_("Outbox of the demo"),
        url_name="messaging:demo_outbox",
        icon="envelope-open",
        area="footer",
        order=90,
        visible=_is_in_the_demo,
    ),
)
