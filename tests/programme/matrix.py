"""The sites are for everybody."""

from tests.matrix import Row


def _mine(world):
    return {"slug": world.mine.slug}


ROWS = [
    Row(name="programme:sites", others=200, anonymous=200),
    Row(name="programme:sites", query="?q=86150", others=200, anonymous=200),
    Row(name="programme:sites_geojson", others=200, anonymous=200, is_page=False),
    Row(name="programme:site_public", kwargs=_mine, others=200, anonymous=200),
]
