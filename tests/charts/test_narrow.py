"""The second drawing, for a telephone: 76 mm, so that 8 pt labels are 12 px and nothing scrolls."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure

import brieftools.charts as charts
from brieftools.charts.chart import NARROW, Chart
from charts.article import incidents
from charts.geometry import outside, touching
from charts.test_countries import HOME, LISTS
from charts.test_counts import COMPARE, IRAQ, NIGERIA, _series
from charts.test_maps import PLACES
from charts.test_rows import PLACES as RANKED
from charts.test_rows import ROWS

AS_OF = date(2017, 3, 31)
YEARS = pd.DataFrame({"year": range(2012, 2017), "deaths_low": [700, 2000, 4000, 5777, 3494], "deaths_best": [769, 2144, 4187, 6042, 3718], "deaths_high": [800, 2200, 4500, 6966, 4041]})  # fmt: skip
DAYS = pd.DataFrame({"date_start": pd.to_datetime(["2016-03-01", "2016-05-09", "2016-05-09"]), "date_end": pd.to_datetime(["2016-03-01", "2016-05-09", "2016-05-09"]), "date_precision": "day"})  # fmt: skip
WEEKS = pd.DataFrame(
    [(key, f"2016-{month:02}", 9 + month % 4) for key in "ABCDEF" for month in range(1, 13)], columns=["type", "month", "events"]
)


def drawn(kind: str, **more: Any) -> Chart:
    makers = {
        "counts": lambda: charts.counts(_series(IRAQ, "2014-01"), place="Iraq", compare=COMPARE, **more),
        "counts, few": lambda: charts.counts(_series(NIGERIA[:14], "2015-01"), place="Nigeria", theatre="abroad", **more),
        "bounds": lambda: charts.bounds(YEARS, subject="civilians reported killed", **more),
        "countries": lambda: charts.countries(LISTS, home=HOME, **more),
        "timeline": lambda: charts.timeline(incidents(), as_of=AS_OF, **more),
        "ranked": lambda: charts.ranked(RANKED, subject="deaths", label="province", **more),
        "changes": lambda: charts.changes(ROWS, new="2017", old="2016", **more),
        "multiples": lambda: charts.multiples(WEEKS, key="type", **more),
        "calendar": lambda: charts.calendar(DAYS, start=date(2016, 1, 1), end=date(2016, 12, 31), **more),
        "map": lambda: charts.incident_map(PLACES, as_of=AS_OF, count="events", label="place", area=["IRQ"], **more),
    }
    made: Chart = makers[kind]()
    return made


KINDS = ["counts", "counts, few", "bounds", "countries", "timeline", "ranked", "changes", "multiples", "calendar", "map"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_is_drawn_anew_and_nothing_touches(kind):
    """Not a smaller copy: its own layout at 76 mm, every word on the sheet and off the others."""
    chart = drawn(kind, width=174)
    assert chart.redraw is not None
    narrow = chart.redraw(NARROW)
    assert narrow.get_size_inches()[0] * 25.4 == pytest.approx(76)
    assert outside(narrow) == []
    assert touching(narrow) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_narrow_drawing_travels_with_the_wide_one(kind):
    """The payload has both; the words beside them are the same."""
    payload = drawn(kind, width=174).payload()
    assert (payload["width_mm"], payload["narrow"]["width_mm"], payload["narrow"]["format"]) == (174, 76, "svg")
    assert payload["narrow"]["data"].startswith("<svg")
    assert payload["narrow"]["data"] != payload["data"]


def test_a_chart_that_is_narrow_already_has_no_second_drawing():
    """60 mm fit any telephone."""
    assert drawn("bounds", width=60).payload()["narrow"] is None


def test_drawing_twice_changes_nothing():
    """The same bytes on every call."""
    chart = drawn("timeline", width=174)
    assert chart.payload() == chart.payload()


def test_an_analyst_may_give_a_second_drawing():
    """brief.figure(wide, narrow=slim): set to 76 mm; without it there is none."""
    wide, slim = Figure(figsize=(6, 2)), Figure(figsize=(3, 3))
    for figure in (wide, slim):
        figure.subplots().plot([1, 2])
    payload = charts.figure(wide, width=174, narrow=slim, alt="x").payload()
    assert (payload["narrow"]["width_mm"], payload["narrow"]["height_mm"]) == (76, 76)
    assert charts.figure(wide, width=174, alt="x").payload()["narrow"] is None
