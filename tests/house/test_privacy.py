"""What people read about themselves is named in their language."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tandemwerk.core.privacy import names

SOURCE = Path(__file__).parents[2] / "src" / "tandemwerk"


def exported_names(path: Path) -> Iterator[str]:
    """Return the names of the facts that a room gives out: keys of the outermost dictionaries."""

    def outermost(node: ast.AST) -> Iterator[ast.Dict]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Dict):
                yield child
            else:
                yield from outermost(child)

    for function in ast.walk(ast.parse(path.read_text())):
        if isinstance(function, ast.FunctionDef):
            for found in outermost(function):
                yield from (key.value for key in found.keys if isinstance(key, ast.Constant))


@pytest.mark.parametrize(
    "path", sorted(SOURCE.glob("*/privacy*.py")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_every_fact_about_somebody_has_a_name_in_words(path):
    assert sorted(set(exported_names(path)) - names().keys()) == []
