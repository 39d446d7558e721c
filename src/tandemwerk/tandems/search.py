"""Tandems are found by the names of both, for the teams of their sites."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandemwerk.core.search import Hit, Hits, SearchSource, register
from tandemwerk.tandems.models import Tandem

_NAMES = ("given_name", "family_name")


def _find(user: Any, words: list[str], limit: int) -> Hits:
    tandems = Tandem.objects.accompanied_by(user)
    for word in words:
        named = Q()
        for side in ("volunteer", "newcomer"):
            for name in _NAMES:
                named |= Q(**{f"{side}__person__{name}__icontains": word})
        tandems = tandems.filter(named)
    people = ("site", "volunteer__person", "newcomer__person")
    found = list(tandems.select_related(*people).order_by("-created_at", "pk")[: limit + 1])
    return Hits(hits=[_hit(each) for each in found[:limit]], has_more=len(found) > limit)


def _hit(tandem: Tandem) -> Hit:
    return Hit(
        title=f"{tandem.volunteer.person} & {tandem.newcomer.person}",
        url=reverse("tandems:tandem", args=[tandem.pk]),
        text=f"{tandem.site} · {tandem.get_state_display()}",
    )


register(SearchSource(name="tandems", label=_("Tandems"), icon="people", find=_find, order=20))
