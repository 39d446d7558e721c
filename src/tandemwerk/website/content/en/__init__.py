"""English: plain, kind, exact."""

from tandemwerk.website.content.en import legal, sides, start

PAGES = {**start.PAGES, **sides.PAGES, **legal.PAGES}
