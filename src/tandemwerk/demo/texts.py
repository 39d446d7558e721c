"""Reads the texts of the demo's year from ``content/``."""

import tomllib
from importlib.resources import files
from typing import Any


def load(name: str) -> dict[str, Any]:
    """Return what stands in ``content/<name>.toml``."""
    return tomllib.loads((files("tandemwerk.demo") / "content" / f"{name}.toml").read_text("utf-8"))


def load_all(prefix: str, key: str) -> list[dict[str, Any]]:
    """Return the entries ``key`` of all files whose name begins so, in the order of the names."""
    folder = files("tandemwerk.demo") / "content"
    names = sorted(each.name for each in folder.iterdir() if each.name.startswith(prefix))
    return [entry for name in names for entry in load(name.removesuffix(".toml"))[key]]
