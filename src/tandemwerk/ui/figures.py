"""Numbers as people read them."""

from django.utils import numberformat
from django.utils.formats import get_format


def grouped(value: float | str | None) -> str:
    """Write a number with the language's marks (240.000 in German); text stays as it is.

    Django groups nothing in Arabic; with Latin digits the comma is usual there.
    """
    if value is None or isinstance(value, str):
        return value or ""
    if size := get_format("NUMBER_GROUPING"):
        marks = get_format("DECIMAL_SEPARATOR"), get_format("THOUSAND_SEPARATOR")
    else:
        size, marks = 3, (".", ",")
    return numberformat.format(
        value, marks[0], grouping=size, thousand_sep=marks[1], force_grouping=True
    )
