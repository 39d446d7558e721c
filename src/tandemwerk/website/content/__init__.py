"""The first words of the website, in every language: data that ``make_website`` turns into pages.

After that editors change the pages and not these files. All languages have the same pages with the
same parts (a test holds them to it). Addresses are written ``/~/join/``: the tilde is the language.
"""

from importlib import import_module

from tandemwerk.website.content.shape import PageWords

__all__ = ["PageWords", "pages_of"]


def pages_of(code: str) -> dict[str, PageWords]:
    """Return the pages of a language by slug; the start page is ``home``."""
    pages: dict[str, PageWords] = import_module(f"{__name__}.{code}").PAGES
    return pages
