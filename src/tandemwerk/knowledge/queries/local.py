"""Local information as pages show it: the region near somebody, its tree, its events and places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

from tandemwerk.knowledge.models import LocalPage, LocalRegion
from tandemwerk.people.enums import SPOKEN_LANGUAGES
from tandemwerk.people.models import User
from tandemwerk.places import Place, distance_km, find_place
from tandemwerk.programme.models import Viewer, memberships_of
from tandemwerk.ui.parts import MapPoint

NEAREST: Final = 3
#: Somebody from further away is no neighbour: their region is not shown unasked.
NEAR_KM: Final = 60.0
MAP_FROM_KM: Final = 8.0
#: What stands in where a region lacks the reader's language, in this order.
FALLBACKS: Final = ("en", "de")
RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "ur", "ps", "he", "ckb", "prs", "ku-arab"})
#: An address of the demo's invented region ends like this; no real one does.
INVENTED: Final = ".example"
Entry = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class NearRegion:
    """A region and how far its middle is from the place that somebody asked for."""

    region: LocalRegion
    km: float
    is_inside: bool


@dataclass(frozen=True, kw_only=True)
class LocalLanguage:
    code: str
    name: str
    is_rtl: bool
    is_current: bool = False

    @property
    def direction(self) -> str:
        return "rtl" if self.is_rtl else "ltr"


@dataclass(frozen=True, kw_only=True)
class LocalCopy:
    """What was fetched of one address, or that nothing was fetched yet."""

    entries: Sequence[Entry]
    fetched_at: datetime | None

    @property
    def source(self) -> str:
        """Return the host that the entries come from."""
        return urlsplit(self.entries[0]["url"]).hostname or "" if self.entries else ""

    @property
    def is_invented(self) -> bool:
        return self.source.endswith(INVENTED)


@dataclass(frozen=True, kw_only=True)
class TreeEntry:
    """A page of the tree with the number of pages below it."""

    entry: Entry
    below: int


@dataclass(frozen=True, kw_only=True)
class Branch:
    """What stands at one place of the tree, and the way there."""

    here: Entry | None
    trail: Sequence[Entry] = field(default_factory=tuple)
    entries: Sequence[TreeEntry] = field(default_factory=tuple)


def is_offered() -> bool:
    """Return whether this installation shows local information: asked for, or the demo's."""
    return bool(settings.INTEGREAT_URL) or settings.DEMO


def all_regions() -> list[LocalRegion]:
    """Return the regions by name."""
    return list(LocalRegion.objects.order_by("name", "pk"))


def regions_near(regions: Iterable[LocalRegion], place: Place) -> list[NearRegion]:
    """Return the regions that the place lies in, then the nearest ones; three at most."""
    found = [
        NearRegion(
            region=region,
            km=distance_km(place.point, (region.latitude, region.longitude)),
            is_inside=_lies_in(region, place),
        )
        for region in regions
        if region.latitude is not None and region.longitude is not None
    ]
    found.sort(key=lambda near: (not near.is_inside, near.km, near.region.pk))
    return found[:NEAREST]


def place_of(user: Viewer) -> Place | None:
    """Return where ``user`` is at home: the site of their team, or their own postcode."""
    if not isinstance(user, User):
        return None
    memberships = [each for each in memberships_of(user) if each.site_id]
    if memberships and (site := memberships[0].site) is not None:
        return find_place(site.postcode)
    person = getattr(user, "person", None)
    return find_place(person.postcode) if person is not None else None


def language_for(region: LocalRegion, *, wanted: str, reader: str) -> str:
    """Return the language to show: the wanted one, the reader's, English, German, or any.

    Nothing where the region offers none.
    """
    offered: list[str] = region.languages
    for code in (wanted, reader, *FALLBACKS, *offered[:1]):
        if code in offered:
            return code
    return ""


def languages_of(region: LocalRegion, *, current: str) -> list[LocalLanguage]:
    """Return the languages that the region offers, each under its own name."""
    return [language_named(code, is_current=code == current) for code in region.languages]


def language_named(code: str, *, is_current: bool = False) -> LocalLanguage:
    """Return a language under its own name, as far as we know it, and its direction."""
    base = code.split("-", 1)[0]
    try:
        info = get_language_info(code)
    except KeyError:
        name = str(SPOKEN_LANGUAGES.get(base, code))
        return LocalLanguage(
            code=code, name=name, is_rtl=base in RIGHT_TO_LEFT, is_current=is_current
        )
    name = info["name_local"]
    return LocalLanguage(
        code=code,
        name=name[:1].upper() + name[1:],
        is_rtl=info["bidi"],
        is_current=is_current,
    )


def copy_of(region: LocalRegion, *, language: str, content: str) -> LocalCopy:
    """Return what is kept of pages, events or places. One query."""
    kept = LocalPage.objects.filter(region=region, language=language, content=content).first()
    if kept is None:
        return LocalCopy(entries=(), fetched_at=None)
    return LocalCopy(entries=kept.payload, fetched_at=kept.fetched_at)


def branch_at(entries: Sequence[Entry], path: str) -> Branch | None:
    """Return the pages below ``path``, or the top of the tree; None where there is no such page.

    Pages whose parent is not there stand at the top.
    """
    by_path = {entry["path"]: entry for entry in entries}
    below: dict[str, list[Entry]] = {}
    for entry in entries:
        parent = entry["parent"] if entry["parent"] in by_path else ""
        below.setdefault(parent, []).append(entry)
    if path and path not in by_path:
        return None
    trail: list[Entry] = []
    step = by_path.get(path)
    while step is not None and step not in trail:
        trail.insert(0, step)
        step = by_path.get(step["parent"])
    return Branch(
        here=by_path.get(path),
        trail=trail[:-1],
        entries=[
            TreeEntry(entry=entry, below=len(below.get(entry["path"], ())))
            for entry in below.get(path, ())
        ],
    )


def coming(entries: Iterable[Entry], *, at: datetime) -> list[Entry]:
    """Return the events that are not over, with their moments read."""
    shown = []
    for entry in entries:
        start, end = _moment(entry["start"]), _moment(entry["end"])
        if start is not None and (end or start + timedelta(hours=1)) >= at:
            shown.append(entry | {"starts_at": start, "ends_at": end})
    return shown


def with_week(entry: Entry) -> Entry:
    """Add the opening hours, day by day, to a place that says them."""
    words = {"*": _("open all day"), "-": pgettext("opening hours", "closed")}
    days = [(WEEKDAYS[number], day) for number, day in enumerate(entry["hours"]) if day]
    week = [(name, ", ".join(words.get(slot, slot) for slot in day)) for name, day in days]
    return entry | {"week": week}


def on_the_map(entries: Iterable[Entry]) -> list[MapPoint]:
    """Return the places that have a point, where they lie so far apart that a map helps.

    Our map shows no streets: of one town it would say nothing.
    """
    points = [
        MapPoint(
            label=entry["title"],
            lat=entry["latitude"],
            lon=entry["longitude"],
            text=entry["category"],
            url=entry["url"],
        )
        for entry in entries
        if entry["latitude"] is not None and entry["longitude"] is not None
    ]
    if not points:
        return []
    lats, lons = [point.lat for point in points], [point.lon for point in points]
    apart = distance_km((min(lats), min(lons)), (max(lats), max(lons)))
    return points if apart >= MAP_FROM_KM else []


def _lies_in(region: LocalRegion, place: Place) -> bool:
    if region.postcode and region.postcode == place.postcode:
        return True
    if not region.bounding_box:
        return False
    west, south, east, north = region.bounding_box
    return bool(south <= place.lat <= north and west <= place.lon <= east)


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    if moment is None or moment.tzinfo is not None:
        return moment
    return timezone.make_aware(moment)  # the API's own moments are those of the place
