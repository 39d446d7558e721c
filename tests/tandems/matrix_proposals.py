"""What each role gets at the addresses of suggestions, proposals and answers."""

from tests.matrix import Row

ROWS: list[Row] = []
