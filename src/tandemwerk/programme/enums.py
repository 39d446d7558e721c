"""Kinds of tandem, and who may do what in a team."""

from typing import Final

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class TandemKind(IntegerChoices):
    """What a tandem is for; the value is the bit in a mask."""

    EVERYDAY = 0, _("everyday life")
    GOAL = 1, _("a goal: school, training, work")
    GUIDE = 2, _("guidance to offices and services")


class Role(TextChoices):
    """What somebody is in a team. Where, says the membership."""

    COORDINATOR = "coordinator", _("coordinator")
    LEAD = "lead", _("lead")
    SAFEGUARDING = "safeguarding", _("safeguarding officer")
    READER = "reader", _("reader")
    NETWORK_COORDINATOR = "network_coordinator", _("network office: coordinator")
    NETWORK_EDITOR = "network_editor", _("network office: editor")
    NETWORK_MODERATOR = "network_moderator", _("network office: moderator")
    MINISTRY = "ministry", _("ministry")


#: Roles in the team of a site or a carrier.
TEAM_ROLES: Final = (Role.COORDINATOR, Role.LEAD, Role.SAFEGUARDING, Role.READER)
NETWORK_ROLES: Final = (Role.NETWORK_COORDINATOR, Role.NETWORK_EDITOR, Role.NETWORK_MODERATOR)
#: Roles of a team that answer for it: they invite, change roles and settings.
LEADING_ROLES: Final = (Role.COORDINATOR, Role.LEAD)
#: The same, with the one that answers for the network office.
LEADING_EVERYWHERE: Final = (*LEADING_ROLES, Role.NETWORK_COORDINATOR)
#: Roles that may change what belongs to their site.
WRITING_ROLES: Final = (Role.COORDINATOR, Role.LEAD, Role.SAFEGUARDING)


class TargetGroup(TextChoices):
    FAMILIES = "families", _("families")
    CHILDREN = "children", _("children and young people")
    WOMEN = "women", _("women")
    MEN = "men", _("men")
    YOUNG_ADULTS = "young_adults", _("young adults")
    OLDER = "older", _("older people")
    TRAINEES = "trainees", _("people in training")
    ALL = "all", _("everybody")
