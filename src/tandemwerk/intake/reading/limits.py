"""How much of a file is read before it is refused."""

from typing import Final

MAX_BYTES: Final = 10 * 1024 * 1024
#: All parts of the archive together. 20,000 rows of 20 columns take about 25 MB.
MAX_UNPACKED_BYTES: Final = 64 * 1024 * 1024
MAX_ARCHIVE_MEMBERS: Final = 1_000
#: Rows that hold something, over all sheets.
MAX_ROWS: Final = 20_000
#: Where the last row may stand, empty ones counted.
MAX_ROW_NUMBER: Final = 100_000
MAX_COLUMNS: Final = 200
MAX_SHEETS: Final = 50
#: What Excel itself allows in one cell.
MAX_CELL_LENGTH: Final = 32_767
