"""Українська: просто, привітно, точно; на «Ви»."""

from tandemwerk.website.content.uk import legal, sides, start

PAGES = {**start.PAGES, **sides.PAGES, **legal.PAGES}
