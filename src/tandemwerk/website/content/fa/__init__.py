"""فارسی: ساده، مهربان و دقیق؛ برای خوانندگان دری هم روشن."""

from tandemwerk.website.content.fa import legal, sides, start

PAGES = {**start.PAGES, **sides.PAGES, **legal.PAGES}
