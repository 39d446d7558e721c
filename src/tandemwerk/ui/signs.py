"""The small signs that a page shows by the dozen: icons and badges.

Functions and no templates: a list draws a hundred of them. Tables call them for their cells, and
``{% icon %}`` and ``{% badge %}`` are these.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tandemwerk.ui.parts import SHAPE_OF_TONE

#: Icons that point along the reading direction and turn with it.
FLOWING: Final = {
    "arrow-left",
    "arrow-right",
    "box-arrow-in-right",
    "box-arrow-right",
    "chevron-left",
    "chevron-right",
    "reply",
    "send",
}
_RING: Final = '<circle cx="6" cy="6" r="4.5" fill="none" stroke-width="1.6" />'
_SHAPES: Final = {
    "whole": '<circle cx="6" cy="6" r="5" stroke="none" />',
    "half": f'{_RING}<path d="M6 1.5a4.5 4.5 0 0 0 0 9z" stroke="none" />',
    "ring": _RING,
    "dot": '<circle cx="6" cy="6" r="3" stroke="none" />',
    "square": '<rect x="1.5" y="1.5" width="9" height="9" rx="1.5" stroke="none" />',
    "triangle": '<path d="M6 1 11.5 11h-11z" stroke-width="1" stroke-linejoin="round" />',
    "bar": '<path d="M3.5 2v8M8.5 2v8" fill="none" stroke-width="2.4" stroke-linecap="round" />',
}


def icon(name: str, label: Any = "", size: str = "") -> SafeString:
    """Draw an icon of the sprite (frontend/icons.txt). Without ``label`` it is decoration."""
    if not label:
        return _decoration(name, size)
    return format_html(
        '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>',
        _classes(name, size),
        label,
        _address(name),
    )


@lru_cache(maxsize=512)
def _decoration(name: str, size: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>',
        _classes(name, size),
        _address(name),
    )


def _classes(name: str, size: str) -> str:
    flow = " icon--flow" if name in FLOWING else ""
    return f"icon{flow} icon--{size}" if size else f"icon{flow}"


def _address(name: str) -> str:
    return f"{static('ui/build/icons.svg')}#{name}"


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Put drawn parts one behind the other."""
    return mark_safe("".join(parts))  # noqa: S308 - the parts are safe, as their type says


def badge(text: Any, tone: str = "neutral", shape: str = "") -> SafeString:
    """Show a state: word, shape and tone (good, careful, bad, note, primary, accent, neutral)."""
    return _badge(text if isinstance(text, SafeString) else str(text), tone, shape)


@lru_cache(maxsize=512, typed=True)  # a word that is safe as it is differs from one to be escaped
def _badge(text: str, tone: str, shape: str) -> SafeString:
    return format_html(
        '<span class="badge tone-{}"><svg class="badge__shape" viewBox="0 0 12 12"'
        ' aria-hidden="true" focusable="false">{}</svg>{}</span>',
        tone,
        mark_safe(_SHAPES.get(shape or SHAPE_OF_TONE.get(tone, "ring"), "")),  # noqa: S308 - ours
        text,
    )
