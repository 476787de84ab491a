"""Intervals and p against R's printed results and scipy.stats as the outside implementation."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from brieftools.analysis.bounds import per_day_interval
from brieftools.analysis.intervals import exact_odds, garwood, mid_p_odds, mid_p_two_sided, min_likelihood_p
from brieftools.errors import SpecError

CASES = [
    (11, 32, 0.2099),
    (0, 5, 0.5),
    (5, 5, 0.5),
    (3, 400, 0.02),
    (236, 393, 0.497),
    (1, 1, 0.9),
    (57, 60, 0.3),
    (8, 32, 1 / 9),
    (500, 1200, 0.5),
]


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0, 3.68888), (3, 0.61867, 8.76727), (43, 31.11931, 57.92072)])
def test_garwood_gives_the_printed_limits(count: int, low: float, high: float) -> None:
    """Garwood's limits are those of the tables."""
    interval = garwood(count)
    assert (round(interval.low, 5), round(interval.high, 5)) == (low, high)


def test_garwood_agrees_with_the_example_of_r() -> None:
    """R's help page of poisson.test prints 4.753125 to 6.692709 for 137 events in 24.19893."""
    interval = per_day_interval(137, 24.19893)
    assert (round(interval.low, 6), round(interval.high, 6)) == (4.753125, 6.692709)


@pytest.mark.parametrize(("x", "n", "p"), CASES)
def test_exact_p_is_that_of_binomtest(x: int, n: int, p: float) -> None:
    """The two-sided exact p is R's and scipy's."""
    assert min_likelihood_p(x, n, p) == pytest.approx(stats.binomtest(x, n, p).pvalue, rel=1e-9)


@given(n=st.integers(1, 2000), share=st.floats(0, 1), p=st.floats(0.001, 0.999))
@settings(max_examples=150, deadline=None)
def test_exact_p_is_that_of_binomtest_anywhere(n: int, share: float, p: float) -> None:
    """The two-sided exact p is scipy's for any outcome."""
    x = round(n * share)
    assert min_likelihood_p(x, n, p) == pytest.approx(stats.binomtest(x, n, p).pvalue, rel=1e-6, abs=1e-14)


@given(x=st.integers(0, 3000))
@settings(max_examples=100, deadline=None)
def test_exact_p_of_equal_odds_sees_mirrored_outcomes_as_equal(x: int) -> None:
    """At p = 1/2 the p is twice one tail, to the last digits."""
    n = 3000
    twice = min(1.0, 2 * stats.binom.cdf(min(x, n - x), n, 0.5))
    assert min_likelihood_p(x, n, 0.5) == pytest.approx(twice, rel=1e-9, abs=1e-300)


@pytest.mark.parametrize("k", range(1, 60))
def test_outcomes_that_are_equally_probable_count_as_equal(k: int) -> None:
    """Of 3k - 1 at p = 1/3 the outcomes k - 1 and k are equally probable and the most probable: p is 1 for both, whatever the rounding."""
    n = 3 * k - 1
    assert (min_likelihood_p(k, n, 1 / 3), min_likelihood_p(k - 1, n, 1 / 3)) == pytest.approx((1, 1), abs=1e-12)


@pytest.mark.parametrize(("x", "n", "p"), CASES)
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_exact_limits_are_clopper_pearson(x: int, n: int, p: float, level: float) -> None:
    """The odds limits, turned back into proportions, are scipy's exact interval."""
    odds = exact_odds(x, n - x, level=level)
    outside = stats.binomtest(x, n, p).proportion_ci(confidence_level=level, method="exact")
    high = 1.0 if math.isinf(odds.high) else odds.high / (1 + odds.high)
    assert (odds.low / (1 + odds.low), high) == pytest.approx((outside.low, outside.high), rel=1e-9)


@given(x1=st.integers(0, 500), x2=st.integers(0, 500))
@settings(max_examples=100, deadline=None)
def test_mid_p_limits_leave_the_stated_tails(x1: int, x2: int) -> None:
    """At each mid-p limit the tail with half of the observed outcome is 2.5 %, by scipy's binomial."""
    odds, n = mid_p_odds(x1, x2), x1 + x2
    if x1:
        p = odds.low / (1 + odds.low)
        assert stats.binom.sf(x1, n, p) + stats.binom.pmf(x1, n, p) / 2 == pytest.approx(0.025, rel=1e-6)
    if x2:
        p = odds.high / (1 + odds.high)
        assert stats.binom.cdf(x1 - 1, n, p) + stats.binom.pmf(x1, n, p) / 2 == pytest.approx(0.025, rel=1e-6)


@given(x1=st.integers(0, 10**7), x2=st.integers(0, 10**7))
@settings(max_examples=100, deadline=None)
def test_mid_p_lies_inside_the_exact_interval(x1: int, x2: int) -> None:
    """The mid-p interval is never the wider one, and both hold the estimate."""
    exact, mid = exact_odds(x1, x2), mid_p_odds(x1, x2)
    assert exact.low <= mid.low <= mid.high <= exact.high
    if x2:
        assert mid.holds(x1 / x2)


def test_swapping_inverts_the_limits_where_one_count_is_huge() -> None:
    """No digits are lost when a proportion is near 1."""
    one, other = exact_odds(10**9, 1), exact_odds(1, 10**9)
    assert (one.low * other.high, one.high * other.low) == pytest.approx((1, 1), rel=1e-12)


def test_mid_p_of_nothing_is_one() -> None:
    """Two empty periods differ in nothing."""
    assert (mid_p_two_sided(0, 0, 0.5), min_likelihood_p(0, 0, 0.5)) == (1.0, 1.0)


@pytest.mark.parametrize("level", [0, 0.3, 1, 95])
def test_an_impossible_level_is_refused(level: float) -> None:
    """A level is a share, not a number of per cent."""
    with pytest.raises(SpecError, match="level"):
        garwood(3, level=level)
