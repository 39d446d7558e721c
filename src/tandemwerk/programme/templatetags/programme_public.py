"""The search for a place, wherever a page wants it."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse

register = template.Library()


@register.inclusion_tag("programme/public/search.html", takes_context=True)
def place_search(
    context: template.Context,
    typed: str = "",
    *,
    keep: Iterable[str] | str = "",
    action: str = "",
    label: Any = "",
) -> dict[str, Any]:
    """Ask for a postcode or place (``q``), answered by the list of sites or by ``action``.

    The parameters of the address named in ``keep`` (names, or a text with names) go along.
    """
    given = context["request"].GET
    names = keep.split() if isinstance(keep, str) else keep
    return {
        "typed": typed,
        "kept": [(name, value) for name in names for value in given.getlist(name) if value],
        "action": action or reverse("programme:sites"),
        "label": label,
    }
