"""The small parts that keep words readable: widths, line breaks, axes, titles."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brieftools.charts.measure import shorten, text_width, wrap
from brieftools.charts.placing import Mark, Room, place
from brieftools.charts.style import register_fonts
from brieftools.charts.ticks import round_ticks
from brieftools.charts.timeaxis import TimeAxis
from brieftools.charts.words import as_date, clean, title, words
from brieftools.errors import DocumentError
from brieftools.house import HOUSE

SANS = HOUSE.sans


@pytest.fixture(scope="module", autouse=True)
def _fonts():
    register_fonts(HOUSE)


def test_widths_are_the_fonts_own_advances():
    """Source Sans Pro's digits are 497 thousandths of an em each, in regular and at any size."""
    assert text_width("0123456789", SANS, size=10) == pytest.approx(49.7, abs=0.1)
    assert text_width("0123456789", SANS, size=20) == pytest.approx(99.4, abs=0.2)
    assert text_width("mm", SANS, weight=600) > text_width("mm", SANS)


def test_a_letter_that_no_font_has_takes_the_room_of_its_number():
    """The PDF prints U+4E2D in its place, which is wider than the letter."""
    assert text_width("中", SANS) > text_width("U+4E2D", SANS)


@settings(deadline=None)
@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P"]) | st.just(" "), max_size=60), st.floats(20, 200))
def test_wrapped_lines_fit_and_lose_nothing(text, width):
    """No line is wider than asked, and joined they are the text again."""
    lines = wrap(text, width, SANS)
    assert all(text_width(line, SANS) <= width + 1e-6 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_what_does_not_fit_ends_in_an_ellipsis():
    """Two lines at most: the second one is cut."""
    lines = wrap("Democratic Republic of the Congo and more", 60, SANS, most=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert text_width(lines[1], SANS) <= 60
    assert shorten("short", 200, SANS) == "short"


@pytest.mark.parametrize(
    ("highest", "expected"),
    [
        (108, [0, 50, 100]),
        (7000, [0, 2000, 4000, 6000]),
        (19, [0, 5, 10, 15]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (0, [0, 1]),
        (5, [0, 1, 2, 3, 4, 5]),
    ],
)
def test_value_axes_start_at_zero_in_round_steps(highest, expected):
    """Counts have whole numbers on their axis, and few of them."""
    assert round_ticks(highest) == expected


@pytest.mark.parametrize(
    ("start", "end", "labels", "groups"),
    [
        (date(2017, 3, 28), date(2017, 4, 1), ["28", "29", "30", "31"], ["March 2017"]),
        (date(2016, 11, 1), date(2017, 2, 1), ["Nov", "Dec", "Jan"], ["2016", "2017"]),
        (date(2014, 1, 1), date(2017, 4, 1), ["2014", "2015", "2016", "2017"], []),
    ],
)
def test_time_axes_choose_a_unit_that_has_room(start, end, labels, groups):
    """Days with their month, months with their year, years."""
    axis = TimeAxis(start, end, 0, 100)
    assert [span.label for span in axis.spans()] == labels
    assert [span.label for span in axis.groups()] == groups


def test_two_marks_of_one_day_get_rows_of_their_own():
    """Labels move aside before they cover each other, and the lane grows only as far as it must."""
    room = Room(0, 300, lambda text: text_width(text, SANS), lambda text, width: wrap(text, width, SANS))
    apart = place([Mark((0,), 50, 55, "one"), Mark((1,), 200, 205, "two")], room)
    same = place([Mark((0,), 50, 55, "one"), Mark((1,), 50, 55, "two")], room)
    assert apart.rows == 1
    assert same.rows == 2


def test_titles_have_at_most_fifteen_words():
    """The first wording that is short enough is taken; a long subject is cut rather than passed on."""
    long = "word " * 20
    assert title(long, "the short one") == "The short one"
    assert len(title(long).split()) == 15


def test_numbers_are_words_up_to_twenty_and_never_mixed():
    """Nineteen and sixteen, but 33 and 9."""
    assert words(19, 16) == ["nineteen", "sixteen"]
    assert words(33, 9) == ["33", "9"]
    assert words(1234) == ["1,234"]


def test_text_from_data_becomes_one_clean_line():
    """Line ends, control and direction marks go; missing values are empty."""
    assert clean(" a\n b\x00\u202ec ") == "a b c"
    assert clean(None) == ""
    assert clean(float("nan")) == ""


def test_dates_are_read_from_what_tables_hold():
    """ISO texts, days, time stamps, missing values; anything else is an error that says how to write it."""
    import pandas as pd

    assert as_date("2017-03-31") == as_date(pd.Timestamp("2017-03-31 10:00")) == as_date(date(2017, 3, 31)) == date(2017, 3, 31)
    assert as_date(pd.NaT) is as_date("") is as_date(None) is None
    with pytest.raises(DocumentError, match="not an ISO date"):
        as_date("31/03/2017")
