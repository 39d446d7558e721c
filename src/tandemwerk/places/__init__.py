"""Postcodes, places, distances and outlines of Germany. Static data, no tables, no network."""

from tandemwerk.places.distances import EARTH_RADIUS_KM, Near, distance_km, distances_km, nearest
from tandemwerk.places.laender import LAENDER, land_choices, land_name
from tandemwerk.places.outlines import Drawing, draw_germany, land_paths
from tandemwerk.places.postcodes import (
    Place,
    all_places,
    find_place,
    locate_many,
    normalise_postcode,
    search_places,
)
from tandemwerk.places.surroundings import postcodes_around

__all__ = [
    "EARTH_RADIUS_KM",
    "LAENDER",
    "Drawing",
    "Near",
    "Place",
    "all_places",
    "distance_km",
    "distances_km",
    "draw_germany",
    "find_place",
    "land_choices",
    "land_name",
    "land_paths",
    "locate_many",
    "nearest",
    "normalise_postcode",
    "postcodes_around",
    "search_places",
]
