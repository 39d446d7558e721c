"""Distances on the ground, in kilometres, as the crow flies.

A point is ``(lat, lon)`` in degrees (WGS 84). The earth is taken as a sphere: within Germany that
is right to 0.3 percent, far better than what the middle of a postcode says about an address.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: Mean radius of the earth (IUGG). Whoever compares distances with ours must use the same.
EARTH_RADIUS_KM: Final = 6371.0088


@dataclass(frozen=True, slots=True)
class Near:
    """A point found by :func:`nearest`: its position in the sequence, and how far away it is."""

    index: int
    km: float


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance (haversine) of two points.

    >>> round(distance_km((52.52, 13.405), (48.137, 11.575)))  # Berlin to Munich
    505
    """
    lat_a, lon_a, lat_b, lon_b = (radians(degrees) for degrees in (*a, *b))
    chord = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def distances_km(lat: ArrayLike, lon: ArrayLike, to: tuple[float, float]) -> NDArray[np.float64]:
    """Great-circle distance of many points to one. Unknown coordinates (nan) stay nan."""
    lats, lons = np.radians(np.asarray(lat, float)), np.radians(np.asarray(lon, float))
    to_lat, to_lon = radians(to[0]), radians(to[1])
    chord = (
        np.sin((lats - to_lat) / 2) ** 2
        + np.cos(lats) * cos(to_lat) * np.sin((lons - to_lon) / 2) ** 2
    )
    km: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0)))
    return km


def nearest(points: Sequence[tuple[float, float]], to: tuple[float, float], n: int) -> list[Near]:
    """Return the ``n`` points nearest to a point, nearest first; of equals the earlier one first.

    Points with unknown coordinates (nan) are left out, so fewer than ``n`` may come back.
    Time O(m log m) for m points: 900 sites take well under a millisecond.

    >>> nearest([(52.52, 13.4), (48.14, 11.58), (48.37, 10.9)], to=(48.36, 10.89), n=2)[0].index
    2
    """
    if not points or n <= 0:
        return []
    lat, lon = np.asarray(points, dtype=np.float64).T
    km = distances_km(lat, lon, to)
    order = np.argsort(km, kind="stable")[:n]  # nan sorts last
    return [Near(index=int(i), km=float(km[i])) for i in order if not np.isnan(km[i])]
