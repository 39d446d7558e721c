"""Small counts stay unknown, whatever a reader adds and subtracts."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.core.suppression import SMALL, Cell, Line, protect


def shown(cells: dict[str, Cell]) -> dict[str, str]:
    return {
        key: str(cell.value) if cell.value is not None else "< 5" if cell.is_small else "·"
        for key, cell in cells.items()
    }


def row(*counts: int) -> tuple[dict[str, int], list[Line[str]]]:
    """Return a row of counts named a, b, c, ... and their total."""
    table = {chr(ord("a") + place): count for place, count in enumerate(counts)}
    parts = tuple(table)
    return table | {"all": sum(counts)}, [Line("all", parts)]


def test_nothing_is_kept_back_where_nothing_is_small():
    assert shown(protect(*row(5, 0, 12))) == {"a": "5", "b": "0", "c": "12", "all": "17"}


def test_beside_a_small_count_the_smallest_other_one_is_kept_back():
    assert shown(protect(*row(3, 40, 9))) == {"a": "< 5", "b": "40", "c": "·", "all": "52"}


def test_two_small_counts_that_cover_each_other_need_no_third():
    assert shown(protect(*row(3, 2, 40))) == {"a": "< 5", "b": "< 5", "c": "40", "all": "45"}


def test_two_ones_do_not_cover_each_other():
    """Their sum is two, and each is at least one: everybody could tell."""
    assert shown(protect(*row(1, 1, 40))) == {"a": "< 5", "b": "< 5", "c": "·", "all": "42"}


def test_a_small_total_is_kept_back_as_well():
    assert shown(protect(*row(3, 0, 0))) == {"a": "< 5", "b": "0", "c": "0", "all": "< 5"}


def test_of_four_ones_in_all_not_even_the_total_is_said_to_be_small():
    cells = shown(protect(*row(1, 1, 1, 1)))

    assert cells == {"a": "< 5", "b": "< 5", "c": "< 5", "d": "< 5", "all": "·"}


def test_a_single_count_without_a_sum_is_just_small():
    assert protect({"a": 2, "b": 7}, []) == {"a": Cell(None, is_small=True), "b": Cell(7)}


def test_in_a_table_with_both_margins_one_cell_draws_three_others():
    counts, lines = table([[3, 20, 30], [40, 50, 60], [70, 80, 90]])

    cells = protect(counts, lines)

    kept_back = {key for key, cell in cells.items() if cell.value is None}
    assert kept_back == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_what_is_no_sum_is_refused():
    with pytest.raises(ValueError, match="not the sum"):
        protect({"a": 3, "all": 4}, [Line("all", ("a",))])


def table(cells: list[list[int]]):
    """Return counts and sums of a table with the totals of rows, columns and all."""
    rows, columns = range(len(cells)), range(len(cells[0]))
    counts = {(r, c): cells[r][c] for r in rows for c in columns}
    counts |= {(r, "all"): sum(cells[r]) for r in rows}
    counts |= {("all", c): sum(cells[r][c] for r in rows) for c in columns}
    counts["all", "all"] = sum(map(sum, cells))
    lines = [Line((r, "all"), tuple((r, c) for c in columns)) for r in rows]
    lines += [Line(("all", c), tuple((r, c) for r in rows)) for c in columns]
    lines.append(Line(("all", "all"), tuple((r, "all") for r in rows)))
    lines.append(Line(("all", "all"), tuple(("all", c) for c in columns)))
    return counts, lines


def possible_values(counts, lines, cells, inner):
    """Try every table of small numbers that fits what is published; key -> values it can have."""
    most = max(counts.values())
    choices = []
    for key in inner:
        cell = cells[key]
        if cell.value is not None:
            choices.append([cell.value])
        else:
            choices.append(range(1, SMALL) if cell.is_small else range(most + 3))
    found = {key: set() for key in counts}
    for values in product(*choices):
        whole = dict(zip(inner, values, strict=True))
        for line in lines:
            whole[line.total] = sum(whole[part] for part in line.parts)
        if all(_fits(cells[key], value) for key, value in whole.items()):
            for key, value in whole.items():
                found[key].add(value)
    return found


def _fits(cell: Cell, value: int) -> bool:
    if cell.value is not None:
        return cell.value == value
    return 0 < value < SMALL if cell.is_small else True


def small_ones(counts):
    return [key for key, count in counts.items() if 0 < count < SMALL]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
@settings(deadline=None, max_examples=50)
def test_no_small_count_of_a_row_can_be_recomputed(values):
    counts, lines = row(*values)

    cells = protect(counts, lines)

    found = possible_values(counts, lines, cells, [key for key in counts if key != "all"])
    assert [key for key in small_ones(counts) if len(found[key]) < 2] == []


@given(st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=2, max_size=2))
@settings(deadline=None, max_examples=50)
def test_no_small_count_of_a_table_can_be_recomputed(values):
    counts, lines = table(values)

    cells = protect(counts, lines)

    found = possible_values(counts, lines, cells, list(product(range(2), range(2))))
    assert [key for key in small_ones(counts) if len(found[key]) < 2] == []


@given(st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=2))
@settings(deadline=None, max_examples=40)
def test_no_small_count_of_two_linked_tables_can_be_recomputed(values):
    """The same total by two divisions: by rows and by another grouping of the same people."""
    flat = [count for row in values for count in row]
    counts = {f"x{place}": count for place, count in enumerate(flat)}
    counts |= {"p": sum(flat[:2]), "q": sum(flat[2:])}
    counts |= {"r": flat[0] + flat[2], "s": sum(flat) - flat[0] - flat[2]}
    counts["all"] = sum(flat)
    lines = [
        Line("p", ("x0", "x1")),
        Line("q", ("x2", "x3", "x4", "x5")),
        Line("r", ("x0", "x2")),
        Line("s", ("x1", "x3", "x4", "x5")),
        Line("all", ("p", "q")),
        Line("all", ("r", "s")),
    ]

    cells = protect(counts, lines)

    if sum(cells[f"x{place}"].value is None for place in range(6)) > 4:
        return  # more tables than a test can try
    found = possible_values(counts, lines, cells, [f"x{place}" for place in range(6)])
    assert [key for key in small_ones(counts) if len(found[key]) < 2] == []


@given(st.lists(st.lists(st.integers(0, 60), min_size=4, max_size=4), min_size=5, max_size=5))
@settings(deadline=None, max_examples=20)
def test_what_is_shown_is_true(values):
    counts, lines = table(values)

    cells = protect(counts, lines)

    for key, cell in cells.items():
        assert cell.value in {None, counts[key]}
        assert not cell.is_small or 0 < counts[key] < SMALL
