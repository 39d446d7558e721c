"""What the room puts on the worklist, and for whom."""

import pytest

from tandemwerk.intake.worklist import lists_to_look_through, people_to_ask
from tests.factories import NOON, ParticipationFactory
from tests.intake.lists import ANNA, OMID, read, take

pytestmark = pytest.mark.django_db
MISSING = [{"code": "missing", "field": "age", "text": ""}]


def test_a_list_that_was_read_waits_for_whoever_may_take_it(world):
    batch = read(world.mine, ANNA)
    take(read(world.mine, OMID))

    counts = {
        role: lists_to_look_through(world.users[role], NOON, 7).count
        for role in ("coordinator", "reader", "foreign_coordinator", "network")
    }

    work = lists_to_look_through(world.users["coordinator"], NOON, 7)
    assert counts == {"coordinator": 1, "reader": 0, "foreign_coordinator": 0, "network": 0}
    assert [item.key for item in work.items] == [f"import-{batch.pk}"]


def test_people_to_ask_are_one_thing_to_do_for_each_site(world):
    ParticipationFactory.create_batch(2, site=world.mine, questions=MISSING)
    ParticipationFactory(site=world.mine, questions=MISSING, state="left")
    ParticipationFactory(site=world.foreign, questions=MISSING)

    work = people_to_ask(world.users["coordinator"], NOON, 7)

    assert [(item.key, item.url.endswith("?ask=true")) for item in work.items] == [
        (f"ask-{world.mine.slug}", True)
    ]
    assert "2" in str(work.items[0].title)


def test_nothing_is_asked_where_everything_is_known(world):
    ParticipationFactory(site=world.mine)

    assert people_to_ask(world.users["coordinator"], NOON, 7).count == 0
