"""The numbers of this room, for the start pages: over the sites that somebody may see."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from tandemwerk.core import clock
from tandemwerk.core.indicators import Indicator, register
from tandemwerk.intake.enums import Side
from tandemwerk.programme.models import Site
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.queries.numbers import without_tandem

#: Name of a group -> the column it is counted by.
GROUPS: dict[str, str | Combinable] = {
    "site": "site__slug",
    "carrier": "site__carrier__slug",
    "land": "site__land",
    "month": TruncMonth("founded_on"),
}


def _counter(rows: Callable[[], QuerySet[Any]]) -> Callable[[Any, str | None], dict[str, int]]:
    def count(user: Any, group_by: str | None = None) -> dict[str, int]:
        mine = rows().filter(site__in=Site.objects.visible_to(user).values("pk")).order_by()
        if group_by is None:
            return {"": mine.count()}
        grouped = mine.values_list(GROUPS[group_by]).annotate(number=Count("pk"))
        return {str(key): number for key, number in grouped}

    return count


def _new_this_month() -> QuerySet[Tandem]:
    return Tandem.objects.founded().filter(founded_on__gte=clock.today().replace(day=1))


register(
    Indicator(
        name="running",
        label=_("Running tandems"),
        groups=("site", "carrier", "land", "month"),
        count=_counter(Tandem.objects.running),
        order=10,
    ),
    Indicator(
        name="new_this_month",
        label=_("New this month"),
        groups=("site", "carrier", "land"),
        count=_counter(_new_this_month),
        order=20,
    ),
    Indicator(
        name="waiting_newcomers",
        label=_("Newcomers waiting"),
        groups=("site", "carrier", "land"),
        count=_counter(lambda: without_tandem(Side.NEWCOMER)),
        order=30,
    ),
    Indicator(
        name="waiting_volunteers",
        label=_("Volunteers waiting"),
        groups=("site", "carrier", "land"),
        count=_counter(lambda: without_tandem(Side.VOLUNTEER)),
        order=40,
    ),
    Indicator(
        name="founded",
        label=_("Founded so far"),
        groups=("site", "carrier", "land", "month"),
        count=_counter(Tandem.objects.founded),
        order=50,
    ),
)
