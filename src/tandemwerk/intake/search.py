"""People are found by name, for the teams of their sites."""

from functools import cache
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandemwerk.core.prepared import Prepared
from tandemwerk.core.search import Hit, Hits, SearchSource, register
from tandemwerk.intake.models import Participation
from tandemwerk.programme.models import team_sites


def _find(user: Any, words: list[str], limit: int) -> Hits:
    found = _people(limit)(*team_sites(user), *words)
    return Hits(hits=[_hit(each) for each in found[:limit]], has_more=len(found) > limit)


@cache
def _people(limit: int) -> Prepared[Participation]:
    """Return the question for one more than ``limit`` people of sites who have all words."""

    def make(*sites_and_words: int | str) -> QuerySet[Participation]:
        sites = [each for each in sites_and_words if isinstance(each, int)]
        people = Participation.objects.filter(site__in=sites)
        for word in sites_and_words[len(sites) :]:
            given, family = (
                Q(person__given_name__icontains=word),
                Q(person__family_name__icontains=word),
            )
            people = people.filter(given | family)
        rows = people.select_related("person", "site")
        return rows.order_by("person__family_name", "person__given_name", "pk")[: limit + 1]

    return Prepared(make)


def _hit(participation: Participation) -> Hit:
    return Hit(
        title=str(participation.person),
        url=reverse("intake:person", args=[participation.pk]),
        text=f"{participation.get_side_display()} · {participation.site}",
    )


register(SearchSource(name="people", label=_("People"), icon="person", find=_find, order=10))
