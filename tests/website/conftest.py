from uuid import uuid4

import pytest
from django.core.cache import cache
from wagtail.models import Site

from tandemwerk.website.models import ContactPage, HomePage
from tandemwerk.website.services import make_website
from tandemwerk.website.services.roots import ensure_locale, ensure_root
from tests.factories import NOON


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Forget what another test's pages left in the cache: paths of sites, figures, sitemaps."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def website(db):
    """Make the whole website, in every language."""
    make_website(at=NOON)


@pytest.fixture
def contact_pages(db):
    """Make start and contact page alone, in three languages: quicker than the whole website."""
    root = ensure_root()
    home_key, page_key = uuid4(), uuid4()
    for code in ("de", "en", "fa"):
        place = {"locale": ensure_locale(code)}
        doors = dict.fromkeys(("help_title", "help_text", "new_title", "new_text"), "Tür")
        home = HomePage(
            title="Start", slug=f"website-{code}", translation_key=home_key, **doors, **place
        )
        root.add_child(instance=home)
        page = ContactPage(
            title="Kontakt",
            slug="contact",
            translation_key=page_key,
            mail="office@example.org",
            office="Büro",
            **place,
        )
        home.add_child(instance=page)
    first = HomePage.objects.get(locale__language_code="de")
    Site.objects.create(hostname="testserver", root_page=first, is_default_site=True)
