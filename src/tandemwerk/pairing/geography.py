"""Where people live, as far as pairing knows it: one point per postcode."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from tandemwerk.pairing.assignment import FloatArray, IntArray
from tandemwerk.pairing.errors import PairingInputError

#: Mean radius of the earth (IUGG, R1).
EARTH_KM: Final = 6371.0088

#: Gives (latitude, longitude) in degrees of a postcode, or None where it is not known.
Locate = Callable[[str], tuple[float, float] | None]

_NOWHERE = (float("nan"), float("nan"))


def haversine_km(
    lat_a: npt.ArrayLike, lon_a: npt.ArrayLike, lat_b: npt.ArrayLike, lon_b: npt.ArrayLike
) -> FloatArray:
    """Return great-circle distances in km between points given in degrees.

    >>> float(haversine_km(48.364, 10.893, 48.137, 11.575).round(1))
    56.5
    """
    phi_a, phi_b = np.radians(lat_a), np.radians(lat_b)
    half_phi = (phi_b - phi_a) / 2
    half_lambda = (np.radians(lon_b) - np.radians(lon_a)) / 2
    square = np.sin(half_phi) ** 2 + np.cos(phi_a) * np.cos(phi_b) * np.sin(half_lambda) ** 2
    km: FloatArray = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(square, 1.0)))
    return km


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The distinct postcodes of a run with their coordinates (nan where unknown).

    People whose postcode has no coordinates are 0 km from the same postcode and out of reach of
    every other; who gave no postcode is out of reach of all. Out of reach is a distance of nan,
    which no limit allows.
    """

    postcodes: tuple[str, ...]
    named: npt.NDArray[np.bool_]
    lat: FloatArray
    lon: FloatArray

    @classmethod
    def of(cls, postcodes: Iterable[str], locate: Locate) -> "Places":
        """Look each distinct postcode up once."""
        distinct = tuple(sorted(set(postcodes)))
        points = np.array([_point(postcode, locate) for postcode in distinct], dtype=np.float64)
        points = points.reshape(-1, 2)
        return cls(
            postcodes=distinct,
            named=np.array([bool(postcode) for postcode in distinct], dtype=bool),
            lat=points[:, 0].copy(),
            lon=points[:, 1].copy(),
        )

    @property
    def located(self) -> npt.NDArray[np.bool_]:
        return ~np.isnan(self.lat)

    def km(self, here: IntArray, there: IntArray) -> FloatArray:
        """Return the distances between places; the two arrays are broadcast."""
        km = haversine_km(self.lat[here], self.lon[here], self.lat[there], self.lon[there])
        return np.where((here == there) & self.named[here], 0.0, km)

    def neighbours(
        self, here: IntArray, radius_km: FloatArray, there: IntArray, *, most: int, times: IntArray
    ) -> Iterator[tuple[IntArray, IntArray, FloatArray]]:
        """Yield (i, j, km) with place ``there[j]`` within ``radius_km[i]`` of ``here[i]``.

        In portions, so that the sum of ``times[i]`` over a portion stays around ``most``; one
        ``i`` is never divided. A KD-tree over points on the sphere proposes, haversine decides.
        """
        target = cKDTree(self.points(there))
        points = self.points(here)
        chord = 2 * np.sin(np.minimum(radius_km / EARTH_KM, np.pi) / 2) + 1e-9
        found = target.query_ball_point(points, chord, return_length=True)
        # A portion searches with its greatest radius, so no other in it is below half of that.
        order = np.argsort(radius_km, kind="stable")
        portion = np.cumsum(found[order] * times[order]) // most
        octave = np.ceil(np.log2(np.maximum(radius_km[order], 1.0)))
        borders = np.flatnonzero(np.diff(portion) + np.diff(octave)) + 1
        for rows in np.split(order, borders):
            near = cKDTree(points[rows]).sparse_distance_matrix(
                target, float(chord[rows].max()), output_type="ndarray"
            )
            i, j = rows[near["i"]], near["j"].astype(np.int64)
            km = self.km(here[i], there[j])
            close = km <= radius_km[i]
            yield i[close], j[close], km[close]

    def points(self, places: IntArray) -> FloatArray:
        """Return points on the unit sphere, 0 where the coordinates are unknown."""
        phi, lam = np.radians(self.lat[places]), np.radians(self.lon[places])
        axes = np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)
        points: FloatArray = np.nan_to_num(np.column_stack(axes))
        return points


def _point(postcode: str, locate: Locate) -> tuple[float, float]:
    found = locate(postcode) if postcode else None
    if found is None:
        return _NOWHERE
    lat, lon = float(found[0]), float(found[1])
    if not (isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):  # noqa: PLR2004  degrees
        raise PairingInputError(f"postcode {postcode} is located outside the earth: {lat}, {lon}")
    return lat, lon
