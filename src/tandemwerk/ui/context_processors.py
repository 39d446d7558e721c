"""What every page knows: its languages, its direction and how the visitor wants to see it."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info

from tandemwerk.ui.parts import PageLanguage

THEMES: Final = ("light", "dark")
CONTRASTS: Final = ("more", "normal")


def page_languages(request: HttpRequest) -> list[PageLanguage]:
    """Return this page in each language of the interface, under its own name."""
    current = get_language()
    languages = []
    for code, _name in settings.LANGUAGES:
        info = get_language_info(code)
        name = info["name_local"]
        languages.append(
            PageLanguage(
                code=code,
                name=name[:1].upper() + name[1:],
                url=translate_url(request.get_full_path(), code),
                is_rtl=info["bidi"],
                is_current=code == current,
            )
        )
    return languages


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
