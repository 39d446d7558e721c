"""What search engines may find: pages of the editors, the sites, and what the platform makes."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page

from tandemwerk.programme.models import Site


class _InAllLanguages(Sitemap[Any]):
    """Entries with their alternates in the other languages."""

    i18n = True
    alternates = True
    x_default = True


class PageGroup:
    """A page with its translations: language -> address."""

    def __init__(self) -> None:
        self.urls: dict[str, str] = {}
        self.changed_at: datetime | None = None

    def add(self, page: Page) -> None:
        """Take a translation in."""
        self.urls[page.locale.language_code] = page.url
        times = [at for at in (self.changed_at, page.last_published_at) if at]
        self.changed_at = max(times, default=None)


class PageSitemap(_InAllLanguages):
    """The live pages of the editors."""

    x_default = False

    def items(self) -> list[PageGroup]:
        groups: dict[Any, PageGroup] = {}
        pages = Page.objects.live().public().filter(depth__gt=1).select_related("locale")
        for page in pages.order_by("path"):
            if page.url:
                groups.setdefault(page.translation_key, PageGroup()).add(page)
        return [*groups.values()]

    def get_languages_for_item(self, item: PageGroup) -> list[str]:
        return [*item.urls]

    def location(self, item: PageGroup) -> str:
        return item.urls[get_language() or "de"]

    def lastmod(self, item: PageGroup) -> datetime | None:
        return item.changed_at


class PartSitemap(_InAllLanguages):
    """Pages that the platform makes."""

    def items(self) -> list[str]:
        return ["programme:sites", "website:join"]

    def location(self, item: str) -> str:
        return reverse(item)


class SiteSitemap(_InAllLanguages):
    """Each public site."""

    def items(self) -> list[str]:
        return [*Site.objects.public().order_by("pk").values_list("slug", flat=True)]

    def location(self, item: str) -> str:
        return reverse("programme:site_public", kwargs={"slug": item})


SECTIONS = {"pages": PageSitemap, "parts": PartSitemap, "sites": SiteSitemap}
