"""Germany as a drawing, made on the server: seen without a script and before any loads."""

from collections.abc import Iterable
from typing import Any, Final

from django import template

from tandemwerk.places import draw_germany
from tandemwerk.places.sources import OUTLINES

register = template.Library()

WIDTH: Final = 300
#: Points nearer to each other than this are one dot, in pixels of the drawing.
GRID: Final = 5


@register.inclusion_tag("programme/public/germany.html")
def germany(points: Iterable[tuple[float, float]], label: Any) -> dict[str, Any]:
    """Draw the Länder with a dot for each point; ``label`` says it in words."""
    drawing = draw_germany(WIDTH)
    spots = (drawing.xy(lat, lon) for lat, lon in points)
    dots = {(round(x / GRID) * GRID, round(y / GRID) * GRID) for x, y in spots}
    return {"drawing": drawing, "dots": sorted(dots), "label": label}


@register.inclusion_tag("programme/public/germany.html")
def locator(latitude: float, longitude: float, label: Any) -> dict[str, Any]:
    """Draw where in Germany one place lies."""
    drawing = draw_germany(WIDTH)
    return {
        "drawing": drawing,
        "pin": drawing.xy(latitude, longitude),
        "label": label,
        "source": OUTLINES,
    }
