"""Low, best, high: drawn as bounds, and never called a change that they do not carry."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from brieftools.charts import bounds
from brieftools.errors import IncidentError
from charts.article import svg_texts
from charts.geometry import outside, touching

YEARS = pd.DataFrame(
    [(2012, 714, 769, 772), (2013, 2073, 2144, 2200), (2014, 4187, 4187, 4522), (2015, 5777, 6042, 6966), (2016, 3494, 3718, 4041)],
    columns=["year", "deaths_low", "deaths_best", "deaths_high"],
)


def _two(before: tuple, last: tuple) -> pd.DataFrame:
    return pd.DataFrame([(2015, *before), (2016, *last)], columns=YEARS.columns)


def test_a_fall_is_claimed_where_the_bounds_are_apart():
    """At most 4,041 in 2016, at least 5,777 in 2015."""
    chart = bounds(YEARS, subject="Reported civilian deaths", place="world")
    assert chart.title == "Reported civilian deaths fell from 6,042 in 2015 to 3,718 in 2016"
    assert chart.subtitle == "Reported civilian deaths per year: low, best and high, world, 2012–2016"
    assert "The bounds of these two do not overlap" in chart.alt
    assert "bounds and not an interval" in chart.source


@pytest.mark.parametrize(
    ("before", "last", "title"),
    [
        ((90, 100, 110), (110, 150, 200), "Deaths: bounds of 2015 and 2016 overlap, no clear change"),
        ((90, 100, 110), (111, 150, 200), "Deaths rose from 100 in 2015 to 150 in 2016"),
        ((100, 100, None), (10, 10, 10), "Deaths: 100 in 2015, 10 in 2016"),
        ((200, 100, 110), (120, 150, 200), "Deaths: bounds of 2015 and 2016 overlap, no clear change"),  # a low above its high still counts
    ],
)
def test_no_change_is_claimed_where_bounds_touch_or_are_missing(before, last, title):
    """The outer of the three numbers decides, whatever its column is called."""
    assert bounds(_two(before, last), subject="deaths").title == title


def test_numbers_in_the_drawing():
    """Best numbers above their bars, the ends of the last bar in words."""
    texts = svg_texts(bounds(YEARS, subject="x").payload()["data"])
    for text in ("769", "2,144", "4,187", "6,042", "3,718", "high 4,041", "low 3,494", "2012", "2016", "0"):
        assert text in texts


def test_bars_run_from_low_to_high_with_a_tick_at_best():
    """The axis starts at zero and the marks lie at the numbers."""
    axes = bounds(YEARS, subject="x").figure.axes[0]
    assert axes.get_ylim()[0] == 0
    spans = [tuple(line.get_ydata()) for line in axes.lines if len(line.get_ydata()) == 2]
    assert spans == [(714, 772), (2073, 2200), (4187, 4522), (5777, 6966), (3494, 4041)]
    assert [line.get_ydata()[0] for line in axes.lines if line.get_marker() == "_"] == [769, 2144, 4187, 6042, 3718]


def test_rows_out_of_order_are_drawn_at_their_outer_values_and_counted():
    """Syria in March 2016: low 1,333 above best 1,330."""
    chart = bounds(_two((90, 100, 110), (1333, 1330, 1342)), subject="x")
    assert "1 row of 2 breaks low ≤ best ≤ high and is drawn at the outer values" in chart.source
    assert (1330, 1342) in [tuple(line.get_ydata()) for line in chart.figure.axes[0].lines if len(line.get_ydata()) == 2]
    assert chart.payload()["table"]["rows"][1] == ["2016", "1333", "1330", "1342"]


def test_missing_bounds_and_unknown_numbers_are_said():
    """Unknown is a question mark, never zero."""
    chart = bounds(_two((None, 5, None), (None, None, None)), subject="deaths")
    assert "?" in svg_texts(chart.payload()["data"])
    assert "Unknown: 2016" in chart.source
    assert chart.payload()["table"]["rows"][1] == ["2016", "", "", ""]


def test_months_are_written_out():
    """2017-03 is March 2017 for a reader."""
    frame = YEARS.tail(2).assign(month=["2017-02", "2017-03"])
    chart = bounds(frame, subject="Deaths", period="month")
    assert chart.title == "Deaths fell from 6,042 in February 2017 to 3,718 in March 2017"


def test_empty_and_single_tables_are_drawn():
    """No row: it says so. One row: a number without a comparison."""
    assert bounds(YEARS.head(0), subject="Deaths").title == "No numbers on record in this period"
    assert bounds(YEARS.tail(1), subject="Deaths").title == "Deaths: 3,718 in 2016"


def test_what_cannot_be_read_is_named():
    """A missing column, a number below zero."""
    with pytest.raises(IncidentError, match="no column 'deaths_best'"):
        bounds(YEARS.drop(columns="deaths_best"), subject="x")
    with pytest.raises(IncidentError, match="no number of 0 or more"):
        bounds(_two((1, 2, 3), (-1, 2, 3)), subject="x")


NUMBER = st.none() | st.integers(0, 9) | st.integers(0, 3_000_000)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example([*[(None, None, None)] * 14, (None, 1000.0, None)], 60)
@given(st.lists(st.tuples(NUMBER, NUMBER, NUMBER), max_size=30), st.sampled_from([60, 84, 108, 116, 174]))
def test_any_table_is_drawn_inside_its_sheet_with_labels_apart(rows, width):
    """Whatever the numbers, no word leaves the sheet or covers another word or mark; a change needs bounds apart."""
    frame = pd.DataFrame([(2000 + n, *row) for n, row in enumerate(rows)], columns=YEARS.columns)
    chart = bounds(frame, subject="Deaths", width=width)
    assert outside(chart.figure) == []
    assert touching(chart.figure) == []
    known = [row for row in rows if row[1] is not None][-2:]
    if len(known) == 2 and all(None not in row for row in known):
        apart = max(known[0]) < min(known[1]) or min(known[0]) > max(known[1])
        assert ("rose" in chart.title or "fell" in chart.title) == apart
    else:
        assert "rose" not in chart.title
        assert "fell" not in chart.title
