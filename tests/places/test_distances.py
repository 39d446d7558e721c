import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.places import distance_km, distances_km, find_place, nearest

AUGSBURG = (48.3645, 10.8928)
BERLIN = (52.52, 13.405)
MUNICH = (48.137, 11.575)
UNKNOWN = (math.nan, math.nan)

points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def test_berlin_and_munich_are_505_kilometres_apart() -> None:
    assert distance_km(BERLIN, MUNICH) == pytest.approx(504.4, abs=0.5)


def test_two_postcodes_of_one_city_are_close() -> None:
    center, south = find_place("86150"), find_place("86159")
    assert center is not None
    assert south is not None

    assert distance_km(center.point, south.point) == pytest.approx(2.4, abs=0.1)


@settings(deadline=None)
@given(points, points)
def test_the_way_there_is_as_long_as_the_way_back(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    assert distance_km(a, b) == pytest.approx(distance_km(b, a), abs=0.001)
    assert distance_km(a, a) == 0.0
    assert 0.0 <= distance_km(a, b) <= math.pi * 6371.0088 + 1e-6


@settings(deadline=None)
@given(st.lists(points, min_size=1), points)
def test_many_distances_agree_with_single_ones(
    many: list[tuple[float, float]], to: tuple[float, float]
) -> None:
    lat, lon = np.array(many).T

    assert distances_km(lat, lon, to).tolist() == pytest.approx(
        [distance_km(point, to) for point in many], abs=0.001
    )


def test_the_nearest_come_first_with_their_distance() -> None:
    found = nearest([BERLIN, MUNICH, AUGSBURG], to=(48.36, 10.89), n=2)

    assert [near.index for near in found] == [2, 1]
    assert [round(near.km) for near in found] == [1, 56]


def test_equally_near_points_keep_their_order() -> None:
    assert [near.index for near in nearest([MUNICH, BERLIN, MUNICH], to=MUNICH, n=2)] == [0, 2]


def test_points_without_coordinates_are_left_out() -> None:
    assert [near.index for near in nearest([UNKNOWN, BERLIN], to=MUNICH, n=2)] == [1]


@pytest.mark.parametrize(("sites", "n"), [([], 3), ([BERLIN], 0), ([BERLIN], -1)])
def test_nobody_asked_for_is_nobody_found(sites: list[tuple[float, float]], n: int) -> None:
    assert nearest(sites, to=MUNICH, n=n) == []
