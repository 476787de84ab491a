"""Changes and ranked bars: what is claimed, what is drawn, what a reader of the table gets."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brieftools.analysis.counts import compare
from brieftools.charts import Change, changes, ranked
from brieftools.errors import DocumentError, IncidentError, SpecError
from charts.article import svg_texts
from charts.geometry import outside, touching

WIDTHS = (60, 84, 108, 116, 174)
# January-March 2017 (90 days) over 2016 (91 days), UCDP GED; dispersion as the first brief's mock has it.
ROWS = [
    ("Iraq", compare(236, 90, 157, 91, dispersion=7)),
    ("Nineveh", compare(188, 90, 43, 91, dispersion=7), 1),
    ("Baghdad", compare(17, 90, 13, 91, dispersion=7), 1),
    ("Salah al-Din", compare(8, 90, 15, 91, dispersion=7), 1),
    ("Anbar", compare(14, 90, 68, 91, dispersion=7), 1),
    ("Syria", compare(704, 90, 612, 91, dispersion=20)),
    ("Nigeria", compare(29, 90, 113, 91, dispersion=9)),
]
PLACES = pd.DataFrame(
    [("Nineveh", 3124, 3124, 3956), ("Baghdad", 210, 210, 258), ("Anbar", 80, 80, 83), ("Najaf", 9, 9, 9)],
    columns=["province", "deaths_low", "deaths_best", "deaths_high"],
)


def test_the_title_names_who_rose_and_who_fell():
    """Four of seven hold 1, so the rise is the only one."""
    chart = changes(ROWS, new="2017", old="2016", abroad=["Nigeria"])
    assert chart.title == "Only Nineveh rose clearly; Anbar and Nigeria fell"
    assert "157 to 236, no clear change, ratio 1.52" in chart.alt
    assert "1 up, 2 down and 4 without clear change" in chart.alt


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([], "No changes to compare"),
        ([("Mali", compare(10, 1, 10, 1))], "No clear change in Mali"),
        ([("A", compare(10, 1, 10, 1)), ("B", compare(1, 1, 2, 1))], "No clear change in any of two rows"),
        ([("A", compare(100, 1, 10, 1)), ("B", compare(90, 1, 5, 1))], "A and B rose clearly"),
        ([(f"Province {n}", compare(100, 1, 10, 1)) for n in range(9)], "Events: nine rose"),
    ],
)
def test_titles_of_few_and_many(rows, title):
    """Names where they fit into fifteen words, numbers where they do not."""
    chart = changes(rows, new="2017", old="2016")
    assert chart.title == title
    assert len(chart.title.split()) <= 15


def test_the_row_shows_counts_and_words():
    """The old count first, then the new one; direction in words, never in colour alone."""
    texts = svg_texts(changes(ROWS, new="2017", old="2016").payload()["data"])
    for text in ("157 → 236", "2016 → 2017", "▲ up", "▼ down", "no clear change", "same", "÷10", "×10", "less", "more"):
        assert text in texts
    assert texts.count("no clear change") == 4


def test_a_clear_change_differs_in_shape():
    """Filled dot and 2.4 pt line against open dot and 1.4 pt."""
    ax = changes([ROWS[1], ROWS[0]], new="2017", old="2016").figure.axes[0]
    spans = [line.get_linewidth() for line in ax.lines if line.get_color() == "#4A5866" and len(line.get_xdata()) == 2]
    dots = [line.get_markerfacecolor() for line in ax.lines if line.get_marker() == "o"]
    assert spans == [2.4, 1.4]
    assert dots == ["#4A5866", "#FFFFFF"]


def test_zero_counts_have_no_ratio_and_no_dot():
    """Nothing against nothing: words, and no mark at all."""
    chart = changes([("Mali", compare(0, 90, 0, 91))], new="2017", old="2016")
    assert "no events" in svg_texts(chart.payload()["data"])
    assert not [line for line in chart.figure.axes[0].lines if line.get_marker() == "o"]
    assert chart.table.iloc[0].ratio == ""


def test_the_table_has_counts_days_and_interval():
    """236 / 90 over 157 / 91 is 1.52."""
    row = changes(ROWS, new="2017", old="2016").table.iloc[0]
    assert list(row[["count 2016", "days 2016", "count 2017", "days 2017", "ratio"]]) == ["157", "91", "236", "90", "1.52"]


def test_rows_are_checked():
    """Two rows of one name, a row without a comparison, a width that no page has."""
    with pytest.raises(SpecError, match="Two rows are called 'Iraq'"):
        changes([ROWS[0], ROWS[0]], new="2017", old="2016")
    with pytest.raises(SpecError, match="holds a int"):
        changes([("Iraq", 3)], new="2017", old="2016")
    with pytest.raises(DocumentError, match="no column of 90 mm"):
        changes(ROWS, new="2017", old="2016", width=90)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_touches_or_leaves_the_sheet(width):
    """All widths, short and long names."""
    long = [Change(f"The province of {name[0]} and the districts around its capital", name[1], n % 2) for n, name in enumerate(ROWS)]
    for rows in (ROWS, long):
        figure = changes(rows, new="2017", old="2016", width=width).figure
        assert outside(figure) == []
        assert touching(figure) == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.text(max_size=60), st.integers(0, 10**6), st.integers(0, 10**6)),
        max_size=6,
        unique_by=lambda row: " ".join(row[0].split()),
    )
)
def test_any_labels_and_counts_fit(rows):
    """Whatever a label holds, the drawing is XML and nothing leaves the sheet."""
    labels = [Change(f"{n} {' '.join(text.split())}", compare(x1, 90, x2, 91)) for n, (text, x1, x2) in enumerate(rows)]
    chart = changes(labels, new="2017", old="2016")
    svg_texts(chart.payload()["data"])
    assert outside(chart.figure) == []
    assert len(chart.title.split()) <= 15


def test_ranked_bars_name_the_first_and_its_share():
    """3,124 of 3,124 + 210 + 80 + 9 = 3,423."""
    chart = ranked(PLACES.sample(frac=1, random_state=3), subject="reported fatalities", label="province", place="Iraq")
    assert chart.title == "Nineveh had 3,124 of 3,423 reported fatalities in Iraq"
    assert list(chart.table.province) == ["Nineveh", "Baghdad", "Anbar", "Najaf"]
    assert "Nineveh: 3,124, between 3,124 and 3,956" in chart.alt
    texts = svg_texts(chart.payload()["data"])
    assert "3,124–3,956" in texts
    assert "bounds and not an interval" in chart.source


def test_overlapping_bounds_are_not_a_ranking():
    """The first may be the second."""
    frame = pd.DataFrame([("A", 50, 100, 200), ("B", 40, 90, 150)], columns=PLACES.columns)
    assert ranked(frame, subject="deaths", label="province").title == "A has most deaths, but bounds overlap"


def test_rows_of_one_label_are_added_and_unknown_ones_counted():
    """An unknown number is never zero."""
    frame = pd.DataFrame([("A", 1, 2, 3), ("A", 1, 2, 3), ("B", None, None, None)], columns=PLACES.columns)
    chart = ranked(frame, subject="deaths", label="province")
    assert list(chart.table.iloc[0]) == ["A", "2", "4", "6"]
    assert "1 row without a number" in chart.source
    assert len(chart.table) == 1


def test_many_rows_are_cut_and_counted():
    """100 labels: twelve bars, 88 counted."""
    frame = pd.DataFrame([(f"P{n}", n, n, n) for n in range(100)], columns=PLACES.columns)
    chart = ranked(frame, subject="deaths", label="province")
    assert f"Not drawn: 88 rows with {sum(range(88)):,} together" in chart.source
    assert len(chart.table) == 100


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("rows", [0, 1, 4])
def test_ranked_bars_fit(width, rows):
    """All widths; none, one, several rows; a label that has to be broken."""
    frame = PLACES[:rows].assign(province=lambda d: d.province + " <b>&amp;</b> with a very long second name")
    figure = ranked(frame, subject="deaths", label="province", width=width).figure
    assert outside(figure) == []
    assert touching(figure) == []


def test_ranked_refuses_what_is_no_number():
    """A negative count, a missing column."""
    with pytest.raises(IncidentError, match="no number of 0 or more"):
        ranked(PLACES.assign(deaths_best=-1), subject="deaths", label="province")
    with pytest.raises(IncidentError, match="no column 'admin1'"):
        ranked(PLACES, subject="deaths", label="admin1")
