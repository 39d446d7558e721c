"""States are data: a table says which state may follow which."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import TypeVar

S = TypeVar("S", bound=str)


class IllegalMoveError(Exception):
    """A thing cannot go from its present state to the wanted one."""

    def __init__(self, current: str, target: str) -> None:
        super().__init__(f"{current} cannot become {target}")
        self.current = current
        self.target = target


def check_move(table: Mapping[S, AbstractSet[S]], *, current: S, target: S) -> None:
    """Raise IllegalMoveError unless ``table`` lets ``target`` follow ``current``."""
    if target not in table.get(current, frozenset()):
        raise IllegalMoveError(current, target)
