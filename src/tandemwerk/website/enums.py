"""Where the website's links lead, and what people write about."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Destination(TextChoices):
    """A page that has the same address for ever."""

    JOIN = "join", _("Take part")
    SITES = "sites", _("Map and list of the sites")
    CONTACT = "contact", pgettext_lazy("menu", "Contact")


#: The address names of the destinations, with their arguments.
ADDRESS_OF: Final[dict[Destination, tuple[str, tuple[str, ...]]]] = {
    Destination.JOIN: ("website:join", ()),
    Destination.SITES: ("programme:sites", ()),
    Destination.CONTACT: ("wagtail_serve", ("contact/",)),
}


class ContactTopic(TextChoices):
    HELP = "help", _("I want to accompany somebody")
    NEW = "new", _("I am new here and look for somebody")
    ORGANISATION = "organisation", _("I write for an organisation")
    PRESS = "press", _("I write for the press")
    PRIVACY = "privacy", _("My data")
    OTHER = "other", _("Something else")


class Door(TextChoices):
    """The two sides of a tandem, as somebody enters the website."""

    VOLUNTEER = "volunteer", _("I want to help")
    NEWCOMER = "newcomer", _("I am new here")
