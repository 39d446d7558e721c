"""The words of lists, in files that can be read and extended without reading code."""

import tomllib
from importlib.resources import files
from typing import Any


def vocabulary(name: str) -> dict[str, Any]:
    """The word lists of ``<name>.toml``."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))
