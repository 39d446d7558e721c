"""What the parts of a page ask the platform for."""

from django import template

from tandemwerk.ui.parts import Figure
from tandemwerk.website import queries

register = template.Library()


@register.simple_tag
def programme_figures() -> list[Figure]:
    """Return the programme's numbers, counted no more than once an hour."""
    return queries.figures()


@register.simple_tag
def public_points() -> list[tuple[float, float]]:
    """Return where the public sites are."""
    return queries.public_points()
