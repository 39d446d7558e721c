"""What the website serves beside the editors' pages (``test_pages``, ``test_editors``)."""

from tests.matrix import Row

ROWS = [
    Row(name="website:join", others=200, anonymous=200),
    Row(name="website:join", query="?side=newcomer&q=86150", others=200, anonymous=200),
    Row(name="machines:root", others=302, anonymous=302, is_page=False),
    Row(name="machines:sitemap", others=200, anonymous=200, is_page=False),
    Row(name="machines:robots", others=200, anonymous=200, is_page=False),
    Row(name="machines:security", others=404, anonymous=404, is_page=False),
    Row(name="machines:favicon", others=302, anonymous=302, is_page=False),
    Row(
        name="machines:photo",
        kwargs=lambda _world: {"path": "nothing.webp"},
        others=404,
        anonymous=404,
        is_page=False,
    ),
]
