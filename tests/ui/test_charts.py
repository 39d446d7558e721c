import itertools

import pytest
from django.template import Context, Template
from django.utils.translation import override

from tandemwerk.ui.charts import (
    BarChart,
    Column,
    LineChart,
    Series,
    StackedBarChart,
    nice_ceiling,
    spark_path,
)


def drawn(chart) -> str:
    return Template("{% load ui %}{% chart chart %}").render(Context({"chart": chart}))


def bars(**changes) -> BarChart:
    values = {"title": "More in Berlin", "categories": ["Bayern", "Berlin"], "values": [50, 200]}
    return BarChart(**values | changes)


def test_the_longest_bar_leaves_room_for_its_number():
    with override("de"):
        rows = bars().drawing().rows

    assert [(row.bars[0].x, row.bars[0].width, row.text) for row in rows] == [
        (0, 21.0, "50"),
        (0, 84.0, "200"),
    ]


def test_in_arabic_bars_grow_from_the_right():
    with override("ar"):
        drawing = bars().drawing()

    assert [(row.bars[0].x, row.bars[0].width) for row in drawing.rows] == [(79.0, 21.0), (16, 84)]
    assert (drawing.edge, drawing.step) == (100.0, -8)


def test_the_bar_the_title_speaks_of_stands_out():
    rows = bars(highlight=1).drawing().rows

    assert [row.bars[0].tone for row in rows] == [4, 1]


def test_bars_of_nothing_are_drawn_without_dividing_by_it():
    rows = bars(values=[0, 0]).drawing().rows

    assert [row.bars[0].width for row in rows] == [0, 0]


def test_segments_follow_each_other_and_small_ones_carry_no_number():
    chart = StackedBarChart(
        title="Most go on",
        categories=["2025"],
        series=[Series("running", [90]), Series("trial", [8]), Series("paused", [2])],
    )

    with override("de"):
        row = chart.drawing().rows[0]

    assert [(bar.x, bar.width, bar.text) for bar in row.bars] == [
        (0.0, 75.6, "90"),
        (75.6, 6.72, ""),
        (82.32, 1.68, ""),
    ]
    assert row.text == "100"


def test_the_table_may_tell_more_than_is_drawn():
    chart = StackedBarChart(
        title="Half found one",
        categories=["2025"],
        series=[Series("found", [4]), Series("waiting", [4])],
        columns=[Column("came", ["8"]), Column("after days", ["12"])],
        heading="Year",
    )

    assert chart.table.head == ["Year", "came", "after days"]
    assert chart.table.rows == [("2025", ["8", "12"])]


def test_shares_fill_the_whole_width():
    chart = StackedBarChart(
        title="Half and half",
        categories=["a", "b"],
        series=[Series("one", [1, 30]), Series("other", [1, 10])],
        is_share=True,
    )

    rows = chart.drawing().rows

    assert [[bar.width for bar in row.bars] for row in rows] == [[50.0, 50.0], [75.0, 25.0]]


def test_names_at_the_ends_of_lines_never_cover_each_other():
    chart = LineChart(
        title="Close together",
        categories=["1", "2"],
        series=[Series("a", [1, 100]), Series("b", [1, 99]), Series("c", [1, 98])],
    )

    ys = sorted(line.label_y for line in chart.drawing().lines)

    assert all(below - above >= 19 for above, below in itertools.pairwise(ys))


def test_a_long_axis_shows_first_and_last_and_at_most_four_names():
    months = [str(month) for month in range(1, 25)]
    chart = LineChart(title="Two years", categories=months, series=[Series("a", [*range(24)])])

    ticks = chart.drawing().x_ticks

    assert [tick.text for tick in ticks] == ["1", "9", "16", "24"]
    assert [tick.anchor for tick in ticks] == ["start", "middle", "middle", "end"]


def test_a_line_of_one_point_and_a_chart_of_nothing_are_drawn():
    one = LineChart(title="New", categories=["2025"], series=[Series("a", [3])])
    nothing = LineChart(title="New", categories=[], series=[Series("a", [])])

    assert (one.drawing().lines[0].path, nothing.drawing().lines) == ("M50 0", [])


def test_a_series_that_does_not_fit_the_categories_is_refused():
    with pytest.raises(ValueError, match="one value for each category"):
        bars(values=[1])


@pytest.mark.parametrize(
    ("value", "ceiling"), [(0, 1), (0.3, 0.3), (7, 8), (137, 160), (1240, 1600), (9001, 10000)]
)
def test_an_axis_ends_where_its_half_reads_well(value, ceiling):
    assert nice_ceiling(value) == pytest.approx(ceiling)


def test_a_chart_says_its_sentence_and_keeps_its_numbers_as_a_table():
    with override("de"):
        html = drawn(bars(values=[1200, 34000], heading="Land", value_heading="wartend"))

    assert html.count("More in Berlin") == 2
    assert '<td class="num">34.000</td>' in html
    assert 'role="img"' in html


def test_a_chart_writes_coordinates_with_points_in_every_language():
    for language in ("de", "uk", "fa"):
        with override(language):
            html = drawn(bars(values=[1, 3]))

        assert 'width="28.0%"' in html


def test_what_people_typed_is_escaped_in_a_chart():
    html = drawn(bars(categories=["<b>", "Berlin"]))

    assert "<b>" not in html


def test_a_sparkline_runs_along_the_reading_direction():
    with override("de"):
        left_to_right = spark_path([1, 2])
    with override("fa"):
        right_to_left = spark_path([1, 2])

    assert left_to_right == ("M4 24L92 4", (92.0, 4.0))
    assert right_to_left == ("M92 24L4 4", (4.0, 4.0))
    assert spark_path([]) == ("", None)
