"""What every page knows: its languages, its direction and how the visitor wants to see it."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info

from tandemwerk.ui.parts import PageLanguage

THEMES: Final = ("light", "dark")
CONTRASTS: Final = ("more", "normal")


@dataclass(frozen=True)
class _Language:
    """A language of the interface, as it calls itself."""

    code: str
    name: str
    is_rtl: bool


@cache
def _languages() -> list[_Language]:
    known = [(code, get_language_info(code)) for code, _name in settings.LANGUAGES]
    return [
        _Language(code, info["name_local"][:1].upper() + info["name_local"][1:], info["bidi"])
        for code, info in known
    ]


def page_languages(request: HttpRequest) -> list[PageLanguage]:
    """Return this page in each language of the interface, under its own name.

    Only the first part of an address differs between languages, so none is looked up.
    """
    current = get_language() or settings.LANGUAGE_CODE
    address, prefix = request.get_full_path(), f"/{current}/"
    rest = address.removeprefix(prefix)
    return [
        PageLanguage(
            code=each.code,
            name=each.name,
            url=address if rest == address else f"/{each.code}/{rest}",
            is_rtl=each.is_rtl,
            is_current=each.code == current,
        )
        for each in _languages()
    ]


def look(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``page_languages``; ``look.theme``, ``look.contrast``, ``look.base_url``.

    A view that knows better addresses in other languages (a page of the website whose
    slug differs) puts its own ``page_languages`` into its context.
    """
    theme = request.COOKIES.get("theme")
    contrast = request.COOKIES.get("contrast")
    return {
        "page_languages": SimpleLazyObject(lambda: page_languages(request)),
        "look": {
            "theme": theme if theme in THEMES else "",
            "contrast": contrast if contrast in CONTRASTS else "",
            "base_url": settings.BASE_URL,
        },
    }
