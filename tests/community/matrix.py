"""What each role gets at the addresses of the community, part by part."""

import importlib
from pathlib import Path

ROWS = [
    row
    for file in sorted(Path(__file__).parent.glob("matrix_*.py"))
    for row in importlib.import_module(f"tests.community.{file.stem}").ROWS
]
