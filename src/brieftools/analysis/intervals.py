"""Intervals of a count and of the ratio of two rates.

Given n = x1 + x2, the first of two Poisson counts with exposures t1 and t2 is binomial: X1 ~ Bin(n, p) with
p / (1 - p) = ratio * t1 / t2 (Przyborowski & Wilenski 1940, Biometrika 31: 313-323). Limits on the odds of p, times
t2 / t1, are limits on the ratio of the rates. Odds, not p, are computed throughout, so that swapping the two counts
inverts an interval exactly.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from brieftools.analysis.checks import alpha, count, special


@dataclass(frozen=True)
class Interval:
    """An interval and how it was made.

    Attributes
    ----------
    low, high : float
        Limits, both included; ``high`` may be infinite.
    method : str
        ``exact``, ``mid-p``, ``widened``, ``Garwood``, ``predictive``.
    level : float
        0.95 for a 95 % interval.
    """

    low: float
    high: float
    method: str
    level: float = 0.95

    def holds(self, value: float) -> bool:
        """Say whether the value lies inside; the limits belong to the interval."""
        return self.low <= value <= self.high

    def times(self, factor: float) -> Interval:
        """Return the interval in another unit."""
        return Interval(self.low * factor, self.high * factor, self.method, self.level)


def exact_odds(x1: int, x2: int, *, level: float = 0.95) -> Interval:
    """Clopper-Pearson limits of the odds p / (1 - p) for x1 of x1 + x2 (Clopper & Pearson 1934, Biometrika 26: 404-413)."""
    tail = alpha(level) / 2
    return _mirrored(_exact_low, x1, x2, tail, "exact", level)


def mid_p_odds(x1: int, x2: int, *, level: float = 0.95) -> Interval:
    """Limits of the odds when the observed outcome counts half in each tail (Lancaster 1961; Berry & Armitage 1995).

    Shorter than the exact interval; its coverage is 95 % on average, not at least.
    """
    tail = alpha(level) / 2
    return _mirrored(_mid_p_low, x1, x2, tail, "mid-p", level)


def quasi_poisson(ratio: float, x1: int, x2: int, dispersion: float, *, level: float = 0.95) -> Interval:
    """Interval of a ratio of rates whose counts cluster: ln ratio ± z sqrt(dispersion (1/x1 + 1/x2)).

    Source: Wedderburn 1974, Biometrika 61: 439-447; McCullagh & Nelder 1989, ch. 6. Neither count may be zero.
    """
    z = float(special().ndtri(1 - alpha(level) / 2))
    reach = z * math.sqrt(dispersion * (1 / x1 + 1 / x2))
    return Interval(_exp(math.log(ratio) - reach), _exp(math.log(ratio) + reach), "widened", level)


def garwood(x: int, *, level: float = 0.95) -> Interval:
    """Exact interval of the mean of one Poisson count (Garwood 1936, Biometrika 28: 437-442).

    Parameters
    ----------
    x : int
        The count; the limits are in events, divide by the exposure for a rate.

    Raises
    ------
    SpecError
        When the count is negative or not whole.
    """
    x, tail, sp = count(x, "the count"), alpha(level) / 2, special()
    low = float(sp.gammaincinv(x, tail)) if x else 0.0
    return Interval(low, float(sp.gammainccinv(x + 1, tail)), "Garwood", level)


def min_likelihood_p(x: int, n: int, p: float) -> float:
    """Two-sided exact p of x in n: all outcomes no more probable than the observed one (R's binom.test, poisson.test).

    Outcomes within a relative 1e-7 of the observed probability count as equal, as in R.
    """
    if n == 0 or x == n * p:
        return 1.0
    limit = _log_pmf(x, n, p) + math.log1p(1e-7)
    if x < n * p:
        far = _first(lambda k: _log_pmf(k, n, p) <= limit, math.ceil(n * p), n + 1)
        return min(1.0, _at_most(x, n, p) + _at_least(far, n, p))
    far = _first(lambda k: _log_pmf(k, n, p) > limit, 0, math.floor(n * p) + 1) - 1
    return min(1.0, _at_least(x, n, p) + _at_most(far, n, p))


def mid_p_two_sided(x: int, n: int, p: float) -> float:
    """Two-sided mid-p: twice the smaller tail in which the observed outcome counts half; it matches the mid-p interval."""
    if n == 0:
        return 1.0
    above, below = _at_least(x + 1, n, p), _at_most(x - 1, n, p)
    observed = math.exp(_log_pmf(x, n, p))
    return min(1.0, 2 * min(above, below) + observed)


def _mirrored(lower: Callable[[int, int, float], float], x1: int, x2: int, tail: float, method: str, level: float) -> Interval:
    low, swapped = lower(x1, x2, tail), lower(x2, x1, tail)
    return Interval(low, 1 / swapped if swapped else math.inf, method, level)


def _exact_low(x1: int, x2: int, tail: float) -> float:
    if x1 == 0:
        return 0.0
    sp = special()
    # p and 1 - p from two calls: a difference from 1 would lose the digits when x1 is large beside x2.
    return float(sp.betaincinv(x1, x2 + 1, tail) / sp.betainccinv(x2 + 1, x1, tail))


def _mid_p_low(x1: int, x2: int, tail: float) -> float:
    if x1 == 0:
        return 0.0
    low = math.log(_exact_low(x1, x2, tail))  # the exact limit lies outside the mid-p one
    high = low + 1
    while _mid_tail(x1, x2, high) < tail:
        high += 1
    while high - low > 1e-14 * max(1.0, abs(high)):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if _mid_tail(x1, x2, middle) < tail else (low, middle)
    return math.exp(high)


def _mid_tail(x1: int, x2: int, log_odds: float) -> float:
    n, p, q = x1 + x2, 1 / (1 + math.exp(-log_odds)), 1 / (1 + math.exp(log_odds))
    return (_at_least(x1, n, p, q) + _at_least(x1 + 1, n, p, q)) / 2


def _at_least(k: int, n: int, p: float, q: float | None = None) -> float:
    """P(X >= k) for Bin(n, p); q = 1 - p may be given when p is near 1."""
    if k <= 0:
        return 1.0
    if k > n:
        return 0.0
    sp = special()
    return float(sp.betainc(k, n - k + 1, p) if q is None or p < 0.5 else sp.betaincc(n - k + 1, k, q))


def _at_most(k: int, n: int, p: float) -> float:
    if k < 0:
        return 0.0
    return 1.0 if k >= n else float(special().betaincc(k + 1, n - k, p))


def _log_pmf(k: int, n: int, p: float) -> float:
    # lgamma(k + 1) + lgamma(n - k + 1) first: the same sum for k and n - k, so that outcomes that mirror each other stay equal.
    choose = math.lgamma(n + 1) - (math.lgamma(k + 1) + math.lgamma(n - k + 1))
    return choose + (k * math.log(p) + (n - k) * math.log1p(-p))


def _first(holds: Callable[[int], bool], start: int, stop: int) -> int:
    """First integer of start..stop - 1 for which a condition that never turns false again holds; stop when there is none."""
    while start < stop:
        middle = (start + stop) // 2
        start, stop = (start, middle) if holds(middle) else (middle + 1, stop)
    return start


def _exp(value: float) -> float:
    return math.exp(value) if value < 709 else math.inf
