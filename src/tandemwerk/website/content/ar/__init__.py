"""العربية: بسيطة وودودة ودقيقة."""

from tandemwerk.website.content.ar import legal, sides, start

PAGES = {**start.PAGES, **sides.PAGES, **legal.PAGES}
