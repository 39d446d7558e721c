import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tandemwerk.places import LAENDER, draw_germany, find_place, land_paths
from tandemwerk.places.outlines import KREISE_FILE, LAENDER_FILE
from tandemwerk.places.postcodes import _places

NUMBER = r"-?(?:\d+(?:\.5)?|\.5)"
PATH = re.compile(rf"(?:M(?: ?{NUMBER}){{2}}l(?:(?: ?{NUMBER}){{2}})+z)+")


def corners(path: str) -> list[tuple[float, float]]:
    """Follow a path of relative steps and return where it passes."""
    found = []
    for ring in path.removesuffix("z").split("z"):
        x = y = 0.0
        numbers = [float(number) for number in re.findall(NUMBER, ring)]
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            found.append((x, y))
    return found


def features(name: str) -> list[dict]:
    path = finders.find(name)
    assert isinstance(path, str)
    return json.loads(Path(path).read_text(encoding="utf-8"))["features"]


def test_every_land_has_a_path() -> None:
    paths = land_paths(400)

    assert set(paths) == set(LAENDER)
    for path in paths.values():
        assert PATH.fullmatch(path)


@pytest.mark.parametrize("width", [60, 300, 720])
def test_the_drawing_fills_its_frame(width: float) -> None:
    drawing = draw_germany(width)
    xs, ys = zip(*corners(drawing.germany), strict=True)

    assert (min(xs), min(ys)) == (0, 0)
    assert max(xs) == pytest.approx(width, abs=0.5)
    assert max(ys) == pytest.approx(drawing.height, abs=0.5)
    assert drawing.height / width == pytest.approx(1.353, abs=0.001)


def test_neighbours_share_their_border() -> None:
    paths = land_paths(600)

    common = set(corners(paths["DE-BY"])) & set(corners(paths["DE-BW"]))

    assert len(common) > 20


@pytest.mark.parametrize("width", [120, 400, 800])
def test_all_paths_together_are_small_enough_to_stand_in_a_page(width: float) -> None:
    assert sum(map(len, land_paths(width).values())) < 20_000


def test_a_place_lies_where_one_expects_it() -> None:
    drawing = draw_germany(400)
    augsburg, berlin = find_place("86150"), find_place("10115")
    assert augsburg is not None
    assert berlin is not None

    assert drawing.xy(*augsburg.point) == pytest.approx((220.5, 466.1), abs=1)
    assert drawing.xy(*berlin.point) == pytest.approx((324.5, 173.4), abs=1)


def test_every_label_lies_inside_the_frame() -> None:
    drawing = draw_germany(400)

    assert set(drawing.labels) == set(LAENDER)
    for x, y in drawing.labels.values():
        assert 0 < x < drawing.width
        assert 0 < y < drawing.height


def test_the_frame_leaves_room_for_lines() -> None:
    assert draw_germany(300).view_box == "-2 -2 304 409.9"


def test_the_map_of_laender_names_every_land() -> None:
    names = {f["properties"]["code"]: f["properties"]["name"] for f in features(LAENDER_FILE)}

    assert names == LAENDER


def test_the_map_of_districts_knows_the_districts_of_all_postcodes() -> None:
    districts = {
        (f["properties"]["code"], f["properties"]["name"], f["properties"]["land"])
        for f in features(KREISE_FILE)
    }

    assert len(districts) == 400
    assert {(p.district_key, p.district, p.land) for p in _places().values()} <= districts
