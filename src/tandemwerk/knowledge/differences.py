"""What differs between two texts, word by word, for people to read.

Paragraphs are compared first and words only within those that changed: long texts stay quick, and a
moved comma does not turn a whole page red.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final, Literal

_WORD: Final = re.compile(r"\w+|\s+|[^\w\s]")
#: Longer paragraphs are compared as a whole: nobody reads the words of such a change one by one.
MAX_WORDS: Final = 3_000

Kind = Literal["same", "added", "removed"]


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, came or went."""

    kind: Kind
    text: str


@dataclass(frozen=True, kw_only=True)
class FieldDifference:
    """One field of two versions: both texts and the pieces that lead from old to new."""

    label: Any
    old: str
    new: str
    pieces: tuple[Piece, ...]

    @property
    def has_changed(self) -> bool:
        return self.old != self.new


def differences(old: str, new: str) -> list[Piece]:
    """Return the pieces that turn ``old`` into ``new``.

    >>> differences("Wir trinken Tee.", "Wir trinken Kaffee.")[1:3]
    [Piece(kind='removed', text='Tee'), Piece(kind='added', text='Kaffee')]
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    return _joined(_compared(before, after, deeper=True))


def _compared(old: Sequence[str], new: Sequence[str], *, deeper: bool) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for step, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone, come = old[old_from:old_to], new[new_from:new_to]
        if step == "equal":
            yield Piece("same", "".join(gone))
        elif step == "replace" and deeper:
            words_before = _WORD.findall("".join(gone))
            words_after = _WORD.findall("".join(come))
            if len(words_before) + len(words_after) <= MAX_WORDS:
                yield from _compared(words_before, words_after, deeper=False)
            else:
                yield from _whole(gone, come)
        else:
            yield from _whole(gone, come)


def _whole(gone: Sequence[str], come: Sequence[str]) -> Iterator[Piece]:
    if gone:
        yield Piece("removed", "".join(gone))
    if come:
        yield Piece("added", "".join(come))


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """Join neighbours of one kind."""
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].kind == piece.kind:
            found[-1] = Piece(piece.kind, found[-1].text + piece.text)
        elif piece.text:
            found.append(piece)
    return found


def compare_fields(
    old: Mapping[str, str], new: Mapping[str, str], labels: Mapping[str, Any]
) -> list[FieldDifference]:
    """Return the fields in which two versions differ, in the order of ``labels``."""
    found = []
    for name, label in labels.items():
        before, after = old.get(name, ""), new.get(name, "")
        if before != after:
            pieces = tuple(differences(before, after))
            found.append(FieldDifference(label=label, old=before, new=after, pieces=pieces))
    return found
