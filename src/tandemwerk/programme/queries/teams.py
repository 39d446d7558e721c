"""Teams as their pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from tandemwerk.people.models import User
from tandemwerk.programme.enums import NETWORK_ROLES, TEAM_ROLES, Role
from tandemwerk.programme.models import (
    Carrier,
    Invitation,
    Membership,
    Place,
    Programme,
    Site,
    Viewer,
)

#: Model of a place by the word that stands in addresses.
KINDS: dict[str, type[Site] | type[Carrier] | type[Programme]] = {
    "site": Site,
    "carrier": Carrier,
    "programme": Programme,
}
_TEAM_PAGES = {
    "site": "programme:team",
    "carrier": "programme:carrier_team",
    "programme": "programme:network_team",
}
#: So many sites of a carrier are listed with it; the rest stands in the list of sites.
SITES_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class OpenInvitation:
    """An invitation that nobody accepted yet."""

    invitation: Invitation
    is_expired: bool


@dataclass(frozen=True, kw_only=True)
class PlaceOfMine:
    """A place whose team somebody may see, with the way to its pages."""

    place: Place
    members: int
    team_url: str
    settings_url: str


def kind_of(place: Place) -> str:
    """Return the word for ``place`` in addresses: site, carrier or programme."""
    return str(place._meta.model_name)


def team_url(place: Place) -> str:
    """Return the address of the team's page."""
    return reverse(_TEAM_PAGES[kind_of(place)], kwargs={"slug": place.slug})


def settings_url(place: Place) -> str:
    """Return the address of the place's settings; a programme has none."""
    pages = {"site": "programme:site_settings", "carrier": "programme:carrier_settings"}
    page = pages.get(kind_of(place))
    return reverse(page, kwargs={"slug": place.slug}) if page else ""


def roles_for(place: Place) -> tuple[Role, ...]:
    """Return the roles that exist in the team of ``place``."""
    if isinstance(place, Programme):
        return (*NETWORK_ROLES, Role.MINISTRY)
    return TEAM_ROLES


def members_of(place: Place) -> list[Membership]:
    """Return who is in the team of ``place``, by name; somebody with two roles twice."""
    rows = Membership.objects.at(place).select_related("user")
    return [*rows.order_by("user__name", "user__email", "pk")]


def open_invitations(place: Place, *, at: datetime) -> list[OpenInvitation]:
    """Return the invitations nobody accepted or took back, newest first."""
    rows = Invitation.objects.at(place).open().select_related("invited_by")
    return [
        OpenInvitation(invitation=row, is_expired=row.expires_at <= at)
        for row in rows.order_by("-created_at", "-pk")
    ]


def places_of(user: Viewer) -> list[PlaceOfMine]:
    """Return the programme, carriers and sites in whose own team ``user`` is, largest first.

    Whoever leads a carrier finds its sites as well, in the list of sites.
    """
    if not isinstance(user, User):
        return []
    mine = Membership.objects.filter(user=user)
    programmes = Programme.objects.visible_to(user).filter(pk__in=mine.values("programme_id"))
    carriers = Carrier.objects.of_team(user)
    sites = Site.objects.of_team(user)
    places: list[Place] = [
        *programmes.order_by("name", "pk"),
        *carriers.order_by("name", "pk"),
        *sites.order_by("name", "pk"),
    ]
    return [
        PlaceOfMine(
            place=place,
            members=count,
            team_url=team_url(place),
            settings_url=settings_url(place),
        )
        for place, count in zip(places, _team_sizes(places), strict=True)
    ]


def _team_sizes(places: Iterable[Place]) -> list[int]:
    places = [*places]
    rows: dict[tuple[str, int], set[int]] = {}
    for kind in KINDS:
        numbers = [place.pk for place in places if kind_of(place) == kind]
        if numbers:
            found = Membership.objects.filter(**{f"{kind}__in": numbers})
            for number, user in found.values_list(f"{kind}_id", "user_id"):
                rows.setdefault((kind, number), set()).add(user)
    return [len(rows.get((kind_of(place), place.pk), ())) for place in places]


def find_place(kind: str, slug: str, user: Viewer) -> Any:
    """Return the place of that kind and slug if ``user`` may see it, else None."""
    model = KINDS.get(kind)
    return model.objects.visible_to(user).filter(slug=slug).first() if model else None
