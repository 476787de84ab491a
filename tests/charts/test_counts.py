"""Counts over time: intervals, quarters, gaps, comparisons."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brieftools.charts import counts
from brieftools.charts.series import Slot, rate
from brieftools.errors import IncidentError, SpecError
from charts.article import svg_texts
from charts.geometry import outside, touching

# Events in Iraq with the group as a side, January 2014 to March 2017 (UCDP GED, derived).
IRAQ = [
    59,
    49,
    23,
    48,
    32,
    100,
    108,
    79,
    75,
    91,
    71,
    61,
    39,
    47,
    61,
    68,
    56,
    60,
    97,
    60,
    63,
    41,
    33,
    49,
    47,
    52,
    58,
    65,
    75,
    66,
    33,
    38,
    38,
    94,
    85,
    51,
    77,
    75,
    84,
]
NIGERIA = [0, 0, 22, 26, 32, 28, 50, 34, 18, 36, 25, 29, 32, 28, 53, 29, 24, 35, 22, 5, 8, 2, 8, 4, 12, 12, 5]
COMPARE = ("2016Q1", "2017Q1")


def _series(values: list[int], start: str) -> pd.DataFrame:
    months = [str(month) for month in pd.period_range(start, periods=len(values), freq="M")]
    return pd.DataFrame({"month": months, "events": values})


def _iraq(**options) -> object:
    return counts(_series(IRAQ, "2014-01"), place="Iraq", compare=COMPARE, baseline=("2015-01", "2016-12"), **options)


def test_the_title_says_what_the_comparison_found():
    """236 events against 157: the exact interval of the ratio excludes 1, the one widened for clustering (0.95-2.43) holds it."""
    chart = _iraq(source="Source: x [@ged].")
    assert chart.title == "No clear change in recorded fighting in Iraq"
    exact = counts(_series(IRAQ, "2014-01"), place="Iraq", compare=COMPARE)
    assert exact.title == "Clear rise in recorded fighting in Iraq: 236 events against 157"
    assert "variance 5.4 times the mean" in chart.source
    assert chart.source.startswith("Source: x [@ged].")
    assert "clustering not examined" in exact.source


def test_a_clear_fall_is_called_one():
    """113 to 29 events: even widened the interval stays below 1."""
    chart = counts(_series(NIGERIA, "2015-01"), place="Nigeria", compare=COMPARE, baseline=("2015-03", "2016-12"), theatre="abroad")
    assert chart.title == "Clear fall in recorded fighting in Nigeria: 29 events against 113"
    assert chart.figure.axes[0].lines[-2].get_marker() == "D"


def test_windows_of_unlike_length_are_compared_per_day():
    """A quarter against a month: the title gives rates, not counts."""
    values = [300, 300, 300, *[20] * 12]
    chart = counts(_series(values, "2016-01"), place="X", compare=(("2016-01", "2016-03"), "2016-06"))
    assert chart.title == "Clear fall in recorded fighting in X: 0.67 events a day against 9.9"


def test_the_order_of_the_windows_does_not_matter():
    """The later one is compared with the earlier one."""
    frame = _series(NIGERIA, "2015-01")
    assert counts(frame, place="N", compare=COMPARE).title == counts(frame, place="N", compare=COMPARE[::-1]).title


def test_words_in_the_drawing():
    """Counts, windows, verdict and years stand in it as text."""
    texts = svg_texts(_iraq().payload()["data"])
    for text in (
        "157 events",
        "236 events",
        "Jan–Mar 2016",
        "Jan–Mar 2017",
        "no clear change: ×1.52 (0.95–2.43)",
        "2014",
        "2017",
        "0",
        "50",
        "100",
    ):
        assert text in texts


def test_the_alternative_text_gives_type_range_and_reading():
    """Least and greatest month, the last one, the comparison."""
    chart = _iraq()
    assert "Dot chart of events per month in Iraq, January 2014 – March 2017" in chart.alt
    assert "From 23 (March 2014) to 108 (July 2014); 84 in the last (March 2017)" in chart.alt
    assert "no clear change" in chart.alt
    assert chart.subtitle.endswith("Iraq, January 2014 – March 2017")


def test_dots_are_the_counts_and_lines_the_quarterly_rates():
    """The marks lie at the numbers: 236 events in 90 days are 79.8 in a month of 30.4375 days."""
    axes = _iraq().figure.axes[0]
    dots = [line for line in axes.lines if line.get_marker() == "o" and len(line.get_xdata())]
    assert [int(y) for line in dots for y in line.get_ydata()] == IRAQ
    levels = [float(line.get_ydata()[0]) for line in axes.lines if line.get_marker() in ("None", None)]
    assert any(level == pytest.approx(236 / 90 * 365.25 / 12) for level in levels)
    assert any(level == pytest.approx(157 / 91 * 365.25 / 12) for level in levels)
    assert axes.get_ylim()[0] == 0


def test_the_table_has_every_month_with_days_and_rates():
    """January 2016 had 47 events in 31 days; March 2017 closes a quarter."""
    table = _iraq(provisional=1).payload()["table"]
    assert len(table["rows"]) == 39
    assert table["redistribute"] == "aggregate"
    january = next(row for row in table["rows"] if row[0] == "2016-01")
    assert january[1:3] == ["47", "31"]
    assert table["rows"][-1][-1] == "provisional"
    assert table["rows"][-1][3] == "79.8"


def test_the_interval_of_a_count_is_garwoods():
    """Published limits: 0 gives 0 to 3.68888, 43 gives 31.11931 to 57.92072."""
    from datetime import date

    def of(count: int):
        return rate([Slot(date(2016, 1, 1), date(2016, 1, 31), count, 30)], 30, None)

    assert (of(0).low, of(0).high) == (0, pytest.approx(3.68888, abs=1e-5))
    assert (of(43).low, of(43).high) == (pytest.approx(31.11931, abs=1e-5), pytest.approx(57.92072, abs=1e-5))


def test_a_short_series_has_an_interval_at_each_count():
    """Twelve months: a line from low to high behind every dot, and no steps."""
    chart = counts(_series(IRAQ[-12:], "2016-04"), place="Iraq")
    assert chart.title == "33 to 94 events a month in Iraq"
    spans = [line.get_ydata() for line in chart.figure.axes[0].lines if line.get_marker() in ("None", None)]
    assert len(spans) == 12
    assert all(low < count < high for count, (low, high) in zip(IRAQ[-12:], spans, strict=True))


def test_what_the_data_lack_is_hatched_and_said():
    """Months before the first row, and one left out, are not zeros."""
    frame = _series([190, 181, 241, 185, 120, 219, 193, 138, 155, 132, 201, 198], "2016-01")
    chart = counts(frame[frame.month != "2016-06"], place="Syria", start="2014-01")
    texts = " ".join(svg_texts(chart.payload()["data"]))
    assert "not in the data" in texts
    assert "not the same as no events" in chart.source
    assert "January 2014 – December 2015 is not in the data" in chart.alt
    rows = {row[0]: row for row in chart.payload()["table"]["rows"]}
    assert rows["2016-06"][1] == ""
    assert rows["2014-01"][-1] == "not in the data"
    assert any(patch.get_hatch() for patch in chart.figure.axes[0].patches)


def test_a_provisional_month_is_an_open_dot_on_a_hatch():
    """The last month may still change: it is marked, in the drawing and in words."""
    chart = counts(_series(IRAQ[-12:], "2016-04"), place="Iraq", provisional=1)
    assert "hatched, open dot: provisional" in svg_texts(chart.payload()["data"])
    assert "the last month is provisional" in chart.source
    faces = {line.get_markerfacecolor() for line in chart.figure.axes[0].lines if line.get_marker() == "o"}
    assert "#FFFFFF" in faces


def test_nothing_on_record_is_drawn_and_said():
    """No rows, and rows of zeros, are two different things."""
    none = counts(_series([], "2016-01"), place="Iraq")
    assert none.title == "No events on record in this period"
    assert "no events are on record in Iraq" in none.alt
    zeros = counts(_series([0, 0, 0], "2016-01"), place="Iraq")
    assert zeros.title == "No events recorded in Iraq in this period"
    assert len(zeros.payload()["table"]["rows"]) == 3


def test_one_month_alone_can_be_drawn():
    """A single count has no range."""
    assert counts(_series([7], "2016-01"), place="Iraq").title == "7 events in Iraq in one month"


def test_other_units_are_named():
    """Weeks by a day in them, and a Series with periods as its index."""
    weeks = pd.Series([3, 5, 4], index=pd.period_range("2026-01-05", periods=3, freq="W"))
    chart = counts(weeks, place="Velmora", freq="W")
    assert chart.title == "3 to 5 events a week in Velmora"
    assert chart.payload()["table"]["columns"][0] == "week"


def test_days_observed_can_be_given():
    """A month of which half was observed counts with its days."""
    frame = _series([10, 10], "2016-01").assign(days=[31, 14])
    assert [row[2] for row in counts(frame, place="X", exposure="days").payload()["table"]["rows"]] == ["31", "14"]


def test_a_window_that_is_not_wholly_in_the_data_is_refused():
    """No total reaches across a gap."""
    with pytest.raises(IncidentError, match="not wholly in the data"):
        counts(_series(NIGERIA, "2015-01"), place="Nigeria", compare=("2014Q1", "2017Q1"))


def test_two_places_in_one_table_are_not_added_up():
    """The country files come from different releases."""
    both = pd.concat([_series([1, 2], "2016-01"), _series([3, 4], "2016-01")])
    with pytest.raises(IncidentError, match="more than one row for 2016-01"):
        counts(both, place="both")


@pytest.mark.parametrize(
    ("frame", "options", "error", "message"),
    [
        (_series([1], "2016-01").rename(columns={"events": "evnts"}), {}, IncidentError, "did you mean 'evnts'"),
        (pd.DataFrame({"month": ["2016-01"], "events": [1.5]}), {}, IncidentError, "not a whole number"),
        (pd.DataFrame({"month": ["2016-01"], "events": [-1]}), {}, IncidentError, "not a whole number"),
        (pd.DataFrame({"month": ["someday"], "events": [1]}), {}, IncidentError, "no period of the series"),
        (_series([1], "2016-01"), {"freq": "fortnight"}, SpecError, "no period of a series"),
        (_series([1, 2], "2016-01"), {"dispersion": 2.0, "baseline": "2016"}, SpecError, "Both"),
    ],
)
def test_what_cannot_be_read_is_named(frame, options, error, message):
    """The message says which column or value, and what would do."""
    with pytest.raises(error, match=message):
        counts(frame, place="X", **options)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.none() | st.integers(0, 3) | st.integers(0, 2_000_000), min_size=1, max_size=60).filter(
        lambda v: any(x is not None for x in v)
    ),
    st.sampled_from([60, 84, 108, 116, 174]),
    st.data(),
)
def test_any_series_is_drawn_inside_its_sheet_with_labels_apart(values, width, data):
    """Whatever the series and the windows, no word leaves the sheet or covers another one."""
    frame = _series(values, "2012-01")
    known = [month for month, value in zip(frame.month, values, strict=True) if value is not None]
    pair = (data.draw(st.sampled_from(known)), data.draw(st.sampled_from(known)))
    chart = counts(
        frame,
        place="Iraq",
        width=width,
        provisional=data.draw(st.integers(0, 2)),
        compare=pair if pair[0] != pair[1] else None,
        steps=data.draw(st.booleans()),
    )
    assert outside(chart.figure) == []
    assert [pair for pair in touching(chart.figure) if "a mark" not in pair] == []
    assert len(chart.title.split()) <= 15


def test_one_event_is_singular():
    """The title of the smallest series there is."""
    assert counts(_series([1], "2016-01"), place="Iraq").title == "1 event in Iraq in one month"
