"""The numbers of each site."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from tandemwerk.portal.queries.start import SiteNumbers

_NUMBER: dict[str, Any] = {"td": {"class": "num"}, "th": {"class": "num"}}


class SiteTable(tables.Table):
    """A site and its counts; no person."""

    name = tables.Column(verbose_name=_("Site"), accessor="site__name", orderable=False)
    carrier = tables.Column(
        verbose_name=_("Carrier"), accessor="site__carrier__name", orderable=False
    )
    place = tables.Column(verbose_name=_("Place"), accessor="site__place", orderable=False)
    running = tables.Column(verbose_name=_("Running"), attrs=_NUMBER, orderable=False)
    founded = tables.Column(verbose_name=_("Founded"), attrs=_NUMBER, orderable=False)
    waiting_newcomers = tables.Column(
        verbose_name=_("Newcomers waiting"), attrs=_NUMBER, orderable=False
    )
    waiting_volunteers = tables.Column(
        verbose_name=_("Volunteers waiting"), attrs=_NUMBER, orderable=False
    )

    class Meta:
        empty_text = _("No site fits these filters.")


SITE_HEAD = (
    _("Site"),
    _("Carrier"),
    _("Place"),
    _("Land"),
    _("Running"),
    _("Founded"),
    _("Newcomers waiting"),
    _("Volunteers waiting"),
)


def site_row(numbers: SiteNumbers) -> tuple[Any, ...]:
    """Return a site with its counts as a row of a spreadsheet."""
    site = numbers.site
    return (
        site.name,
        site.carrier.name,
        site.place,
        site.land,
        numbers.running,
        numbers.founded,
        numbers.waiting_newcomers,
        numbers.waiting_volunteers,
    )
