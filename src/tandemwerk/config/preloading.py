"""What every page needs, loaded once before the web server's workers are forked.

They share it then, in memory too, and the first page that each of them draws comes sooner: reading
catalogues, postcodes, addresses and templates took longer than drawing it.
"""

from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver, reverse
from django.utils import translation

from tandemwerk.pairing import Level, Newcomer, Volunteer, pair_people
from tandemwerk.places import find_place

#: An address and a postcode: whichever is asked for first brings all others along.
_SOME_ADDRESS = "portal:start"
_SOME_POSTCODE = "10115"


def preload() -> None:
    """Load views, catalogues, addresses, postcodes, the pairing engine and our own templates.

    Asks no database.
    """
    get_resolver().url_patterns  # noqa: B018 - loads all views
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("")
            reverse(_SOME_ADDRESS)
    find_place(_SOME_POSTCODE)
    _load_pairing()
    for name in _our_templates():
        get_template(name)


def _load_pairing() -> None:
    """Pair two made-up people, which loads the engine with its solver, but no compiler."""
    common: dict[str, Any] = {"postcode": _SOME_POSTCODE, "languages": {"de": Level.B1}}
    common |= {"availability": 1, "kinds": 1, "max_km": 1.0}
    pair_people(
        [Volunteer(id="V", **common)],
        [Newcomer(id="N", **common)],
        locate=lambda _: None,
        today=date(2016, 1, 1),
    )


def _our_templates() -> list[str]:
    """Return the names of the templates of our rooms."""
    ours = [Path(app.path) / "templates" for app in apps.get_app_configs() if _is_ours(app.name)]
    return [
        file.relative_to(folder).as_posix()
        for folder in ours
        for file in sorted(folder.rglob("*.html"))
    ]


def _is_ours(name: str) -> bool:
    return name.startswith(f"{__package__.partition('.')[0]}.")
