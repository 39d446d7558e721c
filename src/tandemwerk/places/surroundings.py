"""The postcodes around others."""

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tandemwerk.places.distances import distances_km
from tandemwerk.places.postcodes import all_places, find_place, locate_many


def postcodes_around(postcodes: Mapping[str, float]) -> set[str]:
    """Return the known postcodes within so many kilometres of one of these, and these themselves.

    Straight lines from middle to middle. Around a postcode that we do not know is only itself.
    Time: less than half a millisecond for each of ``postcodes``.

    >>> sorted(postcodes_around({"86150": 2.5}))
    ['86150', '86152', '86153', '86157', '86159']
    """
    codes, lat, lon = _all()
    near = np.zeros(len(codes), dtype=bool)
    for postcode, km in postcodes.items():
        if place := find_place(postcode):
            near |= distances_km(lat, lon, to=place.point) <= km
    return {*codes[near].tolist(), *postcodes}


@cache
def _all() -> tuple[NDArray[np.str_], NDArray[np.float64], NDArray[np.float64]]:
    codes = [place.postcode for place in all_places()]
    return np.array(codes), *locate_many(codes)
