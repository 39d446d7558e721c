"""Numbers as people read them."""

from django.utils.formats import number_format


def grouped(value: float | str | None) -> str:
    """Write a number with the language's marks (240.000 in German); text stays as it is."""
    if value is None or isinstance(value, str):
        return value or ""
    return number_format(value, use_l10n=True, force_grouping=True)
