"""Sites are found by name, place and postcode: the public ones by everybody."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandemwerk.core.search import Hit, Hits, SearchSource, register, register_audiences
from tandemwerk.programme.models import Site, memberships_of


def _find(_user: Any, words: list[str], limit: int) -> Hits:
    sites = Site.objects.public()
    for word in words:
        sites = sites.filter(
            Q(name__icontains=word) | Q(place__icontains=word) | Q(postcode__startswith=word)
        )
    found = list(sites.order_by("name", "pk")[: limit + 1])
    return Hits(hits=[_hit(each) for each in found[:limit]], has_more=len(found) > limit)


def _hit(site: Site) -> Hit:
    return Hit(
        title=site.name,
        url=reverse("programme:site_public", args=[site.slug]),
        text=f"{site.street}, {site.postcode} {site.place}".lstrip(", "),
    )


register(SearchSource(name="sites", label=_("Sites"), icon="geo-alt", find=_find, order=30))


def _audiences(user: Any) -> set[str]:
    """Say where ``user`` belongs: ``members`` are all who work in the programme."""
    mine = list(memberships_of(user))
    places = {f"site/{each.site_id}" for each in mine if each.site_id is not None}
    places |= {f"carrier/{each.carrier_id}" for each in mine if each.carrier_id is not None}
    return places | ({"members"} if mine else set())


register_audiences(_audiences)
