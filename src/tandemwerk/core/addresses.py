"""Addresses by the dozen: a list links to each of its rows, and looking one up takes long."""

from functools import cache
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language

#: Stands in the address for what changes: a number, and letters enough to be a slug.
_PLACE: Final = "9876543210123"


def address_of(name: str, key: int | str) -> str:
    """Return the address ``name`` of one record, as ``reverse(name, args=[key])`` would.

    For addresses with one argument that needs no escaping: a number or a slug. It is looked up
    once for each language.
    """
    before, after = _around(name, get_language())
    return f"{before}{key}{after}"


@cache
def _around(name: str, _language: str | None) -> tuple[str, str]:
    before, _place, after = reverse(name, args=[_PLACE]).partition(_PLACE)
    return before, after
