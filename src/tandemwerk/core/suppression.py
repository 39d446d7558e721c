"""Small counts kept back, so that nobody can be recognised and nothing can be recomputed.

A count of one to four is shown as «< 5». That alone protects nobody: whoever knows the total and
all other parts subtracts. So further counts are kept back until no small one follows from what is
published (complementary suppression, see Hundepool et al., Statistical Disclosure Control, 2012,
chapter 4). The check is exact for what a reader can compute: for each small count a linear
programme asks how low and how high it may be, given every published number and every sum; it is
safe when at least two values are possible.

What it does not cover: somebody who writes the tables down every day and subtracts yesterday's.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

K = TypeVar("K", bound=Hashable)

#: Counts below this and above nothing are small.
SMALL: Final = 5
_CLOSE: Final = 1e-6


@dataclass(frozen=True)
class Line(Generic[K]):
    """A sum that is published with its parts: ``total`` is what ``parts`` add up to."""

    total: K
    parts: tuple[K, ...]

    @property
    def members(self) -> frozenset[K]:
        return frozenset((self.total, *self.parts))


@dataclass(frozen=True)
class Cell:
    """A count as it may be shown: the number, or nothing, and whether it is known to be small."""

    value: int | None
    is_small: bool = False


def protect(counts: Mapping[K, int], lines: Sequence[Line[K]]) -> dict[K, Cell]:
    """Return each count as it may be shown, so that no small one can be recomputed.

    Every key of ``lines`` has a count, and each total is the sum of its parts. Of several counts
    that could be kept back beside a small one the smallest is taken, parts before totals; equal
    ones in the order of ``counts``. Small tables only: each round solves some linear programmes
    over what is kept back. Raises ValueError where a sum is none.

    >>> cells = protect({"a": 3, "b": 8, "c": 9, "all": 20}, [Line("all", ("a", "b", "c"))])
    >>> [cell.value for cell in cells.values()], cells["a"].is_small
    ([None, None, 9, 20], True)
    """
    for line in lines:
        if counts[line.total] != sum(counts[part] for part in line.parts):
            raise ValueError(f"{line.total} is not the sum of its parts")
    small = [key for key, count in counts.items() if 0 < count < SMALL]
    hidden = _Hidden(counts, lines, small)
    hidden.leave_no_sum_with_one_unknown()
    while small := hidden.exposed(small):  # what is safe stays safe when more is kept back
        hidden.cover(small)
        hidden.leave_no_sum_with_one_unknown()
    return {
        key: Cell(None, is_small=key in hidden.said_small) if key in hidden.keys else Cell(count)
        for key, count in counts.items()
    }


class _Hidden(Generic[K]):
    """What is kept back so far, and what can still be found out."""

    def __init__(
        self, counts: Mapping[K, int], lines: Sequence[Line[K]], small: Iterable[K]
    ) -> None:
        self.counts = counts
        self.lines = lines
        self.totals = {line.total for line in lines}
        self.place = {key: number for number, key in enumerate(counts)}
        #: All that is kept back, and those of which «< 5» is said.
        self.keys: set[K] = set(small)
        self.said_small: set[K] = set(self.keys)

    def leave_no_sum_with_one_unknown(self) -> None:
        """Keep back one more count in each sum that has a single unknown."""
        while single := [line for line in self.lines if len(self._unknown(line)) == 1]:
            self.keys.add(self._cheapest(self._known(single[0]), single))

    def exposed(self, small: Sequence[K]) -> list[K]:
        """Return the small counts of which only one value is possible."""
        unknown = sorted(self.keys, key=self.place.__getitem__)
        return _Puzzle(self, unknown).only_one_value(small) if unknown else []

    def cover(self, exposed: Iterable[K]) -> None:
        """Keep one more count back beside each exposed one, unless that has just been done."""
        done: set[K] = set()
        for key in exposed:
            near: set[K] = set()
            for line in self.lines:
                if key in line.members:
                    near |= line.members
            if near.isdisjoint(done):
                done.add(self._cover(key, near))

    def _cover(self, key: K, near: set[K]) -> K:
        """Keep one more count back, or say less of one that is; return which."""
        known, said = near - self.keys, near & self.said_small
        if not known and said:
            chosen = min(said, key=lambda each: self._worth_saying(each, key))
            self.said_small.discard(chosen)
        elif further := known or set(self.counts) - self.keys:
            chosen = self._cheapest(further, [])
            self.keys.add(chosen)
        else:
            chosen = key
            self.said_small.clear()  # then everything may be anything
        return chosen

    def _unknown(self, line: Line[K]) -> frozenset[K]:
        return line.members & self.keys

    def _known(self, line: Line[K]) -> frozenset[K]:
        return line.members - self.keys

    def _cheapest(self, candidates: Iterable[K], single: Sequence[Line[K]]) -> K:
        """Return the count whose loss hurts least. A nothing helps least, so it comes last.

        Of two alike, the one that helps more sums with a ``single`` unknown is taken.
        """

        def cost(key: K) -> tuple[bool, bool, int, int, int]:
            helps = sum(key in line.members for line in single)
            count = self.counts[key]
            return count == 0, key in self.totals, -helps, count, self.place[key]

        return min(candidates, key=cost)

    def _worth_saying(self, each: K, key: K) -> tuple[bool, bool, int]:
        """Return how much a reader loses without «< 5»: least for a total beside ``key``."""
        return each not in self.totals, each == key, self.place[each]


class _Puzzle(Generic[K]):
    """The sums with unknowns, as a reader has them."""

    def __init__(self, hidden: _Hidden[K], unknown: Sequence[K]) -> None:
        self.column = {key: number for number, key in enumerate(unknown)}
        self.truth = np.array([hidden.counts[key] for key in unknown], dtype=np.float64)
        #: Where nothing is said, twice of everything is as good as no limit.
        most = 2 * self.truth.sum() + 2 * SMALL
        self.bounds = np.array(
            [(1, SMALL - 1) if key in hidden.said_small else (0, most) for key in unknown],
            dtype=np.float64,
        )
        rows: list[int] = []
        columns: list[int] = []
        signs: list[float] = []
        known: list[float] = []
        for line in hidden.lines:
            members = [(line.total, -1.0), *((part, 1.0) for part in line.parts)]
            if not any(key in self.column for key, _sign in members):
                continue
            known.append(0.0)
            for key, sign in members:
                if key in self.column:
                    rows.append(len(known) - 1)
                    columns.append(self.column[key])
                    signs.append(sign)
                else:
                    known[-1] -= sign * hidden.counts[key]
        self.sums: Any = csr_array((signs, (rows, columns)), shape=(len(known), len(unknown)))
        self.known = np.array(known)

    def only_one_value(self, keys: Sequence[K]) -> list[K]:
        """Return those of ``keys`` that can be nothing but what they are."""
        doubtful = [*keys]
        for sign in (1.0, -1.0):  # one look at all of them proves most
            doubtful = self._not_proven_by(dict.fromkeys(doubtful, sign), doubtful)
        certain: list[K] = []
        while doubtful:
            key = doubtful[0]
            for sign in (1.0, -1.0):
                doubtful = self._not_proven_by({key: sign}, doubtful)
            if key in doubtful:
                doubtful.remove(key)
                certain.append(key)
        return certain

    def _not_proven_by(self, wanted: Mapping[K, float], doubtful: Sequence[K]) -> list[K]:
        """Look for other values of ``wanted``; return whom that has not shown to be safe."""
        found = self._solve(wanted)
        return [key for key in doubtful if not self._differs(found, key)]

    def _differs(self, found: NDArray[np.float64], key: K) -> bool:
        place = self.column[key]
        return bool(abs(found[place] - self.truth[place]) >= 1 - _CLOSE)

    def _solve(self, wanted: Mapping[K, float]) -> NDArray[np.float64]:
        """Return what the unknowns may be so that the weighted sum of ``wanted`` is least."""
        weights = np.zeros(len(self.truth))
        for key, weight in wanted.items():
            weights[self.column[key]] = weight
        if not len(self.known):
            return np.where(weights < 0, self.bounds[:, 1], self.bounds[:, 0])
        bounds: Any = self.bounds  # pairs of numbers, whatever the stubs want
        answer = linprog(weights, A_eq=self.sums, b_eq=self.known, bounds=bounds)
        return np.asarray(answer.x, dtype=np.float64)
