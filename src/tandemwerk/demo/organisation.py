"""Programme, carriers, sites, teams and funding years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any, Final

import numpy as np
from allauth.account.models import EmailAddress

from tandemwerk.demo import words
from tandemwerk.demo.scale import Scale
from tandemwerk.demo.writer import Writer
from tandemwerk.people.models import User
from tandemwerk.places import Place, all_places, distances_km, find_place
from tandemwerk.programme.enums import Role, TargetGroup
from tandemwerk.programme.models import Carrier, FundingPeriod, Membership, Programme, Site

FIRST_YEAR: Final = 2016
#: Accounts that sign in with a button: number, role's button, name.
ACCOUNTS: Final = (
    ("network", "Hanna Netzwerk", "de"),
    ("ministry", "Dr. Ruth Ministerium", "de"),
    ("carrier", "Paul Träger", "de"),
    ("coordinator", "Katrin Koordination", "de"),
    ("volunteer", "Ute Freiwillig", "de"),
    ("newcomer", "Sahar Rahimi", "fa"),
    ("speaker", "Sven Referent", "de"),
    ("editor", "Edda Redaktion", "de"),
)


@dataclass(frozen=True)
class SiteDraft:
    """A site while it is made: its number, carrier and the postcodes in its catchment."""

    pk: int
    carrier: int
    place: Place
    postcodes: list[str]

    @property
    def scope(self) -> str:
        return f"carrier/{self.carrier}/site/{self.pk}/"


def account_id(role: str) -> int:
    """Return the number of the demo account of ``role``."""
    return [name for name, _, _ in ACCOUNTS].index(role) + 1


def write_organisation(
    writer: Writer, *, scale: Scale, random: Random, at: datetime, password: str
) -> list[SiteDraft]:
    """Write the programme with its carriers, sites and teams; return the sites."""
    writer.write(Programme, ("id", "name", "slug"), [(1, "Menschen verbinden", "menschen")])
    writer.write(
        Carrier,
        (
            "id",
            "programme_id",
            "name",
            "slug",
            "mail",
            "checkin_days",
        ),
        _carriers(scale),
    )
    writer.write(
        FundingPeriod,
        ("carrier_id", "year", "rate_cents", "contingent", "max_tandems_per_volunteer"),
        _funding(scale, random, at.date()),
    )
    sites = _site_drafts(scale, random)
    writer.write(Site, _SITE_COLUMNS, _sites(sites, scale, random))
    _write_teams(writer, sites, scale=scale, at=at, password=password)
    return sites


def _carriers(scale: Scale) -> Iterator[tuple[Any, ...]]:
    for index in range(scale.carriers):
        if index < len(words.CARRIERS):
            name, slug = words.CARRIERS[index]
        else:
            pattern = words.CARRIER_PATTERNS[index % len(words.CARRIER_PATTERNS)]
            name, slug = pattern.format(n=index + 1), f"carrier-{index + 1}"
        yield index + 1, 1, name, slug, f"programm@{slug}.example", [14, 42]


def _funding(scale: Scale, random: Random, today: date) -> Iterator[tuple[Any, ...]]:
    each = max(scale.tandems // 8 // scale.carriers, 1)
    for carrier in range(1, scale.carriers + 1):
        for year in range(FIRST_YEAR, today.year + 1):
            contingent = max(int(each * random.uniform(0.6, 1.6)), 50)
            yield carrier, year, random.choice((20_000, 21_000)), contingent, 3


def _site_drafts(scale: Scale, random: Random) -> list[SiteDraft]:
    places = all_places()
    lat = np.array([place.lat for place in places])
    lon = np.array([place.lon for place in places])
    chosen = [find_place(postcode) for _, postcode, _ in words.SITES[: scale.sites]]
    homes = [place for place in chosen if place is not None]
    homes += random.sample(places, scale.sites - len(homes))
    drafts = []
    for index, home in enumerate(homes):
        near = np.flatnonzero(distances_km(lat, lon, home.point) <= 14)
        carrier = index % scale.carriers + 1
        drafts.append(SiteDraft(index + 1, carrier, home, [places[i].postcode for i in near]))
    return drafts


def _named(names: tuple[str, ...], index: int) -> str:
    return names[index] if index < len(names) else ""


_SITE_COLUMNS: Final = (
    "id",
    "carrier_id",
    "name",
    "slug",
    "about",
    "street",
    "postcode",
    "place",
    "land",
    "latitude",
    "longitude",
    "catchment_km",
    "languages",
    "target_groups",
    "kinds",
    "mail",
    "phone",
    "opening",
)


def _sites(drafts: list[SiteDraft], scale: Scale, random: Random) -> Iterator[tuple[Any, ...]]:
    groups = [group.value for group in TargetGroup]
    for draft in drafts:
        if draft.pk <= len(words.SITES):
            name, _, street = words.SITES[draft.pk - 1]
        else:
            pattern = words.SITE_PATTERNS[draft.pk % len(words.SITE_PATTERNS)]
            name = f"{pattern.format(place=draft.place.name)} {draft.pk}"
            street = f"Hauptstraße {random.randint(1, 90)}"
        slug = "augsburg" if draft.pk == 1 else f"standort-{draft.pk}"
        spoken = random.sample(("ar", "fa", "uk", "tr", "ru", "fr", "ti", "ku"), 3)
        yield (
            draft.pk,
            draft.carrier,
            name[:160],
            slug,
            words.SITE_ABOUT,
            street,
            draft.place.postcode,
            draft.place.name,
            draft.place.land,
            draft.place.lat,
            draft.place.lon,
            15,
            ["de", "en", *spoken],
            sorted(random.sample(groups, 2)),
            7 if draft.pk == 1 else random.choice((1, 3, 5, 7)),
            f"{slug}@tandem.example",
            f"030 23125 {draft.pk % 1000:03d}",
            words.OPENING,
        )
    assert scale.sites == len(drafts)  # noqa: S101 - the country has more places than sites


def _write_teams(
    writer: Writer, sites: list[SiteDraft], *, scale: Scale, at: datetime, password: str
) -> None:
    columns = ("id", "email", "name", "language", "password", "created_at")
    unusable = User().password or "!"
    rows = [
        (index + 1, f"{role}@demo.example", name, language, password, at)
        for index, (role, name, language) in enumerate(ACCOUNTS)
    ]
    first = len(rows) + 1
    others = [site for site in sites if site.pk != 1]
    for offset, site in enumerate(others):
        mail = f"koordination{site.pk}@demo.example"
        name = _named(words.COORDINATORS, offset) or f"Koordination {site.place.name}"
        rows.append((first + offset, mail, name, "de", unusable, at))
    leads = first + len(others)
    rows += [
        (
            leads + carrier,
            f"leitung{carrier}@demo.example",
            _named(words.LEADS, carrier - 2) or f"Leitung {carrier}",
            "de",
            unusable,
            at,
        )
        for carrier in range(2, scale.carriers + 1)
    ]
    moderator = leads + scale.carriers + 1
    rows.append((moderator, "moderation@demo.example", words.MODERATOR, "de", unusable, at))
    writer.write(User, columns, rows)
    # Their addresses count as confirmed: the password alone signs them in.
    writer.write(
        EmailAddress,
        ("user_id", "email", "verified", "primary"),
        [(row[0], row[1], True, True) for row in rows],
    )
    memberships: list[tuple[Any, ...]] = [
        (account_id("network"), Role.NETWORK_COORDINATOR.value, None, None, 1),
        (account_id("editor"), Role.NETWORK_EDITOR.value, None, None, 1),
        (moderator, Role.NETWORK_MODERATOR.value, None, None, 1),
        (account_id("ministry"), Role.MINISTRY.value, None, None, 1),
        (account_id("carrier"), Role.LEAD.value, None, 1, None),
        (account_id("coordinator"), Role.COORDINATOR.value, 1, None, None),
        (account_id("speaker"), Role.COORDINATOR.value, 2, None, None),
    ]
    memberships += [
        (first + offset, Role.COORDINATOR.value, site.pk, None, None)
        for offset, site in enumerate(others)
    ]
    memberships += [
        (leads + carrier, Role.LEAD.value, None, carrier, None)
        for carrier in range(2, scale.carriers + 1)
    ]
    writer.write(
        Membership, ("user_id", "role", "site_id", "carrier_id", "programme_id"), memberships
    )
