"""Public sites are found by everybody, by what they are and where; and who belongs where."""

from collections.abc import Iterator
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tandemwerk.core.search import (
    PUBLIC,
    Document,
    Hit,
    IndexedSource,
    register,
    register_audiences,
)
from tandemwerk.people.enums import SPOKEN_LANGUAGES
from tandemwerk.places.laender import LAENDER
from tandemwerk.programme.models import Site, memberships_of

SITES: Final = "sites"


def _documents(ids: list[int] | None) -> Iterator[Document]:
    """Give the public sites, in German like what they say of themselves."""
    sites = Site.objects.public().select_related("carrier").order_by("pk")
    if ids is not None:
        sites = sites.filter(pk__in=ids)
    with override("de"):
        languages = {code: str(name) for code, name in SPOKEN_LANGUAGES.items()}
    for site in sites.iterator(1_000):
        spoken = ", ".join(languages.get(code, code) for code in site.languages)
        address = f"{site.street}, {site.postcode} {site.place}".lstrip(", ")
        parts = (address, LAENDER.get(site.land, ""), site.carrier.name, spoken, site.about)
        yield Document(
            object_id=site.pk,
            language="de",
            audience=PUBLIC,
            title=site.name,
            text=" · ".join(each for each in parts if each),
        )


def _hits(_user: Any, ids: list[int]) -> dict[int, Hit]:
    return {
        site.pk: Hit(
            title=site.name,
            url=reverse("programme:site_public", args=[site.slug]),
            text=f"{site.postcode} {site.place}",
        )
        for site in Site.objects.public().filter(pk__in=ids)
    }


def _audiences(user: Any) -> set[str]:
    """Say where ``user`` belongs: ``members`` are all who work in the programme."""
    mine = list(memberships_of(user))
    places = {f"site/{each.site_id}" for each in mine if each.site_id is not None}
    places |= {f"carrier/{each.carrier_id}" for each in mine if each.carrier_id is not None}
    return places | ({"members"} if mine else set())


register(
    IndexedSource(
        name=SITES, label=_("Sites"), icon="geo-alt", documents=_documents, hits=_hits, order=60
    )
)
register_audiences(_audiences)
