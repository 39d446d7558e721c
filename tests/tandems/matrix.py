"""What each role gets at the addresses of the room, part by part."""

from tests.tandems import matrix_life, matrix_proposals

ROWS = [*matrix_proposals.ROWS, *matrix_life.ROWS]
