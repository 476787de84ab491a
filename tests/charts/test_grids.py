"""Small multiples and the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from brieftools.charts import calendar, multiples
from brieftools.charts.grids.calendar_draw import shade
from brieftools.errors import IncidentError, SpecError
from brieftools.house.style import HOUSE
from charts.article import svg_texts
from charts.geometry import outside, touching

WIDTHS = (60, 84, 108, 116, 174)
MONTHS = [f"2016-{n:02}" for n in range(1, 13)]


def _series(**counts: list[int]) -> pd.DataFrame:
    return pd.DataFrame(
        [(key, month, n) for key, of in counts.items() for month, n in zip(MONTHS, of, strict=False)], columns=["type", "month", "events"]
    )


STEADY = [10, 9, 11, 10, 12, 8, 10, 11, 9, 10, 10, 11]


def test_who_left_the_expected_range_is_named():
    """Forty after months of ten lies outside, eleven does not."""
    chart = multiples(_series(Battles=STEADY, Remote=[*STEADY[:-1], 40]), key="type")
    assert chart.title == "Remote rose above the expected range"
    assert "last 40, outside the expected" in chart.alt
    assert "▲ 40" in svg_texts(chart.payload()["data"])
    assert "11" in svg_texts(chart.payload()["data"])


def test_no_range_without_enough_past():
    """Three months are no past of eight."""
    chart = multiples(_series(Battles=STEADY[:3]), key="type")
    assert chart.title == "1 series; the past is too short for an expected range"
    assert "Band" not in chart.source


def test_all_panels_share_one_scale():
    """A panel of ones does not look like a panel of hundreds."""
    chart = multiples(_series(a=[1] * 12, b=[100] * 12), key="type")
    assert len({ax.get_ylim() for ax in chart.figure.axes[:2]}) == 1
    assert "One scale in all panels" in chart.source


def test_a_gap_is_no_zero():
    """A missing month is hatched and said, unless the caller knows that it means none."""
    frame = _series(a=STEADY, b=STEADY)
    frame = frame[~((frame.type == "b") & (frame.month == "2016-06"))]
    chart = multiples(frame, key="type")
    assert "Hatched grey: not in the data" in chart.source
    assert list(chart.table["count"]).count("not in the data") == 1
    filled = multiples(frame, key="type", missing_is_zero=True)
    assert "Hatched grey" not in filled.source
    assert list(filled.table["count"]).count("0") == 1


def test_the_provisional_period_is_hatched_and_keyed():
    """The last one only."""
    chart = multiples(_series(a=STEADY), key="type", provisional=True)
    assert "provisional" in svg_texts(chart.payload()["data"])
    assert list(chart.table.provisional) == [""] * 11 + ["yes"]


def test_panels_beyond_the_most_are_counted():
    """Twenty keys: twelve panels, the busiest."""
    chart = multiples(_series(**{f"k{n}": [n] * 12 for n in range(20)}), key="type")
    assert "8 further series in the table" in chart.source
    assert chart.table.type.nunique() == 20


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("keys", [0, 1, 5])
def test_multiples_fit(width, keys):
    """All widths; none, one, five panels; names that have to be broken."""
    frame = _series(**{f"<{n}> & a long name of violence against persons": STEADY for n in range(keys)})
    figure = multiples(frame, key="type", width=width, provisional=True).figure
    assert outside(figure) == []
    assert touching(figure) == []


def test_multiples_refuse_a_range_from_one_period():
    """One period has no spread."""
    with pytest.raises(SpecError, match="expected range from 1 periods"):
        multiples(_series(a=STEADY), key="type", past=1)


def _incidents() -> pd.DataFrame:
    rows = [("2017-01-02", "day")] * 9 + [("2017-01-05", "day")] * 2 + [("2017-01-20", "month"), (None, "unknown"), ("2017-03-01", "day")]
    return pd.DataFrame(rows, columns=["date_start", "date_precision"])


def test_days_are_counted_and_uncertain_ones_left_out():
    """Eleven of thirteen in January have a day; 29 of 31 days have none."""
    chart = calendar(_incidents(), start=date(2017, 1, 1), end=date(2017, 1, 31), place="Iraq")
    assert chart.title == "2 Jan had most, 9 events; 29 days have none on record"
    assert "11 of 13 events are known to the day; 2 are left out" in chart.source
    assert "1 outside the period" in chart.source
    assert "Most: 9 on 2 Jan 2017" in chart.alt
    assert chart.table.set_index("day").events["2017-01-05"] == "2"
    assert len(chart.table) == 31


def test_classes_are_fixed():
    """0, 1, 2-3, 4-5, 6 and more, whatever the largest count is."""
    p = HOUSE.light
    shades = [shade(n, (1, 2, 4, 6), p) for n in (0, 1, 2, 3, 4, 5, 6, 600)]
    assert shades == [p.bg, p.heat_2, p.heat_3, p.heat_3, p.heat_4, p.heat_4, p.heat_5, p.heat_5]


def test_an_incident_of_several_days_has_no_day():
    """It is neither put on its first day nor spread."""
    frame = pd.DataFrame([("2017-01-02", "2017-01-04", "day")], columns=["date_start", "date_end", "date_precision"])
    chart = calendar(frame, start=date(2017, 1, 1), end=date(2017, 1, 31))
    assert chart.title == "No events with a known day"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("days", [1, 31, 366])
def test_calendars_fit(width, days):
    """A day, a month, a leap year on every width."""
    figure = calendar(_incidents(), start=date(2016, 12, 31), end=date(2016, 12, 30) + timedelta(days=max(days, 3)), width=width).figure
    assert outside(figure) == []
    assert touching(figure) == []


def test_a_calendar_of_two_years_is_refused():
    """It would not be read; two calendars would."""
    with pytest.raises(SpecError, match="cannot be drawn"):
        calendar(_incidents(), start=date(2016, 1, 1), end=date(2017, 12, 31))
    with pytest.raises(IncidentError, match="no column 'date_start'"):
        calendar(pd.DataFrame({"day": ["2017-01-01"]}), start=date(2017, 1, 1), end=date(2017, 1, 2))


@pytest.mark.long
def test_a_hundred_thousand_incidents_make_a_calendar():
    """Counted day by day."""
    frame = pd.DataFrame({"date_start": [f"2017-01-{1 + n % 31:02}" for n in range(100_000)]})
    chart = calendar(frame, start=date(2017, 1, 1), end=date(2017, 1, 31))
    assert chart.table.events.astype(int).sum() == 100_000
