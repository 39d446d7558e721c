"""The first website: every page in every language, ready to be changed by editors."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from tandemwerk.core import audit
from tandemwerk.core.actors import SYSTEM
from tandemwerk.knowledge.locales import ensure_locale
from tandemwerk.website.content import PageWords, pages_of
from tandemwerk.website.models import ContactPage, ContentPage, HomePage, LegalPage, WebsitePage
from tandemwerk.website.services.editors import ensure_editor_group
from tandemwerk.website.services.roots import ensure_collection, ensure_root

#: Slug and model of each page below the start page, the same slug in every language.
BELOW_HOME: Final[Mapping[str, type[WebsitePage]]] = {
    "how-it-works": ContentPage,
    "for-volunteers": ContentPage,
    "for-newcomers": ContentPage,
    "for-organisations": ContentPage,
    "contact": ContactPage,
    "imprint": LegalPage,
    "privacy": LegalPage,
    "accessibility": LegalPage,
    "plain-language": LegalPage,
}
_MAIN: Final = "de"


@transaction.atomic
def make_website(*, at: datetime) -> int:
    """Make the pages that are missing in any language. Return how many were made.

    Does nothing to pages that exist, so it may run at every installation and update. Also makes
    what Wagtail's own migrations make, where they did not run.
    """
    root = ensure_root()
    ensure_collection()
    ensure_editor_group()
    made = 0
    homes: dict[str, Page] = {}
    for code in _languages():
        homes[code], is_new = _ensure_home(root, code, homes.get(_MAIN), at=at)
        made += is_new
    _ensure_site(homes[_MAIN])
    for slug, model in BELOW_HOME.items():
        original: Page | None = None
        for code in _languages():
            page, is_new = _ensure_page(homes[code], slug, model, code, original, at=at)
            original = original or page
            made += is_new
    if made:
        audit.record(
            action="website.make_website",
            by=SYSTEM,
            at=at,
            target=homes[_MAIN],
            changes={"pages": made},
        )
    return made


def _languages() -> list[str]:
    """Return the languages, the one that the others are translations of first."""
    codes = [code for code, _name in settings.LANGUAGES]
    return sorted(codes, key=lambda code: code != _MAIN)


def _ensure_home(
    root: Page, code: str, original: Page | None, *, at: datetime
) -> tuple[Page, bool]:
    existing = HomePage.objects.filter(locale__language_code=code).first()
    if existing is not None:
        return existing, False
    home = _page(HomePage, f"website-{code}", code, pages_of(code)["home"], at=at)
    if original is not None:
        home.translation_key = original.translation_key
    return root.add_child(instance=home), True


def _ensure_page(
    home: Page,
    slug: str,
    model: type[WebsitePage],
    code: str,
    original: Page | None,
    *,
    at: datetime,
) -> tuple[Page, bool]:
    """Return the page of that slug below ``home``, or the translation of ``original``."""
    same = Page.objects.child_of(home).filter(slug=slug)
    if original is not None:
        same |= Page.objects.filter(
            locale__language_code=code, translation_key=original.translation_key
        )
    existing = same.first()
    if existing is not None:
        return existing, False
    page = _page(model, slug, code, pages_of(code)[slug], at=at)
    if original is not None:
        page.translation_key = original.translation_key
    return home.add_child(instance=page), True


def _page(
    model: type[WebsitePage], slug: str, code: str, words: PageWords, *, at: datetime
) -> WebsitePage:
    fields: dict[str, Any] = {**words.fields}
    if model is LegalPage:
        fields["as_of"] = date(at.year, at.month, at.day)
    page: WebsitePage = model(
        slug=slug,
        title=words.title,
        lead=words.lead,
        search_description=words.description,
        locale=ensure_locale(code),
        first_published_at=at,
        last_published_at=at,
        **fields,
    )
    block = page._meta.get_field("body").stream_block
    page.body = block.to_python(
        [{"type": kind, "value": _addressed(value, code)} for kind, value in words.body]
    )
    return page


def _addressed(value: Any, code: str) -> Any:
    """Put the language into the addresses of a text: ``href="/~/join/"`` is ``/uk/join/``."""
    if isinstance(value, str):
        return value.replace("/~/", f"/{code}/")
    if isinstance(value, Mapping):
        return {key: _addressed(inner, code) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_addressed(inner, code) for inner in value]
    return value


def _ensure_site(home: Page) -> None:
    """Let Wagtail's site begin at our start page, in place of its own welcome page."""
    address = urlsplit(settings.BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    welcome = site.root_page if site.pk else None
    if welcome is not None and welcome.pk == home.pk:
        return
    if welcome is not None and welcome.specific_class is not Page:
        return  # editors let it begin elsewhere
    site.hostname, site.port = address.hostname or "localhost", port
    site.site_name, site.root_page = settings.WAGTAIL_SITE_NAME, home
    site.save()
    if welcome is not None and not welcome.get_children().exists():
        welcome.delete()
