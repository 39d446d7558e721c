"""What each role gets at the addresses of people and imports."""

from typing import Any

from tandemwerk.intake.enums import ImportState
from tandemwerk.intake.models import ImportBatch, ImportRow
from tests.intake.lists import ANNA, read, take
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


def batch(world: World) -> dict[str, Any]:
    """Return a list that is being looked through."""
    found = ImportBatch.objects.filter(site=world.mine).first() or read(world.mine, ANNA, ANNA)
    if found.state != ImportState.REVIEW:
        found = read(world.mine, ANNA, ANNA)
    return {"pk": found.pk}


def taken_batch(world: World) -> dict[str, Any]:
    """Return a list that was taken."""
    found = ImportBatch.objects.filter(site=world.mine, state=ImportState.TAKEN).first()
    return {"pk": (found or take(read(world.mine, ANNA))).pk}


def sheet(world: World) -> dict[str, Any]:
    return {**batch(world), "sheet": 0}


def row(world: World) -> dict[str, Any]:
    key = batch(world)
    return {**key, "row": ImportRow.objects.filter(sheet__batch=key["pk"]).latest("pk").pk}


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
    Row(name="intake:import_new", kwargs=site, allowed=WRITE),
    Row(name="intake:import_new", kwargs=site, method="POST", allowed=REJECTED),
    # Who may not import does not even see the lists of the site.
    Row(name="intake:import", kwargs=batch, allowed={WRITERS: 200}),
    Row(name="intake:import", kwargs=taken_batch, query="?show=wrong", allowed={WRITERS: 200}),
    Row(name="intake:import_progress", kwargs=batch, is_page=False, allowed={WRITERS: 200}),
    Row(name="intake:import_sheet", kwargs=sheet, method="POST", allowed={WRITERS: 422}),
    Row(name="intake:import_row", kwargs=row, method="POST", allowed={WRITERS: 302}),
    Row(name="intake:import_take", kwargs=batch, method="POST", allowed={WRITERS: 422}),
    Row(name="intake:import_hand_back", kwargs=batch, is_page=False, allowed={WRITERS: 200}),
    Row(name="intake:import_undo", kwargs=taken_batch, allowed={WRITERS: 200}),
    Row(name="intake:import_undo", kwargs=taken_batch, method="POST", allowed={WRITERS: 422}),
    Row(name="intake:import_drop", kwargs=batch, method="POST", allowed={WRITERS: 302}),
]
