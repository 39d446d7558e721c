"""The languages that articles and pages are written in, as Wagtail's rows."""

from django.conf import settings
from wagtail.models import Locale


def ensure_locale(code: str) -> Locale:
    """Return the locale of a language, made where it is missing."""
    return Locale.objects.get_or_create(language_code=code)[0]


def ensure_locales() -> list[Locale]:
    """Return the locales of all languages of the interface."""
    return [ensure_locale(code) for code, _name in settings.LANGUAGES]
