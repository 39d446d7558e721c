from tests.matrix import Row

ROWS = [
    Row(name="places:lookup", query="?q=Augs", others=200, anonymous=200, is_page=False),
]
