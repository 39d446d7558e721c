"""The postcodes around others."""

from tandemwerk.places import all_places, distance_km, find_place, postcodes_around


def test_all_within_reach_are_found_and_no_others():
    middle = find_place("86150").point

    found = postcodes_around({"86150": 12})

    assert found == {
        place.postcode for place in all_places() if distance_km(place.point, middle) <= 12
    }


def test_each_postcode_has_its_own_reach():
    both = postcodes_around({"86150": 3, "10115": 1})

    assert both == postcodes_around({"86150": 3}) | postcodes_around({"10115": 1})


def test_around_an_unknown_postcode_is_only_itself():
    assert postcodes_around({"99999": 50}) == {"99999"}


def test_around_nothing_is_nothing():
    assert postcodes_around({}) == set()
