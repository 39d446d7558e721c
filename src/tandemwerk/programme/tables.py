"""Lists of carriers and sites."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from tandemwerk.places import land_name
from tandemwerk.programme.models import Carrier, Site

NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}


class CarrierTable(tables.Table):
    name = tables.Column(
        verbose_name=_("Carrier"),
        linkify=("programme:carrier_settings", {"slug": tables.A("slug")}),
    )
    sites = tables.Column(verbose_name=_("Sites"), accessor="sites_count", attrs=NUMBER)
    team = tables.Column(verbose_name=_("In the team"), accessor="team_count", attrs=NUMBER)
    agreed = tables.Column(verbose_name=_("Agreed this year"), attrs=NUMBER, default="–")

    class Meta:
        model = Carrier
        fields: tuple[str, ...] = ()
        order_by = "name"
        empty_text = _("No carrier fits.")


class SiteTable(tables.Table):
    name = tables.Column(
        verbose_name=_("Site"),
        linkify=("programme:site_settings", {"slug": tables.A("slug")}),
    )
    place = tables.Column(verbose_name=_("Place"))
    land = tables.Column(verbose_name=_("Land"))
    carrier = tables.Column(verbose_name=_("Carrier"), accessor="carrier__name")
    capacity = tables.Column(verbose_name=_("Capacity"), attrs=NUMBER)
    is_public = tables.BooleanColumn(verbose_name=_("On the map"), yesno=(_("yes"), _("no")))

    class Meta:
        model = Site
        fields: tuple[str, ...] = ()
        order_by = "name"
        empty_text = _("No site fits.")

    def render_land(self, value: str) -> Any:
        """Return the Land's name."""
        return land_name(value)
