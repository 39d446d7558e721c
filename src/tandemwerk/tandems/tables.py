"""The list of tandems."""

from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from tandemwerk.tandems.enums import Health, TandemState
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.queries.health import last_sign
from tandemwerk.tandems.queries.life import HEALTH_TONES, STATE_TONES
from tandemwerk.ui.parts import Tone
from tandemwerk.ui.signs import badge


class TandemTable(tables.Table):
    """Both names, state and health first: the three that a phone shows on top."""

    pair = tables.Column(
        verbose_name=_("Tandem"),
        accessor="volunteer__person__family_name",
        order_by=("volunteer__person__family_name", "volunteer__person__given_name", "pk"),
        linkify=("tandems:tandem", {"pk": tables.A("pk")}),
        empty_values=(),
    )
    state = tables.Column(verbose_name=_("State"), empty_values=())
    health = tables.Column(verbose_name=_("How it goes"), empty_values=())
    kind = tables.Column(verbose_name=_("Kind"))
    founded_on = tables.Column(verbose_name=_("Since"))
    last_sign = tables.Column(
        verbose_name=_("Last heard"), empty_values=(), order_by=("last_met_at", "pk")
    )
    site = tables.Column(verbose_name=_("Site"), order_by=("site__name", "pk"))

    class Meta:
        order_by = "-founded_on"
        empty_text = _("No tandem fits these filters.")

    def render_pair(self, record: Tandem) -> str:
        return names_of(record)

    def render_state(self, record: Tandem) -> str:
        tone: Tone = STATE_TONES.get(record.state, "neutral")
        return badge(TandemState(record.state).label, tone)

    def render_health(self, record: Tandem) -> str:
        health = getattr(record, "health", "")
        return badge(Health(health).label, HEALTH_TONES[health]) if health else "–"

    def render_founded_on(self, value: Any) -> str:
        return date_format(value, "SHORT_DATE_FORMAT")

    def render_last_sign(self, record: Tandem) -> str:
        sign = last_sign(record)
        return date_format(sign, "SHORT_DATE_FORMAT", use_l10n=True) if sign else "–"


def names_of(tandem: Tandem) -> str:
    """Return both names side by side."""
    return format_html("{} & {}", tandem.volunteer.person, tandem.newcomer.person)


EXPORT_HEAD = (
    _("Volunteer"),
    _("Newcomer"),
    _("State"),
    _("How it goes"),
    _("Kind"),
    _("Founded"),
    _("Ended"),
    _("Why it ended"),
    _("Last heard"),
    _("Site"),
)


def export_row(tandem: Tandem) -> tuple[Any, ...]:
    """Return a tandem as a row of a spreadsheet."""
    health = getattr(tandem, "health", "")
    sign: datetime | None = last_sign(tandem)
    return (
        tandem.volunteer.person.full_name,
        tandem.newcomer.person.full_name,
        tandem.get_state_display(),
        Health(health).label if health else "",
        tandem.get_kind_display(),
        tandem.founded_on,
        tandem.ended_on,
        tandem.get_end_reason_display(),
        sign,
        tandem.site.name,
    )
