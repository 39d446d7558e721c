"""What an entry of the audit trail tells is named in the reader's language."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tandemwerk.programme.queries.trail import KEYS

SOURCE = Path(__file__).parents[2] / "src" / "tandemwerk"


def told_keys() -> Iterator[str]:
    """Return the keys of the details that services write down."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if _is_told(node) and isinstance(node.value, ast.Dict):
                yield from (key.value for key in node.value.keys if isinstance(key, ast.Constant))


def _is_told(node: ast.AST) -> bool:
    if isinstance(node, ast.keyword):
        return node.arg == "changes"
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "changes"


def test_every_detail_has_a_name_in_words():
    assert sorted(set(told_keys()) - KEYS.keys()) == []
