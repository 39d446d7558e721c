"""Public sites as visitors look for them: near a place, of a kind, in a language."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import phonenumbers
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from tandemwerk.people.enums import SPOKEN_LANGUAGES
from tandemwerk.places import Place, find_place, nearest, search_places
from tandemwerk.programme.enums import TandemKind, TargetGroup
from tandemwerk.programme.models import Site, SiteQuerySet
from tandemwerk.ui.parts import MapPoint

#: How many sites a search for a place shows before all others.
NEAREST: Final = 3
#: The longest that somebody types for a place; the longest name of a place has 48 characters.
MAX_TYPED: Final = 60
_NAMESAKES: Final = 4
_PLACES: Final = 40
_CODE: Final = re.compile(r'"(\w+)"')

#: Latitude and longitude.
Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """What somebody typed, and the place we took it for."""

    typed: str
    place: Place | None = None
    #: Other places of that name, one postcode each.
    namesakes: list[Place] = field(default_factory=list)

    @property
    def point(self) -> Point | None:
        return self.place.point if self.place else None


@dataclass(frozen=True, kw_only=True)
class ListedSite:
    """A public site as lists and its own page show it."""

    pk: int
    slug: str
    name: str
    carrier: str
    about: str
    street: str
    postcode: str
    place: str
    latitude: float
    longitude: float
    opening: str
    mail: str
    phone: str
    #: Codes of the languages spoken.
    speaks: list[str]
    #: In the reader's language.
    languages: list[str]
    groups: list[str]
    kinds: list[str]
    #: From the place searched for; None without a search.
    km: float | None = None
    #: Whether that place lies in the site's own area.
    is_responsible: bool = False

    @property
    def url(self) -> str:
        return reverse("programme:site_public", kwargs={"slug": self.slug})

    @property
    def town(self) -> str:
        return f"{self.postcode} {self.place}"

    @property
    def dial(self) -> str:
        """The phone number as telephones want it; empty when it is none."""
        try:
            number = phonenumbers.parse(self.phone, "DE")
        except phonenumbers.NumberParseException:
            return ""
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def whereabouts(typed: str) -> Whereabouts:
    """Return which place somebody means by a postcode, a name or the beginning of either."""
    typed = " ".join(typed[:MAX_TYPED].split())
    place = find_place(typed)
    if place is not None:
        return Whereabouts(typed=typed, place=place)
    towns: dict[tuple[str, str], Place] = {}
    for found in search_places(typed, limit=_PLACES):
        towns.setdefault((found.name, found.district_key), found)
    if not towns:
        return Whereabouts(typed=typed)
    first, *others = towns.values()
    begins = typed.casefold()
    namesakes = [other for other in others if other.name.casefold().startswith(begins)]
    return Whereabouts(typed=typed, place=first, namesakes=namesakes[:_NAMESAKES])


def in_order(sites: SiteQuerySet, around: Point | None) -> list[tuple[int, float | None]]:
    """Return the numbers of the sites with their distance: nearest first, or by place and name.

    One query. Of sites at the same distance the one that comes first by place and name.
    """
    ordered = sites.order_by("place", "name", "pk")
    if around is None:
        return [(pk, None) for pk in ordered.values_list("pk", flat=True)]
    rows = [*ordered.values_list("pk", "latitude", "longitude")]
    points = [(latitude, longitude) for _, latitude, longitude in rows]
    return [(rows[near.index][0], near.km) for near in nearest(points, around, n=len(points))]


def listed(found: Sequence[tuple[int, float | None]]) -> list[ListedSite]:
    """Return the sites with these numbers, in this order, ready to show. One query."""
    sites = Site.objects.select_related("carrier").in_bulk([pk for pk, _km in found])
    return [as_listed(sites[pk], km=km) for pk, km in found if pk in sites]


def nearest_sites(place: Place, *, n: int = NEAREST) -> list[ListedSite]:
    """Return the ``n`` public sites nearest to ``place``, nearest first. Two queries."""
    return listed(in_order(Site.objects.public(), place.point)[:n])


def as_listed(site: Site, *, km: float | None = None) -> ListedSite:
    """Return ``site`` ready to show, in the active language."""
    return ListedSite(
        pk=site.pk,
        slug=site.slug,
        name=site.name,
        carrier=site.carrier.name,
        about=site.about,
        street=site.street,
        postcode=site.postcode,
        place=site.place,
        latitude=site.latitude,
        longitude=site.longitude,
        opening=site.opening,
        mail=site.mail,
        phone=site.phone,
        speaks=_known(site.languages),
        languages=[str(SPOKEN_LANGUAGES[code]) for code in _known(site.languages)],
        groups=[str(TargetGroup(group).label) for group in site.target_groups],
        kinds=[str(kind.label) for kind in kinds_of(site)],
        km=km,
        is_responsible=km is not None and km <= site.catchment_km,
    )


def kinds_of(site: Site) -> list[TandemKind]:
    """Return the kinds of tandem that ``site`` offers."""
    return [kind for kind in TandemKind if site.kinds >> kind & 1]


def _known(codes: Iterable[str]) -> list[str]:
    return [code for code in codes if code in SPOKEN_LANGUAGES]


def spoken_languages() -> list[tuple[str, str]]:
    """Return code and name of each language that some public site speaks, by name. One query."""
    # As text: to parse nine hundred lists would take longer than all the rest of the page.
    lists = Site.objects.public().annotate(text=Cast("languages", TextField()))
    codes = set(_CODE.findall(" ".join(lists.values_list("text", flat=True))))
    return sorted(((code, str(SPOKEN_LANGUAGES[code])) for code in _known(codes)), key=_by_name)


def _by_name(choice: tuple[str, str]) -> str:
    return choice[1]


def as_geojson(sites: QuerySet[Site]) -> dict[str, Any]:
    """Return the sites as points of a GeoJSON FeatureCollection (RFC 7946). One query."""
    pattern = reverse("programme:site_public", kwargs={"slug": "SLUG"})
    fields = ("slug", "name", "postcode", "place", "latitude", "longitude")
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
                "properties": {
                    "name": name,
                    "text": f"{postcode} {place}",
                    "url": pattern.replace("SLUG", slug),
                },
            }
            for slug, name, postcode, place, latitude, longitude in sites.order_by(
                "place", "name", "pk"
            ).values_list(*fields)
        ],
    }


def describe_kinds(site: Site) -> list[tuple[str, str]]:
    """Return the kinds of tandem that ``site`` offers, each with what it means."""
    meanings = {
        TandemKind.EVERYDAY: _(
            "You do everyday things together: cook, walk, talk, get to know the town."
        ),
        TandemKind.GOAL: _("You work on one goal: school, a language exam, training or a job."),
        TandemKind.GUIDE: _("One of you knows the way: to offices, doctors, school and nursery."),
    }
    return [(str(kind.label), meanings[kind]) for kind in kinds_of(site)]


def on_the_map(nearby: list[ListedSite], place: Place | None) -> list[MapPoint]:
    """Return what the map shows first: the place searched for and the sites nearest to it."""
    if place is None:
        return []
    here = MapPoint(label=str(place), lat=place.lat, lon=place.lon, kind="here")
    points = [
        MapPoint(
            label=site.name,
            lat=site.latitude,
            lon=site.longitude,
            url=site.url,
            text=site.town,
            kind="near",
        )
        for site in nearby
    ]
    return [here, *points]


def as_organization(site: ListedSite, *, url: str) -> dict[str, Any]:
    """Return the site as schema.org's Organization. ``url`` is the whole address of its page."""
    contact = {"email": site.mail, "telephone": site.dial}
    return {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": site.name,
        "url": url,
        "parentOrganization": {"@type": "Organization", "name": site.carrier},
        "address": {
            "@type": "PostalAddress",
            "streetAddress": site.street,
            "postalCode": site.postcode,
            "addressLocality": site.place,
            "addressCountry": "DE",
        },
        "location": {
            "@type": "Place",
            "geo": {
                "@type": "GeoCoordinates",
                "latitude": site.latitude,
                "longitude": site.longitude,
            },
        },
        "knowsLanguage": site.speaks,
        **{key: value for key, value in contact.items() if value},
    }
