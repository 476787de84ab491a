"""What a chart hands on, and how it shows itself."""

from __future__ import annotations

import base64
import json
import re

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from brieftools.charts import Chart, figure, use_house
from brieftools.charts.chart import LARGEST, MIME, strings
from brieftools.errors import DocumentError

matplotlib.use("agg")


def _figure() -> Figure:
    own = Figure(figsize=(4, 2))
    own.subplots().plot([1, 2, 3])
    return own


def test_the_payload_holds_what_the_contract_names():
    """The Document is built from these keys; all of them are plain data."""
    table = pd.DataFrame({"year": [2015, 2016], "n": [19, 19]})
    payload = figure(
        _figure(),
        alt="A line.",
        title="T [@key]",
        subtitle="S",
        source="{{ fact }}",
        width=84,
        table=table,
        name="years",
        period="2015–2016",
    ).payload()
    assert set(payload) == {
        "type",
        "title",
        "subtitle",
        "source",
        "alt",
        "width_mm",
        "height_mm",
        "format",
        "data",
        "table",
        "narrow",
        "period",
        "name",
    }
    assert payload["type"] == "figure"
    assert payload["format"] == "svg"
    assert payload["title"] == "T [@key]"
    assert payload["source"] == "{{ fact }}"
    assert (payload["width_mm"], payload["height_mm"]) == (84, 42)
    assert payload["table"] == {
        "columns": ["year", "n"],
        "rows": [["2015", "19"], ["2016", "19"]],
        "redistribute": "aggregate",
        "name": "years",
    }
    assert json.loads(json.dumps(payload)) == payload


def test_a_figure_of_another_size_is_drawn_for_its_column_with_text_of_the_same_size():
    """A wide figure is drawn again at the column's width instead of being shrunk with its labels."""
    own = Figure(figsize=(10, 5))
    own.text(0.5, 0.5, "label", size=8)
    payload = figure(own, width=60).payload()
    assert payload["height_mm"] == 30
    assert "font-size: 8px" in payload["data"]


def test_labels_are_kept_inside_when_the_figure_is_made_narrower():
    """An analyst's own axis label is not cut off at the new width."""
    from charts.geometry import outside

    use_house()
    own = Figure(figsize=(8, 4))
    axes = own.subplots()
    axes.plot([0, 123_456_789])
    axes.set_ylabel("a label of the axis")
    assert outside(figure(own, width=60).figure) == []


def test_axes_are_accepted_for_their_figure():
    """pandas' plot() returns axes; the chart is made of their figure."""
    own = _figure()
    assert figure(own.axes[0]).figure is own


def test_a_figure_of_pyplot_is_not_shown_a_second_time():
    """The notebook's inline backend shows what pyplot still lists at the end of a cell."""
    from matplotlib import pyplot

    own, _ = pyplot.subplots()
    other, _ = pyplot.subplots()
    figure(own)
    assert own.number not in pyplot.get_fignums()
    assert other.number in pyplot.get_fignums()
    pyplot.close(other)


def test_a_notebook_gets_text_html_and_our_json():
    """The picture is an img with its alternative text, because inline SVG vanishes in a notebook that is not trusted."""
    chart = figure(_figure(), alt='a "quoted" <b>', title="<script>alert(1)</script>", subtitle="a & b", source="</figcaption>")
    bundle = chart._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", MIME}
    html = bundle["text/html"]
    assert "<script>" not in html
    assert html.count("</figcaption>") == 1
    assert 'alt="a &quot;quoted&quot; &lt;b&gt;"' in html
    encoded = re.search(r"data:image/svg\+xml;base64,([^\"]+)", html)[1]
    assert base64.b64decode(encoded).decode() == bundle[MIME]["data"]


def test_an_unknown_width_names_the_nearest():
    """The page has five columns."""
    with pytest.raises(DocumentError, match="84 is the nearest"):
        figure(_figure(), width=90)


def test_rows_that_may_not_leave_stay_here():
    """Of a withheld table the columns are named and no row goes out."""
    table = figure(_figure(), table=pd.DataFrame({"a": ["secret"]}), redistribute="withheld").payload()["table"]
    assert table["rows"] == []
    assert table["redistribute"] == "withheld"


def test_a_heavy_figure_becomes_a_picture_rather_than_megabytes():
    """Areas of very many corners are drawn as a picture; the labels remain text."""
    own = Figure(figsize=(6, 3))
    axes = own.subplots()
    rng = np.random.default_rng(0)
    for _ in range(50):
        axes.fill(rng.uniform(size=2000), rng.uniform(size=2000))
    axes.set_xlabel("still text")
    payload = figure(own).payload()
    assert len(json.dumps(payload)) <= LARGEST
    assert "<image" in payload["data"]
    assert "still text" in payload["data"]


def test_a_table_too_large_for_a_notebook_is_refused_with_advice():
    """A hundred thousand rows are an attachment's matter."""
    with pytest.raises(DocumentError, match="shorter table"):
        figure(_figure(), table=pd.DataFrame({"a": ["x" * 20] * 100_000})).payload()


def test_cells_are_written_as_a_reader_expects():
    """Whole floats have no decimals, missing values are empty, days have no hours, a named index is a column."""
    frame = pd.DataFrame(
        {"n": [3718.0, None], "rate": [2.6222222222, 0.5], "day": pd.to_datetime(["2017-03-31", None]), "text": ["a\x00b", None]},
        index=pd.Index(["x", "y"], name="key"),
    )
    columns, rows = strings(frame)
    assert columns == ["key", "n", "rate", "day", "text"]
    assert rows == [["x", "3718", "2.622222222", "2017-03-31", "a b"], ["y", "", "0.5", "", ""]]


def test_charts_are_told_apart_by_identity():
    """Frames cannot be compared as a whole, so neither are charts."""
    assert Chart(_figure()) != Chart(_figure())
