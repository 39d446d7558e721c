"""Whose data this is. The licences ask for the source line beneath what is made from the data."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Source:
    """A source line and the address of the licence it links to."""

    text: Promise
    url: str


#: Under every map and drawing made from the outlines, and where districts are listed.
OUTLINES: Final = Source(
    text=_("© GeoBasis-DE / BKG 2016 (data changed)"),
    url="https://www.bkg.bund.de",
)
#: Under every map that shows where postcodes are.
POSTCODES: Final = Source(
    text=_("© OpenStreetMap contributors"),
    url="https://www.openstreetmap.org/copyright",
)
