"""One figure, one text: the same SVG wherever it is drawn."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

from brieftools.charts import to_svg
from brieftools.charts.style import house_context
from brieftools.charts.svg import inches, millimetres, points, size_mm
from brieftools.house import HOUSE
from charts.article import svg_texts

DRAW = """
import numpy as np
from charts.article import incidents
from brieftools.charts import bounds, countries, counts, figure, timeline, use_house
import pandas as pd
use_house()
months = [str(p) for p in pd.period_range("2014-01", periods=39, freq="M")]
series = pd.DataFrame({"month": months, "events": [(7 * n) % 60 + 20 for n in range(39)]})
years = pd.DataFrame({"year": [2015, 2016], "deaths_low": [5777, 3494], "deaths_best": [6042, 3718], "deaths_high": [6966, 4041]})
import matplotlib
matplotlib.use("agg")
from matplotlib import pyplot
own, axes = pyplot.subplots()
rng = np.random.default_rng(1)
axes.scatter(rng.normal(size=2000), rng.normal(size=2000))
axes.set_title("$x_1$")
axes.bar([1, 2], [3, 4], hatch="//")
charts = [
    timeline(incidents(), as_of="2017-03-31"),
    counts(series, place="Iraq", compare=("2016Q1", "2017Q1"), baseline=("2015-01", "2016-12"), start="2013-06", provisional=1),
    countries({2015: {"a", "b", "c", "d"}, 2016: {"c", "d", "e", "f"}}, home=frozenset({"c"})),
    bounds(years, subject="Deaths"),
    figure(own, alt="x"),
]
import hashlib, json
print(hashlib.sha256(json.dumps([chart.payload() for chart in charts], sort_keys=True).encode()).hexdigest())
"""


def _scatter(number: int) -> Figure:
    with house_context(HOUSE):
        figure = Figure(figsize=(3, 2))
        axes = figure.subplots()
        axes.scatter(np.linspace(0, 1, number), np.linspace(0, 1, number) ** 2)
        axes.set_xlabel("still text")
    return figure


def test_the_drawing_has_no_prolog_date_or_page_wide_style():
    """What stands around the drawing's own elements would break an HTML page it is put into."""
    svg = to_svg(_scatter(3))
    assert svg.startswith("<svg ")
    assert svg.endswith("</svg>")
    for unwanted in ("<?xml", "DOCTYPE", "<metadata", "<style", "rdf:", "matplotlib.org"):
        assert unwanted not in svg
    ET.fromstring(svg)


def test_few_marks_stay_shapes_and_many_become_one_picture():
    """300 marks are drawn as shapes, 301 as a picture; the labels are text in both."""
    few, many = to_svg(_scatter(300)), to_svg(_scatter(301))
    assert few.count("<image") == 0
    assert many.count("<image") == 1
    assert many.count("<use") < few.count("<use")
    assert "still text" in svg_texts(few)
    assert "still text" in svg_texts(many)


def test_a_line_with_many_markers_becomes_a_picture_and_a_bare_one_does_not():
    """A bare line is one path however long; its markers are an element each."""
    figure = Figure()
    axes = figure.subplots()
    axes.plot(range(1000))
    assert "<image" not in to_svg(figure)
    axes.plot(range(1000), marker="o")
    assert to_svg(figure).count("<image") == 1


def test_looking_for_dense_marks_reaches_inset_axes():
    """Axes inside axes are walked too."""
    figure = Figure()
    inset = figure.subplots().inset_axes([0.5, 0.5, 0.4, 0.4])
    inset.scatter(range(400), range(400))
    assert to_svg(figure).count("<image") == 1


def test_mathtext_is_drawn_as_outlines_and_other_text_is_not():
    """No reader has matplotlib's mathematical fonts, so a formula must not depend on them."""
    figure = Figure()
    figure.text(0.1, 0.5, r"$\alpha \geq \frac{x_1}{t}$")
    figure.text(0.1, 0.1, "plain")
    svg = to_svg(figure)
    assert svg_texts(svg) == ["plain"]
    assert "<path" in svg


def test_characters_that_xml_forbids_are_replaced():
    """A control character in a label does not make the drawing unreadable."""
    figure = Figure()
    figure.text(0.1, 0.5, "a\x0bb <script>&", parse_math=False)
    assert svg_texts(to_svg(figure)) == ["a\ufffdb <script>&"]


def test_a_white_ground_is_left_to_the_page_and_another_is_drawn():
    """A watermark or tint under the figure shows; a ground that the analyst chose stays."""
    white, tinted = Figure(facecolor="white"), Figure(facecolor="#F4F5F3")
    assert "#ffffff" not in to_svg(white)
    assert "#f4f5f3" in to_svg(tinted)
    assert white.patch.get_visible()


def test_drawing_changes_neither_size_nor_resolution():
    """The figure can be drawn again and shown elsewhere."""
    figure = Figure(figsize=(4, 3), dpi=123)
    assert to_svg(figure) == to_svg(figure)
    assert figure.dpi == 123
    assert tuple(figure.get_size_inches()) == (4, 3)


def test_the_view_box_is_the_printed_size_in_points():
    """One unit of the drawing is one point, so 8 units of text are 8 pt on paper."""
    figure = Figure(figsize=(inches(116), inches(58)))
    width, height = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', to_svg(figure)).groups())
    assert width == pytest.approx(116 * 72 / 25.4, abs=1e-3)
    assert height == pytest.approx(58 * 72 / 25.4, abs=1e-3)
    assert size_mm(figure) == (116, 58)
    assert millimetres(points(84)) == pytest.approx(84)


def test_all_charts_are_the_same_bytes_under_another_hash_seed_time_zone_and_locale(tmp_path):
    """Sets, clocks and languages of the machine leave no trace, in shapes, pictures, titles or tables."""
    root = Path(__file__).parents[2]
    first, second = (
        subprocess.run(
            [sys.executable, "-c", DRAW],
            env={**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root / 'tests'}", **settings},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for settings in (
            {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "0"},
            {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1700000000"},
        )
    )
    assert len(first.strip()) == 64
    assert first == second
