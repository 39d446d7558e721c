"""The table of the living page."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _


class ExampleTable(tables.Table):
    """Names, states and numbers."""

    name = tables.Column(verbose_name=_("Name"))
    state = tables.TemplateColumn(
        '{% load ui %}{% badge value tone="good" %}', verbose_name=_("State")
    )
    place = tables.Column(verbose_name=_("Place"))
    since = tables.Column(verbose_name=_("Since"))
    count = tables.Column(
        verbose_name=_("Meetings"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )

    class Meta:
        attrs: dict[str, Any] = {}
        template_name = "ui/table.html"
