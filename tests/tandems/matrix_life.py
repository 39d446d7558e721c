"""What each role gets at the addresses of the tandem's life."""

from tests.matrix import Row

ROWS: list[Row] = []
