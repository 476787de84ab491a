"""Countries per year: totals, who stayed, who came and who left."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brieftools.charts import countries
from brieftools.errors import IncidentError
from charts.article import svg_texts
from charts.geometry import outside, touching

CORE = [
    "Afghanistan",
    "Bangladesh",
    "Cameroon",
    "Chad",
    "Egypt",
    "France",
    "Libya",
    "Niger",
    "Nigeria",
    "Pakistan",
    "Russia",
    "Saudi Arabia",
    "Turkey",
    "Yemen",
]
HOME = ["Iraq", "Syria"]
LISTS = {
    2012: ["Iraq"],
    2013: HOME,
    2014: HOME,
    2015: [*CORE, *HOME, "Kuwait", "Tunisia", "United States"],
    2016: [*CORE, *HOME, "Belgium", "Germany", "Lebanon"],
}


def test_the_title_counts_both_years_and_what_they_share():
    """Nineteen and nineteen, fourteen abroad and two at home the same."""
    chart = countries(LISTS, home=HOME, measure="Countries with civilians killed")
    assert chart.title == "Nineteen countries in both years; sixteen are the same"
    assert chart.subtitle == "Countries with civilians killed, number per year, 2012–2016"


@pytest.mark.parametrize(
    ("lists", "title"),
    [
        ({2015: ["a"], 2016: ["a", "b"]}, "Two countries in 2016, one in 2015; one in both"),
        ({2015: ["a", "b"], 2016: ["a", "b"]}, "The same two countries in 2015 and 2016"),
        ({2015: ["a", "b"], 2016: ["c", "d"]}, "Two countries in both years; none are the same"),
        ({2015: ["a"], 2016: []}, "No countries in 2016, one in 2015; none in both"),
        ({2015: [], 2016: ["a"]}, "One country in 2016, none in 2015; none in both"),
        ({2014: ["a"], 2016: ["a"]}, "One country in 2016"),
        ({2016: ["a"]}, "One country in 2016"),
        ({2015: [str(n) for n in range(30)], 2016: [str(n) for n in range(25)]}, "25 countries in 2016, 30 in 2015; 25 in both"),
        ({2015: [], 2016: []}, "No countries on record in this period"),
        ({}, "No countries on record in this period"),
    ],
)
def test_other_turns_are_said_as_they_are(lists, title):
    """More, fewer, none, the same, a year without a list before."""
    assert countries(lists, home=()).title == title


@pytest.mark.parametrize("width", [60, 84, 108, 116, 174])
def test_the_names_stand_beside_or_below_the_bars(width):
    """Every name and every total is text in the drawing, at each width, and nothing overlaps."""
    chart = countries(LISTS, home=HOME, width=width)
    joined = " ".join(svg_texts(chart.payload()["data"])).replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "Only in 2016",
        "Belgium, Germany, Lebanon",
        "Only in 2015",
        "Kuwait, Tunisia,",
        "United States",
        "Abroad in both years",
        "Home",
        "Iraq, Syria",
    ):
        assert words in joined
    assert [joined.split().count(total) >= 1 for total in ("19", "14", "3", "2")] == [True] * 4
    assert outside(chart.figure) == []
    assert touching(chart.figure) == []


def test_bars_are_as_high_as_their_lists():
    """Home 2, both years 14, one year only 3; home and one-year parts are hatched, so that grey prints tell them apart."""
    bars = [patch for patch in countries(LISTS, home=HOME).figure.axes[0].patches if patch.get_hatch() or patch.get_facecolor()[3]]
    last = [(patch.get_height(), patch.get_hatch()) for patch in bars if round(patch.get_x() + patch.get_width() / 2) == 4]
    assert [height for height, _ in last] == [2, 14, 3]
    hatches = [hatch for _, hatch in last]
    assert hatches[1] is None
    assert hatches[0] != hatches[2]
    assert all((hatches[0], hatches[2]))


def test_the_alternative_text_names_changes():
    """Totals of each year, newcomers, leavers."""
    alt = countries(LISTS, home=HOME).alt
    assert "1 in 2012, 2 in 2013, 2 in 2014, 19 in 2015 and 19 in 2016" in alt
    assert "In both 2015 and 2016: 16" in alt
    assert "New: Belgium, Germany and Lebanon" in alt
    assert "No longer: Kuwait, Tunisia and United States" in alt


def test_the_table_has_a_row_for_each_year():
    """Home, abroad, all, names."""
    rows = countries(LISTS, home=HOME).payload()["table"]["rows"]
    assert [row[:4] for row in rows] == [
        ["2012", "1", "0", "1"],
        ["2013", "2", "0", "2"],
        ["2014", "2", "0", "2"],
        ["2015", "2", "17", "19"],
        ["2016", "2", "17", "19"],
    ]


def test_a_frame_may_have_a_row_for_each_country_or_a_cell_with_several():
    """Both forms give the same chart; long names are shortened as asked."""
    long = pd.DataFrame([(year, name) for year, names in LISTS.items() for name in names], columns=["year", "country"])
    wide = pd.DataFrame(
        {
            "year": list(LISTS),
            "locations": [", ".join(names).replace("United States", "United States of America") for names in LISTS.values()],
        }
    )
    first = countries(long, home=HOME).payload()
    second = countries(wide, home=HOME, country="locations", names={"United States of America": "United States"}).payload()
    assert first == second


def test_a_year_without_a_list_is_not_a_year_without_countries():
    """A gap is hatched grey and named; an empty list is a zero."""
    chart = countries({2012: ["a"], 2013: [], 2015: ["a"], 2016: ["a", "b"]}, home=())
    assert "Not in the data: 2014" in chart.source
    rows = {row[0]: row for row in chart.payload()["table"]["rows"]}
    assert rows["2013"][3] == "0"
    assert rows["2014"][3] == ""


def test_home_that_comes_or_goes_is_named_with_its_year():
    """A home country of one year alone is not passed over."""
    joined = " ".join(svg_texts(countries({2015: ["Iraq", "b"], 2016: ["Iraq", "Syria", "b"]}, home=HOME).payload()["data"]))
    assert "Syria (2016 only)" in joined.replace("\N{NO-BREAK SPACE}", " ")


def test_an_empty_list_says_so():
    """Title, drawing and alternative text."""
    chart = countries(pd.DataFrame({"year": [], "country": []}), home=HOME)
    assert "No countries on record in this period" in svg_texts(chart.payload()["data"])
    assert chart.alt == "An empty chart: no countries are on record."


def test_what_cannot_be_read_is_named():
    """A missing column, a year that is none."""
    with pytest.raises(IncidentError, match="no column 'country'"):
        countries(pd.DataFrame({"year": [2016], "land": ["a"]}), home=())
    with pytest.raises(IncidentError, match="'soon' is no year"):
        countries({"soon": ["a"]}, home=())


NAMES = st.sampled_from(
    [
        "Chad",
        "Niger",
        "Saudi Arabia",
        "Democratic Republic of the Congo",
        r"$x$ <b>&",
        "摩苏尔",
        "a" * 60,
        *(f"Land {n}" for n in range(40)),
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(st.integers(1995, 2020), st.lists(NAMES, max_size=25, unique=True), max_size=8),
    st.sampled_from([60, 84, 108, 116, 174]),
)
def test_any_lists_are_drawn_inside_their_sheet_with_labels_apart(lists, width):
    """Whatever the lists, no word leaves the sheet or covers another one, and the title's number is the list's."""
    chart = countries(lists, home=("Chad",), width=width)
    assert outside(chart.figure) == []
    assert touching(chart.figure) == []
    assert len(chart.title.split()) <= 15
