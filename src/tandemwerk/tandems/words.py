"""Small words of this room: lists and distances, in the reader's language."""

from collections.abc import Iterable
from math import ceil
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

#: Distances are told to the other side no finer than this.
_ROUGHLY_KM: Final = (2, 5, 10, 15, 20, 30, 50, 100)


def listed(words: Iterable[object]) -> str:
    """Return the words as a list in a sentence."""
    return pgettext("between the words of a list", ", ").join(str(word) for word in words)


def km_in_words(km: float) -> str:
    """Return a distance for the team: «4 km»."""
    if km < 1:
        return _("less than 1 km")
    return _("%(km)s km") % {"km": number_format(round(km), use_l10n=True)}


def km_roughly(km: float) -> str:
    """Return a distance from which nobody can be found: «up to 5 km»."""
    limit = next((step for step in _ROUGHLY_KM if km <= step), ceil(km / 100) * 100)
    return _("up to %(km)s km away") % {"km": number_format(limit, use_l10n=True)}


def found_in_words(found: int, wanted: int) -> str:
    """Return how far the search for a family's volunteers has come; nothing where one is wanted."""
    if wanted <= 1:
        return ""
    return _("%(found)s of %(wanted)s volunteers found") % {"found": found, "wanted": wanted}


def days_in_words(days: int) -> str:
    """Return how long somebody has been waiting: days, weeks or months."""
    if days < 14:  # noqa: PLR2004  two weeks, said in days
        return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}
    if days < 60:  # noqa: PLR2004  two months, said in weeks
        weeks = days // 7
        return ngettext("%(number)s week", "%(number)s weeks", weeks) % {"number": weeks}
    months = days // 30
    return ngettext("%(number)s month", "%(number)s months", months) % {"number": months}
