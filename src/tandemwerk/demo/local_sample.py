"""An invented town in the copy of the local information: the demo asks nobody outside."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from tandemwerk.demo import texts
from tandemwerk.knowledge.integreat.cleaning import clean_html, plain
from tandemwerk.knowledge.models import LocalPage, LocalRegion
from tandemwerk.places import find_place

LANGUAGES = ("de", "en", "ar", "fa", "uk")
Entry = dict[str, Any]


def write_local_sample(*, at: datetime) -> None:
    """Keep the town as if it had been fetched."""
    text = texts.load("local")
    place = find_place(text["postcode"])
    assert place is not None, "the demo's town has a real postcode"  # noqa: S101
    region = LocalRegion.objects.create(
        slug=text["slug"],
        name=text["name"],
        postcode=text["postcode"],
        latitude=place.lat,
        longitude=place.lon,
        bounding_box=[place.lon - 0.15, place.lat - 0.1, place.lon + 0.15, place.lat + 0.1],
        languages=list(LANGUAGES),
        fetched_at=at,
    )
    content = LocalPage.Content
    for language in LANGUAGES:
        kept = {
            content.PAGES: [_page(each, text, language) for each in text["page"]],
            content.EVENTS: [_event(each, text, language, at=at) for each in text["event"]],
            content.LOCATIONS: [_location(each, text, language) for each in text["location"]],
        }
        LocalPage.objects.bulk_create(
            [
                LocalPage(
                    region=region,
                    language=language,
                    content=kind,
                    payload=[entry for entry in entries if entry],
                    fetched_at=at,
                )
                for kind, entries in kept.items()
            ]
        )


def _entry(each: Entry, text: Entry, language: str) -> Entry:
    """Return what every entry has; nothing where it is not translated."""
    words = each.get(language)
    if words is None:
        return {}
    path = f"/{text['slug']}/{language}/{each['path']}/"
    html = clean_html(words["html"], base=text["host"])
    return {
        "title": words["title"],
        "path": path,
        "url": text["host"] + path,
        "excerpt": plain(html),
        "html": html if "<li" in html else "",
        "updated": "",
    }


def _page(each: Entry, text: Entry, language: str) -> Entry:
    entry = _entry(each, text, language)
    parent = each["path"].rpartition("/")[0]
    above = f"/{text['slug']}/{language}/{parent}/" if parent else ""
    return entry and entry | {"parent": above, "order": 0}


def _event(each: Entry, text: Entry, language: str, *, at: datetime) -> Entry:
    day = timezone.localtime(at + timedelta(days=each["in_days"]))
    start = day.replace(hour=each["hour"], minute=0, second=0, microsecond=0)
    entry = _entry(each, text, language)
    return entry and entry | {
        "start": start.isoformat(),
        "end": (start + timedelta(hours=2)).isoformat(),
        "all_day": False,
        "recurs": each.get("recurs", False),
        "place": each["place"],
        "meeting_url": "",
    }


def _location(each: Entry, text: Entry, language: str) -> Entry:
    entry = _entry(each, text, language)
    kept = ("place", "latitude", "longitude", "category", "hours", "barrier_free")
    return entry and entry | {name: each[name] for name in kept}
