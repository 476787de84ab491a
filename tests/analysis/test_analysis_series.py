"""Dispersion of a baseline and a new week against past ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from brieftools.analysis.series import against_past, dispersion
from brieftools.errors import SpecError


def test_dispersion_by_hand() -> None:
    """Counts 2, 4, 6 in equal periods: (4 + 0 + 4) / 4 over two degrees of freedom is 1."""
    result = dispersion([2, 4, 6], [7, 7, 7])
    assert (result.value, result.periods, result.events) == (1.0, 3, 12)


def test_exposures_are_allowed_for() -> None:
    """Counts in proportion to their periods do not vary at all."""
    assert dispersion([31, 28, 31], [31, 28, 31]).value == 0


@pytest.mark.parametrize(("periods", "per_cent"), [(8, 16), (12, 12)])
def test_a_short_baseline_exceeds_one_and_a_half_by_chance(periods: int, per_cent: int) -> None:
    """12 to 16 % of eight- to twelve-week baselines of Poisson counts do; the record's chance is that probability."""
    # counts of m + a and m - a in turn have chi-square periods * a^2 / m; m is large, so that a whole a gives 1.5 closely
    mean = 10**8
    gap = round((1.5 * (periods - 1) * mean / periods) ** 0.5)
    result = dispersion([mean + s * gap for s in (1, -1) * (periods // 2)], [7.0] * periods)
    assert result.value == pytest.approx(1.5, abs=0.001)
    assert round(100 * result.chance) == per_cent


@pytest.mark.parametrize(("counts", "exposures"), [([1], [1]), ([1, 2], [1]), ([0, 0, 0], [1, 1, 1]), ([1, -2], [1, 1]), ([1, 2], [1, 0])])
def test_a_baseline_that_says_nothing_is_refused(counts: list[int], exposures: list[float]) -> None:
    """Too short, unequal lengths, no event, impossible numbers."""
    with pytest.raises(SpecError):
        dispersion(counts, exposures)


def test_the_two_tails_disagree_at_the_edge() -> None:
    """n 24, m 8, x 7: .0500 without a prior and .0463 with Jeffreys'; the predictive interval decides."""
    result = against_past(7, 24, 8)
    assert (round(result.conditional_above, 4), round(result.above, 4)) == (0.0500, 0.0463)
    assert result.reading == "no clear change"
    assert result.sentence() == (
        "7 events in one week against 24 in the 8 weeks before (3.00 a week): "
        "inside the 95 % predictive interval 0–7, clustering not examined: no clear change."
    )


@given(x=st.integers(0, 300), past=st.integers(0, 3000), m=st.integers(1, 200))
@settings(max_examples=100, deadline=None)
def test_tails_are_those_of_the_negative_binomial(x: int, past: int, m: int) -> None:
    """Both tails agree with scipy's distributions, the conditional one with the binomial of its definition too."""
    result = against_past(x, past, m)
    assert result.above == pytest.approx(stats.nbinom.sf(x - 1, past + 0.5, m / (m + 1)), rel=1e-6, abs=1e-12)
    assert result.conditional_above == pytest.approx(stats.nbinom.sf(x - 1, past + 1, m / (m + 1)), rel=1e-6, abs=1e-12)
    assert result.conditional_above == pytest.approx(stats.binom.sf(x - 1, past + x, 1 / (m + 1)), rel=1e-6, abs=1e-12)
    assert result.conditional_below == pytest.approx(stats.binom.cdf(x, past + x, 1 / (m + 1)), rel=1e-6, abs=1e-9)


@given(past=st.integers(0, 3000), m=st.integers(1, 200), phi=st.none() | st.floats(0, 40))
@settings(max_examples=100, deadline=None)
def test_the_predictive_interval_leaves_the_stated_tails(past: int, m: int, phi: float | None) -> None:
    """At most 2.5 % lies beyond either end, and the interval is the narrowest such one."""
    interval = against_past(0, past, m, dispersion=phi).predictive
    low, high = int(interval.low), int(interval.high)
    tail = 0.025 + 1e-9
    assert 1 - against_past(high + 1, past, m, dispersion=phi).above >= 0.975 - 1e-9
    assert low == 0 or against_past(low - 1, past, m, dispersion=phi).below <= tail
    assert high == 0 or against_past(high, past, m, dispersion=phi).above >= 0.025 - 1e-9


def test_widening_keeps_the_mean_and_multiplies_the_variance() -> None:
    """Moments of the widened predictive distribution, by summation: mean (n + 1/2)/m, variance d (1 + 1/m) times it."""
    past, m, d = 40, 8, 4.0
    above = [against_past(x, past, m, dispersion=d).above for x in range(1, 400)]
    mean = sum(above)
    square = sum((2 * x - 1) * p for x, p in enumerate(above, start=1))
    assert mean == pytest.approx(40.5 / 8, rel=1e-6)
    assert square - mean**2 == pytest.approx(d * (1 + 1 / m) * mean, rel=1e-6)


def test_clustering_takes_the_alarm_away() -> None:
    """Ten after eight weeks of three is up for independent events, no clear change at a dispersion of 4."""
    assert against_past(10, 24, 8, dispersion=1).reading == "up"
    wide = against_past(10, 24, 8, dispersion=4)
    assert wide.reading == "no clear change"
    assert "widened for clustering" in wide.sentence()


def test_a_quiet_week_after_busy_ones_is_down() -> None:
    """None recorded after ten a week."""
    assert against_past(0, 80, 8, dispersion=1).sentence() == (
        "No events recorded in one week against 80 in the 8 weeks before (10.00 a week): outside the 95 % predictive interval 4–17: down."
    )
