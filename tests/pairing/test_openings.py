from dataclasses import replace

import numpy as np
import pytest

from tandemwerk.pairing import (
    HardRule,
    Ledger,
    Level,
    Newcomer,
    Volunteer,
    Weights,
    openings,
    slot_bit,
    to_mask,
)
from tandemwerk.pairing.population import Population
from tandemwerk.pairing.vocabulary import DAYS, SLOTS, Day, Part
from tests.pairing.people import (
    TODAY,
    locate,
    newcomer,
    plain_broken,
    random_map,
    random_people,
    volunteer,
)


def population_of(givers, takers, points=locate) -> Population:
    return Population.of(givers, takers, locate=points, today=TODAY)


def with_change(person, change):
    """Return the person as they would be after the change, in plain Python."""
    ((name, value),) = change.items()
    if name == "slot":
        return replace(person, availability=person.availability | to_mask([value], SLOTS))
    if name == "day":
        slots = [slot for slot in SLOTS if slot.startswith(value)]
        return replace(person, availability=person.availability | to_mask(slots, SLOTS))
    if name == "language":
        return replace(person, languages={**person.languages, value: Level.A2})
    if name == "kind":
        return replace(person, kinds=person.kinds | to_mask([value], ("everyday", "goal", "guide")))
    words = {
        "wish": ("wishes_gender", value),
        "km": ("max_km", float(value or 0) if name == "km" else 0),
        "minors_ok": ("minors_ok", bool(value)),
    }
    return replace(person, **dict([words.get(name, (name, value))]))


@pytest.mark.parametrize("seed", range(4))
def test_every_change_opens_exactly_what_the_plain_rules_count(seed):
    points = random_map(seed)
    givers, takers = random_people(seed)
    population = population_of(givers, takers, points.get)

    def fits(giver: Volunteer, taker: Newcomer) -> bool:
        return bool(giver.capacity) and not plain_broken(giver, taker, points=points)

    for side, own, other in (("volunteer", givers, takers), ("newcomer", takers, givers)):
        for position, person in enumerate(own):
            for one in openings(population, side, position):
                changed = with_change(person, one.change)
                more = [
                    another
                    for another in other
                    if fits(*((changed, another) if side == "volunteer" else (another, changed)))
                    and not fits(*((person, another) if side == "volunteer" else (another, person)))
                ]
                assert one.count == len(more), (side, person, one)


def test_if_saturday_were_possible_is_said_with_its_number():
    saturday = to_mask([f"sat-{part}" for part in ("morning", "evening")], SLOTS)
    givers = [volunteer(f"V{number}", availability=saturday) for number in range(12)]

    found = openings(population_of(givers, [newcomer()]), "newcomer", 0)

    assert [(dict(one.change), one.count) for one in found] == [
        ({"slot": "sat-morning"}, 12),
        ({"slot": "sat-evening"}, 12),
        ({"day": "sat"}, 12),
    ]
    assert {one.rule for one in found} == {HardRule.AVAILABILITY}


def test_a_longer_way_is_offered_only_as_far_as_it_opens_more():
    givers = [volunteer("V1", postcode="86316"), volunteer("V2", postcode="80331", max_km=100)]
    person = newcomer(max_km=1)

    found = openings(population_of(givers, [person]), "newcomer", 0)

    assert [(dict(one.change), one.count, one.within_km) for one in found] == [
        ({"km": 75}, 2, 56.5),
        ({"km": 10}, 1, 6.6),
    ]


def test_those_who_could_be_paired_at_once_are_counted_apart():
    tuesday = 1 << slot_bit(Day.TUESDAY, Part.EVENING)
    monday = 1 << slot_bit(Day.MONDAY, Part.MORNING)
    givers = [volunteer("V1", availability=monday), volunteer("V2", availability=monday)]
    takers = [newcomer("N1", availability=tuesday), newcomer("N2", availability=monday)]
    population = population_of(givers, takers)
    ledger = Ledger.of(population, Weights.default())

    found = openings(population, "newcomer", 0, ready=ledger.can_take_more)

    assert [(dict(one.change), one.count, one.ready) for one in found] == [
        ({"slot": "mon-morning"}, 2, 2),
        ({"day": "mon"}, 2, 2),
    ]
    assert set(DAYS) >= {"mon"}


def test_who_has_no_place_has_nothing_to_open():
    population = population_of([volunteer(capacity=0)], [newcomer(availability=1)])

    assert openings(population, "volunteer", 0) == ()


def test_the_other_side_may_be_empty():
    population = population_of([], [newcomer()])

    found = openings(population, "newcomer", 0, ready=np.zeros(0, dtype=bool))

    assert found == ()
