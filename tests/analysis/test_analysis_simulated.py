"""Coverage by simulation: does a 95 % interval hold the truth in 95 % of cases? Slow, marked."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from brieftools.analysis.counts import Comparison, compare
from brieftools.analysis.series import against_past

pytestmark = pytest.mark.long
RUNS = 20_000


@cache
def pair(x1: int, x2: int, t1: float, t2: float, phi: float | None) -> Comparison:
    return compare(x1, t1, x2, t2, dispersion=phi)


def clustered(rng: np.random.Generator, mean: float, phi: float) -> np.ndarray:
    """Negative-binomial counts with variance = phi * mean."""
    return rng.negative_binomial(mean / (phi - 1), 1 / phi, RUNS)


@pytest.mark.parametrize(("mean1", "mean2"), [(3.4, 3.4), (10, 20), (60, 40), (200, 150)])
def test_coverage_of_poisson_counts(mean1: float, mean2: float) -> None:
    """The exact interval covers at least 95 %; mid-p is close to 95 %, conservative at small counts."""
    rng = np.random.default_rng(1)
    found = [pair(int(a), int(b), 30, 30, None) for a, b in zip(rng.poisson(mean1, RUNS), rng.poisson(mean2, RUNS), strict=True)]
    truth = mean1 / mean2
    assert np.mean([f.exact.holds(truth) for f in found]) >= 0.947
    assert 0.94 <= np.mean([f.mid_p.holds(truth) for f in found]) <= 0.985


@pytest.mark.parametrize(("mean", "alarms"), [(3.4, 0.20), (10, 0.31), (100, 0.37)])
def test_false_alarms_of_clustered_counts(mean: float, alarms: float) -> None:
    """Variance/mean 5.2: the exact interval excludes 1 in 20, 31, 37 % of equal pairs; the widened one in about 5 %."""
    rng = np.random.default_rng(2)
    pairs = list(zip(clustered(rng, mean, 5.2), clustered(rng, mean, 5.2), strict=True))
    exact = np.mean([not pair(int(a), int(b), 30, 30, None).exact.holds(1) for a, b in pairs])
    decided = np.mean([pair(int(a), int(b), 30, 30, 5.2).reading != "no clear change" for a, b in pairs if a and b])
    assert exact == pytest.approx(alarms, abs=0.012)
    assert decided <= 0.06


@pytest.mark.parametrize(("mean", "phi"), [(3, 1.0), (30, 1.0), (10, 5.0), (60, 5.0)])
def test_coverage_of_the_predictive_interval(mean: float, phi: float) -> None:
    """A new week falls inside about 95 % of the time, clustered or not."""
    rng = np.random.default_rng(3)
    draw = (lambda: rng.poisson(mean, RUNS)) if phi == 1 else (lambda: clustered(rng, mean, phi))
    past = sum(draw() for _ in range(12))

    @cache
    def inside(total: int) -> tuple[float, float]:
        interval = against_past(0, total, 12, dispersion=phi).predictive
        return interval.low, interval.high

    hits = [inside(int(n))[0] <= x <= inside(int(n))[1] for n, x in zip(past, draw(), strict=True)]
    assert 0.93 <= np.mean(hits) <= 0.99
