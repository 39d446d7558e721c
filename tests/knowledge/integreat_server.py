"""A small server that answers like Integreat's API v3: the documented shape, invented content."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

REGIONS = [
    {
        "id": 1,
        "name": "Stadt Musterstadt",
        "path": "musterstadt",
        "live": True,
        "prefix": "Stadt",
        "name_without_prefix": "Musterstadt",
        "plz": "86150",
        "longitude": 10.89,
        "latitude": 48.36,
        "bounding_box": [[10.76, 48.26], [10.96, 48.46]],
        "languages": [
            {"id": 1, "code": "de", "bcp47_tag": "de-DE", "native_name": "Deutsch", "dir": "ltr"},
            {"id": 2, "code": "ar", "bcp47_tag": "ar", "native_name": "العربية", "dir": "rtl"},
        ],
        "events": True,
        "pois": True,
    },
    {
        "id": 2,
        "name": "Landkreis Beispiel",
        "path": "beispiel",
        "live": True,
        "plz": "80331",
        "longitude": 11.57,
        "latitude": 48.14,
        "bounding_box": None,
        "languages": [{"id": 1, "code": "de", "native_name": "Deutsch", "dir": "ltr"}],
    },
    {"id": 3, "name": "Noch nicht", "path": "noch-nicht", "live": False, "languages": []},
]


def page(path: str, title: str, content: str, *, parent: str = "", order: int = 0) -> dict:
    return {
        "id": order,
        "url": f"https://local.example{path}",
        "path": path,
        "title": title,
        "last_updated": "2026-05-04T10:00:00.000+02:00",
        "excerpt": "",
        "content": content,
        "parent": {"id": 9, "url": "", "path": parent or None},
        "order": order,
        "available_languages": {},
        "thumbnail": "https://local.example/media/bild.jpg",
        "organization": None,
        "embedded_offers": [],
    }


PAGES = [
    page(
        "/musterstadt/de/wohnen/miete/",
        "Mietvertrag",
        '<h1>Vor dem Vertrag</h1><p>Lesen Sie <a href="/musterstadt/de/beratung/">hier</a>.</p>',
        parent="/musterstadt/de/wohnen/",
        order=2,
    ),
    page(
        "/musterstadt/de/wohnen/",
        "Wohnen",
        "<p>Eine Wohnung finden.</p><img src='https://local.example/spur.png'>"
        "<script>alert(1)</script><p onclick='x()'>Fragen Sie <b>nach</b>.</p>"
        "<a href='javascript:alert(1)'>Klick</a>",
        order=1,
    ),
]
EVENTS = [
    page("/musterstadt/de/events/vorbei/", "Vorbei", "<p>Das war.</p>")
    | {
        "event": {
            "id": 1,
            "start": "2026-01-10T10:00:00+01:00",
            "end": "2026-01-10T12:00:00+01:00",
            "all_day": False,
            "timezone": "Europe/Berlin",
            "recurrence_id": None,
        },
        "location": None,
        "meeting_url": None,
        "recurrence_rule": None,
    },
    page("/musterstadt/de/events/cafe/", "Sprachcafé", "<p>Kommen Sie vorbei.</p>")
    | {
        "event": {
            "id": 2,
            "start": "2026-10-10T10:00:00+02:00",
            "end": "2026-10-10T12:00:00+02:00",
            "all_day": False,
            "timezone": "Europe/Berlin",
            "recurrence_id": 7,
        },
        "location": {
            "name": "Haus der Nachbarn",
            "address": "Lange Gasse 1",
            "town": "Musterstadt",
            "postcode": "86150",
            "latitude": 48.36,
            "longitude": 10.89,
        },
        "meeting_url": None,
        "recurrence_rule": "FREQ=WEEKLY",
    },
]
CLOSED = {"allDay": False, "closed": True, "appointmentOnly": False, "timeSlots": []}
LOCATIONS = [
    page("/musterstadt/de/locations/amt/", "Ausländeramt", "<p>Erdgeschoss.</p>")
    | {
        "meta_description": "Aufenthalt und Pässe",
        "category": {"id": 3, "name": "Behörde", "color": "#000", "icon": "house"},
        "contacts": [],
        "opening_hours": [
            {
                "allDay": False,
                "closed": False,
                "appointmentOnly": False,
                "timeSlots": [{"start": "08:00", "end": "12:00", "timezone": "Europe/Berlin"}],
            },
            *[CLOSED] * 6,
        ],
        "location": {
            "address": "Am Rathaus 1",
            "town": "Musterstadt",
            "postcode": "86150",
            "latitude": 48.37,
            "longitude": 10.9,
        },
        "barrier_free": True,
    }
]
ANSWERS: dict[str, Any] = {
    "/api/v3/regions/": REGIONS,
    "/api/v3/musterstadt/de/pages/": PAGES,
    "/api/v3/musterstadt/de/events/?combine_recurring=True": EVENTS,
    "/api/v3/musterstadt/de/locations/?on_map=1": LOCATIONS,
}


@contextmanager
def serving(answers: dict[str, Any]) -> Iterator[str]:
    """Serve on a port of its own: path -> JSON, or bytes to be sent as they are.

    Gives the address. Everything else is 404 with the API's own error.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = answers.get(self.path)
            if isinstance(known, str):
                self.send_response(302)
                self.send_header("Location", known)
                self.end_headers()
                return
            body = known if isinstance(known, bytes) else json.dumps(known).encode()
            if known is None:
                body = b'{"error": "No language found"}'
            self.send_response(404 if known is None else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
