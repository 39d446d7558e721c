"""Deutsch: einfach, freundlich, genau."""

from tandemwerk.website.content.de import legal, sides, start

PAGES = {**start.PAGES, **sides.PAGES, **legal.PAGES}
