"""What each role gets at the addresses of the tandem's life."""

from typing import Any

from tandemwerk.core import clock
from tandemwerk.core.links import make_token
from tandemwerk.tandems.links import CHECKIN_PURPOSE
from tandemwerk.tandems.models import CheckIn, Meeting
from tandemwerk.tandems.services.checkins import LINK_LASTS
from tests.factories import NOON
from tests.matrix import TEAM, WRITERS, Row
from tests.world import World

#: The two people of the tandem themselves.
THE_TWO = ("volunteer", "newcomer")
#: Those who may see the tandem and not do what the row is about.
LOOKERS = ("reader", *THE_TWO)


def tandem(world: World) -> dict[str, Any]:
    return {"pk": world.tandem.pk}


def pausing(world: World) -> dict[str, Any]:
    return {"pk": world.tandem.pk, "to": "paused"}


def ending(world: World) -> dict[str, Any]:
    return {"pk": world.tandem.pk, "to": "ended"}


def expiring(world: World) -> dict[str, Any]:
    return {"pk": world.tandem.pk, "to": "expired"}


def meeting(world: World) -> dict[str, Any]:
    at, place = NOON, {"place": "Standort"}
    found, _ = Meeting.objects.get_or_create(tandem=world.tandem, starts_at=at, defaults=place)
    return {"pk": found.pk}


def _checkin(world: World) -> CheckIn:
    at = clock.now()
    fields = {"nonce": "nonce", "asked_at": at, "expires_at": at + LINK_LASTS}
    return CheckIn.objects.get_or_create(
        tandem=world.tandem, side="newcomer", due_on=NOON.date(), defaults=fields
    )[0]


def checkin(world: World) -> dict[str, Any]:
    return {"pk": _checkin(world).pk}


def link(world: World) -> dict[str, Any]:
    return {"token": make_token(CHECKIN_PURPOSE, pk=_checkin(world).pk, nonce="nonce")}


def no_link(_world: World) -> dict[str, Any]:
    return {"token": "1-guessed.signature"}


#: A form for those who write; seen but forbidden for those who may only look.
WRITE = {WRITERS: 200, LOOKERS: 403}
DONE = {WRITERS: 302, LOOKERS: 403}
#: What is about check-ins is not even seen by the two.
TEAM_WRITE = {WRITERS: 200, "reader": 403}
TEAM_DONE = {WRITERS: 302, "reader": 403}

ROWS: list[Row] = [
    Row(
        name="tandems:list",
        allowed={(*TEAM, "foreign_coordinator", "administrator"): 200},
        others=403,
    ),
    Row(
        name="tandems:list",
        query="?export=xlsx",
        is_page=False,
        allowed={(*TEAM, "foreign_coordinator", "administrator"): 200},
        others=403,
    ),
    Row(name="tandems:tandem", kwargs=tandem, allowed={(*TEAM, *THE_TWO): 200}),
    Row(name="tandems:move", kwargs=pausing, allowed=WRITE),
    Row(name="tandems:move", kwargs=ending, allowed=WRITE),
    Row(name="tandems:move", kwargs=expiring, allowed={LOOKERS: 403}),
    Row(name="tandems:move", kwargs=pausing, method="POST", allowed=DONE),
    Row(name="tandems:agreement", kwargs=tandem, allowed=WRITE),
    Row(
        name="tandems:note_new", kwargs=tandem, method="POST", allowed={WRITERS: 422, LOOKERS: 403}
    ),
    Row(name="tandems:met", kwargs=tandem, allowed={(*WRITERS, *THE_TWO): 200, "reader": 403}),
    Row(
        name="tandems:met_today",
        kwargs=tandem,
        method="POST",
        allowed={(*WRITERS, *THE_TWO): 302, "reader": 403},
    ),
    Row(name="tandems:meeting_new", kwargs=tandem, allowed=WRITE),
    Row(name="tandems:meeting", kwargs=meeting, allowed=WRITE),
    Row(name="tandems:meeting_cancel", kwargs=meeting, method="POST", allowed=DONE),
    Row(name="tandems:checkin_record", kwargs=tandem, allowed=WRITE),
    Row(name="tandems:checkin_handle", kwargs=checkin, allowed=TEAM_WRITE),
    Row(name="tandems:checkin_link", kwargs=checkin, method="POST", allowed=TEAM_DONE),
    Row(name="tandems:checkin_print", kwargs=checkin, allowed=TEAM_WRITE),
    Row(name="tandems:checkin", kwargs=link, others=200, anonymous=200),
    Row(name="tandems:checkin", kwargs=no_link, others=404, anonymous=404),
]
