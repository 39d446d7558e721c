"""The sixteen Länder: codes of ISO 3166-2:DE, names in German and in the reader's language."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Code and German name, in the order of the official municipality keys (north to south, roughly).
LAENDER: Final[dict[str, str]] = {
    "DE-SH": "Schleswig-Holstein",
    "DE-HH": "Hamburg",
    "DE-NI": "Niedersachsen",
    "DE-HB": "Bremen",
    "DE-NW": "Nordrhein-Westfalen",
    "DE-HE": "Hessen",
    "DE-RP": "Rheinland-Pfalz",
    "DE-BW": "Baden-Württemberg",
    "DE-BY": "Bayern",
    "DE-SL": "Saarland",
    "DE-BE": "Berlin",
    "DE-BB": "Brandenburg",
    "DE-MV": "Mecklenburg-Vorpommern",
    "DE-SN": "Sachsen",
    "DE-ST": "Sachsen-Anhalt",
    "DE-TH": "Thüringen",
}

_NAMES: Final[dict[str, Promise]] = {
    "DE-SH": _("Schleswig-Holstein"),
    "DE-HH": _("Hamburg"),
    "DE-NI": _("Lower Saxony"),
    "DE-HB": _("Bremen"),
    "DE-NW": _("North Rhine-Westphalia"),
    "DE-HE": _("Hesse"),
    "DE-RP": _("Rhineland-Palatinate"),
    "DE-BW": _("Baden-Württemberg"),
    "DE-BY": _("Bavaria"),
    "DE-SL": _("Saarland"),
    "DE-BE": _("Berlin"),
    "DE-BB": _("Brandenburg"),
    "DE-MV": _("Mecklenburg-Western Pomerania"),
    "DE-SN": _("Saxony"),
    "DE-ST": _("Saxony-Anhalt"),
    "DE-TH": _("Thuringia"),
}


def land_name(code: str) -> str:
    """Return the name of a Land in the active language; the code itself if there is no such Land.

    >>> land_name("DE-BY")
    'Bavaria'
    """
    return str(_NAMES.get(code, code))


def land_choices() -> list[tuple[str, str]]:
    """Codes and names in the active language, by name: for a form's field, as a callable."""
    return sorted(((code, land_name(code)) for code in _NAMES), key=lambda choice: choice[1])
