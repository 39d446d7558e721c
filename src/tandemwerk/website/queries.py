"""What the website says in numbers."""

from typing import Final

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from tandemwerk.programme.models import Carrier, Site
from tandemwerk.tandems.models import Tandem
from tandemwerk.ui.parts import Figure

HOUR: Final = 3600
COUNTS: Final = "website:counts"


def counts() -> dict[str, int]:
    """Return what the programme counts, no older than an hour."""
    found: dict[str, int] | None = cache.get(COUNTS)
    if found is None:
        found = _count()
        cache.set(COUNTS, found, HOUR)
    return found


def _count() -> dict[str, int]:
    return {
        "founded": Tandem.objects.founded().count(),
        "running": Tandem.objects.running().count(),
        "sites": Site.objects.public().count(),
        "carriers": Carrier.objects.count(),
    }


def figures() -> list[Figure]:
    """Return the programme's numbers as figures; what is nothing yet is left out."""
    found = counts()
    shown = [
        Figure(label=_("tandems founded"), value=found["founded"]),
        Figure(label=_("tandems meet at the moment"), value=found["running"], tone="accent"),
        Figure(
            label=_("sites, from the coast to the Alps"),
            value=found["sites"],
            url=reverse("programme:sites"),
        ),
        Figure(label=_("organisations carry the programme"), value=found["carriers"]),
    ]
    return [figure for figure in shown if figure.value]


def public_points() -> list[tuple[float, float]]:
    """Return latitude and longitude of each public site. One query."""
    return [*Site.objects.public().values_list("latitude", "longitude")]
