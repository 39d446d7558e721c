"""Makes of the API's answers what is kept: few fields, clean HTML, links that lead to the source.

Nothing is trusted: what has not the shape that the API documents is left out, entry by entry.
Pictures are dropped, so that nobody who reads here is seen by another server.
"""

import re
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import nh3

from tandemwerk.core.markdown import Words

TAGS: Final = {
    *("p", "br", "hr", "h3", "h4", "h5", "strong", "em", "b", "i", "u", "blockquote"),
    *("ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
#: What stands in these is dropped with them.
WITHOUT_CONTENT: Final = {"script", "style", "iframe", "object", "noscript", "template"}
SCHEMES: Final = {"http", "https", "mailto", "tel"}
EXCERPT: Final = 240
MAX_ENTRIES: Final = 5_000
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,4})?", re.IGNORECASE)
_HEADING: Final = re.compile(r"<(/?)h([1-6])\b", re.IGNORECASE)
#: Degrees: west, south, east, north.
_CORNERS: Final = 4


def cleaned_regions(answer: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the live regions as fields of ``LocalRegion``."""
    found = {}
    for each in answer:
        if not isinstance(each, dict) or each.get("live") is not True:
            continue
        slug = _word(each.get("path")).strip("/") or _word(each.get("slug"))
        name = _word(each.get("name"), 160)
        if not _SLUG.fullmatch(slug) or not name:
            continue
        found[slug] = {
            "slug": slug,
            "name": name,
            "postcode": _word(each.get("plz"))[:5],
            "latitude": _number(each.get("latitude")),
            "longitude": _number(each.get("longitude")),
            "bounding_box": _box(each.get("bounding_box")),
            "languages": _languages(each.get("languages")),
        }
    return list(found.values())


def cleaned_pages(answer: Iterable[Any], *, source: str) -> list[dict[str, Any]]:
    """Return the pages in the order of the tree: path, path of the parent, words, address."""
    pages = []
    for each in answer:
        if (page := _titled(each, source)) is None:
            continue
        parent = each.get("parent") if isinstance(each.get("parent"), dict) else {}
        pages.append(page | {"parent": _path(parent.get("path")), "order": _order(each)})
    pages.sort(key=lambda page: (page["order"], page["path"]))
    return pages[:MAX_ENTRIES]


def cleaned_events(answer: Iterable[Any], *, source: str) -> list[dict[str, Any]]:
    """Return the events: words, address, start and end as ISO 8601, place, whether they recur."""
    events = []
    for each in answer:
        event = each.get("event") if isinstance(each, dict) else None
        if not isinstance(event, dict) or (entry := _titled(each, source)) is None:
            continue
        events.append(
            entry
            | {
                "start": _word(event.get("start"), 40),
                "end": _word(event.get("end"), 40),
                "all_day": event.get("all_day") is True,
                "recurs": bool(each.get("recurrence_rule")),
                "place": _place(each.get("location")),
                "meeting_url": _address(each.get("meeting_url"), source),
            }
        )
    events.sort(key=lambda entry: (entry["start"], entry["path"]))
    return events[:MAX_ENTRIES]


def cleaned_locations(answer: Iterable[Any], *, source: str) -> list[dict[str, Any]]:
    """Return the places: words, address, where, kind of place, hours, whether without barriers."""
    places = []
    for each in answer:
        if (entry := _titled(each, source)) is None:
            continue
        location = each.get("location")
        category = each.get("category")
        entry["excerpt"] = _word(each.get("meta_description"), 400) or entry["excerpt"]
        places.append(
            entry
            | {
                "place": _place(location),
                "latitude": _number(_of(location, "latitude")),
                "longitude": _number(_of(location, "longitude")),
                "category": _word(_of(category, "name"), 80),
                "hours": _hours(each.get("opening_hours")),
                "barrier_free": each.get("barrier_free") is True,
            }
        )
    places.sort(key=lambda entry: (entry["title"].casefold(), entry["path"]))
    return places[:MAX_ENTRIES]


def clean_html(raw: str, *, base: str) -> str:
    """Return HTML with few tags, without pictures, its links absolute to ``base``."""
    lowered = _HEADING.sub(lambda m: f"<{m[1]}h{min(5, max(3, int(m[2]) + 1))}", raw)
    return nh3.clean(
        lowered,
        tags=TAGS,
        clean_content_tags=WITHOUT_CONTENT,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        url_relative=("rewrite_with_base", base),
        link_rel="noopener noreferrer nofollow",
    )


def plain(html: str) -> str:
    """Return the words of HTML."""
    parser = Words()
    parser.feed(html)
    return " ".join("".join(parser.words).split())


def _titled(each: Any, source: str) -> dict[str, Any] | None:
    """Return what every entry has; None where it has no title or no path."""
    if not isinstance(each, dict):
        return None
    title, path = _word(each.get("title"), 300), _path(each.get("path"))
    if not title or not path:
        return None
    url = _address(each.get("url"), source) or urljoin(source, path)
    html = clean_html(_word(each.get("content"), 200_000), base=url)
    words = _word(each.get("excerpt"), 2_000)
    excerpt = plain(words) if words else plain(html)
    if len(excerpt) > EXCERPT:
        excerpt = excerpt[:EXCERPT].rsplit(" ", 1)[0] + " …"
    return {
        "title": title,
        "path": path,
        "url": url,
        "excerpt": excerpt,
        "html": html if _says_more(html, excerpt) else "",
        "updated": _word(each.get("last_updated"), 40),
    }


def _says_more(html: str, excerpt: str) -> bool:
    """Return whether the text has words, links or a list that the excerpt has not."""
    return plain(html) != excerpt or "<a " in html or "<li" in html


def _word(value: Any, longest: int = 200) -> str:
    text = value if isinstance(value, str) else ""
    return text.replace("\x00", "").strip()[:longest]


def _path(value: Any) -> str:
    return "/" + path + "/" if (path := _word(value, 400).strip("/")) else ""


def _address(value: Any, source: str) -> str:
    """Return a web address, relative ones as those of the source; empty where it is none."""
    text = _word(value, 800)
    if not text:
        return ""
    try:
        address = urljoin(source, text)
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.hostname else ""


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if -180 <= number <= 180 else None  # noqa: PLR2004 degrees


def _order(each: dict[str, Any]) -> int:
    order = each.get("order")
    return order if isinstance(order, int) else 0


def _of(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _box(value: Any) -> list[float]:
    """Return ``[west, south, east, north]``, however the corners were written."""
    corners: Any = value
    if isinstance(value, list) and len(value) == 2 and all(isinstance(v, list) for v in value):  # noqa: PLR2004 two corners
        corners = [*value[0], *value[1]]
    if not isinstance(corners, list) or len(corners) != _CORNERS:
        return []
    numbers = [number for each in corners if (number := _number(each)) is not None]
    if len(numbers) != _CORNERS:
        return []
    first, second, third, fourth = numbers
    return [min(first, third), min(second, fourth), max(first, third), max(second, fourth)]


def _languages(value: Any) -> list[str]:
    if not isinstance(value, list):
        return []
    codes = [_word(_of(each, "code"), 8) for each in value]
    return [code for code in dict.fromkeys(codes) if _LANGUAGE.fullmatch(code)]


def _place(value: Any) -> str:
    """Return name, street and town of a location in one line."""
    town = f"{_word(_of(value, 'postcode'), 10)} {_word(_of(value, 'town'), 80)}".strip()
    parts = [_word(_of(value, "name"), 120), _word(_of(value, "address"), 160), town]
    return ", ".join(part for part in parts if part)


def _hours(value: Any) -> list[list[str]]:
    """Return seven days, Monday first: from-to of each slot; ``["-"]`` closed, ``["*"]`` always."""
    days = value if isinstance(value, list) else []
    shown = [_day(each) for each in days[:7] if isinstance(each, dict)]
    return shown if len(shown) == 7 and any(shown) else []  # noqa: PLR2004 a week


def _day(day: dict[str, Any]) -> list[str]:
    if day.get("allDay") is True:
        return ["*"]
    if day.get("closed") is True:
        return ["-"]
    slots = day.get("timeSlots") if isinstance(day.get("timeSlots"), list) else []
    times = [(_word(_of(slot, "start"), 5), _word(_of(slot, "end"), 5)) for slot in slots or []]
    return [f"{start}–{end}" for start, end in times if start and end]
