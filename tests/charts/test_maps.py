"""Maps: symbols by precision, labels apart, what has no point counted."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from datetime import date

import numpy as np
import pandas as pd
import pytest

from brieftools.charts import incident_map
from brieftools.charts.maps.frame import Frame, cut_line, cut_ring, fit
from brieftools.charts.maps.key import key_counts
from brieftools.charts.maps.shapes import world
from brieftools.charts.maps.symbols import Scale
from brieftools.errors import IncidentError, SpecError
from charts.article import svg_texts
from charts.geometry import boxes, outside, touching

WIDTHS = (60, 84, 108, 116, 174)
AS_OF = date(2017, 3, 31)
# First quarter of 2017, Iraq, UCDP GED: a part of the rows.
ROWS = [
    ("Mosul town", 36.335, 43.118889, 1, 175),
    ("Mosul town", 36.335, 43.118889, 2, 6),
    ("Baghdad city", 33.340582, 44.400876, 1, 17),
    ("Qaim town", 34.368367, 41.162221, 1, 5),
    ("Qaim district", 34.239533, 41.021072, 3, 3),
    ("Tal Afar town", 36.379134, 42.448065, 1, 2),
    ("Tal Afar town", 36.379134, 42.448065, 2, 2),
    ("Kirkuk town", 35.468056, 44.392222, 2, 1),
    ("Najaf", 31.687955, 44.458072, 2, 2),
    ("Anbar province", 33.0, 41.75, 4, 2),
    ("Western Iraq", 33.0, 41.75, 5, 3),
]
PLACES = pd.DataFrame(ROWS, columns=["place", "latitude", "longitude", "where_prec", "events"])


def _map(frame=PLACES, **more):
    return incident_map(frame, **{"as_of": AS_OF, "place": "Iraq", "area": ["IRQ"], "home": ["IRQ"], "count": "events"} | more)


def test_the_title_is_the_place_that_holds_most():
    """175 exact and 6 near of 218; five have no point and count all the same."""
    chart = _map()
    assert chart.title == "Mosul alone holds 181 of Iraq’s 218 events"
    texts = svg_texts(chart.payload()["data"])
    for text in (
        "Mosul",
        "175 exact, 6 near",
        "exact 199",
        "near 11",
        "district 3",
        "Not plotted: 5 (province 2, region 3)",
        "IRAQ",
        "200 km",
    ):
        assert text in texts
    assert "As of 31 March 2017" in chart.source
    assert "de facto" in chart.source
    assert "Not plotted: 5" in chart.alt


def test_nothing_coarser_than_a_district_becomes_a_point():
    """Provinces and regions are rows of the table without a symbol."""
    chart = _map()
    assert chart.table[chart.table.place == "not plotted"].events.astype(int).sum() == 5
    diamonds = [line for line in chart.figure.axes[0].lines if line.get_marker() == "D"]
    assert len(diamonds) == 2  # one district, and the key


def test_area_is_proportional_to_the_count():
    """A hundred times as many events, ten times the radius."""
    scale = Scale(175)
    assert math.isclose(scale.radius(100) / scale.radius(1), 10)
    assert key_counts(175) == [1, 10, 100]
    assert key_counts(1) == []
    assert key_counts(7) == [1, 7]
    assert Scale(10**6).radius(10**6) <= 15.5


def test_the_frame_keeps_proportions():
    """At 60 degrees north a degree of longitude is half as wide as one of latitude."""
    frame = fit([(0, 59), (10, 61)], [], (0, 0, 200, 150))
    wide = frame.width / (frame.east - frame.west)
    tall = frame.height / (frame.north - frame.south)
    assert math.isclose(wide / tall, 0.5, rel_tol=1e-9)
    assert frame.west < 0 < 10 < frame.east


def test_the_scale_bar_is_true():
    """From 33 to 36 degrees north along a meridian is 333.6 km."""
    frame = Frame(40, 30, 50, 40, 0, 0, 100, 120)
    x = frame.place(np.array([[45, 33], [45, 36]]))
    assert math.isclose((x[1, 1] - x[0, 1]) / frame.points_per_km, 333.585, rel_tol=1e-4)


def test_cutting_keeps_what_is_inside():
    """A square over a corner leaves its quarter; a line through a box its middle part."""
    ring = cut_ring(np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]]), (0, 0, 2, 2))
    assert ring.min(axis=0).tolist() == [0, 0]
    assert ring.max(axis=0).tolist() == [1, 1]
    assert len(cut_ring(ring, (5, 5, 6, 6))) == 0
    line = cut_line(np.array([[-1.0, 1.0], [3.0, 1.0]]), (0, 0, 2, 2))
    assert line[1:].tolist() == [[0, 1], [2, 1]]


def test_shapes_are_whole():
    """Iraq touches six neighbours; Baghdad lies in it, Kuwait does not."""
    from matplotlib.path import Path

    iraq = world().named("IRQ")
    assert iraq is not None
    assert iraq.name == "Iraq"
    shape = Path(iraq.rings[0])
    assert shape.contains_point((44.4, 33.3))
    assert not shape.contains_point((47.9, 29.3))
    kinds = {line.kind for line in world().lines}
    assert kinds == {"coast", "border", "disputed"}
    assert len(world().countries) == 241


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("rows", [1, 4, 11])
def test_labels_touch_nothing(width, rows):
    """Every width; no label on another, on the key or over the edge."""
    figure = _map(PLACES[:rows], width=width, inset=True).figure
    assert outside(figure) == []
    words, _ = boxes(figure)
    assert [pair for pair in touching(figure) if pair[1] != "a mark"] == []
    assert len(words) >= 3


def test_many_places_in_one_spot():
    """Fifty villages within a few kilometres: labels are left out rather than set on each other."""
    frame = pd.DataFrame([(f"Village {n}", 33 + n % 7 / 50, 44 + n % 11 / 50, 1, 1 + n) for n in range(50)], columns=PLACES.columns)
    chart = _map(frame, area=[], width=116)
    assert [pair for pair in touching(chart.figure) if pair[1] != "a mark"] == []
    assert outside(chart.figure) == []


def test_no_incident_and_none_with_a_point():
    """Both say so, and neither draws a symbol."""
    assert _map(PLACES[:0]).title == "No events on record in Iraq"
    coarse = _map(PLACES[9:], area=[])
    assert coarse.title == "None of Iraq’s 5 events has a place that a map can show"
    assert "without symbols" in coarse.alt


def test_one_event_each_needs_no_key():
    """The article's incidents: labels carry the words, no circle key is drawn."""
    frame = pd.DataFrame(
        [("Nice", 43.7, 7.27, "near", "truck attack", "abroad"), ("Mosul", 36.34, 43.13, "exact", "buildings retaken", "home")],
        columns=["place", "latitude", "longitude", "geo_precision", "label", "theatre"],
    )
    chart = incident_map(frame, as_of=AS_OF, label="label", noun="incidents", width=116)
    texts = svg_texts(chart.payload()["data"])
    assert chart.title == "2 of 2 incidents have a place that a map can show"
    assert {"Nice", "truck attack", "Mosul", "buildings retaken"} <= set(texts)
    assert "incidents" not in texts


def test_hostile_names_stay_text():
    """Nothing from the data becomes markup."""
    chart = _map(PLACES.assign(place="</text><script>alert(1)</script> $x^2$ [@a] \x00"))
    svg = chart.payload()["data"]
    assert "<script" not in svg
    svg_texts(svg)


@pytest.mark.parametrize(
    ("frame", "error", "words"),
    [
        (PLACES.assign(latitude=123), IncidentError, "no place on the globe"),
        (PLACES.drop(columns="latitude"), IncidentError, "no column 'latitude'"),
        (PLACES.assign(events=1.5), IncidentError, "not a whole number"),
        (PLACES.assign(where_prec=9), IncidentError, "geo_precision is '9'"),
    ],
)
def test_damaged_rows_are_refused(frame, error, words):
    """Each with what is wrong."""
    with pytest.raises(error, match=words):
        _map(frame)


def test_an_unknown_country_is_refused():
    """With the nearest that is known."""
    with pytest.raises(SpecError, match=r"No country 'Irak'.*Iraq"):
        _map(area=["Irak"])


def test_halo_is_an_outline_of_text():
    """Labels stay text; their outline has the ground's colour and lies behind the letters."""
    svg = _map().payload()["data"]
    assert 'paint-order="stroke"' in svg
    assert 'id="halo"' not in svg


def test_the_same_bytes_under_another_hash_seed():
    """Two processes with different seeds draw the same map."""
    code = (
        "import hashlib, pandas as pd; from datetime import date; from brieftools.charts import incident_map; "
        f"f = pd.DataFrame({ROWS!r}, columns={list(PLACES.columns)!r}); "
        "c = incident_map(f, as_of=date(2017, 3, 31), area=['IRQ'], count='events'); "
        "print(hashlib.sha256(c.payload()['data'].encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ | {"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


@pytest.mark.long
def test_a_hundred_thousand_places():
    """All counted, drawn as one picture, under a megabyte."""
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(
        {"latitude": rng.uniform(30, 37, 100_000), "longitude": rng.uniform(40, 48, 100_000), "geo_precision": "exact", "place": ""}
    )
    chart = incident_map(frame, as_of=AS_OF, place="Iraq", redistribute="aggregate")
    assert chart.title == "100,000 of 100,000 events in Iraq have a place that a map can show"
    assert len(chart.payload()["data"]) < 1_000_000


def test_the_table_of_very_many_places_sums_the_smallest():
    """A thousand rows, the largest first, and the rest in one: no event is lost."""
    rows = [(f"Place {n}", 33 + n % 40 / 20, 42 + n // 40 / 20, 1, 1 + n % 7) for n in range(1200)]
    table = _map(pd.DataFrame(rows, columns=PLACES.columns)).table
    assert (len(table), table.place.iloc[-1]) == (1001, "200 more places")
    assert table.events.astype(int).sum() == sum(row[-1] for row in rows)
