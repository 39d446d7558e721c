"""People are found by name, for the teams of their sites."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandemwerk.core.search import Hit, Hits, SearchSource, register
from tandemwerk.intake.models import Participation


def _find(user: Any, words: list[str], limit: int) -> Hits:
    people = Participation.objects.visible_to(user)
    for word in words:
        people = people.filter(
            Q(person__given_name__icontains=word) | Q(person__family_name__icontains=word)
        )
    rows = people.select_related("person", "site")
    found = list(rows.order_by("person__family_name", "person__given_name", "pk")[: limit + 1])
    return Hits(hits=[_hit(each) for each in found[:limit]], has_more=len(found) > limit)


def _hit(participation: Participation) -> Hit:
    return Hit(
        title=str(participation.person),
        url=reverse("intake:person", args=[participation.pk]),
        text=f"{participation.get_side_display()} · {participation.site}",
    )


register(SearchSource(name="people", label=_("People"), icon="person", find=_find, order=10))
