"""Low, best, high; per cents; rates."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brieftools.analysis.bounds import Bounds, change, per_day, percent_change, percent_text, total
from brieftools.analysis.wording import rate_text
from brieftools.errors import SpecError

BOUNDS = st.tuples(*[st.integers(0, 10**6)] * 3).map(lambda v: Bounds(*sorted(v)))


def test_bounds_are_added_end_by_end() -> None:
    """Sums of lows and highs are bounds of the sum."""
    assert total([Bounds(1, 2, 5), Bounds(0, 3, 3)]) == Bounds(1, 5, 8) == Bounds(1, 2, 5) + Bounds(0, 3, 3)


def test_no_records_sum_to_zero() -> None:
    """The empty sum is zero, not an error."""
    assert total([]).text() == "0"


def test_a_record_that_breaks_the_order_is_kept_and_marked() -> None:
    """Syria, April 2016: 731, 751, 748."""
    odd = Bounds(731, 751, 748)
    assert (odd.ordered, odd.high, odd.outer) == (False, 748, (731, 751))


def test_one_number_is_printed_where_all_agree() -> None:
    """No bracket without bounds."""
    assert (Bounds(3219, 3219, 3219).text(), Bounds(3494, 3718, 4041).text()) == ("3,219", "3,718 (3,494–4,041)")


def test_deaths_in_one_sided_violence_fell_by_38_per_cent() -> None:
    """3,718 (3,494–4,041) against 6,042 (5,777–6,966): 38 %, from the bounds 30 to 50 %."""
    result = change(Bounds(3494, 3718, 4041), Bounds(5777, 6042, 6966))
    assert (result.reading, result.text()) == ("down", "down 38 %; from the bounds 30 to 50 % down")


def test_bounds_that_allow_both_directions_say_no_clear_change() -> None:
    """A best estimate that rose is no rise where the bounds overlap."""
    result = change(Bounds(80, 120, 140), Bounds(90, 100, 130))
    assert result.reading == "no clear change"
    assert result.text() == "up 20 %; from the bounds 38 % down to 56 % up"


def test_a_small_base_gets_no_per_cent() -> None:
    """Three to nine deaths is no rise of 200 %."""
    assert change(Bounds(9, 9, 9), Bounds(3, 3, 3)).text() == "up; the base is under 10, so no per cent is given"


@given(BOUNDS, BOUNDS)
def test_the_best_ratio_lies_between_the_bounds(new: Bounds, base: Bounds) -> None:
    """For records in order the ratio of the best estimates is within."""
    result = change(new, base)
    assert math.isnan(result.best) or result.low <= result.best <= result.high


@given(BOUNDS, BOUNDS)
def test_a_direction_means_that_all_bounds_share_it(new: Bounds, base: Bounds) -> None:
    """ "Down" is said only when the new high is below the base's low."""
    reading = change(new, base).reading
    assert (reading == "down") == (new.high < base.low)
    assert (reading == "up") == (new.low > base.high)


@pytest.mark.parametrize(
    ("new", "base", "text"),
    [(15, 10, "up 50 %"), (5, 9, ""), (20, 20, "unchanged"), (1001, 1000, "up less than 1 %"), (0, 40, "down 100 %")],
)
def test_per_cents(new: int, base: int, text: str) -> None:
    """None on a base under 10."""
    assert percent_text(percent_change(new, base)) == text


def test_per_cents_of_rates() -> None:
    """28 in 28 days against 31 in 31 is unchanged."""
    assert percent_change(28, 31, new_exposure=28, base_exposure=31) == 0


def test_rates_per_day() -> None:
    """236 events in 90 days are 2.62 a day, 157 in 91 are 1.73."""
    assert (rate_text(per_day(236, 90)), rate_text(per_day(157, 91)), rate_text(per_day(1, 365))) == ("2.62", "1.73", "0.0027")


@pytest.mark.parametrize("bad", [-1, math.nan, math.inf, "many"])
def test_impossible_bounds_are_refused(bad: float) -> None:
    """The message names the bound."""
    with pytest.raises(SpecError, match="high"):
        Bounds(1, 2, bad)
