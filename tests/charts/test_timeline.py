"""Incidents in lanes: what is drawn, said and left out."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brieftools.charts import timeline
from brieftools.errors import IncidentError
from charts.article import COLUMNS, incidents, svg_texts
from charts.geometry import outside, touching

AS_OF = date(2017, 3, 31)
COUNTRIES = [
    ("IRQ", "Iraq", "home"),
    ("SYR", "Syria", "home"),
    ("ISR", "Israel", "abroad"),
    ("COD", "Democratic Republic of the Congo", "abroad"),
]


def _texts(chart) -> list[str]:
    return [text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{EN SPACE}", " ") for text in svg_texts(chart.payload()["data"])]


def test_the_articles_incidents_are_counted_and_described():
    """Of six incidents abroad, Nice and the China video have a day; the text puts Nice half a year too late."""
    chart = timeline(incidents(), as_of=AS_OF, source="Source: the article [@a].", measure="Incidents named in the article")
    assert chart.title == "Two of six incidents abroad are dated to the day"
    assert chart.subtitle == "Incidents named in the article, by place and date precision, July 2016 – March 2017"
    assert chart.period == "July 2016 – March 2017"
    assert chart.source.endswith("Source: the article [@a].")
    assert "diamond" in chart.source
    assert "At home: Iraq and Syria 2" in chart.alt
    assert "2 known to the day, 3 known to a month and 1 undated" in chart.alt
    assert "The text puts Nice: truck attack in December 2016 to January 2017; it was on 14 Jul 2016" in chart.alt
    assert chart.alt not in (chart.title, chart.subtitle)


def test_every_incident_has_its_label_with_date_place_and_paragraph():
    """All words stand in the drawing as text."""
    texts = _texts(timeline(incidents(), as_of=AS_OF))
    for label in (
        "6 Mar Raqqa: militias take a main road, ¶3",
        "14 Jul Nice: truck attack, ¶7",
        "Nov Golan line: border clash, ¶7",
        "1 Mar video threat, ¶10",
        "where the wording of ¶7 puts it",
        "as of 31 March 2017",
        "undated",
    ):
        assert label in texts
    assert texts.index("Iraq and Syria") < texts.index("France")


def test_the_table_has_a_row_for_each_mark():
    """Dates, precision and where the text puts it, as drawn; the rows are the data set's."""
    chart = timeline(incidents(), as_of=AS_OF)
    table = chart.payload()["table"]
    assert table["redistribute"] == "rows"
    assert len(table["rows"]) == 8
    nice = next(row for row in table["rows"] if "Nice" in row)
    assert nice[:3] == ["2016-07-14", "2016-07-14", "day"]
    assert "2016-12-01/2017-01-31" in nice
    assert next(row for row in table["rows"] if "Sinai" in row)[:3] == ["", "", "unknown"]


def test_marks_lie_where_the_dates_are():
    """On the axis of days a dot is at its day's noon and a month's bar spans its month."""
    axes = timeline(incidents(), as_of=AS_OF).figure.axes[0]
    days = {round(float(line.get_xdata()[0]), 1) for line in axes.lines}
    for day in (date(2016, 7, 14), date(2017, 3, 1), date(2017, 3, 6), date(2017, 3, 7)):
        assert round(day.toordinal() - 719163 + 0.5, 1) in days
    bars = {(round(patch.get_x()), round(patch.get_x() + patch.get_width())) for patch in axes.patches if hasattr(patch, "get_x")}
    assert (date(2016, 11, 1).toordinal() - 719163, date(2016, 12, 1).toordinal() - 719163) in bars
    assert (date(2016, 12, 1).toordinal() - 719163, date(2017, 2, 1).toordinal() - 719163) in bars  # as the text puts Nice


def test_home_and_abroad_differ_in_shape():
    """A grey print tells them apart: circles against diamonds."""
    axes = timeline(incidents(), as_of=AS_OF).figure.axes[0]
    shapes = [line.get_marker() for line in axes.lines]
    assert shapes.count("o") == 2
    assert shapes.count("D") == 2
    assert shapes.count("s") == 1  # undated


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([0], "The one incident is dated to the day"),
        ([7], "The one incident abroad is not dated to the day"),
        ([3, 6], "Both incidents abroad are dated to the day"),
        ([2, 4, 7], "None of three incidents abroad is dated to the day"),
        ([2, 3, 4], "One of three incidents abroad is dated to the day"),
        ([0, 1, 7], "The one incident abroad is not dated to the day"),
    ],
)
def test_titles_count_what_is_drawn(rows, title):
    """Singular, plural, all and none are said as they are."""
    assert timeline(incidents().iloc[rows], as_of=AS_OF).title == title


@pytest.mark.parametrize("empty", [incidents().iloc[:0], pd.DataFrame()])
def test_no_incidents_are_said_not_hidden(empty):
    """An empty period gives a drawing that says so, with a title and alternative text."""
    chart = timeline(empty, as_of=AS_OF, width=84)
    assert chart.title == "No incidents on record in this period"
    assert "No incidents on record" in " ".join(_texts(chart))
    assert "no incidents are on record up to 31 March 2017" in chart.alt
    assert chart.payload()["table"]["rows"] == []


def test_what_comes_after_the_as_of_date_is_left_out_and_counted():
    """An edition never shows what its as-of date could not know."""
    chart = timeline(incidents(), as_of="2017-03-01")
    assert "2 incidents after the as-of date are left out" in chart.source
    assert not any("Mosul" in text for text in _texts(chart))
    assert not any("Mosul" in cell for row in chart.payload()["table"]["rows"] for cell in row)


def test_a_coarse_date_covers_every_day_that_is_possible():
    """A month's or a year's incident coded by its first day still fills the month or the year."""
    frame = incidents().iloc[[2, 4]].assign(date_end=None, date_start=["2016-11-10", "2016-05-05"], date_precision=["month", "year"])
    table = timeline(frame, as_of=AS_OF).payload()["table"]["rows"]
    assert [row[:2] for row in table] == [["2016-01-01", "2016-12-31"], ["2016-11-01", "2016-11-30"]]


def test_the_groups_of_the_brief_give_the_theatre_where_the_table_has_none():
    """`groups` as in brief.yml, "rest" included."""
    chart = timeline(incidents().drop(columns="theatre"), as_of=AS_OF, groups={"home": ("IRQ", "SYR"), "abroad": "rest"})
    assert chart.title == "Two of six incidents abroad are dated to the day"


def test_without_any_theatre_nothing_is_called_abroad():
    """What the data do not say is not said."""
    chart = timeline(incidents().drop(columns="theatre"), as_of=AS_OF)
    assert chart.title == "Four of eight incidents are dated to the day"
    assert "Theatre not stated" in chart.alt


def test_a_lane_can_have_a_name_of_its_own():
    """A label does not repeat the name of its lane."""
    texts = _texts(timeline(incidents(), as_of=AS_OF, lanes={"Sinai": ["EGY"]}))
    assert "Sinai" in texts
    assert "Egypt" not in texts
    assert "fighters reported" in " ".join(texts)
    assert not any(text.startswith("Sinai:") for text in texts)


def test_a_label_does_not_name_its_place_twice():
    """A description that holds the place needs no prefix."""
    frame = (
        incidents()
        .iloc[:3]
        .assign(
            place=["Mosul", "Raqqa", "Border of Israel and Syria"],
            label=["Buildings retaken in Mosul", "road taken", "Clash at the border"],
        )
    )
    texts = _texts(timeline(frame, as_of=AS_OF))
    assert {"7 Mar Buildings retaken in Mosul, ¶2", "6 Mar Raqqa: road taken, ¶3", "Nov Clash at the border, ¶7"} <= set(texts)


def test_many_countries_share_the_last_lane():
    """Beyond nine lanes abroad the rarest countries are put together, each named in its label."""
    rows = [(f"i{n}", "2017-01-05", None, "day", None, None, f"C{n:02}", f"Land {n:02}", "", "attack", "abroad", "") for n in range(14)]
    texts = _texts(timeline(pd.DataFrame(rows, columns=COLUMNS), as_of=AS_OF, tallest=250))
    assert "Other countries" in texts
    assert "5 Jan Land 13: attack" in texts


def test_when_labels_do_not_fit_the_source_line_says_so():
    """Sixty incidents stay within the height; what was shortened or left out is in the table and is announced."""
    rows = [
        (
            f"i{n}",
            AS_OF - timedelta(days=n),
            None,
            "day",
            None,
            None,
            "ISR",
            "Israel",
            "A place",
            "a rather long description",
            "abroad",
            "3",
        )
        for n in range(60)
    ]
    chart = timeline(pd.DataFrame(rows, columns=COLUMNS), as_of=AS_OF)
    assert chart.payload()["height_mm"] <= 115
    assert "the data table has them" in chart.source
    assert len(chart.payload()["table"]["rows"]) == 60


def test_rows_that_may_not_be_redistributed_are_not_drawn():
    """A dated dot is a row, too."""
    with pytest.raises(IncidentError, match="may not be passed on"):
        timeline(incidents(), as_of=AS_OF, redistribute="withheld")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"date_precision": "dya"}, "did you mean 'day'"),
        ({"theatre": "elsewhere"}, "theatre is 'elsewhere'"),
        ({"date_end": "2001-01-01", "date_precision": "days"}, "lies before"),
    ],
)
def test_values_that_are_not_understood_are_named(change, message):
    """The message names the incident, the value and the nearest known one."""
    with pytest.raises(IncidentError, match=message) as caught:
        timeline(incidents().assign(**change), as_of=AS_OF)
    assert "a1" in str(caught.value)


def test_a_missing_column_is_named():
    """The nearest column is named as well."""
    with pytest.raises(IncidentError, match="did you mean 'date_precisoin'"):
        timeline(incidents().rename(columns={"date_precision": "date_precisoin"}), as_of=AS_OF)


HOSTILE = [
    r"$x$ $\frac{a}{b}",
    "<script>alert(1)</script>",
    "]]> --> <!-- & &amp; ' \"",
    '{{ fact }} [@key] *bold* `code` #read("/etc/passwd")',
    "a\x00b\x0b\u202egnihton",
    "انفجار في الموصل",
    "摩苏尔发生爆炸事件",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2,
]


@pytest.mark.parametrize("width", [84, 174])
def test_hostile_text_is_drawn_as_it_is(width):
    """Nothing in a label is read as a formula, as markup or as an order; it stays on the sheet and off its neighbours."""
    frame = incidents().assign(label=HOSTILE, place="", country_name=HOSTILE[::-1])
    chart = timeline(frame, as_of=AS_OF, width=width, tallest=400)
    joined = "".join(_texts(chart)).replace(" ", "")
    for text in HOSTILE[:4]:
        assert text.replace(" ", "") in joined
    assert "gnihton" in joined
    assert outside(chart.figure) == []
    assert touching(chart.figure) == []


@st.composite
def tables(draw) -> pd.DataFrame:
    """Draw a table of incidents: of one day or of years, exact and vague, some corrected, some undated."""
    days = draw(st.sampled_from([1, 3, 40, 300, 1200, 4400]))
    rows = []
    for n in range(draw(st.integers(0, 14))):
        start = AS_OF - timedelta(days=draw(st.integers(0, days - 1)))
        precision = draw(st.sampled_from(["day", "day", "days", "week", "month", "year", "unknown"]))
        written = AS_OF - timedelta(days=draw(st.integers(0, days - 1))) if draw(st.integers(0, 9)) == 0 else None
        label = draw(
            st.text(st.characters(codec="utf-8", exclude_categories=["Mn", "Me", "Cs"]), max_size=40)
            | st.sampled_from(["attack", "clash of two convoys on the main road"])  # marks reach over the line above
        )
        country = draw(st.sampled_from(COUNTRIES))
        end = start + timedelta(days=2) if precision == "days" else None
        rows.append(
            (f"i{n}", start, end, precision, written, None, *country[:2], draw(st.sampled_from(["", "Ain Issa"])), label, country[2], "7")
        )
    return pd.DataFrame(rows, columns=COLUMNS)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables(), st.sampled_from([60, 84, 108, 116, 174]))
def test_any_table_is_drawn_inside_its_sheet_with_labels_apart(table, width):
    """Whatever the table, no word leaves the sheet or covers another word or mark, and no title is too long."""
    chart = timeline(table, as_of=AS_OF, width=width)
    assert outside(chart.figure) == []
    assert touching(chart.figure) == []
    assert len(chart.title.split()) <= 15
    assert len(chart.payload()["table"]["rows"]) == len(table)


def _many(count: int) -> pd.DataFrame:
    days = pd.Timestamp("2016-01-01") + pd.to_timedelta([n % 400 for n in range(count)], unit="D")
    return pd.DataFrame(
        {
            "date_start": days,
            "date_end": days,
            "date_precision": "day",
            "country": "IRQ",
            "country_name": "Iraq",
            "label": "a clash",
            "theatre": "home",
        }
    )


def test_very_many_incidents_lie_on_top_of_each_other_with_their_number():
    """More marks than a lane can label: none is lost, equal ones are drawn once, and the key says so."""
    chart = timeline(_many(1500), as_of=AS_OF)
    assert sum(int(text) for text in _texts(chart) if text.isdecimal() and len(text) < 4) == 1500
    assert "A number counts incidents that lie on top of each other" in chart.source
    assert sum(len(line.get_xdata()) for line in chart.figure.axes[0].lines if line.get_marker() == "o") <= 400
    assert "1,500 incidents" in chart.alt


def test_the_table_of_very_many_incidents_is_their_number_by_month():
    """A notebook with a hundred thousand rows in it cannot be opened; the sum is whole."""
    table = timeline(_many(1500), as_of=AS_OF).table
    assert list(table.columns) == ["lane", "month", "incidents"]
    assert table.incidents.astype(int).sum() == 1500
    assert len(timeline(_many(1000), as_of=AS_OF).table) == 1000
