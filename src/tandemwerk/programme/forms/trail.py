"""How the audit trail is narrowed down."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import (
    BooleanFilter,
    CharFilter,
    ChoiceFilter,
    DateFilter,
    Filter,
    FilterSet,
)

from tandemwerk.core.models import AuditEntry
from tandemwerk.core.naming import all_actions, all_tables
from tandemwerk.people.models import User

Entries = QuerySet[AuditEntry]
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)
DAY = forms.DateInput(attrs={"type": "date"})


def _moment(day: date, clock_time: time) -> datetime:
    """Return a moment of ``day`` here; days beyond any trail count as its borders."""
    within = min(max(day, FIRST_DAY), LAST_DAY)
    return make_aware(datetime.combine(within, clock_time))


def _sorted(labels: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted(labels.items(), key=lambda item: str(item[1]).casefold())


class WholeNumberFilter(Filter):
    """A number as records have them."""

    field_class = forms.IntegerField


class TrailFilter(FilterSet):
    actor = CharFilter(label=_("Who (name or e-mail)"), method="by_actor")
    action = ChoiceFilter(label=_("What was done"))
    reads = BooleanFilter(label=_("Only reading"), method="only_reads")
    table = ChoiceFilter(label=_("About"), field_name="target_type")
    number = WholeNumberFilter(
        label=_("Number of the record"), field_name="target_id", min_value=1, max_value=2**63 - 1
    )
    since = DateFilter(label=pgettext_lazy("period", "From"), method="from_day", widget=DAY)
    until = DateFilter(label=pgettext_lazy("period", "To"), method="to_day", widget=DAY)

    class Meta:
        model = AuditEntry
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["action"].extra["choices"] = _sorted(all_actions())
        self.filters["table"].extra["choices"] = _sorted(all_tables())
        self.filters["reads"].extra["widget"] = forms.CheckboxInput

    def by_actor(self, entries: Entries, _name: str, typed: str) -> Entries:
        """Keep what accounts did whose name or address contains what was typed."""
        typed = typed.strip()
        found = User.objects.filter(Q(name__icontains=typed) | Q(email__icontains=typed))
        return entries.filter(actor_kind="user", actor_id__in=found.values("pk"))

    def only_reads(self, entries: Entries, _name: str, is_wanted: object) -> Entries:
        """Keep the entries of confidential records that somebody read."""
        return entries.filter(action__contains=".read_") if is_wanted else entries

    def from_day(self, entries: Entries, _name: str, day: date) -> Entries:
        """Keep entries of that day and later."""
        return entries.filter(at__gte=_moment(day, time.min))

    def to_day(self, entries: Entries, _name: str, day: date) -> Entries:
        """Keep entries up to the end of that day."""
        return entries.filter(at__lte=_moment(day, time.max))
