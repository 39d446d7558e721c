"""The sites are for everybody; who reaches which address of teams and settings."""

from typing import Any

from tandemwerk.programme.models import Invitation, Membership
from tests.factories import NOON
from tests.matrix import NETWORK, TEAM, Row
from tests.world import World


def mine(world: World) -> dict[str, Any]:
    return {"slug": world.mine.slug}


def carrier(world: World) -> dict[str, Any]:
    return {"slug": world.carrier.slug}


def programme(world: World) -> dict[str, Any]:
    return {"slug": world.programme.slug}


def team_of(kind: str):
    def kwargs(world: World) -> dict[str, Any]:
        place = {"site": world.mine, "carrier": world.carrier, "programme": world.programme}[kind]
        return {"kind": kind, "slug": place.slug}

    return kwargs


def reader(world: World) -> dict[str, Any]:
    """Return the membership of the site's reader; each role of the matrix may remove it."""
    membership, _ = Membership.objects.get_or_create(
        user=world.users["reader"], role="reader", site=world.mine
    )
    return {"pk": membership.pk}


def invitation(world: World) -> dict[str, Any]:
    row, _ = Invitation.objects.get_or_create(
        mail="new@example.org",
        role="reader",
        site=world.mine,
        defaults={
            "nonce": "n" * 32,
            "created_at": NOON,
            "expires_at": NOON.replace(year=2099),
        },
    )
    return {"pk": row.pk}


def token(world: World) -> dict[str, Any]:
    return {"token": Invitation.objects.get(**invitation(world)).token}


#: Who sees a site's team and settings, and who may change them.
SEE_SITE = ("administrator", *NETWORK, "carrier_lead", *TEAM)
LEAD_SITE = ("administrator", "carrier_lead", "coordinator")
SEE_CARRIER = ("administrator", *NETWORK, "carrier_lead")
LEAD_CARRIER = ("administrator", "network", "carrier_lead")
SEE_NETWORK = ("administrator", *NETWORK)
#: Who answers for something that the audit trail tells of.
TRAIL = (
    "administrator",
    "network",
    "carrier_lead",
    "foreign_carrier_lead",
    "coordinator",
    "foreign_coordinator",
)
LISTS = ("administrator", *NETWORK, "carrier_lead", "foreign_carrier_lead")


def only(allowed: tuple[str, ...], seen: tuple[str, ...], status: int = 200) -> dict[Any, int]:
    """Those who may get ``status``, those who see it but may not get 403, others nothing."""
    return {seen: 403, allowed: status}


ROWS = [
    Row(name="programme:sites", others=200, anonymous=200),
    Row(name="programme:sites", query="?q=86150", others=200, anonymous=200),
    Row(name="programme:sites_geojson", others=200, anonymous=200, is_page=False),
    Row(name="programme:site_public", kwargs=mine, others=200, anonymous=200),
    Row(name="programme:close_account", others=200),
    Row(
        name="programme:close_account",
        method="POST",
        others=409,
        allowed={("volunteer", "newcomer", "foreign_volunteer"): 302},
    ),
    Row(
        name="programme:teams",
        others=200,
        allowed={
            (
                *NETWORK,
                "carrier_lead",
                "foreign_carrier_lead",
                *TEAM,
                "foreign_coordinator",
            ): 302
        },
    ),
    Row(name="programme:team", kwargs=mine, allowed={SEE_SITE: 200}),
    Row(name="programme:carrier_team", kwargs=carrier, allowed={SEE_CARRIER: 200}),
    Row(name="programme:network_team", kwargs=programme, allowed={SEE_NETWORK: 200}),
    Row(name="programme:invite", kwargs=team_of("site"), allowed=only(LEAD_SITE, SEE_SITE)),
    Row(
        name="programme:invite",
        kwargs=team_of("site"),
        method="POST",
        allowed=only(LEAD_SITE, SEE_SITE, 422),
    ),
    Row(
        name="programme:invite",
        kwargs=team_of("carrier"),
        allowed=only(LEAD_CARRIER, SEE_CARRIER),
    ),
    Row(
        name="programme:invite",
        kwargs=team_of("programme"),
        allowed=only(("administrator", "network"), SEE_NETWORK),
    ),
    Row(
        name="programme:invitation_renew",
        kwargs=invitation,
        method="POST",
        allowed=only(LEAD_SITE, SEE_SITE, 302),
    ),
    Row(
        name="programme:invitation_revoke",
        kwargs=invitation,
        method="POST",
        allowed=only(LEAD_SITE, SEE_SITE, 302),
    ),
    Row(name="programme:member_role", kwargs=reader, allowed=only(LEAD_SITE, SEE_SITE)),
    Row(
        name="programme:member_role",
        kwargs=reader,
        method="POST",
        allowed=only(LEAD_SITE, SEE_SITE, 422),
    ),
    Row(name="programme:member_remove", kwargs=reader, allowed=only(LEAD_SITE, SEE_SITE)),
    Row(name="programme:invitation", kwargs=token, others=200, anonymous=200),
    Row(
        name="programme:invitation",
        kwargs=lambda _world: {"token": "1-abc.def"},
        others=410,
        anonymous=410,
    ),
    Row(name="programme:site_settings", kwargs=mine, allowed={SEE_SITE: 200}),
    Row(
        name="programme:site_settings",
        kwargs=mine,
        method="POST",
        allowed=only(LEAD_SITE, SEE_SITE, 422),
    ),
    Row(name="programme:carrier_settings", kwargs=carrier, allowed={SEE_CARRIER: 200}),
    Row(
        name="programme:carrier_settings",
        kwargs=carrier,
        method="POST",
        allowed=only(LEAD_CARRIER, SEE_CARRIER, 422),
    ),
    Row(name="programme:carriers", others=403, allowed={LISTS: 200}),
    Row(name="programme:all_sites", others=403, allowed={LISTS: 200}),
    Row(name="programme:carrier_new", others=403, allowed={("administrator", "network"): 200}),
    Row(name="programme:site_new", kwargs=carrier, allowed=only(LEAD_CARRIER, SEE_CARRIER)),
    Row(name="programme:funding_new", kwargs=carrier, allowed=only(LEAD_CARRIER, SEE_CARRIER)),
    Row(
        name="programme:funding",
        kwargs=lambda world: {**carrier(world), "year": 1999},
        allowed={SEE_CARRIER: 403, LEAD_CARRIER: 404},
    ),
    Row(name="programme:audit", others=403, allowed={TRAIL: 200}),
    Row(
        name="programme:audit",
        query="?actor=kim&action=people.create_person&since=2026-01-01&number=3&page=99",
        others=403,
        allowed={TRAIL: 200},
    ),
    Row(
        name="programme:audit_export",
        kwargs=lambda _world: {"kind": "csv"},
        others=403,
        allowed={TRAIL: 200},
        is_page=False,
    ),
    Row(
        name="programme:audit_export",
        kwargs=lambda _world: {"kind": "pdf"},
        is_page=False,
    ),
]
