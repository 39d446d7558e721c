"""What each role gets at the addresses of people and imports."""

from typing import Any

from tests.matrix import TEAM, WRITERS, Row
from tests.world import World


def site(world: World) -> dict[str, Any]:
    return {"slug": world.mine.slug}


def adding(world: World) -> dict[str, Any]:
    return {"slug": world.mine.slug, "side": "newcomer"}


def adding_nobody(world: World) -> dict[str, Any]:
    return {"slug": world.mine.slug, "side": "neighbour"}


def person(world: World) -> dict[str, Any]:
    return {"pk": world.tandem.volunteer_id}


def pausing(world: World) -> dict[str, Any]:
    return {**person(world), "to": "paused"}


def returning(world: World) -> dict[str, Any]:
    return {**person(world), "to": "open"}


def consent(world: World) -> dict[str, Any]:
    return {**person(world), "purpose": "contact"}


#: A form for those who write; seen but forbidden for those who only read.
WRITE = {WRITERS: 200, "reader": 403}
DONE = {WRITERS: 302, "reader": 403}
REJECTED = {WRITERS: 422, "reader": 403}

ROWS: list[Row] = [
    Row(
        name="intake:sites",
        allowed={(*TEAM, "foreign_coordinator"): 302, "administrator": 200},
        others=403,
    ),
    Row(name="intake:people", kwargs=site, allowed={TEAM: 200}),
    Row(name="intake:people", kwargs=site, query="?q=Muster&side=volunteer", allowed={TEAM: 200}),
    Row(name="intake:people", kwargs=site, query="?export=csv", is_page=False, allowed=WRITE),
    Row(name="intake:person_add", kwargs=adding, allowed=WRITE),
    Row(name="intake:person_add", kwargs=adding, method="POST", allowed=REJECTED),
    Row(name="intake:person_add", kwargs=adding_nobody, allowed={"reader": 403}),
    Row(name="intake:person", kwargs=person, allowed={TEAM: 200}),
    Row(name="intake:person_change", kwargs=person, allowed=WRITE),
    Row(name="intake:person_change", kwargs=person, method="POST", allowed=REJECTED),
    Row(name="intake:person_move", kwargs=pausing, allowed=WRITE),
    Row(name="intake:person_move", kwargs=returning, allowed={"reader": 403}),
    Row(name="intake:person_answer", kwargs=person, method="POST", allowed=DONE),
    Row(name="intake:person_consent", kwargs=consent, allowed=WRITE),
    Row(name="intake:person_consent", kwargs=consent, method="POST", allowed=REJECTED),
    Row(name="intake:person_withdraw", kwargs=consent, method="POST", allowed=DONE),
    Row(
        name="intake:person_copy",
        kwargs=person,
        method="POST",
        is_page=False,
        allowed=WRITE,
    ),
    Row(name="intake:person_erase", kwargs=person, allowed=WRITE),
    Row(name="intake:person_erase", kwargs=person, method="POST", allowed=REJECTED),
]
