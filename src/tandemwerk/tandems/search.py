"""Tandems are found by the names of both, for the teams of their sites."""

from functools import cache
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandemwerk.core.prepared import Prepared
from tandemwerk.core.search import Hit, Hits, SearchSource, register
from tandemwerk.programme.models import team_sites
from tandemwerk.tandems.models import Tandem

_NAMES = ("given_name", "family_name")


def _find(user: Any, words: list[str], limit: int) -> Hits:
    found = _tandems(limit)(*team_sites(user), *words)
    return Hits(hits=[_hit(each) for each in found[:limit]], has_more=len(found) > limit)


@cache
def _tandems(limit: int) -> Prepared[Tandem]:
    """Return the question for one more than ``limit`` tandems of sites that have all words."""

    def make(*sites_and_words: int | str) -> QuerySet[Tandem]:
        sites = [each for each in sites_and_words if isinstance(each, int)]
        tandems = Tandem.objects.filter(site__in=sites)
        for word in sites_and_words[len(sites) :]:
            named = Q()
            for side in ("volunteer", "newcomer"):
                for name in _NAMES:
                    named |= Q(**{f"{side}__person__{name}__icontains": word})
            tandems = tandems.filter(named)
        people = ("site", "volunteer__person", "newcomer__person")
        return tandems.select_related(*people).order_by("-created_at", "pk")[: limit + 1]

    return Prepared(make)


def _hit(tandem: Tandem) -> Hit:
    return Hit(
        title=f"{tandem.volunteer.person} & {tandem.newcomer.person}",
        url=reverse("tandems:tandem", args=[tandem.pk]),
        text=f"{tandem.site} · {tandem.get_state_display()}",
    )


register(SearchSource(name="tandems", label=_("Tandems"), icon="people", find=_find, order=20))
