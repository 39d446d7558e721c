"""Germany and its Länder as drawings: paths for SVG, made on the server.

Projection: Lambert's conic with two standard parallels (48° 40' and 53° 40' N, middle meridian
10° 30' E, EPSG 4839 on a sphere). Germany looks as in an atlas, and areas may be compared by eye.
The coarse outline of ``data/outline.geojson`` is right for drawings up to about 800 pixels; maps
that one can zoom take the finer files named in :data:`LAENDER_FILE` and :data:`KREISE_FILE`.
Under every one of them stands ``sources.OUTLINES``.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from math import cos, log, pi, radians, sin, tan
from typing import Final

#: Static files (GeoJSON) for maps in the browser; properties code, name, for districts also land.
LAENDER_FILE: Final = "places/laender.geojson"
KREISE_FILE: Final = "places/kreise.geojson"

_GERMANY: Final = "DE"
_SOUTH, _NORTH = radians(48 + 2 / 3), radians(53 + 2 / 3)
_MERIDIAN: Final = radians(10.5)
_CONE: Final = log(cos(_SOUTH) / cos(_NORTH)) / log(
    tan(pi / 4 + _NORTH / 2) / tan(pi / 4 + _SOUTH / 2)
)
_SCALE: Final = cos(_SOUTH) * tan(pi / 4 + _SOUTH / 2) ** _CONE / _CONE

_Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing of Germany ``width`` wide and ``height`` high, in pixels, the origin top left."""

    width: float
    height: float
    germany: str  # the country as one path
    laender: dict[str, str]  # code and path of each Land, with borders that meet
    labels: dict[str, tuple[float, float]]  # a point well inside each Land, for its label
    _left: float
    _top: float
    _pixels: float

    @property
    def view_box(self) -> str:
        """The drawing with room for lines of up to four pixels at its edge."""
        return f"-2 -2 {self.width + 4:g} {self.height + 4:g}"

    def xy(self, lat: float, lon: float) -> tuple[float, float]:
        """Return where a place lies in the drawing."""
        x, y = _project(lon, lat)
        return round((x - self._left) * self._pixels, 1), round((self._top - y) * self._pixels, 1)


@lru_cache(maxsize=16)
def draw_germany(width: float) -> Drawing:
    """Draw Germany and its Länder.

    >>> drawing = draw_germany(300)
    >>> drawing.height
    405.9
    """
    shapes = _shapes()
    corners = [corner for ring in shapes[_GERMANY].rings for corner in ring]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    pixels = width / (right - left)

    def placed(x: float, y: float) -> tuple[float, float]:
        return (x - left) * pixels, (top - y) * pixels

    paths = {
        code: _path([placed(*corner) for corner in ring] for ring in shape.rings)
        for code, shape in shapes.items()
    }
    labels = {code: placed(*shape.label) for code, shape in shapes.items() if code != _GERMANY}
    return Drawing(
        width=width,
        height=round((top - bottom) * pixels, 1),
        germany=paths.pop(_GERMANY),
        laender=paths,
        labels={code: (round(x, 1), round(y, 1)) for code, (x, y) in labels.items()},
        _left=left,
        _top=top,
        _pixels=pixels,
    )


def land_paths(width: float) -> dict[str, str]:
    """Return code and SVG path of each Land: the short form of :func:`draw_germany`."""
    return draw_germany(width).laender


@dataclass(frozen=True, slots=True)
class _Shape:
    rings: list[_Ring]
    label: tuple[float, float]


@cache
def _shapes() -> dict[str, _Shape]:
    """Every outline in the plane of the projection, by code."""
    source = files("tandemwerk.places").joinpath("data", "outline.geojson")
    shapes = {}
    for feature in json.loads(source.read_text(encoding="utf-8"))["features"]:
        geometry = feature["geometry"]
        parts = geometry["coordinates"]
        polygons = parts if geometry["type"] == "MultiPolygon" else [parts]
        shapes[feature["properties"]["code"]] = _Shape(
            rings=[[_project(*corner) for corner in ring] for part in polygons for ring in part],
            label=_project(*feature["properties"]["label"]),
        )
    return shapes


def _project(lon: float, lat: float) -> tuple[float, float]:
    """Lambert's conformal conic projection on the unit sphere (Snyder, 1987, page 106)."""
    radius = _SCALE / tan(pi / 4 + radians(lat) / 2) ** _CONE
    angle = _CONE * (radians(lon) - _MERIDIAN)
    return radius * sin(angle), -radius * cos(angle)


def _path(rings: Iterable[_Ring]) -> str:
    """Write rings as an SVG path to half a pixel, in relative steps and without needless signs.

    Rounding each corner by itself keeps common borders common.
    """
    commands = []
    for ring in rings:
        halves = [(round(x * 2), round(y * 2)) for x, y in ring[:-1]]  # the last is the first
        steps = [
            _pair(x - last_x, y - last_y)
            for (last_x, last_y), (x, y) in pairwise(halves)
            if (x, y) != (last_x, last_y)
        ]
        if len(steps) > 1:
            commands.append(f"M{_pair(*halves[0])}l{' '.join(steps)}z")
    return "".join(commands).replace(" -", "-")


def _pair(x: int, y: int) -> str:
    return f"{_half(x)} {_half(y)}"


def _half(number: int) -> str:
    """Write a number of half pixels in pixels: 21 is «10.5», -1 is «-.5»."""
    text = f"{number / 2:g}"
    return text.replace("0.", ".") if abs(number) == 1 else text
